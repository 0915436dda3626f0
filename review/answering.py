"""One answer's way: checked, recorded, counted, and the arithmetic of its report run again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from document.contract import CellOut, plain
from document.entry import Flag
from document.errors import GoujiError
from document.form import Slot, SlotForm, slots_of
from review import deciding
from review.answers import Action, answer, value_of
from review.archive import Archive
from review.deciding import Asked, Given, Subject
from review.items import Refreshed, cell_at
from review.loading import load
from review.settling import locked, settle
from review.tables import Decision, Document, Item

log = logging.getLogger("gouji.review")


class NoItemError(GoujiError):
    """There is no such item, or its cell is gone."""

    code = "no_item"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person sends: `seen` is the item's version on their screen, `shown` what that said of
    the cell, as far as it is told."""

    by: str
    seen: int
    action: Action
    text: str
    seconds: float | None
    at: float
    shown: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """What was on the screen, where an answer is that it is right."""

    value: str | None

    def is_of(self, cell: CellOut) -> bool:
        return cell.value == self.value and (self.value is not None or Flag.BLANK in cell.flags)


@dataclass(frozen=True, slots=True)
class Answered:
    """`refused`: another was first, whose name it is, or None for the arithmetic."""

    decision: int
    item: int
    refused: bool
    other: str | None = None
    refreshed: Refreshed = field(default_factory=Refreshed)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer of a document."""

    answered: Answered
    document: int

    @property
    def refused(self) -> bool:
        return self.answered.refused


def give(archive: Archive, item: int, said: Said) -> Answered:
    """Records the answer, or that it came too late. NoNumberError, NoItemError."""
    recorded = record(archive, item, said)
    if recorded.refused:
        return recorded.answered
    return replace(recorded.answered, refreshed=settled(archive, recorded.document))


def record(archive: Archive, item: int, said: Said, *, of: Shown | None = None) -> Recorded:
    """The same, the arithmetic left for later; refused too where the cell does not say what was
    shown `of` it."""
    bring_up_to_date(archive, item)
    with archive.database.write() as session:
        subject, slot = subject_of(session, archive, item)
        given = answer(said.action, said.text, slot)
        decision = deciding.decide(
            session,
            subject,
            Given(
                said.by,
                said.seen,
                given,
                plain(value_of(given, slot)),
                shown_of(subject.cell) | dict(said.shown),
                said.seconds,
                said.at,
            ),
            archive.readings,
            changed=of is not None and not of.is_of(subject.cell),
        )
        refused = decision.outcome == deciding.REFUSED
        other = _other(session, subject.item) if refused else None
        return Recorded(Answered(decision.id, item, refused, other), subject.document.id)


def settled(archive: Archive, document: int) -> Refreshed:
    """What the arithmetic says then. What fails here was recorded all the same: it is done with the
    file's next answer, or when the review is started again."""
    try:
        return settle(archive, document)
    except (GoujiError, OSError, SQLAlchemyError):
        log.warning("the answers of document %s are not in its output yet", document, exc_info=True)
        return Refreshed()


def take_back(archive: Archive, by: str, at: float, request: str | None = None) -> Answered | None:
    """Undoes the person's last answer, or all that were given with it; None where there is none
    left. A `request` that comes twice, its reply lost on the way, takes back no second one."""
    with archive.database.read() as session:
        if done := _done(session, by, request):
            return done
        last = session.scalars(deciding.last_of(by)).first()
    if last is None:
        return None
    bring_up_to_date(archive, last.item_id)
    with archive.database.write() as session:
        subject, _ = subject_of(session, archive, last.item_id)
        if done := _done(session, by, request):  # sent again before the first was through
            return done
        again = session.scalars(deciding.last_of(by)).first()
        if again is None or again.id != last.id:  # taken back from another screen meanwhile
            return None
        together = [again]
        if again.request:
            together = list(session.scalars(deciding.of_request(by, again.request)))
        undone = [
            deciding.undo(session, subject, each, Asked(by, at, request), archive.readings)
            for each in together
            for subject, _ in [subject_of(session, archive, each.item_id)]
        ]
        number, item, document = undone[0].id, undone[0].item_id, subject.document.id
    return Answered(number, item, False, refreshed=settled(archive, document))


def _done(session: Session, by: str, request: str | None) -> Answered | None:
    """What the same request undid when it came first."""
    if request is None:
        return None
    same = deciding.of_request(by, request).where(Decision.action == deciding.UNDO)
    first = session.scalars(same.limit(1)).first()
    return Answered(first.id, first.item_id, False) if first else None


def bring_up_to_date(archive: Archive, number: int) -> None:
    """A file that was digitized again while the review went on is loaded first."""
    with archive.database.read() as session:
        item = session.get(Item, number)
        document = item and session.get_one(Document, item.document_id)
    if document and archive.kept(document.name).mark != document.stamp:
        load(archive, archive.path_of(document.name))


def subject_of(session: Session, archive: Archive, number: int) -> tuple[Subject, SlotForm]:
    """The item, locked with its file, and what the form says of it; NoItemError."""
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
    if archive.kept(document.name).mark != document.stamp:
        raise NoItemError(f"{document.name} was digitized again just now; look at the cell again")
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


def shown_of(cell: CellOut) -> dict[str, Any]:
    """What there is to be shown of it now. What was read is the same as when the screen was made,
    of one version; what the arithmetic says of it may have changed since."""
    return cell.model_dump(mode="json", include={"value", "read", "candidates", "flags", "reason"})


def _other(session: Session, item: Item) -> str | None:
    """Who was first."""
    if item.answer_id is None:
        return None
    return session.scalars(select(Decision.by).where(Decision.id == item.answer_id)).first()
