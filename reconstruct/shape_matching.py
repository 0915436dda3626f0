"""A table told by its shape: as many rows as its form, and cells over the same groups of them."""

from __future__ import annotations

from itertools import groupby

from document.form import Block
from reconstruct.joined_table import JoinedTable

LEAST_GROUPS = 4
"""A form with fewer groups of lines has a shape that other tables may have, too."""
MOST_ODD = 1
"""So many groups may lack their cell, or cells stand over no group: a ruling may be missing."""

Span = tuple[int, int]
"""First line of a group, and the one after its last."""


def heads_by_shape(table: JoinedTable, block: Block) -> range | None:
    """The grid's heading rows, if below them it has the block's lines and no others; None if its
    shape does not say so."""
    heads = corner(table, range(table.rows))
    groups = groups_of(block)
    if heads is None or len(groups) < LEAST_GROUPS or table.rows - len(heads) != len(block.rows):
        return None
    spans = {
        (cell.rows.start - heads.stop, cell.rows.stop - heads.stop)
        for cell in table.cells
        if cell.rows.start >= heads.stop and cell.rowspan > 1
    }
    return heads if len(groups ^ spans) <= MOST_ODD else None


def corner(table: JoinedTable, between: range) -> range | None:
    """The rows beside the cell over the rows' labels, if that is several rows high."""
    if not between:
        return None
    cell = table.row_cells(between.start)[0]
    found = range(between.start, cell.rows.stop)
    is_beside = cell.colspan < table.columns and cell.rows.start == between.start
    return found if is_beside and len(found) > 1 and found.stop <= between.stop else None


def groups_of(block: Block) -> set[Span]:
    """The block's lines that follow each other under one label, several at a time."""
    paths = [tuple(label.text for label in line.labels) for line in block.rows]
    groups: set[Span] = set()
    for depth in range(1, max(map(len, paths), default=0)):
        start = 0
        for above, lines in groupby(paths, key=lambda path: path[:depth]):
            count = len(list(lines))
            if count > 1 and len(above) == depth:
                groups.add((start, start + count))
            start += count
    return groups
