"""docs/accuracy.md: the table, what is wrong where, and the ten worst cells as pictures."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

import layout
from benchmarks.accuracy.cells import CellResult
from benchmarks.accuracy.measure import Task, damaged_file
from benchmarks.accuracy.tally import TARGETS, Tally
from document.picture import Pixels

WORST = 10
CROP = (150, 40)
"""Points of the page around a worst cell, across and down."""
ENLARGED = 4.0
"""Pixels a point."""
CAPTION = 26


def page(tallies: Sequence[Tally], cells: Sequence[CellResult], limits: str, picture: str) -> str:
    """The whole page; `limits` is what people wrote about what limits each level."""
    lines = [
        "# Accuracy",
        "",
        "Written by `make bench-accuracy`: reports from the page forge (`benchmarks/forge/`), of "
        "the held-out split: typefaces and seeds that nothing was tuned on. A cell is *located* if "
        "the box in the output holds the place where it was printed and no other cell's; *exact* "
        "if its value was read right: what the arithmetic amended does not count; a *silent error* "
        "is accepted and wrong. In brackets what is asked of the level; of silent errors, 1 in "
        "10,000 cells at most. How far confidences hold is in [calibration.md](calibration.md).",
        "",
        "| level | reports | cells | located | read exactly | silent errors | lost to blank | "
        "to review | reached |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [_row(tally) for tally in tallies]
    lines += ["", "## Wrong cells by kind", "", "| level | not located | misread | which slots |"]
    lines += ["|---|---|---|---|"]
    lines += [_kinds(tally, [c for c in cells if c.level == tally.level]) for tally in tallies]
    lines += ["", "## The ten worst cells", "", f"![the ten worst cells]({picture})", ""]
    lines += [limits.strip(), ""]
    return "\n".join(lines)


def _row(tally: Tally) -> str:
    located, exact = TARGETS[tally.level]
    return (
        f"| {tally.level} | {tally.reports} | {tally.cells} "
        f"| {_share(tally.located, tally.cells)} ({100 * located:.2f}) "
        f"| {_share(tally.exact, tally.cells)} ({100 * exact:.2f}) "
        f"| {tally.silent} | {tally.lost} | {_share(tally.review, tally.cells)} "
        f"| {'yes' if tally.reached else 'no'} |"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %"


def _kinds(tally: Tally, cells: Sequence[CellResult]) -> str:
    missing = sum(not cell.located for cell in cells)
    misread = [cell for cell in cells if cell.located and not cell.exact]
    pairs = Counter(f"`{c.printed}` → `{c.read}`" for c in misread)
    common = ", ".join(f"{pair} ({n})" for pair, n in pairs.most_common(4))
    return f"| {tally.level} | {missing} | {len(misread)} | {common or '–'} |".replace("\n", " ")


def worst(cells: Sequence[CellResult]) -> list[CellResult]:
    """Silent errors first, then those wrong cells that were surest."""
    wrong = [cell for cell in cells if not cell.exact]
    return sorted(wrong, key=lambda cell: (not cell.silent, -cell.confidence))[:WORST]


def contact_sheet(cells: Sequence[CellResult], tasks: Sequence[Task]) -> Pixels:
    """Each cell as it stands on its page, outlined where the output has it, with a caption; a white
    line where there is none."""
    by_name = {(task.level, task.report.name): task for task in tasks}
    strips = []
    for cell in cells:
        with tempfile.TemporaryDirectory() as folder:
            path, _ = damaged_file(by_name[cell.level, cell.report], Path(folder))
            strips.append(_strip(path, cell))
    return np.vstack(strips) if strips else np.full((1, 400, 3), 255, np.uint8)


def _strip(path: Path, cell: CellResult) -> Pixels:
    with layout.open_source(path) as source:
        pixels = source.render(cell.page, ENLARGED * 72)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    if cell.box:
        x0, y0, x1, y1 = (round(v * ENLARGED) for v in cell.box)
        cv2.rectangle(pixels, (x0, y0), (x1, y1), (220, 120, 0), 2)
    wide, high = (round(v * ENLARGED) for v in CROP)
    strip = np.full((high + CAPTION, wide, 3), 255, np.uint8)
    left, top = (round(v * ENLARGED - s / 2) for v, s in zip(cell.point, (wide, high), strict=True))
    shown = pixels[max(top, 0) : top + high, max(left, 0) : left + wide]
    strip[: shown.shape[0], : shown.shape[1]] = shown
    said = "accepted" if cell.accepted else "to review"
    text = (
        f"{cell.level} {'/'.join(cell.slot)}: {cell.printed!r} read {cell.read!r} "
        f"{cell.confidence:.5f} {said}"
    )
    plain = text.encode("ascii", "backslashreplace").decode()
    font = cv2.FONT_HERSHEY_SIMPLEX
    cv2.putText(strip, plain, (4, high + 18), font, 0.42, (0, 0, 0), 1, cv2.LINE_AA)
    return strip
