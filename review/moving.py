"""A proposal applied or declined: decisions like all others, taken back together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import MovedOut, plain
from review import deciding
from review.answering import (
    Answered,
    bring_up_to_date,
    cell_and_form,
    settled,
    shown_of,
    subject_of,
)
from review.answers import Action, answer, value_of
from review.archive import Archive
from review.deciding import Asked, Given, Subject
from review.proposals import Proposed, key_of, proposed
from review.tables import Item


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of the `proposal` on their screen, by its id."""

    by: str
    proposal: str
    apply: bool
    request: str
    seconds: float | None
    at: float


def give(archive: Archive, item: int, verdict: Verdict) -> Answered:
    """Records it, or that the cells have changed since; the same request twice is one."""
    bring_up_to_date(archive, item)
    with archive.database.write() as session:
        subject, _ = subject_of(session, archive, item)
        same = deciding.of_request(verdict.by, verdict.request)
        if first := session.scalars(same.limit(1)).first():
            return Answered(first.id, first.item_id, False)
        report = archive.output(subject.document.name).reports[subject.item.report]
        made = proposed(session, subject.item, report)
        if made is None or made.id != verdict.proposal:
            return Answered(0, item, True)
        if verdict.apply:
            number = _apply(session, archive, subject, made, verdict)
        else:
            asked = Asked(verdict.by, verdict.at, verdict.request)
            number = deciding.decline(session, subject, key_of(made.proposal), asked).id
        document = subject.document.id
    return Answered(number, item, False, refreshed=settled(archive, document))


def _apply(
    session: Session, archive: Archive, subject: Subject, made: Proposed, verdict: Verdict
) -> int:
    """Every number to where it belongs; the decision on the cell that was on the screen, or the
    first."""
    share = verdict.seconds and verdict.seconds / len(made.moves())
    numbers: dict[int, int] = {}
    for move in made.moves():
        number = made.items[move.to.row, move.to.column]
        item = session.scalars(select(Item).where(Item.id == number).with_for_update()).one()
        cell, slot = cell_and_form(archive, subject.document, item)
        said = answer(Action.VALUE, move.value or "", slot)
        shown = shown_of(cell) | _told(made, move)
        given = Given(
            verdict.by, item.version, said, plain(value_of(said, slot)), shown, share, verdict.at,
            verdict.request,
        )  # fmt: skip
        one = Subject(item, subject.document, cell)
        numbers[number] = deciding.decide(session, one, given, archive.readings).id
    return numbers.get(subject.item.id, next(iter(numbers.values())))


def _told(made: Proposed, move: MovedOut) -> dict[str, Any]:
    """What was shown beside the cell: the proposal, and where its number stands."""
    assert move.origin is not None
    return {
        "proposal": made.proposal.reason,
        "after": move.value,
        "origin": [move.origin.row, move.origin.column],
    }
