"""Rows and columns told by text moved onto the rulings between them, where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from document.geometry import Box
from document.grid import GridCell, TableGrid
from document.page import PageLayout
from layout.line_search import Field
from layout.marks import find_marks

ROOM = 0.45
"""Share of the narrower side's extent by which a line may move."""


def on_rulings(page: PageLayout, grids: Sequence[TableGrid]) -> tuple[TableGrid, ...]:
    """The grids with their lines along rulings, else in the white between text.

    A page without its picture is left alone.
    """
    if page.picture is None or not grids:
        return tuple(grids)
    marks = find_marks(page.picture)
    across, down = Field.across(marks), Field.down(marks)
    return tuple(_moved(grid, across, down) for grid in grids)


def _moved(grid: TableGrid, across: Field, down: Field) -> TableGrid:
    """Rows first: labels have no part in that, for they may stand over several."""
    values = [cell for cell in grid.cells if cell.column]
    rows = _lines(grid.row_lines, [(c.box, c.row, c.row + c.rowspan) for c in values], across)
    upright = [(_transposed(c.box), c.column, c.column + c.colspan) for c in grid.cells]
    columns = _lines(grid.column_lines, upright, down)
    cells = tuple(replace(c, box=_box(c, rows, columns)) for c in grid.cells)
    return replace(grid, row_lines=rows, column_lines=columns, cells=cells)


def _lines(
    lines: Sequence[float], cells: Sequence[tuple[Box, int, int]], field: Field
) -> tuple[float, ...]:
    """The level lines moved, each with the cells that begin or end at it; or as they were."""
    moved = list(lines)
    for n, line in enumerate(lines):
        beside = [box for box, first, end in cells if n in {first, end}]
        if beside:
            room = ROOM * min(box.height for box in beside)
            at = field.line(beside, line, room)
            moved[n] = line if at is None else at
    return tuple(moved if all(a < b for a, b in pairwise(moved)) else lines)


def _box(cell: GridCell, rows: Sequence[float], columns: Sequence[float]) -> Box:
    return Box(
        *(columns[cell.column], rows[cell.row]),
        *(columns[cell.column + cell.colspan], rows[cell.row + cell.rowspan]),
    )


def _transposed(box: Box) -> Box:
    return Box(box.y0, box.x0, box.y1, box.x1)
