"""Cells that hold several numbers, for rulings between them were not found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from document.geometry import Box
from document.grid import Bounds, GridCell, TableGrid

CLEAR = 0.1
"""In characters: a number may reach so far over a line of the table."""


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
