"""Grids completed as a form expects them, as far as the picture agrees."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from document.expectation import Expectation
from document.geometry import Box
from document.grid import Bounds, GridCell, TableGrid
from document.page import PageLayout
from layout.line_search import Field
from layout.marked import marked

SAME = 0.3
"""In characters: a line expected so near to one of the grid is that one; no row is so low."""
ASIDE = 0.4
"""How far from where it is expected a line may lie, in parts of the room to the next one."""
EDGE = 0.01
"""Points by which a cell may stand out of a box and be inside: coordinates are rounded."""

log = logging.getLogger("gouji.layout")


def completed(page: PageLayout, expectations: Sequence[Expectation]) -> tuple[TableGrid, ...]:
    """The page's grids with the lines a form expects drawn in, and those it does not taken out.

    A line is drawn where the grid has one in other cells, else along what is left of a ruling, else
    in the white between lines of text; never through print: where the picture contradicts, the
    cells stay as they are. New cells are marked `Bounds.COMPLETED`. A page without its picture is
    left alone.
    """
    here = [each for each in expectations if each.page == page.number]
    if page.picture is None or not here:
        return page.grids
    marks = marked(page.picture).marks
    fields = _Fields(Field.across(marks), Field.down(marks))
    grids = list(page.grids)
    for each in here:
        for index, grid in enumerate(grids):
            if _inside(each.box, grid.box):
                grids[index] = _completed(grid, each, fields)
    return tuple(grids)


@dataclass(frozen=True, slots=True, eq=False)
class _Fields:
    across: Field
    down: Field


def _completed(grid: TableGrid, expected: Expectation, fields: _Fields) -> TableGrid:
    """The grid as expected; as it is where the picture contradicts. Where it contradicts rows only,
    or columns only, the others are drawn."""
    changed = [cell for cell in grid.cells if _inside(cell.box, expected.box)]
    boxes = [cell.box for cell in changed]
    about = expected.row_lines, expected.column_lines
    pieces = [piece for box in boxes for piece in _cut(box, *about)]
    around, turned = expected.box, _transposed(expected.box)
    rows = _drawn(
        (around.y0, *about[0], around.y1),
        grid.row_lines,
        pieces,
        fields.across,
        fields.across.line,
    )
    columns = _drawn(
        (turned.y0, *about[1], turned.y1),
        grid.column_lines,
        [_transposed(piece) for piece in pieces],
        fields.down,
        fields.down.gutter,
    )
    if rows is None and expected.column_lines:
        return _completed(grid, replace(expected, row_lines=()), fields)
    if columns is None and expected.row_lines:
        return _completed(grid, replace(expected, column_lines=()), fields)
    if not changed or rows is None or columns is None:
        log.debug("page %d: print where %s", grid.page, expected)
        return grid
    new = [piece for box in boxes for piece in _cut(box, rows, columns)]
    if not rows and not columns:
        new = [expected.box]
    kept = [(cell.box, cell.bounds) for cell in grid.cells if cell not in changed]
    return _regridded(grid, [*kept, *((box, Bounds.COMPLETED) for box in new)])


def _cut(box: Box, rows: Sequence[float], columns: Sequence[float]) -> list[Box]:
    """The box in pieces, cut at the lines that lie in it."""
    ys = [box.y0, *(y for y in rows if box.y0 < y < box.y1), box.y1]
    xs = [box.x0, *(x for x in columns if box.x0 < x < box.x1), box.x1]
    return [Box(x0, y0, x1, y1) for y0, y1 in pairwise(ys) for x0, x1 in pairwise(xs)]


def _drawn(
    marks: Sequence[float],
    lines: Sequence[float],
    boxes: Sequence[Box],
    field: Field,
    search: Callable[[Sequence[Box], float, float], float | None],
) -> list[float] | None:
    """Where level lines lie that are expected at the marks, but for the outer ones, across the
    boxes; None if one cannot be drawn.

    `search` finds those that the grid does not have among its `lines`: across which boxes, about
    where and how far from there at most.
    """
    drawn: list[float] = []
    for before, about, after in zip(marks, marks[1:], marks[2:], strict=False):
        known = min(lines, key=lambda line: abs(line - about))
        if abs(known - about) <= SAME * field.em:
            at = known if field.is_clear(_at(boxes, about), known) else None
        else:
            at = search(_at(boxes, about), about, ASIDE * min(about - before, after - about))
        if at is None or not max([marks[0], *drawn]) < at < marks[-1]:
            return None
        drawn.append(at)
    return drawn


def _at(pieces: Sequence[Box], line: float) -> list[Box]:
    """Those that the line bounds."""
    return [piece for piece in pieces if line in {piece.y0, piece.y1}]


def _regridded(grid: TableGrid, cells: Iterable[tuple[Box, Bounds]]) -> TableGrid:
    """The grid with these cells, its lines where they have their edges."""
    cells = sorted(cells, key=lambda cell: (cell[0].y0, cell[0].x0))
    row_lines = sorted({y for box, _ in cells for y in (box.y0, box.y1)})
    column_lines = sorted({x for box, _ in cells for x in (box.x0, box.x1)})
    row, column = _numbers(row_lines), _numbers(column_lines)
    return TableGrid(
        grid.page,
        tuple(row_lines),
        tuple(column_lines),
        tuple(
            GridCell(
                row(box.y0),
                column(box.x0),
                row(box.y1) - row(box.y0),
                column(box.x1) - column(box.x0),
                box,
                bounds,
            )
            for box, bounds in cells
        ),
        grid.open_top,
        grid.open_bottom,
    )


def _numbers(lines: Sequence[float]) -> Callable[[float], int]:
    return {line: number for number, line in enumerate(lines)}.__getitem__


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer.x0 - EDGE <= inner.x0
        and outer.y0 - EDGE <= inner.y0
        and inner.x1 <= outer.x1 + EDGE
        and inner.y1 <= outer.y1 + EDGE
    )


def _transposed(box: Box) -> Box:
    return Box(box.y0, box.x0, box.y1, box.x1)
