"""Rulings from the strokes on a page."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from document.picture import Pixels
from layout.marks import Marks
from layout.rulings import Ruling, merged

LONG = 5.0
"""In characters: no stroke of a character, and no row of them that happens to join, is so long."""
SAME_LINE = 0.12
"""In characters: pieces of a broken ruling lie so near its line."""
BREAK = 0.6
"""In characters: a ruling goes on after a gap of this size; a cell is never so narrow."""
TOUCH = 0.4
"""In characters: how far from another ruling the end of one may stay and still meet it."""


def scan_rulings(marks: Marks) -> tuple[Ruling, ...]:
    """The page's rulings in upright points.

    A long stroke is a ruling. A short one may be part of a character: it is a ruling if it bounds a
    cell.
    """
    em = marks.em / marks.scale
    level = _pieces(marks.rows, marks.scale)
    upright = [r.transposed() for r in _pieces(np.ascontiguousarray(marks.columns.T), marks.scale)]
    whole = merged([*level, *upright], SAME_LINE * em, BREAK * em)
    kept = [r for r in whole if r.length >= LONG * em]
    doubtful = [r for r in whole if r.length < LONG * em]
    while sides := _sides(doubtful, kept, TOUCH * em):
        kept += sides
        doubtful = [r for r in doubtful if r not in sides]
    return tuple(kept)


def _pieces(strokes: Pixels, scale: float) -> list[Ruling]:
    """One level ruling per connected stroke of a mask, placed at the mean of its pixels."""
    _, _, stats, centres = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    return [
        Ruling(
            horizontal=True,
            position=float(y + 0.5) / scale,
            start=float(x) / scale,
            end=float(x + wide) / scale,
            width=float(area / wide) / scale,
        )
        for (x, _, wide, _, area), (_, y) in zip(stats[1:], centres[1:], strict=True)
    ]


def _sides(doubtful: Sequence[Ruling], kept: Sequence[Ruling], touch: float) -> list[Ruling]:
    """The doubtful ones that bound a cell: both ends at rulings that cross them.

    Where a page break cut the table, one end of its columns is free, with no more ruling above or
    below; then at least three end there alike.
    """
    sides = []
    cut: list[tuple[float, bool, Ruling]] = []  # where the free end is, whether at the top
    for ruling in (*doubtful, *kept):
        starts = _meets(ruling, ruling.start, kept, touch)
        ends = _meets(ruling, ruling.end, kept, touch)
        if starts and ends:
            sides.append(ruling)
        elif starts != ends and not ruling.horizontal:
            free = ruling.start if ends else ruling.end
            if not _goes_on(ruling, kept, ends):
                cut.append((free, ends, ruling))
    for free, top, ruling in cut:
        alike = sum(other_top == top and abs(end - free) <= touch for end, other_top, _ in cut)
        if alike >= 3:
            sides.append(ruling)
    return [ruling for ruling in sides if ruling not in kept]


def _goes_on(column: Ruling, kept: Sequence[Ruling], above: bool) -> bool:
    return any(
        row.horizontal
        and row.start <= column.position <= row.end
        and (row.position < column.start if above else row.position > column.end)
        for row in kept
    )


def _meets(ruling: Ruling, end: float, others: Sequence[Ruling], touch: float) -> bool:
    return any(
        other.horizontal != ruling.horizontal
        and abs(other.position - end) <= touch + other.width / 2
        and other.start - touch <= ruling.position <= other.end + touch
        for other in others
    )
