"""The columns of a form's block found in a grid, by the headings over them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from document.form import Block
from reconstruct.alignment import Ends, Pair, align_labels, more_alike, with_gaps_filled
from reconstruct.characters import packed
from reconstruct.joined_table import JoinedCell, JoinedTable
from reconstruct.label_paths import LEAST, LEAST_IN_GAP, column_path, likeness_of_paths
from reconstruct.labels import in_common, label_similarity
from reconstruct.row_matching import BlockRows

_BY_POSITION = 0.6
"""What stands for the likeness of columns that have no heading but are as many as the form's."""

_LEAST_TOGETHER = 0.6
"""So much of what stands in headings over several columns is in common with the form's, on the
average: most of the characters can be read."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Columns of the grid under one heading cell, and the labels printed over them.

    `unused`: nothing stands in the block's rows there, and what there is of a heading cannot be
    read: it may be dirt.
    """

    columns: range
    path: tuple[str, ...]
    unused: bool = False

    @property
    def counts(self) -> bool:
        """Whether it speaks for a column."""
        return bool(self.path) and not self.unused


@dataclass(frozen=True, slots=True)
class BlockColumns:
    """A block's columns in a grid: `pairs` of its columns with `headings`, left to right.

    `ends` are as those of rows.
    """

    pairs: tuple[Pair, ...]
    headings: tuple[Heading, ...]
    ends: Ends

    @property
    def whole(self) -> bool:
        """Whether the grid has all columns of the block, and no others among them."""
        (_, before), (count, after) = self.ends
        return len(self.pairs) == count == after - before - 1


def match_columns(table: JoinedTable, blocks: Sequence[BlockRows]) -> tuple[BlockColumns, ...]:
    """The columns of each block, all from the same first column of values on.

    That is the one right of the labels in most rows; where columns then lack a place, the one by
    which most are found: dirt in blank cells may read as a label.
    """
    tried: dict[int, tuple[BlockColumns, ...]] = {}
    for first in _first_value_columns(table, blocks):
        tried[first] = tuple(_from(table, rows, first) for rows in blocks)
        if all(columns.whole for columns in tried[first]):
            break
    return max(tried.values(), key=_likeness, default=())


def _likeness(blocks: Sequence[BlockColumns]) -> float:
    return sum(pair.likeness for columns in blocks for pair in columns.pairs)


def _from(table: JoinedTable, rows: BlockRows, first: int) -> BlockColumns:
    """The block's columns, from the `first` of values on; without headings by their number."""
    block = rows.block
    by_heading = _headings(table, rows, first)
    if not by_heading:
        headings = [Heading(range(c, c + 1), ()) for c in range(first, table.columns)]
        fits = len(headings) == len(block.columns) and not _holds_labels(table, rows, first)
        pairs = [Pair(index, index, _BY_POSITION) for index in range(len(headings))] if fits else []
        return BlockColumns(tuple(pairs), tuple(headings), _column_ends(block, headings, first))
    by_cell = _by_label(block, by_heading, first)
    if len(by_cell.pairs) == len(block.columns):
        return by_cell
    by_column = _by_label(block, _divided(by_cell.headings), first)
    found = max(by_cell, by_column, key=lambda found: len(found.pairs))
    whole = len(found.pairs) == len(block.columns)
    return found if whole or first else _by_number(table, rows, by_column) or found


def _by_number(table: JoinedTable, rows: BlockRows, columns: BlockColumns) -> BlockColumns | None:
    """Columns by their number, under headings that stand over several of them for lack of rulings:
    where rows without label have just as many values, as on the page after their headings.

    What stands in the headings must be, on the whole, what stands in the form's together.
    """
    lines = rows.block.columns
    values = [table.row_cells(pair.place) for pair in rows.pairs]
    whole = all(len(row) == len(lines) == table.columns for row in values)
    if not whole or any(line.labels for line in rows.block.rows):
        return None
    pairs: list[Pair] = []
    for cell in table.row_cells(rows.heads[-1]):
        own = [line.labels[-1].text for line in lines[cell.column :][: cell.colspan]]
        likeness = in_common(packed(cell.text), packed("".join(own)))
        pairs += (Pair(column, column, likeness, rival=1.0) for column in cell.columns)
    if sum(pair.likeness for pair in pairs) < _LEAST_TOGETHER * len(pairs):
        return None
    return replace(columns, pairs=tuple(pairs))


def _by_label(block: Block, headings: Sequence[Heading], first: int) -> BlockColumns:
    """Columns by their headings and order; over the labels of the rows stands none of them."""
    ends = _column_ends(block, headings, first)
    labels = ends[0][1] + 1
    paths = tuple(heading.path for heading in headings[labels:])
    likeness = [
        [0.0] * labels + list(likeness_of_paths(paths, column.labels)) for column in block.columns
    ]

    def fillable(line: int, place: int) -> bool:
        named = max(values[place] for values in likeness)
        return likeness[line][place] >= LEAST_IN_GAP or named < LEAST

    by_label = with_gaps_filled(align_labels(likeness, LEAST), likeness, fillable, ends)
    pairs = more_alike(by_label, with_gaps_filled((), likeness, fillable, ends))
    return BlockColumns(tuple(pairs), tuple(headings), ends)


def _column_ends(block: Block, headings: Sequence[Heading], first: int) -> Ends:
    """Blank and unused headings at the end are no columns of the block where it has enough without
    them."""
    labels = sum(heading.columns.stop <= first for heading in headings)
    after = len(headings)
    while after - labels > len(block.columns) and not headings[after - 1].counts:
        after -= 1
    return (-1, labels - 1), (len(block.columns), after)


def _headings(table: JoinedTable, rows: BlockRows, first: int) -> list[Heading]:
    """The grid's columns by the heading cell they stand under, left to right.

    Of a cell over labels and values, for lack of a ruling, only the columns of values count.
    """
    if not rows.heads:
        return []
    return [
        Heading(
            _of_values(cell.columns, first),
            column_path(table, rows.heads, cell.column),
            unused=not cell.is_legible and _is_blank(table, rows, cell.columns),
        )
        for cell in table.row_cells(rows.heads[-1])
        if cell.colspan < table.columns
    ]


def _is_blank(table: JoinedTable, rows: BlockRows, columns: range) -> bool:
    """Whether nothing stands in these columns of the block's rows."""
    return all(table.matrix[pair.place][c].blank for pair in rows.pairs for c in columns)


def _of_values(columns: range, first: int) -> range:
    return range(max(columns.start, first), columns.stop) if columns.stop > first else columns


def _divided(headings: Sequence[Heading]) -> list[Heading]:
    """A heading for each column of the grid: the ruling between two may be missing above."""
    return [
        replace(heading, columns=range(column, column + 1))
        for heading in headings
        for column in heading.columns
    ]


def _holds_labels(table: JoinedTable, rows: BlockRows, first: int) -> bool:
    """Whether most of the block's labels stand in the `first` column of values or beyond: then a
    ruling among the values is missing, and every one of them would be a column off."""
    labelled = [pair for pair in rows.pairs if rows.block.rows[pair.line].labels]
    beyond = [
        any(
            cell.columns.stop > first
            and cell.is_label
            and label_similarity(cell.text, rows.block.rows[pair.line].labels[-1]) >= LEAST
            for cell in table.row_cells(pair.place)
        )
        for pair in labelled
    ]
    return 2 * sum(beyond) > len(beyond)


def _first_value_columns(table: JoinedTable, blocks: Sequence[BlockRows]) -> list[int]:
    """The columns right of the labels in the blocks' rows, that of most rows first; then those
    right of their other cells and of the headings over them, for a label and the value next to it
    may be one cell; and the very first under headings of a form whose rows have no labels.

    A heading that reaches into a row is none of its labels.
    """
    rows = [
        [cell for cell in table.row_cells(pair.place) if cell.row not in block.heads]
        for block in blocks
        for pair in block.pairs
    ]
    ends = Counter(_labels_end(cells) for cells in rows)
    heads = [
        [cell for cell in table.row_cells(block.heads[-1]) if cell.colspan < table.columns]
        for block in blocks
        if block.heads
    ]
    others = {cell.columns.stop for cells in (*rows, *heads) for cell in cells[:-1]}
    if heads and not any(line.labels for block in blocks for line in block.block.rows):
        others.add(0)
    return [*sorted(ends, key=lambda end: (-ends[end], end)), *sorted(others - ends.keys())]


def _labels_end(cells: Sequence[JoinedCell]) -> int:
    """The column right of the last label before the row's first number."""
    numbers = [cell.column for cell in cells if cell.is_number]
    before = numbers[0] if numbers else math.inf
    return max((c.columns.stop for c in cells if c.is_label and c.column < before), default=0)
