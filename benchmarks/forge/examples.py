"""`python -m benchmarks.forge.examples`: the handful of damaged reports kept in samples/damaged/.

One short report of the development split a level, with what stands in each cell and where, so that
tests need neither Chromium nor typefaces.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.accuracy.cells import Printed
from benchmarks.accuracy.measure import Task, damaged_file, printed_on, tasks
from benchmarks.forge.damage.levels import LEVELS

FOLDER = Path(__file__).parent.parent.parent / "samples" / "damaged"
AMONG = 12
"""Reports of which each level takes one of few pages, another each time."""
MOST_PAGES = 2


def main() -> None:
    """Make them all again."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as clean:
        for number, level in enumerate(LEVELS):
            short = [t for t in tasks(level, "dev", AMONG, Path(clean)) if _is_short(t)]
            written(short[number % len(short)])
            sys.stdout.write(f"{level}\n")


def _is_short(task: Task) -> bool:
    return task.report.pages <= MOST_PAGES


def written(task: Task) -> None:
    """LEVEL.pdf (or .tif) and LEVEL.json, its cells, one a line."""
    path, maps = damaged_file(task, FOLDER)
    path.replace(FOLDER / (task.level + path.suffix))
    cells = printed_on(task.report, maps)
    lines = ",\n".join(json.dumps(asdict(cell), ensure_ascii=False) for cell in cells)
    (FOLDER / f"{task.level}.json").write_text(f"[\n{lines}\n]\n", "utf-8")


def load(level: str) -> tuple[Path, list[Printed]]:
    """The level's file and what stands in it."""
    file = FOLDER / (level + LEVELS[level].suffix)
    found = json.loads((FOLDER / f"{level}.json").read_text("utf-8"))
    cells = [Printed(**cell | {k: tuple(cell[k]) for k in ("slot", "point")}) for cell in found]
    return file, cells


if __name__ == "__main__":
    main()
