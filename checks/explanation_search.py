"""The likeliest explanation of why sums do not hold, found first and so proved to be the likeliest:
A* (Hart, Nilsson and Raphael 1968) over what may be changed and broken."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from checks.balances import Balance, Balances
from checks.unknowns import Sum, Unknown, cheapest, costs, instead, other_cost


@dataclass(frozen=True, slots=True)
class Explanation:
    """`changed`: what these cells say instead, None for blank; `broken`: rules, by their place.
    `odds`: against the odds that nothing is changed and nothing broken, were there no rules."""

    changed: Mapping[int, int | None]
    broken: frozenset[int]
    odds: float


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an explanation does: a cell says this number, or a sum is broken."""

    cell: int | None = None
    number: int | None = None
    broken: int | None = None


NOTHING = Part()


@dataclass(frozen=True, slots=True)
class Found:
    """`unproved`: what explanations that were not looked at cost at least, ∞ where the one that was
    found is the likeliest, or there is none within the limit."""

    found: Explanation | None
    states: int
    unproved: float = math.inf


@dataclass(frozen=True, slots=True)
class _State:
    """Some cells changed, others settled as they were read, some sums broken. `cost`: minus the
    logarithm of the odds; `ahead`: what the `violated` sums will cost at least."""

    balance: tuple[Balance, ...]
    violated: tuple[int, ...]
    ahead: float
    cost: float = 0.0
    changed: Mapping[int, int | None] = field(default_factory=dict)
    settled: frozenset[int] = frozenset()
    broken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Move:
    """A step from a state: `part` is done at `cost`, then `settled` cells are changed no more."""

    state: _State
    part: Part
    cost: float
    settled: frozenset[int]


class LikeliestFirst:
    """The search, over cells and sums."""

    def __init__(self, cells: Sequence[Unknown], sums: Sequence[Sum]) -> None:
        self._cells, self._sums = cells, sums
        self._balances = Balances(cells, sums)
        self._cheapest = [cheapest(cell) for cell in cells]
        self._costs = [costs(cell) for cell in cells]
        self._other = [other_cost(cell) for cell in cells]
        self._breaks = [-math.log(each.broken) for each in sums]

    def likeliest(self, left_out: Part, limit: float, most: int) -> Found:
        """The explanation of least cost, no more than `limit`, that does not do `left_out`.

        Moves wait at the least that they can cost, and are worked out when it is their turn.
        """
        order = count()
        waiting: list[tuple[float, int, _State | _Move]] = []

        def wait(cost: float, what: _State | _Move) -> None:
            if cost <= limit:
                heapq.heappush(waiting, (cost, next(order), what))

        start = self._start(left_out)
        wait(start.ahead, start)
        for states in range(most):
            if not waiting:
                return Found(None, states)
            _, _, next_one = heapq.heappop(waiting)
            if isinstance(next_one, _Move):
                state = self._after(next_one, left_out)
                wait(state.cost + state.ahead, state)
            elif next_one.violated:
                for cost, move in self._moves(next_one, left_out):
                    wait(cost, move)
            elif not any(self._balances.holds(i, next_one.balance[i]) for i in next_one.broken):
                state = next_one
                found = Explanation(state.changed, state.broken, math.exp(-state.cost))
                return Found(found, states)
        return Found(None, most, waiting[0][0] if waiting else math.inf)

    def _start(self, left_out: Part) -> _State:
        """Everything as it was read."""
        balance, violated = self._balances.as_read()
        ahead = self._ahead(balance, violated, frozenset(), left_out)
        return _State(balance, violated, ahead)

    def _ahead(
        self,
        balance: Sequence[Balance],
        violated: Sequence[int],
        settled: frozenset[int],
        left_out: Part,
    ) -> float:
        """What the violated sums will cost at least: each is broken, or mended by the one number
        that fits, or by two changes. A change that mends several sums costs each its share, so none
        is paid for twice."""
        mends = Counter(cell for i in violated for cell, _ in self._sums[i].terms)
        least = 0.0
        for i in violated:
            cost = math.inf if i == left_out.broken else self._breaks[i]
            first = second = math.inf
            exact = not self._sums[i].at_most and not balance[i][1] and not balance[i][2]
            for cell, sign in self._sums[i].terms:
                if cell in settled:
                    continue
                share = self._cheapest[cell] / mends[cell]
                if share < second:
                    first, second = (share, first) if share < first else (first, share)
                if share < cost:
                    alone = (
                        self._alone(cell, -sign * balance[i][0]) if exact else share * mends[cell]
                    )
                    cost = min(cost, alone / mends[cell])
            least += min(cost, first + second)
        return least

    def _alone(self, cell: int, more: int) -> float:
        """What it costs at least that the cell says just so much more, or something unknown."""
        return self._costs[cell].get(more, self._other[cell])

    def _moves(self, state: _State, left_out: Part) -> Iterator[tuple[float, _Move]]:
        """Of the shortest violated sum: it is broken, or one of its cells changed; a cell that was
        passed over stays as it is. Each with the least that it may come to."""
        i = min(state.violated, key=lambda i: len(self._sums[i].terms))
        sofar = state.cost + state.ahead
        if i != left_out.broken:
            cost = state.cost + self._breaks[i]
            yield max(sofar, cost), _Move(state, Part(broken=i), cost, state.settled)
        settled = set(state.settled)
        for cell, sign in self._sums[i].terms:
            if cell in settled:
                continue
            settled.add(cell)
            frozen = frozenset(settled)
            for number, odds in instead(self._cells[cell], -sign * state.balance[i][0]):
                if cell == left_out.cell and number == left_out.number:
                    continue
                cost = -math.log(odds)
                move = _Move(state, Part(cell, number), state.cost + cost, frozen)
                # Of what lies ahead, no more was reckoned for this cell.
                reckoned = cost if self._fits(state, cell, number) else self._cheapest[cell]
                yield sofar + cost - reckoned, move

    def _fits(self, state: _State, cell: int, number: int | None) -> bool:
        """Whether a violated sum would hold if the cell said this."""
        was = self._cells[cell].number
        if number is None or was is None:
            return True
        return any(
            state.balance[i][0] + sign * (number - was) == 0
            for i, sign in self._balances.sums_of(cell)
            if i in state.violated
        )

    def _after(self, move: _Move, left_out: Part) -> _State:
        before, part = move.state, move.part
        if part.broken is not None:
            violated = tuple(i for i in before.violated if i != part.broken)
            ahead = self._ahead(before.balance, violated, move.settled, left_out)
            broken = before.broken | {part.broken}
            return _State(
                before.balance, violated, ahead, move.cost, before.changed, move.settled, broken
            )
        assert part.cell is not None
        balance, violated = self._balances.changed(
            (before.balance, before.violated), before.broken, part.cell, part.number
        )
        ahead = self._ahead(balance, violated, move.settled, left_out)
        changed = {**before.changed, part.cell: part.number}
        return _State(balance, violated, ahead, move.cost, changed, move.settled, before.broken)
