"""One answer's way: checked, recorded, counted, and the arithmetic of its report run again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import CellOut, plain
from document.errors import GoujiError
from document.form import Slot, SlotForm, slots_of
from review import deciding
from review.answers import Action, answer, value_of
from review.archive import Archive
from review.deciding import Given, Subject
from review.items import Refreshed, cell_at
from review.settling import locked, settle
from review.tables import Decision, Document, Item


class NoItemError(GoujiError):
    """There is no such item, or its cell is gone."""

    code = "no_item"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person sends: `seen` is the item's version on their screen."""

    by: str
    seen: int
    action: Action
    text: str
    seconds: float | None
    at: float


@dataclass(frozen=True, slots=True)
class Answered:
    """`refused`: another was first, whose name it is, or None for the arithmetic."""

    decision: int
    item: int
    refused: bool
    other: str | None = None
    refreshed: Refreshed = field(default_factory=Refreshed)


def give(archive: Archive, item: int, said: Said) -> Answered:
    """Records the answer, or that it came too late. NoNumberError, NoItemError."""
    with archive.database.write() as session:
        subject, slot = _subject(session, archive, item)
        given = answer(said.action, said.text, slot)
        decision = deciding.decide(
            session,
            subject,
            Given(
                said.by,
                said.seen,
                given,
                plain(value_of(given, slot)),
                _shown(subject.cell),
                said.seconds,
                said.at,
            ),
            archive.readings,
        )
        refused = decision.outcome == deciding.REFUSED
        other = _other(session, subject.item) if refused else None
        document, report = subject.document.id, subject.item.report
        number = decision.id
    if refused:
        return Answered(number, item, True, other)
    return Answered(number, item, False, refreshed=settle(archive, document, report))


def take_back(archive: Archive, by: str, at: float) -> Answered | None:
    """Undoes the person's last answer; None where there is none left."""
    with archive.database.write() as session:
        last = session.scalars(deciding.last_of(by)).first()
        if last is None:
            return None
        subject, _ = _subject(session, archive, last.item_id)
        number = deciding.undo(session, subject, last, at, archive.readings).id
        item, document, report = subject.item.id, subject.document.id, subject.item.report
    return Answered(number, item, False, refreshed=settle(archive, document, report))


def _subject(session: Session, archive: Archive, number: int) -> tuple[Subject, SlotForm]:
    found = session.get(Item, number)
    if found is None:
        raise NoItemError(f"there is no item {number}")
    document = locked(session, found.document_id)
    item = session.scalars(
        select(Item)
        .where(Item.id == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    cell, slot = cell_and_form(archive, document, item)
    return Subject(item, document, cell), slot


def cell_and_form(archive: Archive, document: Document, item: Item) -> tuple[CellOut, SlotForm]:
    """The item's cell in its output, and what the form says of it."""
    out = archive.output(document.name)
    slot = Slot(item.table, item.row, item.column)
    try:
        report = out.reports[item.report]
        cell = cell_at(report, slot)
    except (IndexError, KeyError):
        raise NoItemError(
            f"{document.name}: its output has no {item.table} {item.row}/{item.column} any more; "
            "start the review again"
        ) from None
    table = next(table for table in report.tables if table.id == item.table)
    return cell, next(s for s in slots_of(archive.forms.table(table)) if s.slot == slot)


def _shown(cell: CellOut) -> Mapping[str, Any]:
    """What was on the screen."""
    return cell.model_dump(mode="json", include={"value", "read", "candidates", "flags", "reason"})


def _other(session: Session, item: Item) -> str | None:
    """Who was first."""
    if item.answer_id is None:
        return None
    return session.scalars(select(Decision.by).where(Decision.id == item.answer_id)).first()
