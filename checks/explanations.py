"""What may be misread, or printed wrong, where a report's arithmetic does not hold.

An explanation is a set of cells that should say something other than was read, and of rules that
the report itself breaks, after which every other rule holds: error localization (Fellegi and Holt
1976), weighed by probabilities. Explanations are found likeliest first (A*, Hart, Nilsson and
Raphael 1968): what was found when the search ends is proved to be the likeliest.

Numbers are whole here; who asks scales amounts.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

MOST_NODES = 20_000
"""States looked at, at most; with 12 misread cells of 175 up to 8,000 are."""


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


@dataclass(frozen=True, slots=True)
class Explanation:
    """`changed`: what these cells say instead, None for blank; `broken`: rules, by their place.
    `odds`: against the odds that nothing is changed and nothing broken, were there no rules."""

    changed: Mapping[int, int | None]
    broken: frozenset[int]
    odds: float


@dataclass(frozen=True, slots=True)
class Search:
    """Explanations, likeliest first; all that there are within the margin if it is `complete`."""

    explanations: tuple[Explanation, ...]
    complete: bool


def explanations(
    cells: Sequence[Unknown], sums: Sequence[Sum], margin: float, most: int = MOST_NODES
) -> Search:
    """The likeliest explanation, and every other that is `margin` times as likely or more.

    `margin` is from 0 to 1; `most` bounds the states looked at, and so the time.
    """
    puzzle = _Puzzle(cells, sums)
    found: list[Explanation] = []
    order = count()
    start = puzzle.start()
    waiting = [(start.cost + puzzle.ahead(start), next(order), start)]
    least = math.inf
    for _ in range(most):
        if not waiting or waiting[0][0] > least - math.log(max(margin, 1e-300)):
            return Search(tuple(found), complete=True)
        _, _, state = heapq.heappop(waiting)
        violated = puzzle.violated(state)
        if not violated:
            if puzzle.is_new(state, found):
                least = min(least, state.cost)
                found.append(Explanation(state.changed, state.broken, math.exp(-state.cost)))
            continue
        for child in puzzle.children(state, violated):
            heapq.heappush(waiting, (child.cost + puzzle.ahead(child), next(order), child))
    return Search(tuple(found), complete=not waiting)


@dataclass(frozen=True, slots=True)
class _Balance:
    """Of each sum: what its known numbers come to, and how many unknown cells may raise or lower
    that."""

    off: tuple[int, ...]
    up: tuple[int, ...]
    down: tuple[int, ...]

    def may_be_zero(self, i: int, or_less: bool) -> bool:
        """Whether the sum is 0, or can be."""
        if self.off[i] > 0:
            return self.down[i] > 0
        return self.off[i] == 0 or or_less or self.up[i] > 0


@dataclass(frozen=True, slots=True)
class _State:
    """Some cells changed, others settled as they were read, some sums broken. `cost`: minus the
    logarithm of the odds."""

    balance: _Balance
    changed: Mapping[int, int | None] = field(default_factory=dict)
    settled: frozenset[int] = frozenset()
    broken: frozenset[int] = frozenset()
    cost: float = 0.0


class _Puzzle:
    """The cells and sums, and which sums each cell is in."""

    def __init__(self, cells: Sequence[Unknown], sums: Sequence[Sum]) -> None:
        self._cells, self._sums = cells, sums
        self._signs: list[list[tuple[int, int]]] = [[] for _ in cells]
        for i, each in enumerate(sums):
            for cell, sign in each.terms:
                self._signs[cell].append((i, sign))
        self._cheapest = [_cheapest(cell) for cell in cells]

    def start(self) -> _State:
        """Everything as it was read."""
        parts = [
            [_part(self._cells[cell], self._cells[cell].number, sign) for cell, sign in each.terms]
            for each in self._sums
        ]
        constants = [(each.constant, 0, 0) for each in self._sums]
        totals = [
            [sum(column) for column in zip(constant, *part, strict=True)]
            for constant, part in zip(constants, parts, strict=True)
        ]
        off, up, down = zip(*totals, strict=True) if totals else ((), (), ())
        return _State(_Balance(off, up, down))

    def violated(self, state: _State) -> list[int]:
        """The sums, but broken ones, that do not hold whatever the unknown cells say."""
        return [
            i
            for i, each in enumerate(self._sums)
            if i not in state.broken and not state.balance.may_be_zero(i, each.at_most)
        ]

    def is_new(self, state: _State, found: Sequence[Explanation]) -> bool:
        """Whether all broken sums are, and the explanation was not found on another way."""
        if any(state.balance.may_be_zero(i, self._sums[i].at_most) for i in state.broken):
            return False
        return all((e.changed, e.broken) != (state.changed, state.broken) for e in found)

    def ahead(self, state: _State) -> float:
        """What the violated sums will cost at least. A change that mends several of them costs each
        its share, so none is paid for twice."""
        violated = self.violated(state)
        mends: Counter[int] = Counter(cell for i in violated for cell, _ in self._sums[i].terms)
        return sum(
            min(
                [
                    -math.log(self._sums[i].broken),
                    *(
                        self._cheapest[cell] / mends[cell]
                        for cell, _ in self._sums[i].terms
                        if cell not in state.settled
                    ),
                ]
            )
            for i in violated
        )

    def children(self, state: _State, violated: Sequence[int]) -> Iterator[_State]:
        """The states in which the shortest violated sum is broken, or one of its cells changed; a
        cell that was passed over stays as it is."""
        i = min(violated, key=lambda i: len(self._sums[i].terms))
        cost = state.cost - math.log(self._sums[i].broken)
        yield replace(state, broken=state.broken | {i}, cost=cost)
        settled = set(state.settled)
        for cell, sign in self._sums[i].terms:
            if cell in settled:
                continue
            settled.add(cell)
            for number, odds in _instead(self._cells[cell], -sign * state.balance.off[i]):
                yield _State(
                    self._with(state.balance, cell, number),
                    {**state.changed, cell: number},
                    frozenset(settled),
                    state.broken,
                    state.cost - math.log(odds),
                )

    def _with(self, balance: _Balance, cell: int, number: int | None) -> _Balance:
        """The balance if the cell says this instead of what was read."""
        unknown = self._cells[cell]
        off, up, down = list(balance.off), list(balance.up), list(balance.down)
        for i, sign in self._signs[cell]:
            before, after = _part(unknown, unknown.number, sign), _part(unknown, number, sign)
            off[i] += after[0] - before[0]
            up[i] += after[1] - before[1]
            down[i] += after[2] - before[2]
        return _Balance(tuple(off), tuple(up), tuple(down))


def _part(cell: Unknown, number: int | None, sign: int) -> tuple[int, int, int]:
    """What a cell with this number adds to a sum, and whether it may raise or lower it."""
    if number is not None:
        return sign * number, 0, 0
    return 0, int(sign > 0 or cell.signed), int(sign < 0 or cell.signed)


def _instead(cell: Unknown, more: int) -> Iterator[tuple[int | None, float]]:
    """What the cell may say instead where it is `more` that is needed, each with its odds."""
    odds = dict(cell.rivals)
    if cell.number is not None:
        needed = cell.number + more
        if needed >= 0 or cell.signed:
            odds[needed] = odds.get(needed, 0.0) + cell.other
    yield from ((number, chance) for number, chance in odds.items() if chance > 0)


def _cheapest(cell: Unknown) -> float:
    """The least that any change of the cell costs."""
    best = sum((odds for _, odds in cell.rivals), cell.other)
    return -math.log(best) if best > 0 else math.inf
