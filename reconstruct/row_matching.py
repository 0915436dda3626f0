"""The rows of a form found in a grid, by their labels, their order and their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from document.form import Block, TableForm
from reconstruct.alignment import Ends, Pair, align, more_alike, pair_at, with_gaps_filled
from reconstruct.joined_table import JoinedTable
from reconstruct.label_paths import LEAST, LEAST_IN_GAP
from reconstruct.row_likeness import FormRow, gains, head_likeness, row_likeness
from reconstruct.shape_matching import MOST_OTHERS, corner, heads_by_shape

_LEAST_HEAD = 0.25
"""A row whose texts are less like the column labels, on average, is no heading row. Heading rows
with a tenth of their characters lost and two tenths wrong keep 0.52, worse ones on scans at 150 dpi
fall to 0.3. Value rows reach 0.15, in blocks of one column 0.35: so the row most alike counts."""


@dataclass(frozen=True, slots=True)
class BlockRows:
    """A block's rows in a grid.

    `pairs` are its lines and the grid's rows, at least one; `heads` the grid's heading rows; `ends`
    the places just before its first line of values and just after its last, with the lines -1 and
    one too many to go with them; `titles` the rows of its caption and of titles of groups.
    `is_in_shape`: the grid's shape says that these are the lines, whatever their labels.
    """

    number: int
    block: Block
    pairs: tuple[Pair, ...]
    heads: range
    ends: Ends
    titles: frozenset[int]
    is_in_shape: bool = False

    @property
    def gapless(self) -> bool:
        """Whether the block's lines found follow each other, and no other rows stand there."""
        (_, before), (_, after) = self.ends
        lines = [pair.line for pair in self.pairs]
        others = set(range(before + 1, after)) - self.titles
        run = list(range(lines[0], lines[-1] + 1))
        return lines == run and others == {pair.place for pair in self.pairs}


def match_rows(table: JoinedTable, form: TableForm) -> tuple[BlockRows, ...]:
    """The rows of each block that the grid has rows of, in order."""
    items, likeness = row_likeness(table, form)
    aligned = [pair_at(likeness, i, row) for i, row in align(gains(form, items, likeness))]
    found = [(items[p.line], p) for p in _completed(table, form, aligned, likeness)]
    matches: list[BlockRows] = []
    end = 0
    for number, block in enumerate(form.blocks):
        pairs = _rows_of(number, found)
        if not pairs:
            continue
        heads = _head_rows(table, block, range(end, pairs[0].place), _head_of(number, found))
        lines = [
            values for item, values in zip(items, likeness, strict=True) if item.is_line_of(number)
        ]
        ends = (-1, heads.stop - 1), (len(block.rows), _end(table, number, found))
        pairs = more_alike(_with_row_gaps(table, pairs, lines, ends), _in_order(table, lines, ends))
        titles = frozenset(p.place for item, p in found if item.block == number and item.is_title)
        matches.append(BlockRows(number, block, tuple(pairs), heads, ends, titles))
        end = pairs[-1].place + 1
    of_lines = [
        values for item, values in zip(items, likeness, strict=True) if item.line is not None
    ]
    return _in_shape(table, form, of_lines, matches)


def _in_shape(
    table: JoinedTable,
    form: TableForm,
    likeness: Sequence[Sequence[float]],
    matches: Sequence[BlockRows],
) -> tuple[BlockRows, ...]:
    """Line by line, where the grid has the shape of a form of one block, and hardly a label that
    is surely another."""
    block = form.blocks[0]
    heads = heads_by_shape(table, block) if len(form.blocks) == 1 else None
    if heads is None:
        return tuple(matches)
    pairs = [pair_at(likeness, line, heads.stop + line) for line in range(len(block.rows))]
    others = sum(table.is_legible(p.place) and p.likeness < LEAST_IN_GAP for p in pairs)
    if others > MOST_OTHERS * len(pairs):
        return tuple(matches)
    told = more_alike(pairs, [pair for match in matches for pair in match.pairs])
    if told != pairs:
        return tuple(matches)
    ends = (-1, heads.stop - 1), (len(block.rows), table.rows)
    return (BlockRows(0, block, tuple(pairs), heads, ends, frozenset(), is_in_shape=True),)


def _completed(
    table: JoinedTable, form: TableForm, pairs: list[Pair], likeness: Sequence[Sequence[float]]
) -> list[Pair]:
    """With the rows that order gives: between two that were found, where the grid has as many rows
    as the form prints there, titles and headings too; or all, if it has as many as the form.

    The first caption may have been left on the page before.
    """

    def fillable(item: int, row: int) -> bool:
        own, named = likeness[item][row], max(values[row] for values in likeness)
        return not table.is_legible(row) and (named < LEAST or own >= named)

    pairs = more_alike(pairs, with_gaps_filled(pairs, likeness, fillable))
    last = len(likeness), table.rows
    starts = [(-1, -1), (0, -1)] if form.blocks[0].caption else [(-1, -1)]
    for first in starts:
        pairs = more_alike(pairs, _in_order(table, likeness, (first, last)))
    return pairs


def _head_of(number: int, found: Sequence[tuple[FormRow, Pair]]) -> int | None:
    """The place of the block's heading row, as far as the order of rows tells."""
    return next((p.place for item, p in found if item.head and item.block == number), None)


def _rows_of(number: int, found: Sequence[tuple[FormRow, Pair]]) -> list[Pair]:
    """The block's pairs, their line counted within the block."""
    return [
        Pair(item.line, pair.place, pair.likeness, pair.rival)
        for item, pair in found
        if item.block == number and item.line is not None
    ]


def _head_rows(table: JoinedTable, block: Block, between: range, by_order: int | None) -> range:
    """The heading rows, down to the one most like the block's column labels; the last, of equals.

    Where none is, down to the one `by_order`, else as far as the cell in their corner reaches, else
    to the last that has labels and no number.
    """
    by_row = head_likeness(table.row_labels, block)
    likeness = {row: by_row[row] for row in between}
    best = max(likeness.values(), default=0.0)
    if best < _LEAST_HEAD and by_order is not None and by_order in between:
        return range(between.start, by_order + 1)
    if best < _LEAST_HEAD and (beside := corner(table, between)):
        return beside
    for row in reversed(between):
        cells = table.row_cells(row)
        words_only = sum(c.is_label for c in cells) > 1 and not any(c.is_number for c in cells)
        if likeness[row] >= max(best - 1e-9, _LEAST_HEAD) or (best < _LEAST_HEAD and words_only):
            return range(between.start, row + 1)
    return range(between.start, between.start)


def _end(table: JoinedTable, number: int, found: Sequence[tuple[FormRow, Pair]]) -> int:
    """The row below the block: the first that was found of the next one, or the table's end."""
    return min((pair.place for item, pair in found if item.block > number), default=table.rows)


def _with_row_gaps(
    table: JoinedTable, rows: Sequence[Pair], likeness: Sequence[Sequence[float]], ends: Ends
) -> list[Pair]:
    """With the rows whose labels are damaged, but are no other line's, where order leaves no
    choice."""

    def fillable(line: int, row: int) -> bool:
        named = max(values[row] for values in likeness)
        if likeness[line][row] >= named:
            return likeness[line][row] >= LEAST_IN_GAP or not table.is_legible(row)
        return not table.has_own_label(row) or named < LEAST

    return with_gaps_filled(rows, likeness, fillable, ends)


def _in_order(table: JoinedTable, likeness: Sequence[Sequence[float]], ends: Ends) -> list[Pair]:
    """Line by line, where the grid has as many rows as the block and none is surely another."""

    def fillable(line: int, row: int) -> bool:
        return likeness[line][row] >= LEAST_IN_GAP or not table.is_legible(row)

    return with_gaps_filled((), likeness, fillable, ends)
