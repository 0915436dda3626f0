"""docs/calibration.md: the scales, how far confidences hold on pages nothing was fitted to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.accuracy.cells import CellResult
from benchmarks.calibration.misprints import Planted
from benchmarks.calibration.misreadings import Restored
from benchmarks.calibration.reliability import coverage, expected_error

TARGETS = (1e-2, 1e-3, 1e-4, 1e-5)

HEAD = """# Calibration

Confidence is the probability that `value` is what is printed. How it is made is in
[design.md](design.md); here is how far it holds. Written by `make bench-calibration`.

## What is fitted

A recogniser states how probable its reading is, and is too sure of itself on bad pages. So what it
states is scaled (`checks/beliefs.py`):

    ln odds of an error = start + slope · ln odds stated + share · ln (d / 0.001)

where d is the mean doubt of the numbers in the table or in the report, whichever is more; of blanks
and strokes, plus the log of the odds of a number in such a table. Fitted on the `calibration` split
of the forge, 60 reports of each level but photo and rotated, whose digits are in typefaces that no
reader was fitted to. Numbers and marks are scaled; of ink (`blank`), of text that is no number and
of places (fitted to rows, where the doubt is 0.005 and more) a doubt is only ever lowered. Nothing
here was fitted to the held-out split.

| scale | start | slope | share |
|---|---|---|---|
"""


def page(
    scales: Path,
    levels: Mapping[str, Sequence[CellResult]],
    planted: Sequence[Planted],
    restored: Sequence[Restored],
    limits: str,
) -> str:
    """The whole page; `limits` is what people wrote about it."""
    terms = json.loads(scales.read_text("utf-8"))["scales"]
    lines = [f"| {name} | {a:.3f} | {b:.3f} | {c:.3f} |" for name, (a, b, c) in terms.items()]
    every = [cell for cells in levels.values() for cell in cells]
    lines += [
        "",
        "## How far it holds",
        "",
        "On the held-out split, the same reports as in [accuracy.md](accuracy.md), at the default "
        "target of 1 error in 10,000. *No more than*: the share of silent errors at 95 % by the "
        "number of accepted cells (3 / n where there is none). *Calibration error*: the mean of "
        "|confidence − share right| over 20 bins of like many cells. *Amended*: corrected or "
        "inferred by the arithmetic, and how many of these are right.",
        "",
        "| level | cells | accepted | silent errors | no more than | calibration error | amended | "
        "right |",
        "|---|---|---|---|---|---|---|---|",
        *(_row(level, cells) for level, cells in levels.items()),
        _row("all", every),
        "",
        "![error stated and observed](images/reliability.svg)",
        "",
        "Error stated across, error observed up. A hollow point is a decade of confidence in which "
        "no cell is wrong, at the most that its number of cells allows.",
        "",
        "![risk and coverage](images/risk-coverage.svg)",
        "",
        "Cells accepted across, errors among them up, as the target loosens; the point is the "
        "default.",
        "",
        "## Other targets",
        "",
        "`gouji digitize --target-error`: cells accepted, and silent errors among them.",
        "",
        "| level | " + " | ".join(f"{target:g}" for target in TARGETS) + " |",
        "|---|" + "---|" * len(TARGETS),
        *(_targets(level, cells) for level, cells in levels.items()),
        _targets("all", every),
        "",
        "## Errors in print",
        "",
        "Reports in which one number is printed wrong: a total, a total printed as 0, two cells "
        "swapped, a row shifted. *Kept*: the arithmetic left the printed number alone. *Flagged*: "
        "the cell is flagged, or a rule is reported broken that it stands in. *Told*: reports in "
        "which that is so of some of the cells that the error put wrong.",
        "",
        "| level | reports | told | misprinted cells | kept as printed | flagged |",
        "|---|---|---|---|---|---|",
        *(each.row() for each in planted),
        "",
        "## Misreadings corrected",
        "",
        "Tables of applications with numbers of the forge, so many of their 175 cells misread at "
        "random, the right number held at 8 % by the reader. *Told*: left wrong, and to review; "
        "*spoilt*: right, and made wrong. Milliseconds of one thread for the joint reading and all "
        "confidences of a table.",
        "",
        "| misread | tables | corrected | told | accepted wrong | spoilt | ms, mean | ms, most |",
        "|---|---|---|---|---|---|---|---|",
        *(each.row() for each in restored),
        "",
        limits.strip(),
        "",
    ]
    return HEAD + "\n".join(lines)


def _row(level: str, cells: Sequence[CellResult]) -> str:
    accepted = sum(cell.accepted for cell in cells)
    silent = sum(cell.silent for cell in cells)
    amended = [cell for cell in cells if cell.amended]
    right = sum(cell.found == cell.value for cell in amended)
    most = f"1 in {accepted // 3:,}" if not silent else f"{silent} in {accepted:,}"
    return (
        f"| {level} | {len(cells):,} | {100 * accepted / len(cells):.2f} % | {silent} | {most} "
        f"| {expected_error(cells):.4f} | {len(amended)} | {right} |"
    )


def _targets(level: str, cells: Sequence[CellResult]) -> str:
    found = [coverage(cells, target) for target in TARGETS]
    return f"| {level} | " + " | ".join(f"{100 * s:.2f} %, {n}" for s, n in found) + " |"
