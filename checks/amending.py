"""What a report's arithmetic may change in what was read, and what it must leave alone.

A reading gives way only to a rival that the cell's own picture supports, and only where no other
explanation of what does not add up is nearly as likely; one is always that the report itself is
wrong. So a number that is printed wrong, and clearly, stays as it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from checks.arithmetic import Place, places
from checks.explanations import Explanation, Sum, Unknown, explanations
from checks.number_slot import probability_of_value
from checks.reasons import reason
from document.entry import Amendment, Entry, Flag
from document.form import Relation, Slot, ValueKind
from document.report import MatchedTable, Report

MISPRINTED = 1e-3
"""How often a number is printed that is not the right one. Stated, not learned."""

RULE_BROKEN = 1e-2
"""How often a report does not keep to a rule at one place, for reasons of its own. Stated, not
learned: the five sample reports break none, others do."""

LIKE_ANY = 0.05
"""How likely a number that nobody named is to be just the one that a sum needs: most numbers in
such reports are below 20. Stated."""

SUPPORTED = 1e-3
"""A rival less probable by the picture is none that the picture supports."""

UNIQUE = 0.999
"""What is changed is so probable at least, among all explanations."""

MARGIN = 1e-5
"""Explanations less likely than the best by so much are not looked for: they leave it unique."""

MOST_STATES = 6000
"""Bounds the search to about 0.3 s a table."""

_LEFT_ALONE = {Flag.UNEXPECTED_TEXT, Flag.READER_DISAGREEMENT, Flag.NOT_FOUND}


def amended(report: Report) -> Report:
    """The report with what its arithmetic settles beyond doubt."""
    return replace(report, tables=tuple(map(_amended_table, report.tables)))


def _amended_table(matched: MatchedTable) -> MatchedTable:
    puzzle = _Puzzle.of(matched)
    found = explanations(puzzle.cells, puzzle.sums, MARGIN, MOST_STATES)
    if not found.complete or not found.explanations[0].changed:
        return matched
    best, total = found.explanations[0], sum(each.odds for each in found.explanations)
    changes: dict[Slot, Entry] = {}
    for cell, number in best.changed.items():
        alike = sum(e.odds for e in found.explanations if _same(e, cell, number))
        entry = puzzle.entries[cell]
        value = puzzle.amount(number)
        if alike / total >= UNIQUE and _may_become(entry, value):
            changes[entry.slot] = _corrected(entry, value, alike / total)
    return _with_reasons(matched, puzzle.places, changes)


def _same(explanation: Explanation, cell: int, number: int | None) -> bool:
    return cell in explanation.changed and explanation.changed[cell] == number


def _may_become(entry: Entry, value: Decimal | None) -> bool:
    return not entry.flags & _LEFT_ALONE and _chance(entry, value) >= SUPPORTED


def _corrected(entry: Entry, value: Decimal | None, sure: float) -> Entry:
    flags = entry.flags - {Flag.BLANK} | {Flag.CORRECTED}
    if value is None:
        flags |= {Flag.BLANK}
    return replace(entry, value=value, flags=flags, amended=Amendment(Flag.CORRECTED, "", sure))


def _with_reasons(
    matched: MatchedTable, at: Sequence[Place], changes: Mapping[Slot, Entry]
) -> MatchedTable:
    entries = {entry.slot: entry for entry in matched.entries} | dict(changes)
    for slot, entry in changes.items():
        assert entry.amended is not None
        told = reason(entry, [place for place in at if slot in place.slots.values()], entries)
        entries[slot] = replace(entry, amended=replace(entry.amended, reason=told))
    return replace(matched, entries=tuple(entries[entry.slot] for entry in matched.entries))


@dataclass(frozen=True, slots=True)
class _Puzzle:
    """A table's cells that any rule speaks of, its rules, and how many decimals make whole numbers
    of its amounts."""

    entries: tuple[Entry, ...]
    places: tuple[Place, ...]
    cells: tuple[Unknown, ...]
    sums: tuple[Sum, ...]
    decimals: int

    @classmethod
    def of(cls, matched: MatchedTable) -> _Puzzle:
        at = tuple(places(matched.table))
        ruled = {slot for place in at for slot in place.slots.values()}
        entries = tuple(entry for entry in matched.entries if entry.slot in ruled)
        amounts = [v for entry in entries for v in _amounts(entry)]
        constants = [t.constant for p in at for t in (*p.rule.left, *p.rule.right)]
        decimals = max((_decimals(amount) for amount in (*amounts, *constants)), default=0)
        index = {entry.slot: i for i, entry in enumerate(entries)}
        cells = tuple(_unknown(entry, decimals) for entry in entries)
        sums = tuple(_sum(place, index, decimals) for place in at)
        return cls(entries, at, cells, sums, decimals)

    def amount(self, number: int | None) -> Decimal | None:
        """The number as the form has it."""
        return None if number is None else _shortest(Decimal(number).scaleb(-self.decimals))


def _amounts(entry: Entry) -> list[Decimal]:
    return [v for v in (entry.value, *(v for v, _ in entry.values)) if v is not None]


def _decimals(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _shortest(amount: Decimal) -> Decimal:
    whole = amount.to_integral_value()
    return whole if amount == whole else amount.normalize()


def _unknown(entry: Entry, decimals: int) -> Unknown:
    """The entry's readings as odds against the first."""
    signed = entry.form.kind is ValueKind.SIGNED
    read = _chance(entry, entry.value)
    if read <= 0:
        return Unknown(_whole(entry.value, decimals), (), MISPRINTED * LIKE_ANY, signed)
    rivals = {v: _chance(entry, v) for v, _ in entry.values if v != entry.value}
    other = max(1 - read - sum(rivals.values()), 0.0) / read
    odds = tuple((_whole(v, decimals), chance / read) for v, chance in rivals.items())
    return Unknown(
        _whole(entry.value, decimals),
        tuple((v, min(chance, 1.0)) for v, chance in odds),
        (other + MISPRINTED) * LIKE_ANY,
        signed,
    )


def _chance(entry: Entry, value: Decimal | None) -> float:
    """How probable it is by the picture alone that the cell says this."""
    if entry.found is None:
        return float(value is None)
    marked = entry.value is None and bool(entry.found.reading.text)
    return probability_of_value(value, entry.values, entry.found.reading.source, marked=marked)


def _whole(amount: Decimal | None, decimals: int) -> int | None:
    return None if amount is None else int(amount.scaleb(decimals))


def _sum(place: Place, index: Mapping[Slot, int], decimals: int) -> Sum:
    """Left side less right side, or the other way round where that is at most 0."""
    rule = place.rule
    flip = -1 if rule.relation is Relation.AT_LEAST else 1
    terms = [(t, flip) for t in rule.left] + [(t, -flip) for t in rule.right]
    constant = sum((side * t.sign * t.constant for t, side in terms if t.key is None), Decimal(0))
    return Sum(
        tuple((index[place.slots[t.key]], side * t.sign) for t, side in terms if t.key),
        RULE_BROKEN,
        int(constant.scaleb(decimals)),
        at_most=rule.relation is not Relation.EQUAL,
    )
