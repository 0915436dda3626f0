"""How sure we are of each value, and what follows: accepted or review, and why.

Two things can be wrong with a value: the cell was misread, or it is not the slot's. What the
picture says of the first and the labels of the second are priors (`checks.beliefs`). The rules that
a cell stands in then speak by Bayes' rule on the odds that it is wrong: a rule that holds makes an
error unlikely, for another would have to cancel it; a rule that fails makes one likely, unless
another cell or the report itself is to blame. Rules are worked out with the numbers of the report's
likeliest explanation (`checks.joint_reading`); what the others say is added to the doubt.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.arithmetic import evaluate
from checks.beliefs import misplaced
from checks.joint_reading import JointReading
from checks.placement import misplacement
from checks.puzzle import RULE_BROKEN
from checks.structure import Concern
from checks.witnesses import Evidence, Witnesses, has_twin
from document.entry import Check, Entry, Flag, Judged, Status
from document.form import Slot
from document.proposal import Cause
from document.report import JudgedReport

DEFAULT_TARGET_ERROR = 1e-4

CROSSED = 0.1
"""How often a cell is misplaced all the same whose sums down and across hold. Stated."""

CLEARLY_PRINTED = 0.99
"""Reader's probability from which a cell that does not add up is laid to the report."""

NOT_FOUND = 0.5
"""Confidence that a slot without a cell has no value: unprinted on the page, or missed by us."""

CEILINGS = {Flag.UNEXPECTED_TEXT: 0.9, Flag.READER_DISAGREEMENT: 0.99}
"""A number with other text in its cell, or a text layer that differs, is for a person to settle."""

CERTAIN = 1 - 1e-9
"""A text layer is taken to be no surer than this."""

CEILING = 1 - 1e-6
"""No cell is surer than this: nothing here was measured on so many."""


def judge(reading: JointReading, target_error: float = DEFAULT_TARGET_ERROR) -> JudgedReport:
    """Confidence, status and flags of every entry; accepted if the chance of error ≤ target."""
    checks = evaluate(reading.report)
    court = _Court.of(reading, checks)
    judged = tuple(
        tuple(court.judged(entry, target_error) for entry in table.entries)
        for table in reading.report.tables
    )
    proposals = tuple(each for table in reading.structures for each in table.proposals)
    return JudgedReport(reading.report, judged, checks, proposals)


@dataclass(frozen=True, slots=True)
class _Court:
    """All that is known of a report's cells. `right`: that a cell is read right and is the slot's,
    before any arithmetic; `supposed` and `plain`: what the rules say with the
    numbers as they are supposed to be, and as they are; `shifted`: by how much they lower the odds
    that a cell is not the slot's; `moved`: how probable it is that lines of the table were moved,
    and the cell's number is another slot's; `concerns`: the cells of proposals."""

    reading: JointReading
    right: Mapping[Slot, float]
    supposed: Witnesses
    plain: Witnesses
    as_supposed: frozenset[Slot]
    shifted: Mapping[Slot, float]
    moved: Mapping[Slot, float]
    concerns: Mapping[Slot, Concern]

    @classmethod
    def of(cls, reading: JointReading, checks: Sequence[Check]) -> _Court:
        """`checks`: the rules with the numbers as they are."""
        tables = zip(reading.report.tables, reading.supposed.tables, strict=True)
        right: dict[Slot, float] = {}
        values: dict[Slot, Decimal | None] = {}
        supposed: dict[Slot, Decimal | None] = {}
        for read, likeliest in tables:
            right |= {entry.slot: _prior(entry, reading) for entry in read.entries}
            values |= {entry.slot: entry.value for entry in read.entries}
            supposed |= {entry.slot: entry.value for entry in likeliest.entries}
        plain = Witnesses.of(right, checks, values)
        if reading.supposed is reading.report:
            checked, witnesses = checks, plain
        else:
            checked = evaluate(reading.supposed)
            witnesses = Witnesses.of(right, checked, supposed)
        distinct = {
            slot: [check for check in each.holding if not has_twin(slot, check, supposed)]
            for slot, each in witnesses.evidence.items()
        }
        failing = [check for check in checked if check.ok is False]
        shifted = {
            slot: odds
            for table in reading.report.tables
            for slot, odds in misplacement(table, distinct, failing, witnesses.cancels).items()
        }
        as_supposed = frozenset(slot for slot, value in values.items() if supposed[slot] == value)
        moved = {s: doubt for each in reading.structures for s, doubt in each.doubts.items()}
        concerns = {s: told for each in reading.structures for s, told in each.concerns.items()}
        return cls(reading, right, witnesses, plain, as_supposed, shifted, moved, concerns)

    def judged(self, entry: Entry, target_error: float) -> Judged:
        """The entry with its confidence and what follows from it."""
        confidence = self._confidence(entry)
        flags = set(entry.flags)
        if self._is_report_to_blame(entry):
            flags.add(Flag.SOURCE_INCONSISTENT)
        concern = self.concerns.get(entry.slot)
        if concern and concern.cause is Cause.PRINT:
            flags.add(Flag.SOURCE_INCONSISTENT)
        accepted = 1 - confidence <= target_error and not concern
        if not accepted and not flags & {Flag.NOT_FOUND, Flag.UNEXPECTED_TEXT}:
            flags.add(Flag.LOW_CONFIDENCE)
        status = Status.ACCEPTED if accepted else Status.REVIEW
        return Judged(
            entry, confidence, status, frozenset(flags), concern.reason if concern else ()
        )

    def _confidence(self, entry: Entry) -> float:
        if entry.found is None:
            return NOT_FOUND
        confidence = self._read(entry) * self._placed(entry)
        confidence *= 1 - min(self.moved.get(entry.slot, 0.0), 1.0)
        return min([confidence, CEILING, *(CEILINGS.get(flag, 1.0) for flag in entry.flags)])

    def _read(self, entry: Entry) -> float:
        """That the cell says this."""
        slot = entry.slot
        if entry.amended is not None:
            return entry.amended.sure
        witnesses = self.supposed if slot in self.as_supposed else self.plain
        evidence = witnesses.evidence.get(slot, Evidence())
        right = min(max(self.reading.beliefs[slot].right, 0.0), CERTAIN)
        if right == 0:
            return 0.0
        odds = witnesses.odds(slot, right)
        if evidence.failing:
            # One misprint here breaks all its rules at once; misreadings elsewhere do so singly.
            elsewhere = math.prod(witnesses.others(slot, check) for check in evidence.failing)
            odds /= min(RULE_BROKEN + elsewhere, 1.0)
        return (1 - min(self.reading.doubts.get(slot, 0.0), 1.0)) / (1 + odds)

    def _placed(self, entry: Entry) -> float:
        """That the cell is the slot's."""
        assert entry.found is not None
        evidence = self.supposed.evidence.get(entry.slot, Evidence())
        crossed = not evidence.failing and len({check.at[0][0] for check in evidence.holding}) > 1
        odds = self.shifted[entry.slot]
        return 1 - misplaced(entry.found) * (min(odds, CROSSED) if crossed else odds)

    def _is_report_to_blame(self, entry: Entry) -> bool:
        """Clearly printed, in a rule that fails, and no rule that holds speaks for it."""
        evidence = self.plain.evidence[entry.slot]
        if entry.value is None or not evidence.failing or evidence.holding:
            return False
        return self.right[entry.slot] >= CLEARLY_PRINTED


def _prior(entry: Entry, reading: JointReading) -> float:
    """That the reading is right and the cell is the slot's, before any arithmetic."""
    if entry.found is None:
        return NOT_FOUND
    return reading.beliefs[entry.slot].of(entry.value) * (1 - misplaced(entry.found))
