"""How well a grid fits a table of a form, and which form it is on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from document.form import Form, TableForm
from reconstruct.alignment import Pair
from reconstruct.block_matching import BlockMatch, is_told, match_blocks
from reconstruct.joined_table import JoinedTable

LEAST_FIT = ((4, 0.8), (11, 0.6), (math.inf, 0.45))
"""A grid of so many slots at most that fits less is on no form.

Measured on the tables of `tests/test_reconstruct_matching.py`: unrelated ones that share labels
with a form reach 0.70, and only on 4 slots or fewer; an undamaged one is at 1 on its form, at 0.98
or less on the next; with a tenth of its labels' characters lost and a tenth wrong it keeps 0.52
(the largest table) or more. So the fewer slots speak for a form, the better they must fit.
"""

LEAST_ORDER = (10, 0.4)
"""Of so many lines at least, such a share whose place in the grid is like no other line more: then
a grid with exactly the form's rows and columns is that table, however badly its labels are read.
By chance a line in five is, where labels stand thrice in the form, else far fewer."""

LEAST_ORDER_NEXT = (10, 0.2)
"""The same for a grid that stands right after the table that comes before in the form."""

LEAST_ORDER_IN_SHAPE = (10, 0.15)
"""The same for a grid whose cells over several rows, or over several columns, are the form's, too.
"""

LEAST_FIT_NEXT = 0.5
"""The same for a grid that carries on a table already begun, which speaks for it."""

_PRECISION = 0.9
"""What the grid has and the form lacks counts so much, what the form has and the grid lacks the
rest: bodies leave rows out, but hardly ever add one."""

_MOST_CELLS = 2500
"""A larger grid is on no form: comparing all its labels would take long."""


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

    @property
    def stands_alone(self) -> bool:
        """Whether it fits well enough without a part before it."""
        least = next(least for most, least in LEAST_FIT if self.slots <= most)
        return self.fit >= least or self.is_in_order

    @property
    def is_possible(self) -> bool:
        """Whether the grid may be on that table, were it only as a further part of it, or because
        it stands where that table should."""
        return self.fit >= LEAST_FIT_NEXT or self.stands_alone or self.is_whole

    @property
    def is_in_order(self) -> bool:
        """Whether the grid has as many rows and columns as the form, or as the part of it before or
        after a page break, and their labels, as far as they can be read, in the form's order; with
        the form's cells over several rows or columns, hardly any need be read."""
        in_shape = all(block.is_in_shape for block in self.blocks)
        least = LEAST_ORDER_IN_SHAPE if in_shape else LEAST_ORDER
        return self._is_gapless and self._has_in_order(*least)

    @property
    def is_whole(self) -> bool:
        """Whether the grid has the form's rows and columns and no others, and is that table if it
        stands where that table should."""
        slots = sum(len(block.rows) * len(block.columns) for block in self.table.blocks)
        return self._is_gapless and self.slots == slots and self._has_in_order(*LEAST_ORDER_NEXT)

    def _has_in_order(self, least: int, share: float) -> bool:
        """Whether there are so many lines with labels, and such a share that is like no other."""
        pairs = [pair for block in self.blocks for pair in _labelled(block)]
        return len(pairs) >= least and sum(map(is_told, pairs)) >= share * len(pairs)

    @property
    def _is_gapless(self) -> bool:
        """Whether the grid has nothing but a run of the form's lines, from the first or to the
        last, and all columns."""
        if not self.blocks:
            return False
        order = [(n, row) for n, b in enumerate(self.table.blocks) for row in range(len(b.rows))]
        found = [(block.number, pair.line) for block in self.blocks for pair in block.rows]
        is_run = found in (order[: len(found)], order[-len(found) :])
        return is_run and all(block.is_gapless for block in self.blocks)


def _labelled(block: BlockMatch) -> Iterator[Pair]:
    """The pairs of lines that the form has labels for, where the grid may have them too, and of
    headings over several columns."""
    yield from block.groups
    yield from (pair for pair in block.rows if block.block.rows[pair.line].labels)
    if not block.by_position:
        yield from (pair for pair in block.columns if block.block.columns[pair.line].labels)


def compared(grid: JoinedTable, forms: Sequence[Form]) -> list[TableMatch]:
    """The grid on every table of every form, however badly it fits; none if it is too large."""
    if len(grid.cells) > _MOST_CELLS:
        return []
    return [_match(grid, form, table) for form in forms for table in form.tables]


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
    """The grid's rows that carry data: those paired, and others with more than labels; strokes
    beside a title are none."""
    heads = {row for block in blocks for row in (*block.heads, *block.titles)}
    paired = {pair.place for block in blocks for pair in block.rows}
    others = {
        row
        for row in set(range(grid.rows)) - heads
        if grid.row_labels[row] and any(not c.is_label and not c.blank for c in grid.row_cells(row))
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
        index in paired or heading.counts
        for index, heading in enumerate(block.headings)
        if index >= first
    )
