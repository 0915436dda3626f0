"""The measured rate of silent errors: what people read in a random sample of accepted cells."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from review.answers import Action
from review.deciding import number_of
from review.tables import Decision, Document, Item

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Wrong:
    """An accepted cell of the sample that people read otherwise; `said` None for blank or
    unreadable."""

    file: str
    report: int
    table: str
    row: str
    column: str
    accepted: str | None
    said: str | None


@dataclass(frozen=True, slots=True)
class Proof:
    """`drawn` accepted cells, of which people have read `read`."""

    drawn: int
    read: int
    wrong: tuple[Wrong, ...]

    @property
    def bound(self) -> float:
        """The share of all accepted cells that is wrong at most, at `CONFIDENCE`."""
        return upper_bound(len(self.wrong), self.read)


def proof(session: Session) -> Proof:
    """What the sample says up to now."""
    drawn = session.scalar(select(func.count()).select_from(Item).where(Item.sample)) or 0
    answered = session.execute(
        select(Item, Decision, Document.name)
        .join(Decision, Item.answer_id == Decision.id)
        .join(Document, Document.id == Item.document_id)
        .where(Item.sample)
        .order_by(Document.name, Item.report, Item.place)
    ).all()
    return Proof(drawn, len(answered), tuple(_wrong(answered)))


def _wrong(answered: Sequence[Row[Item, Decision, str]]) -> Iterator[Wrong]:
    for item, decision, name in answered:
        alike = number_of(decision.value) == number_of(item.accepted_value)
        same = decision.action != Action.UNREADABLE and alike
        if not same:
            yield Wrong(
                name,
                item.report,
                item.table,
                item.row,
                item.column,
                item.accepted_value,
                decision.value,
            )


def upper_bound(wrong: int, read: int) -> float:
    """The greatest rate of errors at which as few as `wrong` in `read` still have a chance of
    1 − `CONFIDENCE` (Clopper and Pearson 1934, one-sided); without an error about 3 / `read`."""
    if wrong >= read:
        return 1.0
    low, high = wrong / read, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(wrong, read, middle) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return high


def _at_most(most: int, trials: int, rate: float) -> float:
    """How probable it is that so many of the trials fail at most."""
    if rate >= 1:
        return 0.0
    return math.fsum(
        math.exp(
            math.lgamma(trials + 1)
            - math.lgamma(k + 1)
            - math.lgamma(trials - k + 1)
            + k * math.log(rate)
            + (trials - k) * math.log1p(-rate)
        )
        for k in range(most + 1)
        if rate > 0
    )
