"""What a form expects of a grid where the grid has cells that are several slots', or part of one.

A table that is on its form tells which of its rows and columns are which lines of the form. So a
cell that covers two of them lacks a ruling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from document.expectation import Expectation
from document.report import ReadPage
from reconstruct.block_matching import BlockMatch
from reconstruct.form_matcher import FormMatcher
from reconstruct.joined_table import JoinedCell, JoinedTable
from reconstruct.joining import join_tables
from reconstruct.matching import match_tables
from reconstruct.missing_lines import (
    columns_by_width,
    columns_without_ruling,
    first_row_in_headings,
    rows_without_ruling,
)

MANY_COLUMNS = 10
"""So many columns of one width are hardly ever those of a table that is on no form."""


def expectations(pages: Sequence[ReadPage], matcher: FormMatcher) -> tuple[Expectation, ...]:
    """Where the forms that the pages' tables are on contradict their grids."""
    tables, unmatched = match_tables(join_tables(pages, matcher.wordings), matcher)
    on_forms = (
        expected
        for table in tables
        for part in table.parts
        for block in part.blocks
        for expected in (
            *_of_block(part.grid, block),
            *rows_without_ruling(part.grid, block),
            *first_row_in_headings(part.grid, block),
            *columns_without_ruling(part.grid, block),
        )
    )
    on_none = (expected for grid in unmatched for expected in _of_many_columns(grid, matcher))
    return tuple(dict.fromkeys((*on_forms, *on_none)))


def _of_many_columns(grid: JoinedTable, matcher: FormMatcher) -> Iterator[Expectation]:
    """Of a grid on no form, the columns that it should have if it is the table it is most like: by
    their width they must come to as many. With them it is compared anew."""
    likeliest = max(matcher.compared(grid), key=lambda match: match.fit, default=None)
    for block in likeliest.blocks if likeliest else ():
        if len(block.block.columns) >= MANY_COLUMNS:
            yield from columns_by_width(grid, block)


def _of_block(table: JoinedTable, block: BlockMatch) -> Iterator[Expectation]:
    rows = {pair.place for pair in block.rows}
    columns = [block.headings[pair.place].columns for pair in block.columns]
    sides = {side for span in columns for side in (span.start, span.stop)}
    first = min(sides)
    for cell in table.cells:
        if not rows & set(cell.rows):
            continue
        across = [row for row in cell.rows[1:] if _divided(row, cell, rows, first)]
        down = [column for column in cell.columns[1:] if column in sides]
        if (across or down) and (expected := _divided_at(table, cell, across, down)):
            yield expected


def _divided(row: int, cell: JoinedCell, rows: set[int], first: int) -> bool:
    """Whether the form has a line over this row of a cell: it does between rows of values, and
    between their labels, which stand next to the values; not between headings of several rows."""
    if cell.columns.stop > first:
        return bool(rows & {row - 1, row})
    return cell.columns.stop == first and rows >= {row - 1, row}


def _divided_at(
    table: JoinedTable, cell: JoinedCell, rows: Sequence[int], columns: Sequence[int]
) -> Expectation | None:
    """The cell divided before these rows and columns of the table."""
    tops = {other.row: other.box.y0 for other in table.cells if other.page == cell.page}
    lefts = {other.column: other.box.x0 for other in table.cells if other.page == cell.page}
    row_lines = _within(cell.box.y0, cell.box.y1, [tops[r] for r in rows if r in tops])
    column_lines = _within(
        cell.box.x0, cell.box.x1, [lefts.get(c, _between(table, cell, c)) for c in columns]
    )
    if not row_lines and not column_lines:
        return None
    return Expectation(cell.page, cell.box, row_lines, column_lines)


def _between(table: JoinedTable, cell: JoinedCell, column: int) -> float:
    """Where the column begins inside the cell, by the parts of the table on other pages."""
    lines = table.column_lines
    start, end = lines[cell.column], lines[cell.column + cell.colspan]
    return cell.box.x0 + cell.box.width * (lines[column] - start) / (end - start)


def _within(start: float, end: float, lines: Sequence[float]) -> tuple[float, ...]:
    return tuple(sorted({line for line in lines if start < line < end}))
