"""A table told by its shape: as many rows or columns as its form, and cells over the same groups of
them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from document.form import Block, Label, Line
from reconstruct.joined_table import JoinedCell, JoinedTable

LEAST_GROUPS = 4
"""A form with fewer groups of lines has a shape that other tables may have, too."""
MOST_ODD = 1
"""So many groups may lack their cell, or cells stand over no group: a ruling may be missing."""
MOST_OTHERS = 0.1
"""Share of a table's lines, at most, whose labels are read well and are not those of its form."""
LEAST_TOLD = 0.5
"""Share of the headings over groups of columns, at least, that are like no other of them more: they
stand once on the form each, where columns' own labels stand in every group."""

Span = tuple[int, int]
"""First line of a group, and the one after its last."""


def heads_by_shape(table: JoinedTable, block: Block) -> range | None:
    """The grid's heading rows, if below them it has the block's lines and no others; None if its
    shape does not say so."""
    heads = corner(table, range(table.rows))
    groups = groups_of(block.rows)
    if heads is None or len(groups) < LEAST_GROUPS or table.rows - len(heads) != len(block.rows):
        return None
    spans = {
        (cell.rows.start - heads.stop, cell.rows.stop - heads.stop)
        for cell in table.cells
        if cell.rows.start >= heads.stop and cell.rowspan > 1
    }
    return heads if len(groups.keys() ^ spans) <= MOST_ODD else None


def corner(table: JoinedTable, between: range) -> range | None:
    """The rows beside the cell over the rows' labels, if that is several rows high."""
    if not between:
        return None
    cell = table.row_cells(between.start)[0]
    found = range(between.start, cell.rows.stop)
    is_beside = cell.colspan < table.columns and cell.rows.start == between.start
    return found if is_beside and len(found) > 1 and found.stop <= between.stop else None


def heads_over_groups(
    table: JoinedTable, block: Block, heads: range, first: int
) -> list[tuple[JoinedCell, Label]]:
    """The headings over several columns, from the `first` of values on, each with its label; none
    unless they stand over just the groups of columns that they do on the form."""
    groups = groups_of(block.columns)
    spans = {
        (cell.columns.start - first, cell.columns.stop - first): cell
        for row in heads
        for cell in table.row_cells(row)
        if cell.columns.start >= first and 1 < cell.colspan < table.columns
    }
    if len(groups) < LEAST_GROUPS or groups.keys() != spans.keys():
        return []
    return [(spans[span], label) for span, label in groups.items()]


def groups_of(lines: Sequence[Line]) -> dict[Span, Label]:
    """The lines that follow each other under one label, several at a time."""
    paths = [line.labels for line in lines]
    groups: dict[Span, Label] = {}
    for depth in range(1, max(map(len, paths), default=0)):
        start = 0
        for above, under in groupby(paths, key=lambda path: path[:depth]):
            count = len(list(under))
            if count > 1 and len(above) == depth:
                groups[start, start + count] = above[-1]
            start += count
    return groups
