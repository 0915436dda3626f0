"""A small form filled in by hand: two applicant columns, a total, and the balance of a year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from document.entry import Entry, Flag, Found
from document.form import (
    Block,
    Label,
    Line,
    Relation,
    Rule,
    Scope,
    TableForm,
    Term,
    ValueKind,
    slots_of,
)
from document.geometry import Box
from document.reading import Candidate, Reading, Source
from document.report import MatchedTable, Report

ROWS = ("new", "carried_in", "granted", "denied", "total", "carried_out")
COLUMNS = ("person", "legal", "sum")


def _terms(*keys: str) -> tuple[Term, ...]:
    return tuple(Term(1, key) for key in keys)


def _rule(name: str, scope: Scope, left: tuple[str, ...], right: tuple[str, ...]) -> Rule:
    return Rule(name, scope, _terms(*left), Relation.EQUAL, _terms(*right), name)


FORM = TableForm(
    id="requests",
    title="requests",
    blocks=(
        Block(
            rows=tuple(Line(key, (Label(key),)) for key in ROWS),
            columns=tuple(Line(key, (Label(key),), kind=ValueKind.COUNT) for key in COLUMNS),
        ),
    ),
    rules=(
        _rule("row_total", Scope.EVERY_ROW, ("sum",), ("person", "legal")),
        _rule("column_total", Scope.EVERY_COLUMN, ("total",), ("granted", "denied")),
        _rule("balance", Scope.EVERY_COLUMN, ("new", "carried_in"), ("total", "carried_out")),
    ),
)

BALANCED: Mapping[str, tuple[str, str, str]] = {
    "new": ("46", "5", "51"),
    "carried_in": ("2", "7", "9"),
    "granted": ("33", "1", "34"),
    "denied": ("10", "9", "19"),
    "total": ("43", "10", "53"),
    "carried_out": ("5", "2", "7"),
}


def filled(
    printed: Mapping[tuple[str, str], str] | None = None,
    doubts: Mapping[tuple[str, str], float] | None = None,
    source: Source = Source.OCR,
    sure: float = 0.999,
) -> Report:
    """The balanced table with some cells printed otherwise ("" = blank), some read with doubt."""
    values = {
        (row, column): text
        for row, texts in BALANCED.items()
        for column, text in zip(COLUMNS, texts, strict=True)
    }
    values |= printed or {}
    entries = []
    for form in slots_of(FORM):
        place = (form.slot.row, form.slot.column)
        text, probability = values[place], (doubts or {}).get(place, sure)
        value = Decimal(text) if text else None
        reading = Reading(text, probability, source, (Candidate(text, probability),))
        found = Found(1, Box(0, 0, 10, 10), reading, match=1.0)
        flags = frozenset() if text else frozenset({Flag.BLANK})
        entries.append(Entry(form, found, value, ((value, probability),), flags))
    table = MatchedTable("hand", FORM, (1, 1), tuple(entries))
    return Report("somewhere", 2023, (1, 1), (table,))
