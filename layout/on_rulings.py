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

    Labels have no part in that, for they may stand over several rows. Columns stay: digits under
    each other look like what is left of a ruling. A page without its picture is left alone.
    """
    if page.picture is None or not grids:
        return tuple(grids)
    field = Field.across(find_marks(page.picture))
    return tuple(_moved(grid, field) for grid in grids)


def _moved(grid: TableGrid, field: Field) -> TableGrid:
    lines = list(grid.row_lines)
    for n, line in enumerate(grid.row_lines):
        beside = [c.box for c in grid.cells if c.column and n in {c.row, c.row + c.rowspan}]
        if not beside:
            continue
        room = ROOM * min(box.height for box in beside)
        at = field.line(beside, line, room)
        above = lines[n - 1] if n else line - 2 * room
        if at is not None and above < at < min(grid.row_lines[n + 1 : n + 2], default=at + 1):
            lines[n] = at
    cells = tuple(
        replace(c, box=Box(c.box.x0, lines[c.row], c.box.x1, lines[c.row + c.rowspan]))
        for c in grid.cells
    )
    return replace(grid, row_lines=tuple(lines), cells=cells)
