"""How sure we are of each value, and what follows: accepted or review, and why.

A first, openly stated model. Each cell starts from its reader's probability times the probability
that it is the slot's cell. Then every rule it stands in speaks, by Bayes' rule on the odds that the
value is wrong: a rule that holds makes an error unlikely, for another would have to cancel it; a
rule that fails makes one likely, unless another cell or the report itself is to blame.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.number_slot import probability_of_value
from document.entry import Check, Entry, Flag, Judged, Status
from document.form import Slot
from document.report import JudgedReport, Report

DEFAULT_TARGET_ERROR = 1e-4

REPORT_BREAKS_RULE = 0.01
"""Prior that a published report itself breaks one of its rules at one place. Stated, not learned:
the five sample reports break none, others do."""

ERRORS_CANCEL = 1e-3
"""Least chance that a wrong reading is cancelled by another in the same rule, whatever the readers
say: errors of one reader on one page are not independent."""

MISREAD_ALIKE = 0.1
"""How often two cells that say the same are misread alike, where one is: type, blur and reader are
the same. So 6 = 6 + 0 says less of a 6 than 12 = 6 + 5 + 1. Stated, not learned."""

CLEARLY_PRINTED = 0.99
"""Reader's probability from which a cell that does not add up is laid to the report."""

NOT_FOUND = 0.5
"""Confidence that a slot without a cell has no value: unprinted on the page, or missed by us."""

ODD_TEXT_CEILING = 0.9
"""A number with other text in its cell, or two readers that differ, is for a person to settle."""

CEILING = 1 - 1e-7
"""No cell is surer than this; nothing here was measured on more cells."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The rules a slot stands in that were worked out with no cell unknown.

    `alike`: every one that holds has another cell that says the same.
    """

    holding: tuple[Check, ...]
    failing: tuple[Check, ...]
    alike: bool = False


def judge(
    report: Report, checks: Sequence[Check], target_error: float = DEFAULT_TARGET_ERROR
) -> JudgedReport:
    """Confidence, status and flags of every entry; accepted if the chance of error ≤ target."""
    entries = [entry for table in report.tables for entry in table.entries]
    read = {entry.slot: _read_probability(entry) for entry in entries}
    values = {entry.slot: entry.value for entry in entries if entry.value is not None}
    evidence = _evidence(checks, values)
    judged = tuple(
        tuple(_judge(entry, evidence[entry.slot], read, target_error) for entry in table.entries)
        for table in report.tables
    )
    return JudgedReport(report, judged, tuple(checks))


def _read_probability(entry: Entry) -> float:
    """That the reading is right and the cell is the slot's, before any arithmetic."""
    if entry.found is None:
        return NOT_FOUND
    reading = entry.found.reading
    marked = entry.value is None and bool(reading.text)
    told = probability_of_value(entry.value, entry.values, reading.source, marked=marked)
    return told * entry.found.match


def _evidence(checks: Sequence[Check], values: Mapping[Slot, Decimal]) -> Mapping[Slot, _Evidence]:
    holding: dict[Slot, list[Check]] = defaultdict(list)
    failing: dict[Slot, list[Check]] = defaultdict(list)
    for check in checks:
        if check.ok is None or (check.ok and not values.keys() >= set(check.slots)):
            continue
        for slot in check.slots:
            (holding if check.ok else failing)[slot].append(check)
    slots = holding.keys() | failing.keys()
    return defaultdict(
        lambda: _Evidence((), ()),
        {
            slot: _Evidence(
                tuple(holding[slot]),
                tuple(failing[slot]),
                bool(holding[slot]) and all(_has_alike(slot, c, values) for c in holding[slot]),
            )
            for slot in slots
        },
    )


def _has_alike(slot: Slot, check: Check, values: Mapping[Slot, Decimal]) -> bool:
    return any(values.get(other) == values[slot] for other in check.slots if other != slot)


def _judge(
    entry: Entry, evidence: _Evidence, read: Mapping[Slot, float], target_error: float
) -> Judged:
    confidence = _posterior(entry.slot, evidence, read)
    if entry.flags & {Flag.UNEXPECTED_TEXT, Flag.READER_DISAGREEMENT}:
        confidence = min(confidence, ODD_TEXT_CEILING)
    if entry.found is None:
        confidence = NOT_FOUND
    if entry.amended is not None:
        confidence = min(confidence, entry.amended.sure)
    flags = set(entry.flags)
    if _report_to_blame(entry, evidence, read):
        flags.add(Flag.SOURCE_INCONSISTENT)
    accepted = 1 - confidence <= target_error
    if not accepted and not flags & {Flag.NOT_FOUND, Flag.UNEXPECTED_TEXT}:
        flags.add(Flag.LOW_CONFIDENCE)
    status = Status.ACCEPTED if accepted else Status.REVIEW
    return Judged(entry, confidence, status, frozenset(flags))


def _posterior(slot: Slot, evidence: _Evidence, read: Mapping[Slot, float]) -> float:
    right = min(max(read[slot], 0.0), CEILING)
    if right == 0:
        return 0.0
    odds_wrong = (1 - right) / right
    cancelled = math.prod(
        min(max(_others_wrong(slot, check, read), ERRORS_CANCEL), 1.0) for check in evidence.holding
    )
    odds_wrong *= max(cancelled, MISREAD_ALIKE) if evidence.alike else cancelled
    if evidence.failing:
        # One misprint here breaks all its rules at once; misreadings elsewhere do so singly.
        elsewhere = math.prod(_others_wrong(slot, check, read) for check in evidence.failing)
        odds_wrong /= min(REPORT_BREAKS_RULE + elsewhere, 1.0)
    return min(1 / (1 + odds_wrong), CEILING)


def _others_wrong(slot: Slot, check: Check, read: Mapping[Slot, float]) -> float:
    """About how probable it is that some other cell of the rule was read wrongly."""
    return math.fsum(1 - read[other] for other in check.slots if other != slot)


def _report_to_blame(entry: Entry, evidence: _Evidence, read: Mapping[Slot, float]) -> bool:
    """Clearly printed, in a rule that fails, and no rule that holds speaks for it."""
    if entry.value is None or not evidence.failing or evidence.holding:
        return False
    return read[entry.slot] >= CLEARLY_PRINTED
