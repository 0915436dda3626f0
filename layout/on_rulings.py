"""Rows told by text moved onto the rulings between them, where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from document.geometry import Box
from document.grid import TableGrid
from document.page import PageLayout
from layout.line_search import Field
from layout.marks import find_marks

ROOM = 0.45
"""Share of the lower row's height by which a line may move."""


def on_rulings(page: PageLayout, grids: Sequence[TableGrid]) -> tuple[TableGrid, ...]:
    """The grids with their row lines along rulings, else in the white between lines of text.

    Only what the cells of values have is looked at. A page without its picture is left alone.
    """
    if page.picture is None or not grids:
        return tuple(grids)
    field = Field.across(find_marks(page.picture))
    return tuple(_moved(grid, field) for grid in grids)


def _moved(grid: TableGrid, field: Field) -> TableGrid:
    lines = list(grid.row_lines)
    for n, line in enumerate(lines):
        beside = [c for c in grid.cells if n in {c.row, c.row + c.rowspan} and c.column]
        room = ROOM * min(c.box.height for c in beside) if beside else 0.0
        at = field.line([c.box for c in beside], line, room) if beside else None
        lines[n] = line if at is None else at
    moved = dict(zip(grid.row_lines, lines, strict=True))
    if sorted(set(lines)) != lines:
        return grid
    cells = tuple(
        replace(c, box=Box(c.box.x0, moved[c.box.y0], c.box.x1, moved[c.box.y1]))
        for c in grid.cells
    )
    return replace(grid, row_lines=tuple(lines), cells=cells)
