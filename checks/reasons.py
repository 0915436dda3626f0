"""Why the arithmetic changed a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from checks.arithmetic import Place, worked_out
from document.entry import Entry, Flag
from document.form import Relation, Slot, Term
from document.reason import BLANK, Reason, ReasonCode, because

_SIGNS = {Relation.EQUAL: "=", Relation.AT_MOST: "≤", Relation.AT_LEAST: "≥"}


def reason(entry: Entry, at: Sequence[Place], entries: Mapping[Slot, Entry]) -> tuple[Reason, ...]:
    """`35 = 30 + 5 + 0; it reads 85, the picture allows 35`, or `…; illegible` of an inferred cell.

    `at`: the rules of which the cell is part; the shortest that now holds is told.
    """
    holding = [p for p in at if worked_out(p, entries).ok]
    told = min((_equation(place, entries) for place in holding or at), key=_length)
    equation = because(ReasonCode.EQUATION, equation=told)
    if entry.amended and entry.amended.flag is Flag.INFERRED:
        return equation, because(ReasonCode.ILLEGIBLE)
    read = entry.found.reading.text if entry.found else ""
    value = BLANK if entry.value is None else _plain(entry.value)
    if not read:
        return equation, because(ReasonCode.OVERLOOKED, value=value)
    return equation, because(ReasonCode.MISREAD, read=read, value=value)


def _length(equation: str) -> int:
    """As it is in words."""
    return len(equation.replace(BLANK, "blank"))


def _equation(place: Place, entries: Mapping[Slot, Entry]) -> str:
    rule = place.rule
    left, right = (_side(terms, place, entries) for terms in (rule.left, rule.right))
    return f"{left} {_SIGNS[rule.relation]} {right}"


def _side(terms: Sequence[Term], place: Place, entries: Mapping[Slot, Entry]) -> str:
    parts = []
    for term in terms:
        value = term.constant if term.key is None else entries[place.slots[term.key]].value
        parts.append(("−" if term.sign < 0 else "+", BLANK if value is None else _plain(value)))
    first, *rest = parts
    lead = first[1] if first[0] == "+" else f"−{first[1]}"
    return " ".join([lead, *(f"{sign} {text}" for sign, text in rest)])


def _plain(amount: Decimal) -> str:
    return format(amount, "f")
