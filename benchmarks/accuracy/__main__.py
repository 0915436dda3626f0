"""`python -m benchmarks.accuracy`: forge, damage, read, score; write docs/accuracy.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import cv2

from benchmarks.accuracy.cells import CellResult
from benchmarks.accuracy.measure import Task, measured, read_back, tasks, written
from benchmarks.accuracy.page import contact_sheet, page, worst
from benchmarks.accuracy.tally import TARGETS, Tally

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
LIMITS = ROOT / "benchmarks" / "accuracy" / "limits.md"
PICTURE = ROOT / "docs" / "images" / "worst-cells.png"


def main() -> None:
    """Measure the levels asked for; write the page where all are there."""
    asked = _asked()
    asked.output.mkdir(parents=True, exist_ok=True)
    every: list[CellResult] = []
    done: list[Task] = []
    for level in asked.levels:
        chosen = tasks(level, asked.split, asked.count, asked.output / "clean")
        stored = asked.output / f"{level}.jsonl"
        cells = read_back(stored) if asked.again and stored.exists() else _measure(chosen, stored)
        sys.stdout.write(f"{Tally.of(level, cells)}\n")
        sys.stdout.flush()
        done += chosen
        every += cells
    tallies = [Tally.of(level, [c for c in every if c.level == level]) for level in asked.levels]
    sheet = contact_sheet(worst(every), done)
    published = asked.split == "test"
    picture = PICTURE if published else asked.output / PICTURE.name
    cv2.imwrite(str(picture), sheet)
    text = page(tallies, every, LIMITS.read_text("utf-8"), f"images/{PICTURE.name}")
    (PAGE if published else asked.output / PAGE.name).write_text(text, "utf-8")
    sys.stdout.write(text)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--split", default="test", choices=("dev", "test"))
    parser.add_argument("--levels", nargs="+", default=list(TARGETS), choices=list(TARGETS))
    parser.add_argument("--count", type=int, default=60, help="reports a level")
    parser.add_argument("--again", action="store_true", help="take the results of the last run")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "out" / "accuracy")
    return parser.parse_args()


def _measure(chosen: list[Task], stored: Path) -> list[CellResult]:
    cells = [cell for found in measured(chosen) for cell in found]
    written(stored, cells)
    return cells


if __name__ == "__main__":
    main()
