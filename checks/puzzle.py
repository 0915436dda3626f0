"""A table's cells and rules as the search for explanations takes them: whole numbers and odds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from checks.arithmetic import Place, places, worked_out
from checks.beliefs import Belief
from checks.unknowns import Sum, Unknown
from document.entry import Entry
from document.form import Relation, Slot, ValueKind
from document.report import MatchedTable

MISPRINTED = 3e-4
"""How often a number is printed that is not the right one. Stated, not learned."""

RULE_BROKEN = 2e-3
"""How often a report does not keep to a rule at one place, for reasons of its own: about one table
of applications in thirteen. Stated, not learned: the five sample reports break none, others do."""

LIKE_ANY = 0.05
"""How likely a number that nobody named is to be just the one that a sum needs, and one printed
wrong to look like what was read: most numbers in such reports are below 20. Stated."""

NOTHING = 0.1
"""How much of what no reader names is a blank or a stroke. Stated."""

UNLIKELY = 3e-5
"""Odds: rivals below are left to the numbers that nobody names."""


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A table's cells that any rule speaks of, its rules, and how many decimals make whole numbers
    of its amounts."""

    entries: tuple[Entry, ...]
    beliefs: tuple[Belief, ...]
    places: tuple[Place, ...]
    cells: tuple[Unknown, ...]
    sums: tuple[Sum, ...]
    decimals: int

    @classmethod
    def of(cls, matched: MatchedTable, beliefs: Mapping[Slot, Belief]) -> Puzzle:
        """The table with what is believed of its cells."""
        at = tuple(places(matched.table))
        ruled = {slot for place in at for slot in place.slots.values()}
        entries = tuple(entry for entry in matched.entries if entry.slot in ruled)
        held = tuple(beliefs[entry.slot] for entry in entries)
        amounts = [v for each in held for v in (each.value, *(v for v, _ in each.rivals))]
        constants = [t.constant for p in at for t in (*p.rule.left, *p.rule.right)]
        known = [amount for amount in (*amounts, *constants) if amount is not None]
        decimals = max(map(_decimals, known), default=0)
        index = {entry.slot: i for i, entry in enumerate(entries)}
        cells = tuple(unknown(e, b, decimals) for e, b in zip(entries, held, strict=True))
        sums = tuple(_sum(place, index, decimals) for place in at)
        return cls(entries, held, at, cells, sums, decimals)

    def whole(
        self, matched: MatchedTable, beliefs: Mapping[Slot, Belief]
    ) -> tuple[list[Unknown], list[Sum]]:
        """The same rules over all of the table's cells, those too that no rule speaks of."""
        place = {entry.slot: i for i, entry in enumerate(matched.entries)}
        at = [place[entry.slot] for entry in self.entries]
        cells = [unknown(entry, beliefs[entry.slot], self.decimals) for entry in matched.entries]
        sums = [
            replace(each, terms=tuple((at[cell], sign) for cell, sign in each.terms))
            for each in self.sums
        ]
        return cells, sums

    def amount(self, number: int | None) -> Decimal | None:
        """The number as the form has it."""
        if number is None:
            return None
        amount = Decimal(number).scaleb(-self.decimals)
        whole = amount.to_integral_value()
        return whole if amount == whole else amount.normalize()

    def in_doubt(self) -> frozenset[Slot]:
        """The cells of the rules that do not hold as they were read."""
        entries = {entry.slot: entry for entry in self.entries}
        failing = [p for p in self.places if worked_out(p, entries).ok is False]
        return frozenset(slot for place in failing for slot in place.slots.values())

    def misread(self, cell: int, number: int | None) -> float:
        """How probable it is, where the cell should say this number, that it was read wrongly and
        not printed wrong."""
        belief = self.beliefs[cell]
        if belief.right <= 0:
            return 1.0
        odds = (belief.of(self.amount(number)) + _unnamed(belief) * LIKE_ANY) / belief.right
        return odds / (odds + MISPRINTED * LIKE_ANY)


def _decimals(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _unnamed(belief: Belief) -> float:
    return max(1 - belief.right - sum(p for _, p in belief.rivals), 0.0)


def unknown(entry: Entry, belief: Belief, decimals: int) -> Unknown:
    """The cell's readings as odds against the first."""
    signed, number = entry.form.kind is ValueKind.SIGNED, _whole(belief.value, decimals)
    if belief.right <= 0:
        return Unknown(number, (), MISPRINTED * LIKE_ANY, signed)
    unnamed = _unnamed(belief)
    chances = dict(belief.rivals)
    if belief.value is not None:
        chances.setdefault(None, NOTHING * unnamed)
    odds = ((_whole(v, decimals), min(p / belief.right, 1.0)) for v, p in chances.items())
    other = (min(unnamed / belief.right, 1.0) + MISPRINTED) * LIKE_ANY
    return Unknown(number, tuple(rival for rival in odds if rival[1] > UNLIKELY), other, signed)


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
