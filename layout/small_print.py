"""Rulings of tables in print much smaller than the page's, found by the tables' own measure.

What may be a ruling is told by the size of the characters around it: in a table whose digits are
half as high as the text above it, those under each other would look like a dashed line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from document.geometry import Box
from document.picture import Pixels
from layout.grids import touching
from layout.marks import Marks, character_size, marks_of
from layout.rulings import Ruling, bands
from layout.scan_rulings import scan_rulings

SMALLER = 0.7
"""Of the size of a page's characters: those of its tables are so small that it matters. On the page
forge's development split (74 pages with broken rulings, 97 whose other side shines through) a page
in six has tables in smaller print, of 0.4 to 0.7; grids are better on 18 of them and worse on two.
With tables of 0.7 to 0.85, as many got worse as better."""
TOUCH = 0.12
"""In characters: rulings so near each other are of one table."""
SAME_LINE = 0.2
"""In characters: rulings no further apart lie on one line."""
LEAST_ROWS = 3
"""Lines under each other, at least: a lone row at a page's top has too little print to measure, and
nothing stands under it that could be taken for a line."""
MARGIN = 1.5
"""In characters of the page: so much around its tables is looked at with them."""


def page_rulings(marks: Marks) -> tuple[tuple[Ruling, ...], float]:
    """A page's rulings and the size of a character in its tables, in upright points."""
    rulings = scan_rulings(marks)
    tables = _tables(rulings, marks)
    size = character_size(_inside(marks, tables)) if tables else marks.em
    if size >= SMALLER * marks.em:
        return rulings, marks.em / marks.scale
    margin = MARGIN * marks.em / marks.scale
    around = Box.enclosing(tables).grown(margin, margin)
    outside = [r for r in rulings if not around.holds(r.box.center)]
    return (*outside, *_rulings_in(around, marks, size)), size / marks.scale


def _tables(rulings: Sequence[Ruling], marks: Marks) -> list[Box]:
    """The boxes round rulings that cross, where there are several rows."""
    em = marks.em / marks.scale
    return [
        Box.enclosing(r.box for r in group)
        for group in touching(rulings, TOUCH * em)
        if len(bands((r for r in group if r.horizontal), SAME_LINE * em)) >= LEAST_ROWS
    ]


def _inside(marks: Marks, boxes: Sequence[Box]) -> Pixels:
    """The page's ink, (height, width) uint8, with nothing outside the boxes."""
    ink = np.zeros_like(marks.ink)
    for box in boxes:
        there = _pixels(box, marks)
        ink[there] = marks.ink[there]
    return ink


def _rulings_in(box: Box, marks: Marks, size: float) -> list[Ruling]:
    """The rulings in a part of the page whose characters are of this size, in pixels."""
    there = _pixels(box, marks)
    gray, ink = (np.ascontiguousarray(seen[there]) for seen in (marks.gray, marks.ink))
    y, x = (part.start / marks.scale for part in there)
    return [_moved(r, x, y) for r in scan_rulings(marks_of(gray, ink, marks.scale, size))]


def _pixels(box: Box, marks: Marks) -> tuple[slice, slice]:
    sides = (box.x0, box.y0, box.x1, box.y1)
    x0, y0, x1, y1 = (max(round(side * marks.scale), 0) for side in sides)
    return slice(y0, y1 + 1), slice(x0, x1 + 1)


def _moved(ruling: Ruling, x: float, y: float) -> Ruling:
    across, along = (y, x) if ruling.horizontal else (x, y)
    return replace(
        ruling,
        position=ruling.position + across,
        start=ruling.start + along,
        end=ruling.end + along,
    )
