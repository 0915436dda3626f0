"""How probable it is that lines of a table are in the wrong places, move by move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.beliefs import misplaced
from checks.explanations import explained
from checks.fitting import Fit, fitting
from checks.moves import Move, moves
from checks.puzzle import LIKE_ANY
from checks.unknowns import Sum, Unknown
from document.grid import Bounds
from document.proposal import MoveKind
from document.report import MatchedTable

PRINTED = 1e-4
"""How often a table is printed with numbers in the wrong lines. Stated."""

SUREST = 1e-6
"""No label is surer than that: nothing was measured on so many."""

MOST_SEARCHED = 20
"""Of so many moves that do not mend all, those that mend most, the odds are worked out."""

MOST_STATES = 500
"""States looked at to explain what a move leaves that does not add up."""

MARGIN = 1e-2
"""Explanations of that less likely than the best by so much are not looked for."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A move that fits. `after`: the number of each cell that changes by it; None where its own was
    not found. `labels`: how far the labels doubt the lines that it moves."""

    fit: Fit
    after: Mapping[int, Decimal | None]
    labels: float

    @property
    def prior(self) -> float:
        """That the lines are misplaced, by us or in print."""
        return self.labels + PRINTED

    @property
    def ours(self) -> float:
        """The part of it that is ours."""
        return self.labels / self.prior


@dataclass(frozen=True, slots=True)
class Weighed:
    """A move and its odds."""

    tried: Tried
    odds: float


def weighed_moves(
    matched: MatchedTable, cells: Sequence[Unknown], sums: Sequence[Sum]
) -> list[Weighed]:
    """The moves that fit, each with its odds; of those that leave a rule failing, and so take a
    search each, those that mend most."""
    tried = _distinct(_tried(matched, fit) for fit in fitting(matched, cells, sums))
    tried.sort(key=lambda each: (not each.fit.mends_all, -len(each.fit.mended), -each.prior))
    whole = sum(each.fit.mends_all for each in tried)
    return [
        Weighed(each, _odds(matched, each, cells, sums)) for each in tried[: whole + MOST_SEARCHED]
    ]


def _tried(matched: MatchedTable, fit: Fit) -> Tried:
    values = [entry.value for entry in matched.entries]
    after = {
        to: None if origin is None else values[origin]
        for to, origin in fit.move.origins
        if values[to] != (None if origin is None else values[origin])
    }
    return Tried(fit, after, _label_doubt(matched, fit.move))


def _odds(
    matched: MatchedTable, tried: Tried, cells: Sequence[Unknown], sums: Sequence[Sum]
) -> float:
    """That the lines are so misplaced, and the rest of the table as it is then. A rule that holds
    where any number would do says as much as a number that is just the one that is needed."""
    prior = tried.prior / _alternatives(matched, tried.fit.move) * LIKE_ANY**-tried.fit.settled
    if tried.fit.mends_all:
        return prior
    moved = list(cells)
    for to, origin in tried.fit.move.origins:
        moved[to] = Unknown(None) if origin is None else cells[origin]
    left = explained(moved, sums, MARGIN, MOST_STATES)
    return prior * left.odds if left.best else 0.0


def _label_doubt(matched: MatchedTable, move: Move) -> float:
    """How probable it is by the labels that none of the lines is where it belongs.

    One mistake puts all of them wrong, and the surest label speaks against it; a line without cells
    says nothing. Labels put no single row off that is ruled like all others.
    """
    lines = [[found for at in line if (found := matched.entries[at].found)] for line in move.lines]
    if move.kind is MoveKind.CELLS_SHIFTED and all(
        found.bounds is Bounds.RULED for line in lines for found in line
    ):
        return SUREST
    doubts = (max(map(misplaced, line)) for line in lines if line)
    return max(min(doubts, default=0.0), SUREST)


def _alternatives(matched: MatchedTable, move: Move) -> int:
    """How many moves the block has: none of them is likelier than another by itself."""
    first, start = move.origins[0][0], 0
    for block in matched.table.blocks:
        shape = len(block.rows), len(block.columns)
        if first < start + shape[0] * shape[1]:
            return len(moves(*shape))
        start += shape[0] * shape[1]
    raise ValueError("a move outside of the table")


def _distinct(tried: Iterable[Tried]) -> list[Tried]:
    """Of moves that come to the same numbers, such as of more lines of zeros, the likeliest, and of
    these the least."""
    found: dict[frozenset[tuple[int, Decimal | None]], Tried] = {}
    for each in tried:
        known = found.setdefault(frozenset(each.after.items()), each)
        if _rank(each) > _rank(known):
            found[frozenset(each.after.items())] = each
    return list(found.values())


def _rank(each: Tried) -> tuple[float, int]:
    return each.prior, -len(each.fit.move.origins)
