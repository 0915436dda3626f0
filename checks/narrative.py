"""Text against table: numbers in the running text that repeat cells.

A sentence may speak of another scope, or count otherwise: a mismatch is told and makes the cells a
little less sure, and corrects nothing. A match says nothing of them here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from checks.confidence import DEFAULT_TARGET_ERROR
from checks.statements import Statement, statements
from checks.wording import Sum
from document.entry import Check, Entry, Flag, Judged, Status
from document.form import Slot
from document.reason import RUN, Reason, ReasonCode, because
from document.report import JudgedReport

RULES = "narrative."
"""What the names of these checks begin with."""

SPEAKS_OTHERWISE = 0.05
"""How often a sentence gives another number than right cells: of another scope, or by a slip.
Stated."""

Entries = Mapping[Slot, Entry]


def told_in_words(judged: JudgedReport, target_error: float = DEFAULT_TARGET_ERROR) -> JudgedReport:
    """The report with its text compared, after its other checks; cells that differ are flagged."""
    report = judged.report
    return compared(judged, statements(report.text, report.year), target_error)


def compared(
    judged: JudgedReport, said: Iterable[Statement], target_error: float = DEFAULT_TARGET_ERROR
) -> JudgedReport:
    """The same with what sentences are known to state."""
    report = judged.report
    entries = {entry.slot: entry for table in report.tables for entry in table.entries}
    checks = _kept(_check(statement, entries) for statement in said)
    mismatched = {slot for check in checks if check.ok is False for slot in check.slots}
    tables = tuple(
        tuple(_doubted(c, target_error) if c.entry.slot in mismatched else c for c in table)
        for table in judged.judged
    )
    return replace(judged, judged=tables, checks=(*judged.checks, *checks))


def _kept(checks: Iterable[Check | None]) -> tuple[Check, ...]:
    """Each once. Where one sentence agrees with a cell, others do not speak of it."""
    told: dict[tuple[str, Decimal | None], Check] = {}
    for check in checks:
        if check is not None:
            told.setdefault((check.rule, check.expected), check)
    agreed = {check.rule for check in told.values() if check.ok}
    return tuple(c for c in told.values() if c.ok or c.rule not in agreed)


def _check(statement: Statement, entries: Entries) -> Check | None:
    """None where the report has none of the cells."""
    readings = [r for sum_ in statement.wording.readings if (r := _slots(sum_, entries))]
    if not readings:
        return None
    sums = [_sum(slots, entries) for slots in readings]
    fits = next((i for i, found in enumerate(sums) if _is(statement, found)), None)
    slots, found = (readings[fits or 0], sums[fits or 0])
    ok = True if fits is not None else None if None in sums or not statement.wording.firm else False
    first = slots[0]
    return Check(
        rule=statement.wording.rule,
        at=(("table", first.table), ("row", first.row), ("column", first.column)),
        slots=slots,
        expected=statement.number,
        found=found,
        difference=None if found is None else found - statement.number,
        ok=ok,
        note=_note(ok, slots, found),
        quote=statement.quote,
    )


def _slots(sum_: Sum, entries: Entries) -> tuple[Slot, ...]:
    """The cells that are meant, none where the report lacks one of them."""
    found = [tuple(_at(slot, entries)) for slot in sum_]
    return tuple(slot for each in found for slot in each) if all(found) else ()


def _at(slot: Slot, entries: Entries) -> Iterator[Slot]:
    if not slot.row.endswith("*"):
        yield from (slot,) if slot in entries else ()
        return
    for other in entries:
        same = (other.table, other.column) == (slot.table, slot.column)
        if same and other.row.startswith(slot.row[:-1]):
            yield other


def _sum(slots: Sequence[Slot], entries: Entries) -> Decimal | None:
    values = [value for slot in slots if (value := entries[slot].value) is not None]
    return sum(values, Decimal(0)) if len(values) == len(slots) else None


def _is(statement: Statement, found: Decimal | None) -> bool:
    if found is None:
        return False
    if statement.exponent >= 0:
        return found == statement.number
    return abs(found - statement.number) * 2 <= Decimal(1).scaleb(statement.exponent)


def _note(ok: bool | None, slots: Sequence[Slot], found: Decimal | None) -> tuple[Reason, ...]:
    told = [_sum_of(slots)] if len(slots) > 1 else []
    if ok is None:
        blank = found is None
        told.append(because(ReasonCode.BLANKS_LEAVE_OPEN if blank else ReasonCode.OTHER_MEANING))
    return tuple(told)


def _sum_of(slots: Sequence[Slot]) -> Reason:
    """`new + carried_in`; of many the first and the last."""
    in_row = len({slot.row for slot in slots}) == 1
    names = [slot.column if in_row else slot.row for slot in slots]
    lines = " + ".join(names) if len(names) <= 2 else f"{names[0]} {RUN} {names[-1]}"
    if in_row:
        return because(ReasonCode.SUM_OF_COLUMNS, columns=lines)
    return because(ReasonCode.SUM_OF_ROWS, rows=lines)


def _doubted(cell: Judged, target_error: float) -> Judged:
    """The cell after a sentence that says otherwise, by Bayes' rule."""
    sure = cell.confidence * SPEAKS_OTHERWISE
    confidence = sure / (sure + 1 - cell.confidence)
    flags = cell.flags | {Flag.NARRATIVE_MISMATCH}
    accepted = cell.status is Status.ACCEPTED and 1 - confidence <= target_error
    if accepted:
        return replace(cell, confidence=confidence, flags=flags)
    told = flags & {Flag.NOT_FOUND, Flag.UNEXPECTED_TEXT}
    more = flags if told else flags | {Flag.LOW_CONFIDENCE}
    return replace(cell, confidence=confidence, status=Status.REVIEW, flags=more)
