"""Rows that are none: the gap between two tables, and half a row that a stray line parted off.

Every row of a table has print between its lines. Where there is none, and less room than for a
row, either two tables stand close to each other and a column was led on from one to the other, or
one of the two lines is none: the other side's ruling, or what was taken for the rest of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from document.picture import Pixels
from layout.grids import touching
from layout.marks import Marks
from layout.rulings import Ruling, bands, mean_position

SAME_LINE = 0.2
"""In characters: rulings no further apart lie on one line of the table."""
NARROWEST = 0.35
"""In characters: two lines nearer to each other have no cell between them."""
LOW = 0.6
"""Of the usual row's height: no row is so low and blank as well. On the page forge's development
split halves of rows that a ruling of the other side had parted off were up to 0.56 of it (12
reports, half of them with a darker other side than the forge makes), gaps between tables 0.35 to
0.73 (7 reports with broken rules)."""
BLANK = 0.05
"""Square characters of ink a cell, at most: on the average, what was parted off had 0.047, nearly
all of it less than 0.01; rows with their labels have 0.15 and more."""
NEAR_LINE, NEAR_SIDE = 0.15, 0.2
"""In characters: so near to rulings there is no print; it is their blur."""
APART = 0.65
"""In characters: tables are no nearer to each other, for rulings so near touch."""
RULED = 0.5
"""Share of the columns that are drawn in a row, if it is one, and of the row that a column is."""
DRAWN = 0.5
"""Share of a line that is ink, if it is not to be doubted: of our own on pages whose other side
shines through 0.9 and more, of the other side's 0.3 at most."""
CLOSE, MOST = 0.35, 0.5
"""Of a strip's height: print lies so close to a line that halves a row, on both sides, in most of
the cells that have print on both. On the same pages no cell of a table's own lines has it so."""
LEAST = 3
"""Fewer cells may have it so by chance."""

Strip = tuple[float, float]
"""The lines above and below, in points."""
Span = tuple[int, int]
"""Columns of pixels, the second one not included."""


def without_blank_rows(rulings: Sequence[Ruling], marks: Marks, touch: float) -> list[Ruling]:
    """The rulings without lines that halve a row or part a blank strip off it, and without what
    leads columns across the gap between two tables.

    A line that is ink for the most part is never taken away. `touch`: how far apart rulings meet,
    in points.
    """
    found = set(rulings)
    for group in touching(rulings, touch):
        table = _Table.of(group, marks)
        while table and (stray := table.stray()) is not None:
            found -= set(table.lines[stray])
            table = _Table.of([r for r in group if r in found], marks)
        if table and (gaps := table.gaps()):
            columns = {r for r in group if not r.horizontal}
            found = (found - columns) | {part for r in columns for part in _cut(r, gaps)}
    return sorted(found, key=lambda r: (not r.horizontal, r.position, r.start))


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """A table's level lines from top to bottom, each with its rulings, and the columns' places."""

    lines: dict[float, list[Ruling]]
    columns: list[float]
    marks: Marks

    @classmethod
    def of(cls, rulings: Sequence[Ruling], marks: Marks) -> _Table | None:
        """None if there are too few rulings for a table of several rows."""
        near = SAME_LINE * marks.em / marks.scale
        rows = bands((r for r in rulings if r.horizontal), near)
        columns = bands((r for r in rulings if not r.horizontal), near)
        if len(rows) < 3 or len(columns) < 2:
            return None
        lines = {mean_position(band): band for band in rows}
        return cls(lines, [mean_position(band) for band in columns], marks)

    def stray(self) -> float | None:
        """A line fainter than print that halves a row, or parts a blank strip off it."""
        drawn = {line: self._drawn(line) for line in self.lines}
        faint = {line for line in self.lines if drawn[line] < DRAWN}
        for above, below in pairwise(pairwise(self.lines)):
            if above[1] in faint and self._halves_a_row(above, below):
                return above[1]
        for strip in self._low_strips():
            fainter = min(strip, key=drawn.__getitem__)
            if fainter in faint and self._is_ruled(strip) and self._is_blank(strip, fainter):
                return fainter
        return None

    def gaps(self) -> list[Strip]:
        """Strips between two tables."""
        apart = APART * self.marks.em / self.marks.scale
        return [
            strip
            for strip in self._low_strips()
            if strip[1] - strip[0] > apart
            and not self._is_ruled(strip)
            and all(self._is_blank(strip, line) for line in strip)
        ]

    def _low_strips(self) -> list[Strip]:
        """Lower than rows are."""
        strips = list(pairwise(self.lines))
        usual = float(np.median([b - a for a, b in strips]))
        narrowest = NARROWEST * self.marks.em / self.marks.scale
        return [(a, b) for a, b in strips if narrowest <= b - a < LOW * usual]

    def _drawn(self, line: float) -> float:
        """The share of a line that is ink, no fainter than print."""
        row = round(line * self.marks.scale - 0.5)
        near = self.marks.ink[max(row - 1, 0) : row + 2]
        cells = [near[:, slice(*cell)] for cell in self._cells(line)]
        return _share(np.concatenate([near[:, :0], *cells], axis=1))

    def _is_ruled(self, strip: Strip) -> bool:
        """Whether columns are drawn in a strip."""
        y0, y1 = self._inside(strip)
        at = [round(x * self.marks.scale - 0.5) for x in self.columns]
        near = [self.marks.columns[y0:y1, max(x - 1, 0) : x + 2].T for x in at]
        return sum(_share(column) > RULED for column in near) >= RULED * len(near)

    def _is_blank(self, strip: Strip, line: float) -> bool:
        """Whether there is nothing in a strip where it has a line."""
        cells = self._cells(line)
        ink = sum(int(self._ink(strip, cell).sum()) for cell in cells)
        return ink <= BLANK * self.marks.em**2 * len(cells)

    def _halves_a_row(self, above: Strip, below: Strip) -> bool:
        """Whether what is printed on both sides of a line lies close to it, in most cells."""
        cells = self._cells(above[1])
        far = [(1 - self._depth(above, cell), self._depth(below, cell)) for cell in cells]
        printed = [max(sides) for sides in far if not np.isnan(sides).any()]
        close = sum(each < CLOSE for each in printed)
        return close >= LEAST and close > MOST * len(printed)

    def _depth(self, strip: Strip, cell: Span) -> float:
        """How far down in a strip a cell's print lies on the average, 0 to 1; NaN without print."""
        ink = self._ink(strip, cell).sum(axis=1)
        if ink.sum() <= BLANK * self.marks.em**2:
            return float("nan")
        middle = self._inside(strip)[0] + 0.5 + float(np.average(np.arange(len(ink)), weights=ink))
        top, bottom = (y * self.marks.scale for y in strip)
        return (middle - top) / (bottom - top)

    def _ink(self, strip: Strip, cell: Span) -> Pixels:
        return self.marks.ink[slice(*self._inside(strip)), slice(*cell)]

    def _inside(self, strip: Strip) -> tuple[int, int]:
        """The rows of pixels of a strip, clear of its lines."""
        near = max(round(NEAR_LINE * self.marks.em), 2)
        y0, y1 = (round(y * self.marks.scale) for y in strip)
        return y0 + near, max(y1 - near, y0 + near)

    def _cells(self, line: float) -> list[Span]:
        """The cells that a line bounds, clear of their sides."""
        near, scale = NEAR_SIDE * self.marks.em, self.marks.scale
        return [
            (round(a * scale + near), round(b * scale - near))
            for a, b in pairwise(self.columns)
            if (b - a) * scale > NARROWEST * self.marks.em + near
            and sum(max(min(r.end, b) - max(r.start, a), 0) for r in self.lines[line]) > (b - a) / 2
        ]


def _share(line: Pixels) -> float:
    """The share of a line, some pixels high, along which there is a mark."""
    return float(line.max(axis=0).mean()) if line.size else 0.0


def _cut(column: Ruling, gaps: Sequence[Strip]) -> list[Ruling]:
    """What is left of a column outside the gaps."""
    parts = [column]
    for top, bottom in gaps:
        parts = [
            replace(part, start=start, end=end)
            for part in parts
            for start, end in (
                (part.start, min(part.end, top)),
                (max(part.start, bottom), part.end),
            )
            if start < end
        ]
    return parts
