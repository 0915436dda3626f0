"""A form's blocks found in a grid: its rows and columns paired with the grid's by their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from document.form import Block, Label, Line, TableForm
from reconstruct.alignment import Pair, align, align_labels, pair_at, with_gaps_filled
from reconstruct.joined_table import JoinedTable
from reconstruct.label_paths import column_path, path_likeness
from reconstruct.labels import label_similarity

_LEAST = 0.5
"""Labels less alike are not taken for the same."""

_LEAST_IN_GAP = 0.3
"""Unless position leaves no other choice; then so little is enough, or a label nobody can read."""

_HELP = 0.5
"""What captions and headings weigh in the order of rows, where a row's own label weighs 1."""

_BY_POSITION = 0.6
"""What stands for the likeness of columns that have no heading but are as many as the form's."""

_UNLABELLED = (0.15, 0.3)
"""What a row without label weighs: of blanks, with numbers."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Columns of the grid under one heading cell, and the labels printed over them."""

    columns: range
    path: tuple[str, ...]


Ends = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class BlockMatch:
    """A block of the form in a grid.

    `rows` pairs its rows with the grid's rows, `columns` its columns with `headings`; `heads` are
    the grid's heading rows. `by_position`: no heading was found, columns go by their number.
    `row_ends` and `column_ends` are the places just before the first line of values in the grid and
    just after the last, with the lines -1 and one too many to go with them.
    """

    number: int
    block: Block
    rows: tuple[Pair, ...]
    columns: tuple[Pair, ...]
    headings: tuple[Heading, ...]
    heads: range
    by_position: bool
    row_ends: Ends
    column_ends: Ends


@dataclass(frozen=True, slots=True)
class _Rows:
    """A block's rows in a grid: its lines, its heading rows, where its lines begin and end."""

    pairs: tuple[Pair, ...]
    heads: range
    ends: Ends


@dataclass(frozen=True, slots=True)
class _Item:
    """A row that the form expects: a caption (no line, no head), a heading row, or a line."""

    block: int
    line: int | None = None
    head: bool = False

    def is_line_of(self, block: int) -> bool:
        return self.block == block and self.line is not None


def match_blocks(table: JoinedTable, form: TableForm) -> tuple[BlockMatch, ...]:
    """The blocks of the form that the grid has, in order; those with a row and a column found."""
    items, likeness = _row_likeness(table, form)
    gains = [
        [(value - _least(item, form)) * _weight(item) for value in values]
        for item, values in zip(items, likeness, strict=True)
    ]
    found = [(items[i], pair_at(likeness, i, row)) for i, row in align(gains)]
    matches: list[BlockMatch] = []
    end = 0
    for number, block in enumerate(form.blocks):
        rows = _rows_of(number, found)
        if not rows:
            continue
        heads = _head_rows(table, block, range(end, rows[0].place))
        lines = [
            values for item, values in zip(items, likeness, strict=True) if item.is_line_of(number)
        ]
        ends = (-1, heads.stop - 1), (len(block.rows), _end(table, number, found))
        rows = _with_row_gaps(table, rows, lines, ends)
        match = _with_columns(table, number, block, _Rows(tuple(rows), heads, ends))
        if match.columns:
            matches.append(match)
            end = rows[-1].place + 1
    return tuple(matches)


def _row_likeness(table: JoinedTable, form: TableForm) -> tuple[list[_Item], list[list[float]]]:
    paths = table.row_labels
    items: list[_Item] = []
    likeness: list[list[float]] = []
    for number, block in enumerate(form.blocks):
        if block.caption is not None:
            items.append(_Item(number))
            likeness.append([_likeness_of_any(path, block.caption) for path in paths])
        items.append(_Item(number, head=True))
        likeness.append([_head_likeness(path, block) for path in paths])
        for index, line in enumerate(block.rows):
            items.append(_Item(number, index))
            likeness.append(_line_likeness(table, paths, line))
    return items, likeness


def _line_likeness(table: JoinedTable, paths: Sequence[Sequence[str]], line: Line) -> list[float]:
    if line.labels:
        return [path_likeness(path, line.labels) for path in paths]
    return [_unlabelled(table, row) for row in range(table.rows)]


def _unlabelled(table: JoinedTable, row: int) -> float:
    """What speaks for a row of values without label: few words, if any, among its cells."""
    cells = table.row_cells(row)
    if 3 * sum(cell.is_label for cell in cells) > len(cells):
        return 0.0
    return _UNLABELLED[any(cell.is_number for cell in cells)]


def _likeness_of_any(path: Sequence[str], label: Label) -> float:
    return max((label_similarity(text, label) for text in path), default=0.0)


def _head_likeness(path: Sequence[str], block: Block) -> float:
    """How many of the block's column labels stand in the row, each as far as it is alike."""
    leaves = [column.labels[-1] for column in block.columns]
    return sum(_likeness_of_any(path, leaf) for leaf in leaves) / len(leaves)


def _least(item: _Item, form: TableForm) -> float:
    if item.line is not None and not form.blocks[item.block].rows[item.line].labels:
        return 0.0
    return _LEAST


def _weight(item: _Item) -> float:
    return 1.0 if item.line is not None else _HELP


def _rows_of(number: int, found: Sequence[tuple[_Item, Pair]]) -> list[Pair]:
    """The block's pairs, their line counted within the block."""
    return [
        Pair(item.line, pair.place, pair.likeness, pair.rival)
        for item, pair in found
        if item.block == number and item.line is not None
    ]


def _head_rows(table: JoinedTable, block: Block, between: range) -> range:
    """The heading rows, down to the one most like the block's column labels; the last, of equals.

    Where none is, rows down to the last that has labels and no number.
    """
    likeness = {row: _head_likeness(table.row_labels[row], block) for row in between}
    best = max(likeness.values(), default=0.0)
    for row in reversed(between):
        cells = table.row_cells(row)
        words_only = sum(c.is_label for c in cells) > 1 and not any(c.is_number for c in cells)
        if likeness[row] >= max(best - 1e-9, _LEAST) or (best < _LEAST and words_only):
            return range(between.start, row + 1)
    return range(between.start, between.start)


def _end(table: JoinedTable, number: int, found: Sequence[tuple[_Item, Pair]]) -> int:
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
            return likeness[line][row] >= _LEAST_IN_GAP or not table.is_legible(row)
        return not table.has_own_label(row) or named < _LEAST

    return with_gaps_filled(rows, likeness, fillable, ends)


def _with_columns(
    table: JoinedTable,
    number: int,
    block: Block,
    rows: _Rows,
) -> BlockMatch:
    first = _first_value_column(table, [pair.place for pair in rows.pairs])
    if rows.heads:
        headings = _headings(table, rows.heads)
        ends = _column_ends(block, headings, first)
        pairs = _columns_by_label(block, headings, ends)
    else:
        headings = [Heading(range(c, c + 1), ()) for c in range(first, table.columns)]
        fits = len(headings) == len(block.columns)
        pairs = [Pair(index, index, _BY_POSITION) for index in range(len(headings))] if fits else []
        ends = _column_ends(block, headings, first)
    return BlockMatch(
        number,
        block,
        rows.pairs,
        tuple(pairs),
        tuple(headings),
        rows.heads,
        by_position=not rows.heads,
        row_ends=rows.ends,
        column_ends=ends,
    )


def _column_ends(block: Block, headings: Sequence[Heading], first: int) -> Ends:
    labels = sum(heading.columns.stop <= first for heading in headings)
    return (-1, labels - 1), (len(block.columns), len(headings))


def _columns_by_label(block: Block, headings: Sequence[Heading], ends: Ends) -> list[Pair]:
    likeness = [
        [path_likeness(heading.path, column.labels) for heading in headings]
        for column in block.columns
    ]

    def fillable(line: int, place: int) -> bool:
        named = max(values[place] for values in likeness)
        return likeness[line][place] >= _LEAST_IN_GAP or named < _LEAST

    return with_gaps_filled(align_labels(likeness, _LEAST), likeness, fillable, ends)


def _headings(table: JoinedTable, heads: range) -> list[Heading]:
    """The grid's columns by the heading cell they stand under, left to right."""
    if not heads:
        return []
    return [
        Heading(cell.columns, column_path(table, heads, cell.column))
        for cell in table.row_cells(heads[-1])
        if cell.colspan < table.columns
    ]


def _first_value_column(table: JoinedTable, rows: Sequence[int]) -> int:
    """The column right of the labels in most of the rows."""
    ends = Counter(
        max((c.column + c.colspan for c in table.row_cells(row) if c.is_label), default=0)
        for row in rows
    )
    return max(ends, key=lambda end: (ends[end], end), default=0)
