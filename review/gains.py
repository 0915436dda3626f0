"""How many doubtful cells an answer may settle: what the queue goes by.

An answer tells of the cells that share a rule with it. And where a cell's place is in doubt, an
answer confirms its row and its column; together with another that was confirmed, it vouches for all
lines between the two (`checks.placement`), so it is worth most far from those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import checks
from document.contract import CellOut, ReportOut, TableOut
from document.form import Block, Slot, TableForm
from document.reading import Source
from review.evidence import Forms

UNPLACED = 1e-4
"""Doubt of a cell's place from which it counts as one."""


def gains(out: ReportOut, forms: Forms, doubtful: Sequence[Slot]) -> Mapping[Slot, int]:
    """For each doubtful cell the number of others that an answer may settle; those between lines
    that it vouches for count twice, for they are likelier to be."""
    waiting = set(doubtful)
    found: dict[Slot, set[Slot]] = {slot: set() for slot in doubtful}
    vouched: dict[Slot, set[Slot]] = {}
    for table in out.tables:
        form = forms.table(table)
        for place in checks.places(form):
            together = waiting.intersection(place.slots.values())
            for slot in together:
                found[slot] |= together
        vouched |= _vouched(table, form, waiting)
    return {
        slot: len((others | vouched.get(slot, set())) - {slot}) + len(vouched.get(slot, ()))
        for slot, others in found.items()
    }


@dataclass(frozen=True, slots=True)
class _At:
    """Where a cell is in its block: the numbers of its row and of its column."""

    row: int
    column: int


def _vouched(table: TableOut, form: TableForm, waiting: Set[Slot]) -> Mapping[Slot, set[Slot]]:
    """For each cell whose place is in doubt those between it and the farthest confirmed one."""
    cells = {Slot(table.id, cell.row, cell.column): cell for cell in table.cells}
    found: dict[Slot, set[Slot]] = {}
    for block in form.blocks:
        at = _places(table.id, block)
        unplaced = [slot for slot in at if slot in waiting and _is_unplaced(cells[slot])]
        confirmed = [at[slot] for slot in at if cells[slot].source is Source.HUMAN]
        for slot in unplaced:
            between = [{o for o in unplaced if _between(at[o], at[slot], c)} for c in confirmed]
            found[slot] = max(between, key=len, default=set())
    return found


def _places(table: str, block: Block) -> Mapping[Slot, _At]:
    return {
        Slot(table, row.key, column.key): _At(i, j)
        for i, row in enumerate(block.rows)
        for j, column in enumerate(block.columns)
    }


def _is_unplaced(cell: CellOut) -> bool:
    return cell.evidence is not None and 1 - cell.evidence.match > UNPLACED


def _between(this: _At, one: _At, other: _At) -> bool:
    rows, columns = sorted((one.row, other.row)), sorted((one.column, other.column))
    return rows[0] <= this.row <= rows[1] and columns[0] <= this.column <= columns[1]
