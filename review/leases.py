"""Leases: who is looking at which item, so that two people do not look at the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from document.entry import Flag
from review.deciding import NO_ANSWER, RECORDED
from review.items import State
from review.tables import Decision, Item

HELD = 120.0
"""Seconds a lease lasts unless it is renewed."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who asks, when, and by how many people an item is read."""

    name: str
    now: float
    readings: int = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items; None for any."""

    document: int | None = None
    table: str | None = None
    flag: Flag | None = None
    item: int | None = None
    exclude: tuple[int, ...] = ()

    def conditions(self) -> list[ColumnElement[bool]]:
        """As the database takes them."""
        found: list[ColumnElement[bool]] = []
        if self.document is not None:
            found.append(Item.document_id == self.document)
        if self.table is not None:
            found.append(Item.table == self.table)
        if self.flag is not None:
            found.append(Item.flags.contains(f" {self.flag} ", autoescape=True))
        if self.item is not None:
            found.append(Item.id == self.item)
        if self.exclude:
            found.append(Item.id.not_in(self.exclude))
        return found


def take(session: Session, holder: Holder, wanted: Wanted, count: int) -> Sequence[Item]:
    """The next items, leased to the person: those they hold already, then those nobody does."""
    query = _open(holder, wanted).order_by(Item.rank, Item.document_id, Item.report, Item.place)
    held = query.where(Item.lease_by == holder.name, Item.lease_until > holder.now)
    items = list(session.scalars(held.limit(count)))
    if len(items) < count:
        items += session.scalars(query.where(_unheld(holder.now)).limit(count - len(items)))
    return _lease(items, holder)


def take_alike(session: Session, holder: Holder, wanted: Wanted, count: int) -> Sequence[Item]:
    """Items of one value, the commonest that nobody else holds, leased to the person."""
    # What is neither a number nor blank is alike in nothing.
    alike = or_(Item.value.is_not(None), Item.flags.contains(f" {Flag.BLANK} "))
    free = _open(holder, wanted).where(alike)
    commonest = session.execute(
        select(Item.value, func.count())
        .where(*_free(holder, wanted), alike)
        .group_by(Item.value)
        .order_by(func.count().desc(), Item.value)
        .limit(1)
    ).first()
    if commonest is None:
        return []
    value = Item.value.is_(None) if commonest[0] is None else Item.value == commonest[0]
    query = free.where(value).order_by(Item.document_id, Item.report, Item.place)
    return _lease(list(session.scalars(query.limit(count))), holder)


def renew(session: Session, item: Item, holder: Holder) -> bool:
    """Whether the person still has it, or has it again: an expired lease that nobody took is
    theirs."""
    if session.scalars(select(Item.id).where(Item.id == item.id, _said(holder))).first():
        return False
    until = item.lease_until
    expired = until is None or not holder.now < until <= holder.now + HELD
    if item.state != State.OPEN or not (expired or item.lease_by == holder.name):
        return False
    _lease([item], holder)
    return True


def release(item: Item, by: str) -> None:
    """Gives it back, if the person has it."""
    if item.lease_by == by:
        item.lease_by = item.lease_until = None


def left(session: Session, wanted: Wanted) -> int:
    """Open items, leased or not."""
    query = select(func.count()).select_from(Item)
    return session.scalar(query.where(Item.state == State.OPEN, *wanted.conditions())) or 0


def _lease(items: Sequence[Item], holder: Holder) -> Sequence[Item]:
    for item in items:
        item.lease_by, item.lease_until = holder.name, holder.now + HELD
    return items


def _open(holder: Holder, wanted: Wanted) -> Select[Item]:
    """Items that the person may take. Who answered an item once does not read it again."""
    query = select(Item).where(*_free(holder, wanted))
    return query.with_for_update(skip_locked=True)


def _free(holder: Holder, wanted: Wanted) -> list[ColumnElement[bool]]:
    free = or_(_unheld(holder.now), Item.lease_by == holder.name)
    found = [Item.state == State.OPEN, *wanted.conditions(), free]
    return [*found, ~_said(holder)]


def _unheld(now: float) -> ColumnElement[bool]:
    """Also where it was leased before the clock was set back."""
    return or_(Item.lease_until.is_(None), Item.lease_until <= now, Item.lease_until > now + HELD)


def _said(holder: Holder) -> ColumnElement[bool]:
    """Whether they answered it, where several people read an item."""
    return _answered_by(holder.name) if holder.readings > 1 else false()


def _answered_by(name: str) -> ColumnElement[bool]:
    """By a decision that was not taken back."""
    later = aliased(Decision)
    taken_back = select(later.id).where(later.undoes == Decision.id).exists()
    given = and_(Decision.item_id == Item.id, Decision.by == name, Decision.outcome == RECORDED)
    return select(Decision.id).where(given, Decision.action.not_in(NO_ANSWER), ~taken_back).exists()
