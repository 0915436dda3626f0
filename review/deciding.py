"""Decisions: what people answered, which answer counts, and taking one back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from document.contract import CellOut, PageBox
from document.form import Slot
from review import PROGRAM
from review.answers import Action, Answer
from review.items import State
from review.tables import Decision, Document, Item

UNDO, DECLINE = "undo", "decline"
NO_ANSWER = (UNDO, DECLINE)
RECORDED, REFUSED = "recorded", "refused"

SAME_PLACE = 0.5
"""Of two boxes' union their overlap covers so much, if they are the same cell."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer on its way in: by whom, of which version of the item, and in how many seconds.
    `request`: where several come together."""

    by: str
    seen: int
    answer: Answer
    value: str | None
    shown: Mapping[str, Any]
    seconds: float | None
    at: float
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for something, when, and by which request."""

    by: str
    at: float
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """An item with its file and its cell as it is now."""

    item: Item
    document: Document
    cell: CellOut

    def decision(self, by: str, at: float) -> Decision:
        """An empty one of this content and place."""
        return Decision(
            item_id=self.item.id,
            by=by,
            at=at,
            seen=self.item.version,
            outcome=RECORDED,
            sha256=self.document.sha256,
            page=self.cell.page,
            bbox=self.cell.bbox and list(self.cell.bbox),
            shown={},
            program=PROGRAM,
        )


def decide(
    session: Session, subject: Subject, given: Given, readings: int, *, changed: bool = False
) -> Decision:
    """The decision, recorded, or refused where the item is not the one that was seen, or `changed`
    without its version. One that comes twice, its reply lost on the way, is the first one: the same
    person says the same of the same version."""
    if earlier := _same(session, subject.item, given):
        return earlier
    decision = subject.decision(given.by, given.at)
    decision.action, decision.text = given.answer.action, given.answer.text
    decision.value, decision.seconds = given.value, given.seconds
    decision.seen, decision.shown = given.seen, dict(given.shown)
    decision.request = given.request
    refused = changed or subject.item.version != given.seen
    decision.outcome = REFUSED if refused else RECORDED
    session.add(decision)
    session.flush()
    if not refused:
        _count(session, subject, readings)
    return decision


def _same(session: Session, item: Item, given: Given) -> Decision | None:
    """The decision that is given once more, refused ones too, but none that was taken back."""
    query = select(Decision).where(
        Decision.item_id == item.id,
        Decision.by == given.by,
        Decision.seen == given.seen,
        Decision.action == given.answer.action,
        Decision.text == given.answer.text,
        ~_taken_back(),
    )
    return session.scalars(query.order_by(Decision.id).limit(1)).first()


def undo(
    session: Session, subject: Subject, undone: Decision, asked: Asked, readings: int
) -> Decision:
    """The decision that takes a person's own back; the item is open again, unless others answered
    it, too."""
    decision = subject.decision(asked.by, asked.at)
    decision.action, decision.undoes, decision.request = UNDO, undone.id, asked.request
    session.add(decision)
    session.flush()
    _count(session, subject, readings)
    return decision


def decline(session: Session, subject: Subject, proposal: str, asked: Asked) -> Decision:
    """The decision that the numbers of a proposal, told by its key, stand where they belong."""
    decision = subject.decision(asked.by, asked.at)
    decision.action, decision.text, decision.request = DECLINE, proposal, asked.request
    session.add(decision)
    subject.item.version += 1
    session.flush()
    return decision


def _count(session: Session, subject: Subject, readings: int) -> None:
    """What the item's decisions amount to now."""
    item = subject.item
    chosen = counting(session.scalars(standing([item.id])), subject, readings)
    item.answer_id = chosen.id if chosen else None
    item.state = State.DONE if chosen else State.OPEN
    item.version += 1
    item.lease_by = item.lease_until = None


def standing(items: Sequence[int]) -> Select[Decision]:
    """The items' decisions that nobody took back, in the order they were made."""
    return (
        select(Decision)
        .where(
            Decision.item_id.in_(items),
            Decision.outcome == RECORDED,
            Decision.action.not_in(NO_ANSWER),
        )
        .where(~_taken_back())
        .order_by(Decision.id)
    )


def _taken_back() -> ColumnElement[bool]:
    later = aliased(Decision)
    return select(later.undoes).where(later.undoes == Decision.id).exists()


def of_request(by: str, request: str) -> Select[Decision]:
    """All that one request of the person's decided, and that they did not take back."""
    query = select(Decision).where(Decision.by == by, Decision.request == request)
    return query.where(Decision.outcome == RECORDED, ~_taken_back()).order_by(Decision.id)


def last_of(by: str) -> Select[Decision]:
    """What the person decided last of what is still there, and did not take back."""
    return (
        select(Decision)
        .join(Item, Item.id == Decision.item_id)
        .join(Document, Document.id == Item.document_id)
        .where(Decision.by == by, Decision.outcome == RECORDED, Decision.action != UNDO)
        .where(~_taken_back(), Item.state != State.GONE, Document.sha256 == Decision.sha256)
        .order_by(Decision.id.desc())
        .limit(1)
    )


def counting(decisions: Iterable[Decision], subject: Subject, readings: int) -> Decision | None:
    """The answer that counts: the last one; or, where an item is read by several people, what two
    of them said. Answers of another content of the file, or of another cell, do not count."""
    # A person's later answer replaces their earlier one.
    latest = {each.by: each for each in decisions if is_of(each, subject)}
    if readings == 1:
        return max(latest.values(), key=lambda each: each.id, default=None)
    alike: dict[tuple[str, Decimal | None], list[Decision]] = defaultdict(list)
    for each in latest.values():
        alike[each.action, number_of(each.value)].append(each)
    agreed = [same for same in alike.values() if len(same) >= readings]
    return max(agreed[0], key=lambda each: each.id) if agreed else None


def number_of(value: str | None) -> Decimal | None:
    """25.10 is 25.1."""
    return None if value is None else Decimal(value)


def is_of(decision: Decision, subject: Subject) -> bool:
    """Whether the answer was given for this content of the file, and this place on its page."""
    cell = subject.cell
    if decision.sha256 != subject.document.sha256 or decision.page != cell.page:
        return False
    if decision.bbox is None or cell.bbox is None:
        return decision.bbox is None and cell.bbox is None
    x0, y0, x1, y1 = decision.bbox
    return overlap((x0, y0, x1, y1), cell.bbox) >= SAME_PLACE


def overlap(one: PageBox, other: PageBox) -> float:
    """Of two boxes: the area of both over the area of either, 0 to 1."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 1.0 if one == other else 0.0
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down / (areas - across * down)


def answers(session: Session, document: int, report: int) -> Mapping[Slot, Answer]:
    """The answers that count, by the cell they are of."""
    found = session.execute(
        select(Item, Decision)
        .join(Decision, Item.answer_id == Decision.id)
        .where(Item.document_id == document, Item.report == report)
    )
    return {
        Slot(item.table, item.row, item.column): Answer(Action(decision.action), decision.text)
        for item, decision in found
    }


def declined(session: Session, document: int, report: int) -> frozenset[str]:
    """The keys of the proposals that people declined, of this content of the file."""
    found = session.scalars(
        select(Decision.text)
        .join(Item, Item.id == Decision.item_id)
        .join(Document, Document.id == Item.document_id)
        .where(Document.id == document, Item.report == report)
        .where(Decision.action == DECLINE, Decision.sha256 == Document.sha256, ~_taken_back())
    )
    return frozenset(found)


Said = tuple[Action, str | None]
"""What the answer that counts is, and its value."""


def said(session: Session, document: int, report: int) -> Mapping[Slot, Said]:
    """The same with their values in the slots' units."""
    found = session.execute(
        select(Item, Decision)
        .join(Decision, Item.answer_id == Decision.id)
        .where(Item.document_id == document, Item.report == report)
    )
    return {
        Slot(item.table, item.row, item.column): (Action(decision.action), decision.value)
        for item, decision in found
    }


def last_decision(session: Session, document: int) -> int:
    """The newest decision on the file, 0 for none: tells whether there is another since."""
    newest = select(func.max(Decision.id)).join(Item, Item.id == Decision.item_id)
    return session.scalar(newest.where(Item.document_id == document)) or 0


def reports_since(session: Session, document: int, decision: int) -> Sequence[int]:
    """The file's reports of which anything was decided after that."""
    decided = select(Item.report).join(Decision, Item.id == Decision.item_id).distinct()
    later = decided.where(Item.document_id == document, Decision.id > decision)
    return session.scalars(later.order_by(Item.report)).all()
