"""Rows and columns told by text moved onto the rulings between them, where there are any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from document.geometry import Box
from document.grid import TableGrid
from document.page import PageLayout
from layout.line_search import Field
from layout.marked import marked
from layout.rulings import Ruling

ROOM = 0.45
"""Share of the narrower side's extent by which a line may move."""
RULED = 0.25
"""Share of the table that an upright ruling runs along, at least, to be one of its columns'."""
SAME = 0.3
"""In characters: pieces of one ruling lie so near each other."""


def on_rulings(page: PageLayout, grids: Sequence[TableGrid]) -> tuple[TableGrid, ...]:
    """The grids with their row lines along rulings, else in the white between lines of text; and
    their column lines on upright rulings, where there are any.

    Labels have no part in the rows, for they may stand over several. A page without its picture is
    left alone.
    """
    if page.picture is None or not grids:
        return tuple(grids)
    picture = marked(page.picture)
    field = Field.across(picture.marks)
    upright = [ruling for ruling in picture.rulings if not ruling.horizontal]
    return tuple(_moved(grid, field, upright) for grid in grids)


def _moved(grid: TableGrid, field: Field, upright: Sequence[Ruling]) -> TableGrid:
    rows = _in_order(grid.row_lines, lambda n: _row(grid, n, field))
    columns = _in_order(grid.column_lines, lambda n: _column(grid, n, upright, field.em))
    cells = tuple(
        replace(
            c,
            box=Box(
                *(columns[c.column], rows[c.row]),
                *(columns[c.column + c.colspan], rows[c.row + c.rowspan]),
            ),
        )
        for c in grid.cells
    )
    return replace(grid, row_lines=rows, column_lines=columns, cells=cells)


def _in_order(lines: Sequence[float], place: Callable[[int], float | None]) -> tuple[float, ...]:
    """Each line where it is placed, as far as they stay in order."""
    moved = list(lines)
    for n in range(len(lines)):
        at = place(n)
        before, after = moved[n - 1 : n] if n else [], moved[n + 1 : n + 2]
        if at is not None and all(x < at for x in before) and all(at < x for x in after):
            moved[n] = at
    return tuple(moved)


def _row(grid: TableGrid, n: int, field: Field) -> float | None:
    beside = [c.box for c in grid.cells if c.column and n in {c.row, c.row + c.rowspan}]
    if not beside:
        return None
    return field.line_in_white(beside, grid.row_lines[n], _room(grid.row_lines, n))


def _room(lines: Sequence[float], n: int) -> float:
    return ROOM * min(b - a for a, b in pairwise(lines[max(n - 1, 0) : n + 2]))


def _column(grid: TableGrid, n: int, upright: Sequence[Ruling], em: float) -> float | None:
    line, room = grid.column_lines[n], _room(grid.column_lines, n)
    near = [r.position for r in upright if abs(r.position - line) < room]
    for at in sorted(near, key=lambda x: abs(x - line)):
        along = sum(
            max(min(r.end, grid.box.y1) - max(r.start, grid.box.y0), 0.0)
            for r in upright
            if abs(r.position - at) < SAME * em
        )
        if along >= RULED * grid.box.height:
            return at
    return None
