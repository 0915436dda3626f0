"""What may be misread, or printed wrong, where a report's arithmetic does not hold.

An explanation is a set of cells that should say something other than was read, and of rules that
the report itself breaks, after which every other rule holds: error localization (Fellegi and Holt
1976), weighed by probabilities. The likeliest is found first
(`checks.explanation_search`); then, for each thing that it changes or breaks, the likeliest
explanation without it, which tells how far it can be relied on.

Numbers are whole here; who asks scales amounts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checks.explanation_search import NOTHING, Explanation, LikeliestFirst, Part
from checks.unknowns import Sum, Unknown

MOST_STATES = 40_000
"""States looked at, at most, over all searches of one table."""


@dataclass(frozen=True, slots=True)
class Search:
    """The likeliest explanation, None if that is not proved, and of those that leave out something
    which it changes or breaks the likeliest. `rest`: the odds, at most, of such others that were
    not found before the search had to end, or of the best."""

    best: Explanation | None
    others: tuple[Explanation, ...] = ()
    rest: float = 0.0

    @property
    def odds(self) -> float:
        """Of everything that explains the numbers, as far as it was found."""
        found = (self.best, *self.others) if self.best else ()
        return sum((each.odds for each in found), self.rest)


def explained(
    cells: Sequence[Unknown], sums: Sequence[Sum], margin: float, most: int = MOST_STATES
) -> Search:
    """The likeliest explanation and its rivals; none that is less than `margin` times as likely.

    `margin` is from 0 to 1; `most` bounds the states looked at, and so the time.
    """
    puzzle = LikeliestFirst(cells, sums)
    first = puzzle.likeliest(NOTHING, math.inf, most)
    if first.found is None:
        return Search(None, rest=math.exp(-first.unproved))
    others: dict[tuple[object, ...], Explanation] = {}
    left, rest = most - first.states, 0.0
    limit = -math.log(first.found.odds) - math.log(max(margin, 1e-300))
    for left_out in _parts(first.found):
        rival = puzzle.likeliest(left_out, limit, left)
        left -= rival.states
        rest += math.exp(-rival.unproved)
        if rival.found is not None:
            key = (frozenset(rival.found.changed.items()), rival.found.broken)
            others[key] = rival.found
    ordered = sorted(others.values(), key=lambda e: -e.odds)
    return Search(first.found, tuple(ordered), rest)


def _parts(explanation: Explanation) -> Iterator[Part]:
    yield from (Part(cell, number) for cell, number in explanation.changed.items())
    yield from (Part(broken=i) for i in sorted(explanation.broken))
