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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checks.arithmetic import worked_out
from checks.beliefs import Belief
from checks.explanations import Search
from checks.move_odds import PRINTED, Tried, Weighed, weighed_moves
from checks.move_words import cell_reason, reason
from checks.puzzle import Puzzle
from document.form import Slot
from document.proposal import Cause, Moved, Proposal
from document.reason import Reasons
from document.report import MatchedTable

LIKELY = 0.99
"""A move is proposed from this probability on, among all explanations and all moves."""

NEGLIGIBLE = 1e-4
"""Moves less likely than the best by so much back none."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a proposal says of one of its cells."""

    cause: Cause
    reason: Reasons


@dataclass(frozen=True, slots=True)
class Structure:
    """`share`: of all odds, those that some line of the table is not where it belongs. `doubts`:
    how probable it is by them that a slot's number is another's; `concerns`: the cells of
    proposals."""

    proposals: tuple[Proposal, ...] = ()
    share: float = 0.0
    doubts: Mapping[Slot, float] = field(default_factory=dict)
    concerns: Mapping[Slot, Concern] = field(default_factory=dict)


def structure(
    matched: MatchedTable, puzzle: Puzzle, held: Mapping[Slot, Belief], otherwise: Search
) -> Structure:
    """What the moves of the table say, where its rules fail. `otherwise`: what else explains it."""
    if otherwise.best and not (otherwise.best.changed or otherwise.best.broken):
        return Structure()
    weighed = weighed_moves(matched, *puzzle.whole(matched, held))
    if not any(each.tried.fit.evident for each in weighed):
        return Structure()
    total = math.fsum(each.odds for each in weighed) + otherwise.odds
    if total <= 0:
        return Structure()
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


def _best(matched: MatchedTable, weighed: Sequence[Weighed]) -> tuple[Tried, float]:
    """Of the evident moves the one that most of the odds agree with, and those odds: where a run of
    rows begins, among the terms of one sum, may be open, and where it ends not."""
    least = NEGLIGIBLE * max(each.odds for each in weighed)
    likely = [each for each in weighed if each.odds >= least]

    def backing(each: Weighed) -> float:
        return math.fsum(o.odds for o in likely if _agrees(matched, each.tried, o.tried))

    backed = [(backing(each), each) for each in weighed if each.tried.fit.evident]
    odds, best = max(backed, key=lambda b: (b[0], b[1].odds, -len(b[1].tried.after)))
    return best.tried, odds


def _agrees(matched: MatchedTable, one: Tried, other: Tried) -> bool:
    """Whether all that the one says of a cell's number the other says too, or leaves open."""
    theirs = {cell: other.after.get(cell, matched.entries[cell].value) for cell in one.after}
    return all(
        None in (value, theirs[cell]) or value == theirs[cell] for cell, value in one.after.items()
    )


def _proposal(matched: MatchedTable, puzzle: Puzzle, best: Tried, probability: float) -> Proposal:
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
