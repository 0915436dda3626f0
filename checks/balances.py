"""What sums come to, as some of their cells are changed."""

from __future__ import annotations

from collections.abc import Sequence

from checks.unknowns import Sum, Unknown

Balance = tuple[int, int, int]
"""Of a sum: what its known numbers come to, and how many unknown cells may raise or lower that."""

State = tuple[tuple[Balance, ...], tuple[int, ...]]
"""Of all sums the balance, and which of them are violated."""


class Balances:
    """The cells and sums, and which sums each cell is in."""

    def __init__(self, cells: Sequence[Unknown], sums: Sequence[Sum]) -> None:
        self._cells, self._sums = cells, sums
        self._signs: list[list[tuple[int, int]]] = [[] for _ in cells]
        for i, each in enumerate(sums):
            for cell, sign in each.terms:
                self._signs[cell].append((i, sign))

    def sums_of(self, cell: int) -> Sequence[tuple[int, int]]:
        """The sums that the cell is in, and its sign there."""
        return self._signs[cell]

    def as_read(self) -> State:
        """Nothing changed."""
        balance = tuple(self._as_read(each) for each in self._sums)
        return balance, tuple(i for i, of in enumerate(balance) if not self.holds(i, of))

    def _as_read(self, each: Sum) -> Balance:
        parts = [_part(self._cells[cell], self._cells[cell].number, s) for cell, s in each.terms]
        off, up, down = (sum(of) for of in zip((each.constant, 0, 0), *parts, strict=True))
        return off, up, down

    def holds(self, i: int, balance: Balance) -> bool:
        """Whether the sum is 0, or can be."""
        off, up, down = balance
        if off > 0:
            return down > 0
        return off == 0 or self._sums[i].at_most or up > 0

    def changed(
        self, before: State, broken: frozenset[int], cell: int, number: int | None
    ) -> State:
        """The same if the cell says this instead of what was read; `broken` sums may be off."""
        unknown, balance, violated = self._cells[cell], list(before[0]), set(before[1])
        for i, sign in self._signs[cell]:
            was, then = _part(unknown, unknown.number, sign), _part(unknown, number, sign)
            off, up, down = (
                of - less + more for of, less, more in zip(balance[i], was, then, strict=True)
            )
            balance[i] = off, up, down
            if i not in broken and not self.holds(i, balance[i]):
                violated.add(i)
            else:
                violated.discard(i)
        return tuple(balance), tuple(sorted(violated))


def _part(cell: Unknown, number: int | None, sign: int) -> Balance:
    """What a cell with this number adds to a sum, and whether it may raise or lower it."""
    if number is not None:
        return sign * number, 0, 0
    return 0, int(sign > 0 or cell.signed), int(sign < 0 or cell.signed)
