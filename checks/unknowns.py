"""Cells and sums as the search for explanations sees them, and what changing a cell costs.

A cost is minus the logarithm of the odds. Numbers are whole here; who asks scales amounts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unknown:
    """A cell as the arithmetic sees it.

    `number`: as read, None for a blank one, which may stand for any number. `rivals`: what else it
    may say, each with its odds against what was read. `other`: the odds that it says, or should
    say, a number that no reader names. `signed`: the number may be negative.
    """

    number: int | None
    rivals: tuple[tuple[int | None, float], ...] = ()
    other: float = 0.0
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """The cells, each by its place and its sign, and `constant` add up to 0; to 0 at most if
    `at_most`. `broken`: the odds that a report breaks the rule."""

    terms: tuple[tuple[int, int], ...]
    broken: float
    constant: int = 0
    at_most: bool = False


def instead(cell: Unknown, more: int) -> Iterator[tuple[int | None, float]]:
    """What the cell may say instead where it is `more` that is needed, each with its odds."""
    odds = dict(cell.rivals)
    if cell.number is not None:
        needed = cell.number + more
        if needed >= 0 or cell.signed:
            odds[needed] = odds.get(needed, 0.0) + cell.other
    yield from ((number, chance) for number, chance in odds.items() if chance > 0)


def cheapest(cell: Unknown) -> float:
    """The least that any change of the cell costs."""
    best = max((odds for _, odds in cell.rivals), default=0.0) + cell.other
    return -math.log(best) if best > 0 else math.inf


def costs(cell: Unknown) -> dict[int, float]:
    """What it costs that the cell says so much more than was read."""
    if cell.number is None:
        return {}
    rivals = [(number, odds) for number, odds in cell.rivals if number is not None and odds > 0]
    return {number - cell.number: -math.log(odds + cell.other) for number, odds in rivals}


def other_cost(cell: Unknown) -> float:
    """What it costs at least that the cell says a number nobody named, or none."""
    if cell.number is None:
        return cheapest(cell)
    odds = max(cell.other, dict(cell.rivals).get(None, 0.0))
    return -math.log(odds) if odds > 0 else math.inf
