"""What a report's rules say of its cells: which speak for one, and how far they can be trusted."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from document.entry import Check
from document.form import Slot

ERRORS_CANCEL = 1e-3
"""Least chance that a wrong reading is cancelled by another in the same rule, whatever the readers
say: errors of one reader on one page are not independent."""

MISREAD_ALIKE = 0.03
"""How often two cells that say the same are misread alike, where one is: type, blur and reader are
the same. So 6 = 6 + 0 says less of a 6 than 12 = 6 + 5 + 1. Of 146 rules with a misread number and
no blank, on 600 reports of the forge's calibration split, none held: 2 % at most."""

BLANKS_FIT = 0.02
"""Least chance that a wrong reading is cancelled where the rule has blank cells, that can only be 0
then: a number that was overlooked may be what makes it hold. Stated."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rules a slot stands in that were worked out. One whose blank cells can only be 0 speaks
    for its numbers, not for the blanks: they may be zeros that were overlooked.

    `alike`: every one that holds has another cell that says the same.
    """

    holding: tuple[Check, ...] = ()
    failing: tuple[Check, ...] = ()
    alike: bool = False


_Place = tuple[str, tuple[tuple[str, str], ...]]
"""A rule and where it was worked out."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """How far the rules of a report speak for its cells. `wrong`: in each rule, how probable it is
    that a cell is wrong, by its own picture and by the other rules that it stands in; `all_wrong`:
    the sum of these."""

    evidence: Mapping[Slot, Evidence]
    wrong: Mapping[_Place, Mapping[Slot, float]]
    all_wrong: Mapping[_Place, float]

    @classmethod
    def of(cls, right: Mapping[Slot, float], evidence: Mapping[Slot, Evidence]) -> Witnesses:
        """`right`: that a cell is read right and is the slot's, before any arithmetic."""
        told = {_place(c): c for each in evidence.values() for c in (*each.holding, *each.failing)}
        doubts = {at: math.fsum(1 - right[slot] for slot in c.slots) for at, c in told.items()}
        wrong = {
            at: {slot: _wrong(slot, at, right[slot], evidence, doubts) for slot in check.slots}
            for at, check in told.items()
        }
        return cls(evidence, wrong, {at: math.fsum(each.values()) for at, each in wrong.items()})

    def cancels(self, slot: Slot, check: Check) -> float:
        """How probable it is that an error of the cell is cancelled in a rule that holds."""
        return min(max(self.others(slot, check), _least(check)), 1.0)

    def others(self, slot: Slot, check: Check) -> float:
        """About how probable it is that some other cell of the rule is wrong."""
        at = _place(check)
        return max(self.all_wrong[at] - self.wrong[at][slot], 0.0)


def _wrong(
    slot: Slot,
    leave_out: _Place,
    right: float,
    evidence: Mapping[Slot, Evidence],
    doubts: Mapping[_Place, float],
) -> float:
    told = evidence.get(slot, Evidence())
    if told.failing:
        return 1 - right
    cancelled = 1.0
    for check in told.holding:
        if (at := _place(check)) != leave_out:
            cancelled *= min(max(doubts[at] - (1 - right), _least(check)), 1.0)
    odds = (1 - right) / max(right, 1e-9)
    odds *= max(cancelled, MISREAD_ALIKE) if told.alike else cancelled
    return odds / (1 + odds)


def _place(check: Check) -> _Place:
    return check.rule, check.at


def _least(check: Check) -> float:
    return BLANKS_FIT if check.unknown else ERRORS_CANCEL


def evidence_of(
    checks: Sequence[Check], values: Mapping[Slot, Decimal | None]
) -> Mapping[Slot, Evidence]:
    """Of every slot the rules that it stands in."""
    holding: dict[Slot, list[Check]] = defaultdict(list)
    failing: dict[Slot, list[Check]] = defaultdict(list)
    for check in checks:
        if check.ok is None or (check.ok and not check.equation):
            continue
        for slot in check.slots:
            if not check.ok:
                failing[slot].append(check)
            elif values[slot] is not None:  # a blank may be a 0 that was overlooked
                holding[slot].append(check)
    found = {
        slot: Evidence(
            tuple(holding[slot]),
            tuple(failing[slot]),
            bool(holding[slot]) and all(_has_alike(slot, c, values) for c in holding[slot]),
        )
        for slot in holding.keys() | failing.keys()
    }
    return defaultdict(Evidence, found)


def distinct(
    slot: Slot, checks: Sequence[Check], values: Mapping[Slot, Decimal | None]
) -> Sequence[Check]:
    """Those in which no other cell says the same."""
    return [check for check in checks if not _has_alike(slot, check, values)]


def _has_alike(slot: Slot, check: Check, values: Mapping[Slot, Decimal | None]) -> bool:
    return any(values[other] == values[slot] for other in check.slots if other != slot)
