"""Illegible cells of which the arithmetic leaves one value."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from checks.arithmetic import Place, worked_out
from checks.reasons import equation
from document.entry import Amendment, Entry, Flag
from document.form import Relation, Slot, Term, ValueKind

LEGIBLE = 0.5
"""A reader's word that is no number counts as other text from this probability on; below it nobody
could read the cell."""


def inferred(
    entries: Mapping[Slot, Entry],
    at: Sequence[Place],
    chance: Callable[[Entry], float],
    broken: float,
) -> dict[Slot, Entry]:
    """The illegible cells that all rules with no other unknown cell give one and the same value.

    `chance`: how probable it is that an entry's value is read right; `broken`: that a report breaks
    a rule at one place. A value stands as far as not all of its rules fail together.
    """
    found: dict[Slot, Entry] = {}
    for slot, entry in entries.items():
        if not _is_illegible(entry):
            continue
        telling = [p for p in at if _tells(p, slot, entries)]
        values = {_needed(place, slot, entries) for place in telling}
        if len(values) != 1:
            continue
        (value,) = values
        if not _is_possible(value, entry):
            continue
        sure = 1 - math.prod(_fails(place, slot, entries, chance) + broken for place in telling)
        known = {**entries, slot: replace(entry, value=value)}
        told = min((equation(place, known) for place in telling), key=len)
        why = Amendment(Flag.INFERRED, f"{told}; illegible", max(sure, 0.0))
        flags = entry.flags - {Flag.UNEXPECTED_TEXT} | {Flag.INFERRED}
        found[slot] = replace(entry, value=value, flags=flags, amended=why)
    return found


def _is_illegible(entry: Entry) -> bool:
    """Whether there is something in the cell, and nobody can say what."""
    if entry.found is None or entry.value is not None or entry.blank:
        return False
    return entry.found.reading.probability < LEGIBLE


def _tells(place: Place, slot: Slot, entries: Mapping[Slot, Entry]) -> bool:
    """Whether the rule is an equation in which this cell alone is unknown."""
    slots = place.slots.values()
    unknown = [other for other in slots if entries[other].value is None]
    return place.rule.relation is Relation.EQUAL and unknown == [slot]


def _needed(place: Place, slot: Slot, entries: Mapping[Slot, Entry]) -> Decimal:
    """What the cell says if the rule holds."""
    without = {**entries, slot: replace(entries[slot], value=Decimal(0))}
    off = worked_out(place, without).difference
    assert off is not None
    terms: list[tuple[Term, int]] = [(t, 1) for t in place.rule.left]
    terms += [(t, -1) for t in place.rule.right]
    (sign,) = [t.sign * side for t, side in terms if t.key and place.slots[t.key] == slot]
    return -off * sign


def _is_possible(value: Decimal, entry: Entry) -> bool:
    kind = entry.form.kind
    if kind is ValueKind.AMOUNT:
        return value >= 0
    return value == value.to_integral_value() and (kind is ValueKind.SIGNED or value >= 0)


def _fails(
    place: Place, slot: Slot, entries: Mapping[Slot, Entry], chance: Callable[[Entry], float]
) -> float:
    """About how probable it is that another cell of the rule was read wrongly."""
    return math.fsum(1 - chance(entries[other]) for other in place.slots.values() if other != slot)
