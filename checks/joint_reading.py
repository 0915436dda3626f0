"""A report's cells read together: what its arithmetic may change in what was read, and what it must
leave alone.

A reading gives way only to a rival that the cell's own picture supports, and only where no other
explanation of what does not add up is nearly as likely; one is always that the report itself is
wrong. So a number that is printed wrong, and clearly, stays as it is printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from checks.arithmetic import Place
from checks.beliefs import Belief, beliefs
from checks.explanation_search import Explanation
from checks.explanations import Search, explained
from checks.inferring import inferred
from checks.puzzle import Puzzle
from checks.reasons import reason
from checks.structure import Structure, structure
from document.entry import Amendment, Entry, Flag
from document.form import Slot
from document.proposal import Proposal
from document.report import MatchedTable, Report

SUPPORTED = 1e-3
"""A rival less probable by the picture is none that the picture supports."""

UNIQUE = 0.999
"""What is changed is so probable at least, among all explanations."""

MARGIN = 1e-5
"""Explanations less likely than the best by so much are not looked for: they leave it unique."""

MOST_UNPROVED = 0.1
"""Of all odds: where more are of explanations that were not looked for, none is taken."""

_LEFT_ALONE = {Flag.UNEXPECTED_TEXT, Flag.READER_DISAGREEMENT, Flag.NOT_FOUND}


@dataclass(frozen=True, slots=True)
class JointReading:
    """`report`: with what its arithmetic settles. `supposed`: every number as the likeliest
    explanation has it, misprints mended too, so that a rule which one cell breaks still speaks for
    the others. `doubts`: how probable it is by the other explanations that a value is not what is
    printed. `beliefs`: what the pictures say. `structures`: what is said of the grids, table by
    table."""

    report: Report
    supposed: Report
    doubts: Mapping[Slot, float]
    beliefs: Mapping[Slot, Belief]
    structures: tuple[Structure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's part of a joint reading."""

    read: MatchedTable
    supposed: MatchedTable
    doubts: Mapping[Slot, float]
    structure: Structure


def as_read(report: Report) -> JointReading:
    """The report with every cell read for itself."""
    return JointReading(report, report, {}, beliefs(report))


def jointly_read(report: Report) -> JointReading:
    """The report with what its arithmetic settles beyond doubt."""
    held = beliefs(report)
    tables = [_jointly_read(table, held) for table in report.tables]
    read = replace(report, tables=tuple(table.read for table in tables))
    as_read = all(table.supposed is table.read for table in tables)
    return JointReading(
        read,
        read if as_read else replace(report, tables=tuple(table.supposed for table in tables)),
        {slot: doubt for table in tables for slot, doubt in table.doubts.items()},
        held,
        tuple(table.structure for table in tables),
    )


def without(reading: JointReading, declined: Callable[[Proposal], bool]) -> JointReading:
    """The same where people said of these proposals that nothing is to be moved."""
    kept = (
        Structure() if any(map(declined, each.proposals)) else each for each in reading.structures
    )
    return replace(reading, structures=tuple(kept))


def _jointly_read(matched: MatchedTable, held: Mapping[Slot, Belief]) -> _Table:
    puzzle = Puzzle.of(matched, held)
    found = explained(puzzle.cells, puzzle.sums, MARGIN)
    moved = structure(matched, puzzle, held, found)
    if found.best is None:
        return _Table(matched, matched, {}, moved)
    weighed, rest = _weighed(found)
    if rest > MOST_UNPROVED:
        return _Table(matched, matched, {}, moved)
    supposed = {
        puzzle.entries[cell].slot: replace(puzzle.entries[cell], value=puzzle.amount(number))
        for cell, number in found.best.changed.items()
    }
    known = weighed[0][1] * (1 - moved.share)
    left = inferred(_with(matched, supposed), puzzle.places, held, known)
    changes = dict(_changes(puzzle, weighed, moved.share))
    read = _with_reasons(matched, puzzle.places, changes | left)
    supposed |= left
    return _Table(read, _with(matched, supposed), _doubts(puzzle, weighed, rest, read), moved)


def _weighed(found: Search) -> tuple[list[tuple[Explanation, float]], float]:
    """Each explanation with its share of all odds, and the share of those not looked for."""
    assert found.best is not None
    every = (found.best, *found.others)
    unseen = MARGIN if found.best.changed or found.best.broken else 0.0
    rest = found.rest + unseen * found.best.odds
    total = sum(each.odds for each in every) + rest
    return [(each, each.odds / total) for each in every], rest / total


def _changes(
    puzzle: Puzzle, weighed: Sequence[tuple[Explanation, float]], moved: float
) -> Iterator[tuple[Slot, Entry]]:
    """The entries that become what the likeliest explanation says. `moved`: how probable it is that
    lines of the table are misplaced instead."""
    for cell, number in weighed[0][0].changed.items():
        sure = sum(share for each, share in weighed if _says(each, cell, number)) * (1 - moved)
        entry, belief, value = puzzle.entries[cell], puzzle.beliefs[cell], puzzle.amount(number)
        if sure < UNIQUE or entry.flags & _LEFT_ALONE:
            continue
        if belief.of(value) >= SUPPORTED:
            yield entry.slot, _corrected(entry, value, sure)


def _says(explanation: Explanation, cell: int, number: int | None) -> bool:
    return cell in explanation.changed and explanation.changed[cell] == number


def _corrected(entry: Entry, value: Decimal | None, sure: float) -> Entry:
    flags = entry.flags - {Flag.BLANK} | {Flag.CORRECTED}
    if value is None:
        flags |= {Flag.BLANK}
    why = Amendment(Flag.CORRECTED, (), sure)
    return replace(entry, value=value, flags=flags, amended=why)


def _with(matched: MatchedTable, entries: Mapping[Slot, Entry]) -> MatchedTable:
    if not entries:
        return matched
    return replace(matched, entries=tuple(entries.get(e.slot, e) for e in matched.entries))


def _with_reasons(
    matched: MatchedTable, at: Sequence[Place], changes: Mapping[Slot, Entry]
) -> MatchedTable:
    entries = {entry.slot: entry for entry in matched.entries} | dict(changes)
    told = {}
    for slot, entry in changes.items():
        assert entry.amended is not None
        words = reason(entry, [place for place in at if slot in place.slots.values()], entries)
        told[slot] = replace(entry, amended=replace(entry.amended, reason=words))
    return _with(matched, told)


def _doubts(
    puzzle: Puzzle,
    weighed: Sequence[tuple[Explanation, float]],
    rest: float,
    read: MatchedTable,
) -> Mapping[Slot, float]:
    """Of each cell, how much of all odds says that something else is printed there. What was not
    looked for may speak of any cell in a rule that does not hold."""
    values = {entry.slot: entry.value for entry in read.entries}
    doubts: dict[Slot, float] = defaultdict(float)
    for each, share in weighed:
        for cell, number in each.changed.items():
            slot = puzzle.entries[cell].slot
            if values[slot] != puzzle.amount(number):
                doubts[slot] += share * puzzle.misread(cell, number)
    for slot in puzzle.in_doubt():
        doubts[slot] += rest
    return dict(doubts)
