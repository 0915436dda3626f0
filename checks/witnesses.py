"""How far the rules of a report speak for its cells: Bayes' rule on the odds that a cell is wrong.

A rule that holds although a cell is wrong has another error that cancels it. How probable that is
depends on the other cells, and these on the rules that they stand in: it is worked out in rounds,
as low-density codes are decoded (Gallager 1962).
"""

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

OFFSETS = 0.2
"""How often another wrong cell of a rule offsets an error just so. Stated: of 12 of the forge's
rules with two misread numbers or more and no blank none held."""

MISREAD_ALIKE = 0.03
"""How often two cells that say the same are misread alike, where one is: type, blur and reader are
the same. So 6 = 6 + 0 says less of a 6 than 12 = 6 + 5 + 1. Of 146 rules with a misread number and
no blank, on 600 reports of the forge's calibration split, none held: 2 % at most."""

ALIKE_AGAIN = 0.1
"""How often cells of a second rule, across the first, are misread alike, too, where those of the
first are. Stated."""

BLANKS_FIT = 0.02
"""Least chance that a wrong reading is cancelled where the rule has blank cells, that can only be 0
then: a number that was overlooked may be what makes it hold. Stated."""

ROUNDS = 4
"""At most. On pages where many cells are in doubt a sum says little before others have spoken for
most of its terms."""

SETTLED = 0.9
"""Another round is worth its time where the last one lowered the doubt in some rule below so much
of what it was, and there was any that counts."""

Values = Mapping[Slot, Decimal | None]

Place = tuple[str, tuple[tuple[str, str], ...]]
"""A rule and where it was worked out."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rules a slot stands in that were worked out. One whose blank cells can only be 0 speaks
    for its numbers, not for the blanks: they may be zeros that were overlooked.

    `alike`: how often an error is cancelled in all that hold, at least, where the cells that would
    cancel it say the same; 0 where some rule has none that does.
    """

    holding: tuple[Check, ...] = ()
    failing: tuple[Check, ...] = ()
    alike: float = 0.0


@dataclass(frozen=True, slots=True)
class Witnesses:
    """`evidence`: each cell's rules. `wrong`: in each rule, how probable it is that a cell is
    wrong, by its own picture and by its other rules; `all_wrong`: the sum of these."""

    evidence: Mapping[Slot, Evidence]
    wrong: Mapping[Place, Mapping[Slot, float]]
    all_wrong: Mapping[Place, float]

    @classmethod
    def of(cls, right: Mapping[Slot, float], checks: Sequence[Check], values: Values) -> Witnesses:
        """`right`: that a cell is read right and is the slot's, before any arithmetic; `values`:
        those that `checks` were worked out with."""
        evidence = _evidence(checks, values)
        told = {
            place_of(c): c for each in evidence.values() for c in (*each.holding, *each.failing)
        }
        priors = {at: {slot: 1 - right[slot] for slot in c.slots} for at, c in told.items()}
        found = cls(evidence, priors, _sums(priors))
        for _ in range(ROUNDS):
            before, found = found, found._heard(right, priors)
            if found._adds_little_to(before):
                break
        return found

    def odds(self, slot: Slot, right: float) -> float:
        """That the cell is wrong, by its picture and the rules that hold."""
        told = self.evidence.get(slot, Evidence())
        cancelled = math.prod(self.cancels(slot, check) for check in told.holding)
        return _odds(right) * max(cancelled, told.alike)

    def cancels(self, slot: Slot, check: Check) -> float:
        """How probable it is that an error of the cell is cancelled in a rule that holds."""
        return min(max(OFFSETS * self.others(slot, check), _least(check)), 1.0)

    def others(self, slot: Slot, check: Check) -> float:
        """About how probable it is that some other cell of the rule is wrong."""
        at = place_of(check)
        return max(self.all_wrong[at] - self.wrong[at][slot], 0.0)

    def _heard(
        self, right: Mapping[Slot, float], priors: Mapping[Place, Mapping[Slot, float]]
    ) -> Witnesses:
        """One more round: each rule hears what the others say of its cells."""
        wrong = {at: dict(each) for at, each in priors.items()}
        for slot, told in self.evidence.items():
            if told.failing or len(told.holding) < 2:
                continue
            cancels = {place_of(check): self.cancels(slot, check) for check in told.holding}
            all_cancel, least = math.prod(cancels.values()), MISREAD_ALIKE if told.alike else 0.0
            for at, cancelled in cancels.items():
                odds = _odds(right[slot]) * max(all_cancel / cancelled, least)
                wrong[at][slot] = odds / (1 + odds)
        return Witnesses(self.evidence, wrong, _sums(wrong))

    def _adds_little_to(self, before: Witnesses) -> bool:
        return all(
            after >= SETTLED * before.all_wrong[at]
            or OFFSETS * before.all_wrong[at] < ERRORS_CANCEL
            for at, after in self.all_wrong.items()
        )


def place_of(check: Check) -> Place:
    """What tells the checks of a report apart."""
    return check.rule, check.at


def has_twin(slot: Slot, check: Check, values: Values) -> bool:
    """Whether another cell of the rule says the same."""
    return any(values[other] == values[slot] for other in check.slots if other != slot)


def _sums(wrong: Mapping[Place, Mapping[Slot, float]]) -> Mapping[Place, float]:
    return {at: math.fsum(each.values()) for at, each in wrong.items()}


def _odds(right: float) -> float:
    return (1 - right) / max(right, 1e-9)


def _least(check: Check) -> float:
    return BLANKS_FIT if check.unknown else ERRORS_CANCEL


def _evidence(checks: Sequence[Check], values: Values) -> Mapping[Slot, Evidence]:
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
            tuple(holding[slot]), tuple(failing[slot]), _alike(slot, holding[slot], values)
        )
        for slot in holding.keys() | failing.keys()
    }
    return defaultdict(Evidence, found)


def _alike(slot: Slot, holding: Sequence[Check], values: Values) -> float:
    if not holding or not all(_has_counterpart(slot, check, values) for check in holding):
        return 0.0
    ways = {check.at[0][0] for check in holding}
    return MISREAD_ALIKE * ALIKE_AGAIN ** (len(ways) - 1)


def _has_counterpart(slot: Slot, check: Check, values: Values) -> bool:
    """Whether the rule would hold, too, if the cell and another were misread alike: of two that say
    the same on one side of the equation, both would raise or lower it."""
    alike = [i for i, other in enumerate(check.slots) if values[other] == values[slot]]
    own = check.signs[check.slots.index(slot)]
    return any(check.signs[i] != own for i in alike)
