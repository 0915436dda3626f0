"""The items of a report: which of its cells wait for a person, and in what order."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import CellOut, ReportOut
from document.entry import Flag, Status
from document.form import Slot
from review.evidence import Forms
from review.gains import gains
from review.tables import Document, Item


class State(StrEnum):
    """Where an item is on its way."""

    OPEN = "open"
    DONE = "done"  # a person answered, or as many as were asked for
    SETTLED = "settled"  # the arithmetic did, after another answer
    GONE = "gone"  # its output is not there any more


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many open items the arithmetic settled, and how many others it doubts now."""

    settled: int = 0
    reopened: int = 0

    def __add__(self, other: Refreshed) -> Refreshed:
        return Refreshed(self.settled + other.settled, self.reopened + other.reopened)


def refresh(
    session: Session, document: Document, number: int, out: ReportOut, forms: Forms
) -> Refreshed:
    """Items of the report as its cells are now: those in doubt open, those no longer settled."""
    every = session.scalars(
        select(Item).where(Item.document_id == document.id, Item.report == number)
    )
    items = {Slot(item.table, item.row, item.column): item for item in every}
    doubtful = [slot for slot, cell in cells_of(out) if cell.status is Status.REVIEW]
    gain = gains(out, forms, doubtful)
    settled = reopened = 0
    for place, (slot, cell) in enumerate(cells_of(out)):
        item, needed = items.get(slot), slot in gain
        if item is None:
            if not needed:
                continue
            item = Item(
                id=new_id(),
                document_id=document.id,
                report=number,
                table=slot.table,
                row=slot.row,
                column=slot.column,
                place=place,
                state=State.OPEN,
                version=0,
                sample=False,
            )
            session.add(item)
            reopened += 1
        elif item.state == State.GONE:
            waits = State.OPEN if needed or item.sample else State.SETTLED
            item.state = State.DONE if item.answer_id else waits
            item.version += 1
        elif needed and item.state == State.SETTLED:
            item.state, item.version = State.OPEN, item.version + 1
            reopened += 1
        elif not needed and item.state == State.OPEN and not item.sample:
            item.state, item.version = State.SETTLED, item.version + 1
            settled += 1
        item.value, item.flags = cell.value, flags_of(cell)
        if needed:
            item.rank = -gain[slot]
    return Refreshed(settled, reopened)


def new_id() -> int:
    """Of an item. Numbers in a row would tell which items were made later, as the sample's are."""
    return secrets.randbelow(2**52) + 1


def cells_of(out: ReportOut) -> Iterator[tuple[Slot, CellOut]]:
    """Every cell of the report with its slot, in the form's order."""
    for table in out.tables:
        for cell in table.cells:
            yield Slot(table.id, cell.row, cell.column), cell


def cell_at(out: ReportOut, slot: Slot) -> CellOut:
    """KeyError where the report has no such cell."""
    for each, cell in cells_of(out):
        if each == slot:
            return cell
    raise KeyError(slot)


def flags_of(cell: CellOut) -> str:
    """Each between spaces, so that one can be looked for."""
    return "".join(f" {flag}" for flag in cell.flags if flag is not Flag.LOW_CONFIDENCE) + " "
