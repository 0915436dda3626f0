"""Glyphs to words, words to lines of text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from document.geometry import Box, Point
from document.grid import TableGrid
from document.page import Word
from layout.drawing import Glyph

Item = TypeVar("Item", Glyph, Word)

SAME_ROW = 0.35
"""Middles at most this share of the height apart stand in one row."""
WORD_GAP = 0.3
"""A gap wider than this share of the character's height parts two words."""
LINE_GAP = 3.0
"""A gap wider than so many heights parts two lines of text side by side."""
SAME_PLACE = 0.15
"""A character drawn again at most this share of its height away is bold type, not a second one."""


def words_of(glyphs: Iterable[Glyph], grids: Sequence[TableGrid]) -> tuple[Word, ...]:
    """Upright glyphs as words: those outside the tables first, then cell by cell.

    Cells are looked at one by one, so no word goes on from one cell into the next however tight
    the type, and no row of one cell takes up characters of another.
    """
    places = [_Places(grid) for grid in grids]
    by_cell: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_cell[_cell(glyph.box.center, places)].append(glyph)
    return tuple(
        Word("".join(g.text for g in run), Box.enclosing(g.box for g in run))
        for _, members in sorted(by_cell.items())
        for row in _rows(members)
        for run in _runs(_once(row), WORD_GAP, lambda g: bool(g.text.strip()))
    )


def lines_of(words: Iterable[Word], grids: Sequence[TableGrid]) -> tuple[Box, ...]:
    """Boxes of the lines that words outside the tables stand in, top to bottom."""
    outside = [w for w in words if not any(grid.box.holds(w.box.center) for grid in grids)]
    runs = [run for row in _rows(outside) for run in _runs(row, LINE_GAP, lambda _: True)]
    boxes = [Box.enclosing(word.box for word in run) for run in runs]
    return tuple(sorted(boxes, key=lambda box: (box.y0, box.x0)))


def runs_of(words: Iterable[Word], gap: float) -> list[list[Box]]:
    """Boxes of words in rows, top to bottom, each in runs parted by gaps of more than so many
    heights."""
    return [
        [Box.enclosing(word.box for word in run) for run in _runs(row, gap, lambda _: True)]
        for row in _rows(words)
    ]


class _Places:
    """Looks up the cell of a grid at a point."""

    def __init__(self, grid: TableGrid) -> None:
        self.grid = grid
        self.numbers = {
            (row, column): number
            for number, cell in enumerate(grid.cells)
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        }

    def number(self, point: Point) -> int | None:
        column = bisect_right(self.grid.column_lines, point[0]) - 1
        row = bisect_right(self.grid.row_lines, point[1]) - 1
        return self.numbers.get((row, column))


def _cell(point: Point, places: Sequence[_Places]) -> tuple[int, int]:
    """The numbers of table and cell at the point, (-1, -1) outside all tables."""
    for table, place in enumerate(places):
        number = place.number(point)
        if number is not None:
            return table, number
    return -1, -1


def _rows(items: Iterable[Item]) -> list[list[Item]]:
    """Items in rows, top to bottom; each row left to right."""
    rows: list[list[Item]] = []
    for item in sorted(items, key=lambda i: i.box.center[1]):
        if rows and _level(rows[-1][-1].box, item.box):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [sorted(row, key=lambda i: i.box.x0) for row in rows]


def _level(one: Box, other: Box) -> bool:
    apart = abs(other.center[1] - one.center[1])
    return apart <= SAME_ROW * min(one.height, other.height)


def _once(row: Sequence[Glyph]) -> list[Glyph]:
    """The row without characters drawn a second time in the same place."""
    kept: list[Glyph] = []
    for glyph in row:
        near = SAME_PLACE * glyph.box.height
        twins = (g for g in kept[-3:] if g.text == glyph.text and glyph.box.x0 - g.box.x0 <= near)
        if next(twins, None) is None:
            kept.append(glyph)
    return kept


def _runs(row: Iterable[Item], gap: float, counts: Callable[[Item], bool]) -> list[list[Item]]:
    """The row in pieces, cut at wide gaps and at items that do not count, which are left out."""
    runs: list[list[Item]] = [[]]
    for item in row:
        last = runs[-1][-1].box if runs[-1] else None
        if not counts(item):
            runs.append([])
        elif last and item.box.x0 - last.x1 > gap * max(last.height, item.box.height):
            runs.append([item])
        else:
            runs[-1].append(item)
    return [run for run in runs if run]
