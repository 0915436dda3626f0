"""What a table's arithmetic says of its grid: where moving a row or a column mends what fails.

A move (`checks.moves`) is weighed against what else explains that rules fail (numbers misread or
misprinted, rules that the report breaks: `checks.explanations`) by odds in the same measure. Its
own odds are the doubt that the labels leave of every line that it moves, and how often pages are
printed so. It is proposed where next to nothing else is left; no value changes by it. What moves
within the terms of one sum, or swaps two applicants, the arithmetic cannot see.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from checks.arithmetic import worked_out
from checks.beliefs import Belief, misplaced
from checks.explanations import Search, Sum, Unknown, explained
from checks.fitting import Fit, fitting
from checks.move_words import cell_reason, reason
from checks.moves import Move, moves
from checks.puzzle import LIKE_ANY, Puzzle
from document.form import Slot
from document.grid import Bounds
from document.proposal import Cause, Moved, MoveKind, Proposal
from document.report import MatchedTable

PRINTED = 1e-4
"""How often a table is printed with numbers in the wrong lines. Stated."""

SUREST = 1e-6
"""No label is surer than that: nothing was measured on so many."""

LIKELY = 0.99
"""A move is proposed from this probability on, among all explanations and all moves."""

MOST_SEARCHED = 20
"""Of so many moves that do not mend all, those that mend most, the odds are worked out."""

NEGLIGIBLE = 1e-4
"""Moves less likely than the best by so much back none."""

MOST_STATES = 500
"""States looked at to explain what a move leaves that does not add up."""

MARGIN = 1e-2
"""Explanations of that less likely than the best by so much are not looked for."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a proposal says of one of its cells."""

    cause: Cause
    reason: str


@dataclass(frozen=True, slots=True)
class Structure:
    """`share`: of all odds, those that some line of the table is not where it belongs. `doubts`:
    how probable it is by them that a slot's number is another's; `concerns`: the cells of
    proposals."""

    proposals: tuple[Proposal, ...] = ()
    share: float = 0.0
    doubts: Mapping[Slot, float] = field(default_factory=dict)
    concerns: Mapping[Slot, Concern] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Tried:
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
class _Weighed:
    """A move and its odds."""

    tried: _Tried
    odds: float


def structure(
    matched: MatchedTable, puzzle: Puzzle, held: Mapping[Slot, Belief], otherwise: Search
) -> Structure:
    """What the moves of the table say, where its rules fail. `otherwise`: what else explains it."""
    if otherwise.best and not (otherwise.best.changed or otherwise.best.broken):
        return Structure()
    weighed = _all_weighed(matched, *puzzle.whole(matched, held))
    if not any(each.tried.fit.evident for each in weighed):
        return Structure()
    total = math.fsum(each.odds for each in weighed) + otherwise.odds
    doubts: dict[Slot, float] = defaultdict(float)
    for each in weighed:
        if each.tried.fit.evident:
            for cell in each.tried.after:
                doubts[matched.entries[cell].slot] += each.odds / total * each.tried.ours
    share = 1 - otherwise.odds / total
    best, odds = _best(matched, weighed)
    if odds / total < LIKELY:
        return Structure((), share, doubts)
    proposal = _proposal(matched, puzzle, best, odds / total)
    concerns = {
        moved.slot: Concern(proposal.cause, cell_reason(moved, proposal))
        for moved in proposal.moved
    }
    return Structure((proposal,), share, doubts, concerns)


def _all_weighed(
    matched: MatchedTable, cells: Sequence[Unknown], sums: Sequence[Sum]
) -> list[_Weighed]:
    """The moves that fit, each with its odds; of those that leave a rule failing, and so take a
    search each, those that mend most."""
    tried = _distinct(_tried(matched, fit) for fit in fitting(matched, cells, sums))
    tried.sort(key=lambda each: (not each.fit.mends_all, -len(each.fit.mended), -each.prior))
    whole = sum(each.fit.mends_all for each in tried)
    return [
        _Weighed(each, _odds(matched, each, cells, sums)) for each in tried[: whole + MOST_SEARCHED]
    ]


def _tried(matched: MatchedTable, fit: Fit) -> _Tried:
    values = [entry.value for entry in matched.entries]
    after = {
        to: None if origin is None else values[origin]
        for to, origin in fit.move.origins
        if values[to] != (None if origin is None else values[origin])
    }
    return _Tried(fit, after, _label_doubt(matched, fit.move))


def _odds(
    matched: MatchedTable, tried: _Tried, cells: Sequence[Unknown], sums: Sequence[Sum]
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


def _distinct(tried: Iterable[_Tried]) -> list[_Tried]:
    """Of moves that come to the same numbers, such as of more lines of zeros, the likeliest, and of
    these the least."""
    found: dict[frozenset[tuple[int, Decimal | None]], _Tried] = {}
    for each in tried:
        known = found.setdefault(frozenset(each.after.items()), each)
        if _rank(each) > _rank(known):
            found[frozenset(each.after.items())] = each
    return list(found.values())


def _rank(each: _Tried) -> tuple[float, int]:
    return each.prior, -len(each.fit.move.origins)


def _best(matched: MatchedTable, weighed: Sequence[_Weighed]) -> tuple[_Tried, float]:
    """Of the evident moves the one that most of the odds agree with, and those odds: where a run of
    rows begins, among the terms of one sum, may be open, and where it ends not."""
    least = NEGLIGIBLE * max(each.odds for each in weighed)
    likely = [each for each in weighed if each.odds >= least]

    def backing(each: _Weighed) -> float:
        return math.fsum(o.odds for o in likely if _agrees(matched, each.tried, o.tried))

    backed = [(backing(each), each) for each in weighed if each.tried.fit.evident]
    odds, best = max(backed, key=lambda b: (b[0], b[1].odds, -len(b[1].tried.after)))
    return best.tried, odds


def _agrees(matched: MatchedTable, one: _Tried, other: _Tried) -> bool:
    """Whether all that the one says of a cell's number the other says too, or leaves open."""
    theirs = {cell: other.after.get(cell, matched.entries[cell].value) for cell in one.after}
    return all(
        None in (value, theirs[cell]) or value == theirs[cell] for cell, value in one.after.items()
    )


def _proposal(matched: MatchedTable, puzzle: Puzzle, best: _Tried, probability: float) -> Proposal:
    entries = {entry.slot: entry for entry in matched.entries}
    mended = tuple(worked_out(puzzle.places[rule], entries) for rule in best.fit.mended)
    cause = Cause.LABELS if best.labels > PRINTED else Cause.PRINT
    slots = [entry.slot for entry in matched.entries]
    moved = tuple(
        Moved(slots[to], None if origin is None else slots[origin], best.after[to])
        for to, origin in sorted(best.fit.move.origins, key=lambda pair: pair[0])
        if to in best.after
    )
    kind = best.fit.move.kind
    words = reason(kind, cause, moved, mended, matched.table)
    return Proposal(kind, cause, matched.table.id, moved, mended, probability, words)
