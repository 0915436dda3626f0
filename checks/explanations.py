"""What may be misread, or printed wrong, where a report's arithmetic does not hold.

An explanation is a set of cells that should say something other than was read, and of rules that
the report itself breaks, after which every other rule holds: error localization (Fellegi and Holt
1976), weighed by probabilities. The likeliest is found first (A*, Hart, Nilsson and Raphael 1968)
and so proved to be the likeliest; then, for each thing that it changes or breaks, the likeliest
explanation without it, which tells how far it can be relied on.

Numbers are whole here; who asks scales amounts.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

MOST_STATES = 40_000
"""States looked at, at most, over all searches of one table."""


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
    puzzle = _Puzzle(cells, sums)
    first = puzzle.likeliest(_NOTHING, math.inf, most)
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


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that an explanation does: a cell says this number, or a sum is broken."""

    cell: int | None = None
    number: int | None = None
    broken: int | None = None


_NOTHING = _Part()


def _parts(explanation: Explanation) -> Iterator[_Part]:
    yield from (_Part(cell, number) for cell, number in explanation.changed.items())
    yield from (_Part(broken=i) for i in sorted(explanation.broken))


@dataclass(frozen=True, slots=True)
class _Found:
    """`unproved`: what explanations that were not looked at cost at least, ∞ where the one that was
    found is the likeliest, or there is none within the limit."""

    found: Explanation | None
    states: int
    unproved: float = math.inf


_Balance = tuple[int, int, int]
"""Of a sum: what its known numbers come to, and how many unknown cells may raise or lower that."""


@dataclass(frozen=True, slots=True)
class _State:
    """Some cells changed, others settled as they were read, some sums broken. `cost`: minus the
    logarithm of the odds; `ahead`: what the `violated` sums will cost at least."""

    balance: tuple[_Balance, ...]
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
    part: _Part
    cost: float
    settled: frozenset[int]


class _Puzzle:
    """The cells and sums, and which sums each cell is in."""

    def __init__(self, cells: Sequence[Unknown], sums: Sequence[Sum]) -> None:
        self._cells, self._sums = cells, sums
        self._signs: list[list[tuple[int, int]]] = [[] for _ in cells]
        for i, each in enumerate(sums):
            for cell, sign in each.terms:
                self._signs[cell].append((i, sign))
        self._cheapest = [_cheapest(cell) for cell in cells]
        self._costs = [_costs(cell) for cell in cells]
        self._other = [_other(cell) for cell in cells]
        self._breaks = [-math.log(each.broken) for each in sums]

    def likeliest(self, left_out: _Part, limit: float, most: int) -> _Found:
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
                return _Found(None, states)
            _, _, next_one = heapq.heappop(waiting)
            if isinstance(next_one, _Move):
                state = self._after(next_one, left_out)
                wait(state.cost + state.ahead, state)
            elif next_one.violated:
                for cost, move in self._moves(next_one, left_out):
                    wait(cost, move)
            elif not any(self._holds(i, next_one.balance[i]) for i in next_one.broken):
                state = next_one
                found = Explanation(state.changed, state.broken, math.exp(-state.cost))
                return _Found(found, states)
        return _Found(None, most, waiting[0][0] if waiting else math.inf)

    def _start(self, left_out: _Part) -> _State:
        """Everything as it was read."""
        balance = []
        for each in self._sums:
            parts = [
                _part(self._cells[cell], self._cells[cell].number, s) for cell, s in each.terms
            ]
            off, up, down = (
                sum(column) for column in zip((each.constant, 0, 0), *parts, strict=True)
            )
            balance.append((off, up, down))
        violated = tuple(i for i, of in enumerate(balance) if not self._holds(i, of))
        ahead = self._ahead(balance, violated, frozenset(), left_out)
        return _State(tuple(balance), violated, ahead)

    def _holds(self, i: int, balance: _Balance) -> bool:
        """Whether the sum is 0, or can be."""
        off, up, down = balance
        if off > 0:
            return down > 0
        return off == 0 or self._sums[i].at_most or up > 0

    def _ahead(
        self,
        balance: Sequence[_Balance],
        violated: Sequence[int],
        settled: frozenset[int],
        left_out: _Part,
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

    def _moves(self, state: _State, left_out: _Part) -> Iterator[tuple[float, _Move]]:
        """Of the shortest violated sum: it is broken, or one of its cells changed; a cell that was
        passed over stays as it is. Each with the least that it may come to."""
        i = min(state.violated, key=lambda i: len(self._sums[i].terms))
        sofar = state.cost + state.ahead
        if i != left_out.broken:
            cost = state.cost + self._breaks[i]
            yield max(sofar, cost), _Move(state, _Part(broken=i), cost, state.settled)
        settled = set(state.settled)
        for cell, sign in self._sums[i].terms:
            if cell in settled:
                continue
            settled.add(cell)
            frozen = frozenset(settled)
            for number, odds in _instead(self._cells[cell], -sign * state.balance[i][0]):
                if cell == left_out.cell and number == left_out.number:
                    continue
                cost = -math.log(odds)
                move = _Move(state, _Part(cell, number), state.cost + cost, frozen)
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
            for i, sign in self._signs[cell]
            if i in state.violated
        )

    def _after(self, move: _Move, left_out: _Part) -> _State:
        before, part = move.state, move.part
        if part.broken is not None:
            violated = tuple(i for i in before.violated if i != part.broken)
            ahead = self._ahead(before.balance, violated, move.settled, left_out)
            broken = before.broken | {part.broken}
            return _State(
                before.balance, violated, ahead, move.cost, before.changed, move.settled, broken
            )
        assert part.cell is not None
        balance, violated = self._with(before, part.cell, part.number)
        ahead = self._ahead(balance, violated, move.settled, left_out)
        changed = {**before.changed, part.cell: part.number}
        return _State(balance, violated, ahead, move.cost, changed, move.settled, before.broken)

    def _with(
        self, state: _State, cell: int, number: int | None
    ) -> tuple[tuple[_Balance, ...], tuple[int, ...]]:
        """The balance, and what is violated, if the cell says this instead of what was read."""
        unknown, balance, violated = self._cells[cell], list(state.balance), set(state.violated)
        for i, sign in self._signs[cell]:
            before, after = _part(unknown, unknown.number, sign), _part(unknown, number, sign)
            off, up, down = (
                was - less + more for was, less, more in zip(balance[i], before, after, strict=True)
            )
            balance[i] = off, up, down
            if i not in state.broken and not self._holds(i, balance[i]):
                violated.add(i)
            else:
                violated.discard(i)
        return tuple(balance), tuple(sorted(violated))


def _part(cell: Unknown, number: int | None, sign: int) -> _Balance:
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
    best = max((odds for _, odds in cell.rivals), default=0.0) + cell.other
    return -math.log(best) if best > 0 else math.inf


def _costs(cell: Unknown) -> dict[int, float]:
    """What it costs that the cell says so much more than was read."""
    if cell.number is None:
        return {}
    rivals = [(number, odds) for number, odds in cell.rivals if number is not None and odds > 0]
    return {number - cell.number: -math.log(odds + cell.other) for number, odds in rivals}


def _other(cell: Unknown) -> float:
    """What it costs at least that the cell says a number nobody named, or none."""
    if cell.number is None:
        return _cheapest(cell)
    odds = max(cell.other, dict(cell.rivals).get(None, 0.0))
    return -math.log(odds) if odds > 0 else math.inf
