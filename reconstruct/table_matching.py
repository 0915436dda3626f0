"""How well a grid fits a table of a form, and which form it is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from document.form import Form, TableForm
from reconstruct.block_matching import BlockMatch, match_blocks
from reconstruct.joined_table import JoinedTable

LEAST_FIT = 0.7
"""A grid that fits less is on no form."""

LEAST_FIT_OF_FEW = 0.85
"""The same for a grid of few slots, which another table may share by chance."""

_FEW = 4
_PRECISION = 0.65
"""A row of the grid that the form lacks counts more than a row of the form that the grid lacks:
bodies leave rows out, but do not add any."""

_MOST_ROWS, _MOST_COLUMNS = 1000, 100


@dataclass(frozen=True, slots=True)
class TableMatch:
    """A grid on a table of a form, wholly or some blocks of it; `fit` from 0 to 1."""

    form: Form
    table: TableForm
    grid: JoinedTable
    blocks: tuple[BlockMatch, ...]
    fit: float

    @property
    def slots(self) -> int:
        return sum(len(block.rows) * len(block.columns) for block in self.blocks)


def matches(grid: JoinedTable, forms: Sequence[Form]) -> list[TableMatch]:
    """Every table of a form that the grid fits well enough."""
    if grid.rows > _MOST_ROWS or grid.columns > _MOST_COLUMNS:
        return []
    found = (_match(grid, form, table) for form in forms for table in form.tables)
    return [match for match in found if match.fit >= _least_fit(match)]


def _least_fit(match: TableMatch) -> float:
    return LEAST_FIT if match.slots > _FEW else LEAST_FIT_OF_FEW


def _match(grid: JoinedTable, form: Form, table: TableForm) -> TableMatch:
    blocks = match_blocks(grid, table)
    fit = _row_fit(grid, blocks) * _column_fit(blocks) if blocks else 0.0
    return TableMatch(form, table, grid, blocks, fit)


def _row_fit(grid: JoinedTable, blocks: Sequence[BlockMatch]) -> float:
    """Likeness of the paired rows over the grid's rows and over the form's, weighted."""
    alike = sum(
        pair.likeness if block.block.rows[pair.line].labels else 1.0
        for block in blocks
        for pair in block.rows
    )
    expected = sum(len(block.block.rows) for block in blocks)
    return _PRECISION * alike / len(_data_rows(grid, blocks)) + (1 - _PRECISION) * alike / expected


def _data_rows(grid: JoinedTable, blocks: Sequence[BlockMatch]) -> set[int]:
    """The grid's rows that carry data: those paired, and others with a number beside a label."""
    heads = {row for block in blocks for row in block.heads}
    paired = {pair.place for block in blocks for pair in block.rows}
    others = {
        row
        for row in set(range(grid.rows)) - heads
        if grid.row_labels[row] and any(cell.is_number for cell in grid.row_cells(row))
    }
    return paired | others


def _column_fit(blocks: Sequence[BlockMatch]) -> float:
    """Likeness of the paired columns over the form's columns and the grid's headed ones."""
    alike = sum(pair.likeness for block in blocks for pair in block.columns)
    expected = sum(len(block.block.columns) for block in blocks)
    headed = sum(_headed(block) for block in blocks)
    return _PRECISION * alike / max(headed, 1) + (1 - _PRECISION) * alike / expected


def _headed(block: BlockMatch) -> int:
    """Columns with a heading of their own from the first paired one on."""
    first = min(pair.place for pair in block.columns)
    paired = {pair.place for pair in block.columns}
    return sum(
        index in paired or bool(heading.path)
        for index, heading in enumerate(block.headings)
        if index >= first
    )
