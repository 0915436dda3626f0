"""`python -m benchmarks.speed`: seconds a page on the forge's damaged pages, beside the peers.

Every tool reads the same files in a process of its own, one tool after the other. Writes
docs/speed.md, with the memory that a file of 300 such pages takes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import memory
from benchmarks.__main__ import NAMES, run
from benchmarks.accuracy.measure import damaged_file, tasks
from benchmarks.accuracy.tally import TARGETS
from benchmarks.contenders import PEER_DPI, THREADS

REPORTS = 2
"""A level; a report has about three pages."""
PEERS = ("paddle", "rapidocr")
PAGE = Path(__file__).parent.parent / "docs" / "speed.md"


def main() -> None:
    """Measure, print, write the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {level: _files(level, folder) for level in TARGETS}
        paths = [path for level in files.values() for path in level]
        answers = {tool: run(tool, paths) for tool in ("gouji", *PEERS)}
        pages = [path for level in ("poor", "sealed") for path in files[level]]
        memory.long_file(pages, folder / "long.pdf")
        figures = memory.measured(folder / "long.pdf")
    text = page(table(files, answers), memory.table(figures))
    PAGE.write_text(text, "utf-8")
    sys.stdout.write(text)


def page(speed: str, resident: str) -> str:
    """docs/speed.md."""
    return "\n".join(
        [
            "# Speed and memory",
            "",
            f"Written by `make bench-speed`: {REPORTS} reports a level from the held-out split of "
            "the page forge, every tool on the same files and the same models, one after the "
            f"other, {THREADS} threads. Peers get pages at {PEER_DPI} dpi and keep their stock "
            "settings. A page's seconds include rendering, not loading models. Seconds hold only "
            "as ratios within one run.",
            "",
            speed,
            f"## Memory over {memory.PAGES} pages",
            "",
            "One PDF of poor scans and scans under red seals, read in one process, looked at after "
            "each page:",
            "",
            resident,
        ]
    )


def _files(level: str, folder: Path) -> list[Path]:
    (folder / level).mkdir()
    chosen = tasks(level, "test", REPORTS, folder / "clean")
    return [damaged_file(task, folder / level)[0] for task in chosen]


def table(files: Mapping[str, Sequence[Path]], answers: Mapping[str, Mapping[str, Any]]) -> str:
    """A line for each level: Gouji's seconds a page, and how many times as long its peers take."""
    lines = [
        "| level | pages | Gouji, s a page | " + " | ".join(NAMES[peer] for peer in PEERS) + " |",
        "|---|---|---|" + "---|" * len(PEERS),
    ]
    start = 0
    for level, paths in files.items():
        stop = start + len(paths)
        seconds = {
            tool: [second for file in answer["files"][start:stop] for second in file["seconds"]]
            for tool, answer in answers.items()
        }
        start = stop
        ours = mean(seconds["gouji"])
        peers = (
            f"{mean(seconds[peer]) / ours:.1f} × ({mean(seconds[peer]):.2f} s)" for peer in PEERS
        )
        lines.append(f"| {level} | {len(seconds['gouji'])} | {ours:.2f} | {' | '.join(peers)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
