"""Cells that hold several numbers, for rulings between them were not found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from document.geometry import Box
from document.grid import Bounds, GridCell, TableGrid
from layout.scan_lines import TextInk
from layout.text_lines import lines_of_pieces, phrases, text_pieces

CLEAR = 0.1
"""In characters: a number may reach so far over a line of the table."""
GUTTER = 1.0
"""In characters: so wide a gap parts two numbers."""
DIGIT = 0.92
"""Height of a digit, at most, as a share of that of most labels."""
NARROW = 0.8
"""Width of a digit or a stroke, at most, in the same measure."""
LOWEST = 0.4
"""Height of a digit, at least, in the same measure."""
WIDE = 3.5
"""Heights that a label is wide, at least; most numbers are not."""
INK = 0.9
"""Height of a line of labels in characters."""


def without_crowds(grids: Iterable[TableGrid], text: TextInk) -> tuple[TableGrid, ...]:
    """The grids, cells that span several rows or columns and have numbers in them parted."""
    pieces: list[Box] | None = None
    found = []
    for grid in grids:
        if all(cell.rowspan == cell.colspan == 1 for cell in grid.cells):
            found.append(grid)
            continue
        pieces = text_pieces(text) if pieces is None else pieces
        found.append(_parted(grid, pieces, text.em / text.scale))
    return tuple(found)


def _parted(grid: TableGrid, pieces: Sequence[Box], em: float) -> TableGrid:
    """Numbers are pieces of text that are lower or narrower than the characters of labels."""
    inside = [b for b in pieces if grid.box.holds(b.center)]
    height = _label_height(inside, em)
    words = [b for line in lines_of_pieces(inside) for b in phrases(line, GUTTER * em)]
    numbers = dict.fromkeys(
        b
        for b in words
        if b.height > LOWEST * height and (b.height < DIGIT * height or b.width < NARROW * height)
    )
    return parted(grid, numbers, [b for b in words if b not in numbers], em)


def _label_height(pieces: Sequence[Box], em: float) -> float:
    """The height of most labels among pieces of text, which numbers do not reach."""
    high = [p for p in pieces if p.height > em / 2]
    wide = [p.height for p in high if p.width > WIDE * p.height]
    heights = sorted(wide or [p.height for p in high] or [INK * em])
    return heights[len(heights) // 2 if wide else len(heights) * 3 // 4]


def parted(grid: TableGrid, numbers: Iterable[Box], words: Iterable[Box], em: float) -> TableGrid:
    """The grid with cells parted that hold numbers in several of its rows or columns.

    `numbers` and other `words`: boxes round them, in upright points. Lines of the table part a cell
    into its rows and columns if each number lies in one of them, alone, and there are no words;
    these often stand in several rows.
    """
    inside, labelled = _by_cell(grid, numbers), _by_cell(grid, words)
    cells: list[GridCell] = []
    for n, cell in enumerate(grid.cells):
        there = inside.get(n, [])
        cells += _parts(grid, cell, there, em) if len(there) > 1 and n not in labelled else [cell]
    return replace(grid, cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))))


def _by_cell(grid: TableGrid, numbers: Iterable[Box]) -> dict[int, list[Box]]:
    places = {
        (row, column): n
        for n, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    found: dict[int, list[Box]] = {}
    for number in numbers:
        x, y = number.center
        place = bisect_right(grid.row_lines, y) - 1, bisect_right(grid.column_lines, x) - 1
        if place in places:
            found.setdefault(places[place], []).append(number)
    return found


def _parts(grid: TableGrid, cell: GridCell, numbers: Sequence[Box], em: float) -> list[GridCell]:
    """The cell's rows and columns that have numbers as cells of their own, if that parts them."""
    rows = [_place(grid.row_lines, b.y0, b.y1, CLEAR * em) for b in numbers]
    columns = [_place(grid.column_lines, b.x0, b.x1, CLEAR * em) for b in numbers]
    places = list(zip(rows, columns, strict=True))
    if None in rows or None in columns or len(set(places)) < len(places):
        return [cell]
    many_rows, many_columns = len(set(rows)) > 1, len(set(columns)) > 1
    return [
        GridCell(row, column, down, wide, _box(grid, row, column, down, wide), Bounds.ALIGNED)
        for row, down in _steps(cell.row, cell.rowspan, many_rows)
        for column, wide in _steps(cell.column, cell.colspan, many_columns)
    ]


def _place(lines: Sequence[float], start: float, end: float, over: float) -> int | None:
    place = bisect_right(lines, (start + end) / 2) - 1
    return place if start > lines[place] - over and end < lines[place + 1] + over else None


def _steps(first: int, span: int, parted_: bool) -> list[tuple[int, int]]:
    return [(n, 1) for n in range(first, first + span)] if parted_ else [(first, span)]


def _box(grid: TableGrid, row: int, column: int, down: int, wide: int) -> Box:
    return Box(
        *(grid.column_lines[column], grid.row_lines[row]),
        *(grid.column_lines[column + wide], grid.row_lines[row + down]),
    )
