"""Illegible cells of which the arithmetic leaves one value."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from checks.arithmetic import Place, worked_out
from checks.beliefs import Belief, Kind, kind_of
from checks.puzzle import RULE_BROKEN
from document.entry import Amendment, Entry, Flag
from document.form import Relation, Slot, Term, ValueKind
from document.report import MatchedTable

LEGIBLE = 0.5
"""A reader's word that is no number counts as other text from this probability on; below it nobody
could read the cell."""

LIKELY = 0.99
"""An inferred value is so probable at least."""


def inferred(
    matched: MatchedTable, at: Sequence[Place], beliefs: Mapping[Slot, Belief], known: float
) -> dict[Slot, Entry]:
    """The illegible cells that all rules with no other unknown cell give one and the same value.

    `known`: how probable it is that the table's other numbers are what they are supposed to be.

    A value stands as far as not all of its rules fail together. A 0 is not inferred: the cell may
    as well be blank. The reasons are left to be told.
    """
    entries = {entry.slot: entry for entry in matched.entries}
    found: dict[Slot, Entry] = {}
    for slot, entry in entries.items():
        if not _is_illegible(entry):
            continue
        telling = [place for place in at if _tells(place, slot, entries)]
        values = {_needed(place, slot, entries) for place in telling}
        if len(values) != 1:
            continue
        (value,) = values
        if not value or not _is_possible(value, entry):
            continue
        sure = known - math.prod(
            min(_fails(place, slot, beliefs) + RULE_BROKEN, 1.0) for place in telling
        )
        if sure < LIKELY:
            continue
        flags = entry.flags - {Flag.UNEXPECTED_TEXT} | {Flag.INFERRED}
        why = Amendment(Flag.INFERRED, (), sure)
        found[slot] = replace(entry, value=value, flags=flags, amended=why)
    return found


def _is_illegible(entry: Entry) -> bool:
    """Whether there is something in the cell, and nobody can say what."""
    if entry.found is None or kind_of(entry) is not Kind.TEXT:
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


def _fails(place: Place, slot: Slot, beliefs: Mapping[Slot, Belief]) -> float:
    """About how probable it is that another cell of the rule was read wrongly."""
    return math.fsum(1 - beliefs[other].right for other in place.slots.values() if other != slot)
