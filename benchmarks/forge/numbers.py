"""Numbers for a form that obey its arithmetic (勾稽关系)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.forge.forms import YUAN, Key, Slot

Numbers = dict[Key, Decimal]

MOST_DIGITS = 7

STATISTICS_SUMS = (
    "requests.replied.denied",
    "requests.replied",
    "requests.received",
    "requests.completed",
    "reconsideration",
    "litigation",
    "resources.staff",
)
"""Rows of 2014 that are the sum of those right under them; inner sums first."""

_OFTEN = {"results.granted": 4.0, "results.partial": 2.0, "results.unavailable.not_held": 3.0}
"""Outcomes of applications that come oftener than others, times as often."""

_APPLICANTS = {"natural_person": 1.0, "legal.business": 0.45}
"""How busy these applicants are; all others 0.15."""


@dataclass(frozen=True, slots=True)
class Office:
    """How much an office has to report: the digits of its large numbers, the share of non-zeros."""

    reach: float
    density: float

    @classmethod
    def drawn(cls, chance: Random) -> Office:
        """Mostly small offices with mostly zeros, some cities with full tables."""
        return cls(chance.triangular(0.3, 5.5, 1.2), chance.choice((0.02, 0.1, 0.2, 0.35, 0.9)))


def numbers(slots: Iterable[Slot], office: Office, chance: Random) -> Numbers:
    """A number for every slot; the sums, balances and part-of relations of the form hold."""
    slots = list(slots)
    drawn = {slot.key: _drawn(slot, office, chance) for slot in slots}
    for fill in (_applications, _litigation, _statistics):
        drawn |= fill(drawn, office, chance)
    return drawn


def _drawn(slot: Slot, office: Office, chance: Random) -> Decimal:
    """Any number that may stand there alone."""
    table, _, column = slot.key
    if slot.unit == YUAN:
        return amount(office.reach, chance) if chance.random() < 0.4 else Decimal(0)
    if table == "disclosure":
        size = count(min(office.reach + 1.5, MOST_DIGITS), max(office.density, 0.4), chance)
        return -size if column == "change" and chance.random() < 0.35 else size
    if table == "statistics":
        return count(min(office.reach + 1, MOST_DIGITS - 1), max(office.density, 0.35), chance)
    return count(min(office.reach, 3.5), office.density * 0.5, chance)


def count(digits: float, share: float, chance: Random) -> Decimal:
    """0, or with a probability of `share` a number of up to so many digits, any size alike."""
    return Decimal(int(10 ** chance.uniform(0, digits)) if chance.random() < share else 0)


def amount(digits: float, chance: Random) -> Decimal:
    """A sum in 万元 down to one 元, without closing zeros behind the point."""
    places = chance.choice((0, 1, 2, 2, 3, 4))
    number = Decimal(int(10 ** chance.uniform(0, digits + places))).scaleb(-places)
    return Decimal(format(number.normalize(), "f"))


def _applications(drawn: Numbers, office: Office, chance: Random) -> Numbers:
    """Rows add up to `total`, outcomes to `results.total`; what came in went out or stays."""
    keys = [key for key in drawn if key[0] == "applications"]
    if not keys:
        return {}
    applicants = list(dict.fromkeys(column for _, _, column in keys if column != "total"))
    rows = list(dict.fromkeys(row for _, row, _ in keys))
    outcomes = [row for row in rows if row.startswith("results.") and row != "results.total"]
    filled: Numbers = {}
    for applicant in applicants:
        busy = office.density * _APPLICANTS.get(applicant, 0.15 + office.density / 2)
        column = {row: _some(busy * _OFTEN.get(row, 1.0), office, chance) for row in outcomes}
        column["results.total"] = sum(column.values(), Decimal(0))
        column["carried_out"] = _some(busy, office, chance)
        handled = column["results.total"] + column["carried_out"]
        column["carried_in"] = min(_some(busy, office, chance), handled)
        column["new"] = handled - column["carried_in"]
        filled |= {("applications", row, applicant): column[row] for row in rows}
    for row in rows:
        total = sum((filled["applications", row, a] for a in applicants), Decimal(0))
        filled["applications", row, "total"] = total
    return filled


def _some(share: float, office: Office, chance: Random) -> Decimal:
    return count(min(office.reach, 5), min(share, 0.95), chance)


def _litigation(drawn: Numbers, _office: Office, _chance: Random) -> Numbers:
    """Each group's `total` is the sum of its outcomes."""
    columns = [column for table, _, column in drawn if table == "litigation"]
    sums = {}
    for column in columns:
        group, _, outcome = column.rpartition(".")
        if outcome == "total":
            parts = [c for c in columns if c.startswith(group + ".") and c != column]
            sums["litigation", "count", column] = sum(
                (drawn["litigation", "count", part] for part in parts), Decimal(0)
            )
    return sums


def _statistics(drawn: Numbers, _office: Office, _chance: Random) -> Numbers:
    """Rows over others are their sum; documents published are a part of what is published."""
    rows = {row: number for (table, row, _), number in drawn.items() if table == "statistics"}
    if not rows:
        return {}
    for parent in STATISTICS_SUMS:
        parts = [row for row in rows if row.rpartition(".")[0] == parent]
        rows[parent] = sum((rows[part] for part in parts), Decimal(0))
    rows["disclosure.total"] += rows["disclosure.normative_documents"]
    return {("statistics", row, "count"): number for row, number in rows.items()}
