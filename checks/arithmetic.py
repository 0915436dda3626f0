"""The form's rules, worked out on a report's numbers.

Blank and missing cells are unknowns, not zeros: a rule they leave open is neither kept nor broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from document.entry import Check, Entry
from document.form import Block, Relation, Rule, Scope, Slot, TableForm, Term, ValueKind
from document.reason import Reason, ReasonCode, because
from document.report import MatchedTable, Report

Range = tuple[Decimal, Decimal]
"""Least and greatest value possible, both inclusive."""

ZERO = Decimal(0)
INFINITY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table's rule is to hold, and the slot that each of its keys means there."""

    table: str
    rule: Rule
    at: tuple[tuple[str, str], ...]
    slots: Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a rule: what is known of its sum, and how far the unknown cells can move it."""

    known: Decimal
    slack: Range
    unknown: int

    @property
    def sum(self) -> Decimal | None:
        return None if self.unknown else self.known


def evaluate(report: Report) -> tuple[Check, ...]:
    """Every rule of every table, at every row or column it speaks of."""
    return tuple(check for table in report.tables for check in _checks(table))


def _checks(matched: MatchedTable) -> Iterator[Check]:
    entries = {entry.slot: entry for entry in matched.entries}
    for place in places(matched.table):
        yield worked_out(place, entries)


def places(table: TableForm) -> Iterator[Place]:
    """Every rule of the table at every row or column it speaks of."""
    for rule in table.rules:
        rows = rule.scope is Scope.EVERY_ROW
        yield from (_places_in_rows if rows else _places_in_columns)(table, rule)


def _keys(rule: Rule) -> list[str]:
    return [term.key for term in (*rule.left, *rule.right) if term.key is not None]


def _places_in_rows(table: TableForm, rule: Rule) -> Iterator[Place]:
    keys = _keys(rule)
    for block in table.blocks:
        if set(keys) <= {column.key for column in block.columns}:
            for row in block.rows:
                slots = {key: Slot(table.id, row.key, key) for key in keys}
                yield Place(table.id, rule, (("row", row.key),), slots)


def _places_in_columns(table: TableForm, rule: Rule) -> Iterator[Place]:
    keys = _keys(rule)
    homes = {row.key: block for block in table.blocks for row in block.rows}
    blocks: list[Block] = [homes[key] for key in keys]
    shared = set.intersection(*({column.key for column in block.columns} for block in blocks))
    for column in blocks[0].columns:
        if column.key in shared:
            slots = {key: Slot(table.id, key, column.key) for key in keys}
            yield Place(table.id, rule, (("column", column.key),), slots)


def worked_out(place: Place, entries: Mapping[Slot, Entry]) -> Check:
    """The rule at one place."""
    rule = place.rule
    left = _side(rule.left, place, entries)
    right = _side(rule.right, place, entries)
    ok, only_zero = _verdict(rule.relation, left, right)
    settled = ok is False
    found = left.known if settled else left.sum
    expected = right.known if settled else right.sum
    return Check(
        rule=f"{place.table}.{rule.id}",
        at=place.at,
        slots=tuple(place.slots[key] for key in _keys(rule)),
        expected=expected,
        found=found,
        difference=None if found is None or expected is None else found - expected,
        ok=ok,
        note=_note(ok, only_zero, left.unknown + right.unknown),
        unknown=left.unknown + right.unknown,
        equation=rule.relation is Relation.EQUAL,
        signs=(
            *(term.sign for term in rule.left if term.key is not None),
            *(-term.sign for term in rule.right if term.key is not None),
        ),
    )


def _side(terms: tuple[Term, ...], place: Place, entries: Mapping[Slot, Entry]) -> _Side:
    known, low, high, unknown = ZERO, ZERO, ZERO, 0
    for term in terms:
        if term.key is None:
            known += term.sign * term.constant
            continue
        entry = entries[place.slots[term.key]]
        if entry.value is not None:
            known += term.sign * entry.value
            continue
        unknown += 1
        signed = entry.form.kind is ValueKind.SIGNED
        if signed or term.sign < 0:
            low = -INFINITY
        if signed or term.sign > 0:
            high = INFINITY
    return _Side(known, (low, high), unknown)


def _verdict(relation: Relation, left: _Side, right: _Side) -> tuple[bool | None, bool]:
    """Whether the rule holds, None if open; and whether it holds only with every unknown 0."""
    # left − right lies between low and high.
    low = left.known + left.slack[0] - (right.known + right.slack[1])
    high = left.known + left.slack[1] - (right.known + right.slack[0])
    if relation is Relation.AT_LEAST:
        low, high = -high, -low
    if relation is Relation.EQUAL:
        if low > 0 or high < 0:
            return False, False
        if low == 0 or high == 0:
            return True, low != high
        return None, False
    if high <= 0:
        return True, False
    if low > 0:
        return False, False
    return (True, True) if low == 0 else (None, False)


def _note(ok: bool | None, only_zero: bool, unknown: int) -> tuple[Reason, ...]:
    if not unknown:
        return ()
    if ok is None:
        code = ReasonCode.LEFT_OPEN
    elif only_zero:
        code = ReasonCode.ONLY_ZERO
    else:
        code = ReasonCode.ALWAYS_HOLDS if ok else ReasonCode.NEVER_HOLDS
    return (because(code, blanks=unknown),)
