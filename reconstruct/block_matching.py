"""A form's blocks found in a grid: its rows and columns paired with the grid's by their labels."""

from __future__ import annotations

from dataclasses import dataclass

from document.form import Block, TableForm
from reconstruct.alignment import Ends, Pair, pair_at
from reconstruct.column_matching import BlockColumns, Heading, match_columns
from reconstruct.joined_table import JoinedTable
from reconstruct.label_paths import LEAST_IN_GAP
from reconstruct.labels import label_similarity
from reconstruct.row_matching import BlockRows, match_rows
from reconstruct.shape_matching import LEAST_TOLD, MOST_OTHERS, heads_over_groups


@dataclass(frozen=True, slots=True)
class BlockMatch:
    """A block of the form in a grid.

    `rows` pairs its rows with the grid's rows, `columns` its columns with `headings`; `heads` are
    the grid's heading rows. `by_position`: no heading was found, columns go by their number.
    `row_ends` and `column_ends` are the places just before the first line of values in the grid and
    just after the last, with the lines -1 and one too many to go with them. `titles`: the rows of
    its caption and of titles of groups. `is_gapless`: the grid has all columns of the block and a
    run of its rows, and no others among them. `is_in_shape`: cells over several rows say the same,
    or headings over several columns do. These are `groups`, each with itself on the form.
    """

    number: int
    block: Block
    rows: tuple[Pair, ...]
    columns: tuple[Pair, ...]
    headings: tuple[Heading, ...]
    heads: range
    row_ends: Ends
    column_ends: Ends
    titles: frozenset[int]
    is_gapless: bool
    is_in_shape: bool
    groups: tuple[Pair, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the grid has all lines of the block, and no others among them."""
        return self.is_gapless and len(self.rows) == len(self.block.rows)

    @property
    def by_position(self) -> bool:
        return not any(self.headings[pair.place].path for pair in self.columns)


def match_blocks(table: JoinedTable, form: TableForm) -> tuple[BlockMatch, ...]:
    """The blocks of the form that the grid has, in order; those with a row and a column found."""
    blocks = match_rows(table, form)
    return tuple(
        _match(table, rows, columns)
        for rows, columns in zip(blocks, match_columns(table, blocks), strict=True)
        if columns.pairs
    )


def _match(table: JoinedTable, rows: BlockRows, columns: BlockColumns) -> BlockMatch:
    groups = _groups(table, rows, columns)
    return BlockMatch(
        rows.number,
        rows.block,
        rows.pairs,
        columns.pairs,
        columns.headings,
        rows.heads,
        rows.ends,
        columns.ends,
        rows.titles,
        rows.gapless and columns.whole,
        rows.is_in_shape or bool(groups),
        groups,
    )


def _groups(table: JoinedTable, rows: BlockRows, columns: BlockColumns) -> tuple[Pair, ...]:
    """The headings over several columns, where the grid has the form's columns and no others under
    just these, enough of which are told by their labels, and hardly a heading that is surely
    another."""
    spans = [columns.headings[pair.place].columns for pair in columns.pairs]
    if not columns.whole or not rows.heads or any(len(span) > 1 for span in spans):
        return ()
    heads = heads_over_groups(table, rows.block, rows.heads, spans[0].start)
    likeness = [[label_similarity(cell.text, label) for cell, _ in heads] for _, label in heads]
    groups = tuple(pair_at(likeness, index, index) for index in range(len(heads)))
    own = [table.matrix[rows.heads[-1]][span.start] for span in spans]
    cells = [*own, *(cell for cell, _ in heads)]
    others = sum(
        cell.is_label and cell.is_legible and pair.likeness < LEAST_IN_GAP
        for cell, pair in zip(cells, (*columns.pairs, *groups), strict=True)
    )
    told = sum(map(is_told, groups))
    return groups if told >= LEAST_TOLD * len(groups) and others <= MOST_OTHERS * len(cells) else ()


def is_told(pair: Pair) -> bool:
    """Whether what is printed there is like no other line's label more."""
    return pair.likeness >= max(pair.rival, LEAST_IN_GAP)
