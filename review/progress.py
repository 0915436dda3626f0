"""How far the queue is, and at what pace."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from document.contract import FileOut
from document.entry import Flag
from review.deciding import NO_ANSWER, RECORDED, number_of
from review.evidence import Forms
from review.items import State
from review.tables import Decision, Document, Item
from review.views import DocumentProgress, ProgressView, ReviewerProgress, TableProgress

RECENT = 10_000
"""Decisions that the pace and the agreement are taken from."""

HOUR = 3600.0


def progress(session: Session, now: float) -> ProgressView:
    """Over the whole queue."""
    states = _counts(session)
    held = select(func.count()).select_from(Item)
    held = held.where(Item.state == State.OPEN, Item.lease_until > now)
    recent = session.scalars(
        select(Decision)
        .where(Decision.outcome == RECORDED, Decision.action.not_in(NO_ANSWER))
        .order_by(Decision.id.desc())
        .limit(RECENT)
    ).all()
    times = [each.seconds for each in recent if each.seconds is not None]
    pace = sum(each.at > now - HOUR for each in recent)
    left = states[State.OPEN]
    return ProgressView(
        open=left,
        done=states[State.DONE],
        settled=states[State.SETTLED],
        leased=session.scalar(held) or 0,
        reviewers=_reviewers(session, recent, now),
        median_seconds=median(times) if times else None,
        finish=datetime.fromtimestamp(now + left / pace * HOUR, UTC) if pace and left else None,
    )


def documents(session: Session) -> list[DocumentProgress]:
    """Every file that has items, in the order of their names."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    every = select(Item.document_id, Item.state, func.count())
    for document, state, count in session.execute(every.group_by(Item.document_id, Item.state)):
        counts[document][state] = count
    return [
        DocumentProgress(
            id=each.id,
            name=each.name,
            agency=each.agency,
            year=each.year,
            open=counts[each.id][State.OPEN],
            done=counts[each.id][State.DONE],
            settled=counts[each.id][State.SETTLED],
        )
        for each in session.scalars(select(Document).order_by(Document.name))
        if each.id in counts
    ]


def tables(session: Session, document: int, out: FileOut, forms: Forms) -> list[TableProgress]:
    """A file's tables, in the order of its output."""
    waiting: Counter[tuple[int, str]] = Counter()
    flags: dict[tuple[int, str], Counter[Flag]] = defaultdict(Counter)
    every = select(Item.report, Item.table, Item.flags)
    for report, table, flagged in session.execute(
        every.where(Item.document_id == document, Item.state == State.OPEN)
    ):
        waiting[report, table] += 1
        flags[report, table].update(Flag(flag) for flag in flagged.split())
    return [
        TableProgress(
            report=number,
            table=table.id,
            title=forms.table(table).title,
            open=waiting[number, table.id],
            flags=dict(flags[number, table.id]),
        )
        for number, report in enumerate(out.reports)
        for table in report.tables
    ]


def _counts(session: Session) -> Counter[str]:
    found = session.execute(select(Item.state, func.count()).group_by(Item.state))
    return Counter(dict(found.all()))


def _reviewers(session: Session, recent: Sequence[Decision], now: float) -> list[ReviewerProgress]:
    answers = session.execute(
        select(Decision.by, func.count())
        .where(Decision.outcome == RECORDED, Decision.action.not_in(NO_ANSWER))
        .group_by(Decision.by)
    )
    agreements = agreement(recent)
    found = []
    for name, count in sorted(answers):
        own = [each for each in recent if each.by == name]
        times = [each.seconds for each in own if each.seconds is not None]
        hour = sum(each.at > now - HOUR for each in own)
        found.append(
            ReviewerProgress(
                name=name,
                answers=count,
                median_seconds=median(times) if times else None,
                per_hour=float(hour) if hour else None,
                agreement=agreements.get(name),
            )
        )
    return found


def agreement(decisions: Iterable[Decision]) -> Mapping[str, float]:
    """Of each person, how often another who read the same item said the same."""
    said: dict[int, dict[str, tuple[str, Decimal | None]]] = defaultdict(dict)
    for each in sorted(decisions, key=lambda each: each.id):
        said[each.item_id][each.by] = (each.action, number_of(each.value))
    same: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for answers in said.values():
        for name, own in answers.items():
            others = [other for by, other in answers.items() if by != name]
            pairs[name] += len(others)
            same[name] += others.count(own)
    return {name: same[name] / pairs[name] for name in pairs if pairs[name]}
