"""A slot's cell → its entry: which cell it is, what number it says, what is odd about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from document.entry import Entry, Flag, Found
from document.form import SlotForm, TableForm, slots_of
from document.grid import Bounds
from document.reading import Reading
from document.report import MatchedTable
from reconstruct.alignment import Pair, doubt
from reconstruct.amounts import NO_NUMBER, Amount, parse_amount
from reconstruct.block_matching import BlockMatch
from reconstruct.joined_table import JoinedCell, JoinedTable
from reconstruct.matching import Candidate
from reconstruct.table_matching import TableMatch

_BY_POSITION = 0.05
"""Doubt where a block's columns were told by their number alone."""

_UNCLEAR = 0.5
"""Doubt where several cells with text stand under one heading, or one cell under several, or where
a cell is but a sliver."""

_SLIVER = 0.6
"""A blank cell lower than this share of the table's usual one is half a row, cut by what is no
ruling: where the other side's rulings shine through, the half without print looked blank."""

_UNPLACED = 0.5
"""Doubt of a whole row where a number stands that no slot has: columns may be one off."""

_BOUNDS = {Bounds.RULED: 0.0, Bounds.COMPLETED: 5e-4, Bounds.ALIGNED: 5e-4}
"""Doubt where the form or the text drew the cell: what lacks a ruling may be merged on purpose, and
what stands a little aside may belong to the next column. Stated."""

_BLANK_UNRULED = 0.02
"""Doubt more where such a cell is blank: it may be the blank half of a row that is twice as high.
Stated."""

_FEW = 4
"""So many cells that are not 0 by both readers tell whether a text layer is this page's."""

_POOR_FIT = 0.003
"""Doubt, times the cube of what the table lacks of a perfect fit, that it is this form's at all."""


def matched_table(candidate: Candidate) -> MatchedTable:
    """Every slot of the table as an entry, in the form's order, found or not."""
    places = {
        (block.number, pair.line): (part, block, pair)
        for part in candidate.parts
        for block in part.blocks
        for pair in block.rows
    }
    table = candidate.parts[0].table
    found = [
        _found(*place, column) if (place := places.get((number, row))) else None
        for number, block in enumerate(table.blocks)
        for row in range(len(block.rows))
        for column in range(len(block.columns))
    ]
    form = candidate.parts[0].form.id
    return MatchedTable(form, table, candidate.pages, entries(table, found))


def entries(table: TableForm, found: Sequence[Found | None]) -> tuple[Entry, ...]:
    """What the table's slots say, each by its cell; both in the form's order."""
    return tuple(_with_layer_doubts(list(map(_entry, slots_of(table), found))))


def _found(part: TableMatch, block: BlockMatch, row: Pair, column: int) -> Found | None:
    """The cell in the row, under the column's heading."""
    pair = next((pair for pair in block.columns if pair.line == column), None)
    if pair is None:
        return None
    cell, several = _cell(part.grid, row.place, block.headings[pair.place].columns)
    sliver = cell.blank and cell.box.height < _SLIVER * part.grid.usual_height
    unclear = several or sliver or _is_others_too(cell, row, pair, block)
    doubts = doubt(row, block.rows, block.row_ends) if block.block.rows[row.line].labels else 1e-6
    doubts += _BY_POSITION if block.by_position else doubt(pair, block.columns, block.column_ends)
    doubts += _POOR_FIT * (1 - part.fit) ** 3 + (_UNCLEAR if unclear else 0)
    if cell.blank and cell.bounds is not Bounds.RULED:
        doubts += _BLANK_UNRULED
    doubts += _BOUNDS[cell.bounds] + (_UNPLACED if _has_unplaced(part.grid, block, row) else 0)
    return Found(cell.page, cell.box, cell.reading, max(1 - doubts, 0.0), cell.bounds)


def _cell(grid: JoinedTable, row: int, columns: range) -> tuple[JoinedCell, bool]:
    """The first cell with text in the columns, or the first; and whether several have text."""
    cells = list(dict.fromkeys(grid.matrix[row][column] for column in columns))
    filled = [cell for cell in cells if not cell.blank]
    return (filled or cells)[0], len(filled) > 1


def _has_unplaced(grid: JoinedTable, block: BlockMatch, row: Pair) -> bool:
    """Whether the row has a number, right of its label, in no column that the form knows."""
    placed = {c for pair in block.columns for c in block.headings[pair.place].columns}
    cells = grid.row_cells(row.place)
    label = max((min(cell.columns) for cell in cells if cell.is_label), default=-1)
    return any(
        cell.is_number and min(cell.columns) > label and placed.isdisjoint(cell.columns)
        for cell in cells
    )


def _is_others_too(cell: JoinedCell, row: Pair, pair: Pair, block: BlockMatch) -> bool:
    """Whether the cell reaches into another row of the form or under another column's heading."""
    return any(other.place in cell.rows for other in block.rows if other != row) or any(
        column in cell.columns
        for other in block.columns
        if other != pair
        for column in block.headings[other.place].columns
    )


def _entry(slot: SlotForm, found: Found | None) -> Entry:
    if found is None:
        return Entry(slot, None, None, (), frozenset({Flag.NOT_FOUND}))
    best, values = _values(found.reading, slot)
    flags = set()
    if best.unexpected or _parsed(found.reading.text, slot).unexpected:
        flags.add(Flag.UNEXPECTED_TEXT)
    if best.blank:
        flags.add(Flag.BLANK)
    return Entry(slot, found, best.value, values, frozenset(flags))


def _values(
    reading: Reading, slot: SlotForm
) -> tuple[Amount, tuple[tuple[Decimal | None, float], ...]]:
    """What the best candidate says, and all candidates that say a number or blank, best first.

    Candidates that say the same number are one. A reader that gives none is taken at its word.
    """
    texts = [(c.text, c.probability) for c in reading.candidates]
    texts = texts or [(reading.text, reading.probability)]
    amounts = [(_parsed(text, slot), probability) for text, probability in texts]
    chances: defaultdict[Decimal | None, float] = defaultdict(float)
    for amount, probability in amounts:
        if amount.blank or amount.value is not None:
            chances[amount.value] += probability
    ranked = sorted(chances.items(), key=lambda item: -item[1])
    return amounts[0][0], tuple((value, min(chance, 1.0)) for value, chance in ranked)


def _parsed(text: str, slot: SlotForm) -> Amount:
    return parse_amount(text, slot.unit, slot.kind)


def _with_layer_doubts(entries: Sequence[Entry]) -> list[Entry]:
    """Flags where an untrusted text layer says another number, if it is right about most cells.

    Most cells of most tables are 0: of these any layer of other zeros is right. So, where there are
    a few others, these tell.
    """
    agrees = [_layer_agrees(entry) for entry in entries]
    known = [answer for answer in agrees if answer is not None]
    telling = [
        answer
        for entry, answer in zip(entries, agrees, strict=True)
        if answer is False or (answer and entry.value)
    ]
    if len(telling) >= _FEW:
        known = telling
    if sum(known) * 2 <= len(known):
        return list(entries)
    return [
        replace(entry, flags=entry.flags | {Flag.READER_DISAGREEMENT}) if answer is False else entry
        for entry, answer in zip(entries, agrees, strict=True)
    ]


def _layer_agrees(entry: Entry) -> bool | None:
    """Whether the text layer says the same; None where it says no number."""
    if entry.found is None or entry.found.reading.layer is None:
        return None
    layer = _parsed(entry.found.reading.layer, entry.form)
    if layer == NO_NUMBER:
        return None
    return layer.value == entry.value
