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

    A long stroke is a ruling. A short one may be part of a character: it is a ruling if it begins
    and ends at rulings that cross it, as the sides of a cell do.
    """
    em = marks.em / marks.scale
    level = _pieces(marks.rows, marks.scale)
    upright = [r.transposed() for r in _pieces(np.ascontiguousarray(marks.columns.T), marks.scale)]
    whole = merged([*level, *upright], SAME_LINE * em, BREAK * em)
    kept = [r for r in whole if r.length >= LONG * em]
    doubtful = [r for r in whole if r.length < LONG * em]
    while sides := [r for r in doubtful if _is_side(r, kept, TOUCH * em)]:
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


def _is_side(ruling: Ruling, others: Sequence[Ruling], touch: float) -> bool:
    return all(
        any(
            other.horizontal != ruling.horizontal
            and abs(other.position - end) <= touch + other.width / 2
            and other.start - touch <= ruling.position <= other.end + touch
            for other in others
        )
        for end in (ruling.start, ruling.end)
    )
