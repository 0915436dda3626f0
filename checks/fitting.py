"""Which moves make a table's failing rules hold and break none.

All moves of a block are tried at once: the numbers as each has them, times the signs that they
have in each rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from checks.equations import EXACT, Equations, Flags, Numbers, Verdict, rank
from checks.moves import Move, moves
from checks.unknowns import Sum, Unknown
from document.form import ValueKind
from document.report import MatchedTable

EVIDENCE = 2
"""A move that is told of makes so many rules hold, by different amounts and independent of one
another."""

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Fit:
    """A move of a table, its cells counted over all blocks, and the rules that it makes hold.

    `settled`: how many more rules have all their numbers then, or fewer where blanks leave them
    open. `mends_all`: no rule of the table fails then.
    `evident`: it makes enough rules hold, by different amounts, to be told of.
    """

    move: Move
    mended: tuple[int, ...]
    settled: int
    mends_all: bool
    evident: bool


@dataclass(frozen=True, slots=True)
class _Tries:
    """Moves of a block: their places among all (tries), where each number of the block comes from
    (tries × cells, the number of cells stands for nowhere), which rules have other numbers then,
    and what becomes of them."""

    moves: Places
    origins: Places
    touched: Flags
    after: Verdict


def fitting(matched: MatchedTable, cells: Sequence[Unknown], sums: Sequence[Sum]) -> Iterator[Fit]:
    """The moves, block by block, after which no rule fails that they touch, and some more hold.

    `cells` and `sums` are the table's, every cell of it. Larger numbers than counts or amounts are,
    it does not count with.
    """
    if any(cell.number and abs(cell.number) > EXACT for cell in cells):
        return
    equations = Equations.of(cells, sums)
    before = equations.verdict(equations.numbers[None], equations.unknown[None])
    if np.count_nonzero(before.fails) < EVIDENCE:
        return
    kinds = np.array([list(ValueKind).index(entry.form.kind) for entry in matched.entries])
    start = 0
    for block in matched.table.blocks:
        shape = len(block.rows), len(block.columns)
        if moves(*shape):
            tries = _tries(equations, kinds, before, start, shape)
            yield from _fits(equations, before, start, shape, tries)
        start += shape[0] * shape[1]


def _tries(
    equations: Equations, kinds: Places, before: Verdict, start: int, shape: tuple[int, int]
) -> _Tries:
    """The moves that lose no number, put none where its kind cannot be, and touch what fails."""
    origins, lost, twins = _tables(*shape)
    end = start + shape[0] * shape[1]
    # One cell more, that says nothing, stands for nowhere.
    numbers = np.append(equations.numbers[start:end], 0.0)
    unknown = np.append(equations.unknown[start:end], True)
    kinds = np.append(kinds[start:end], -1)
    after, gone = numbers[origins], unknown[origins]
    changed = (after != numbers[:-1]) | (gone != unknown[:-1])
    touched = changed @ np.abs(equations.signs[:, start:end]).T > 0
    possible = ((kinds[origins] == kinds[:-1]) | (after == 0)).all(axis=1)
    possible &= _loses_nothing(numbers, unknown, lost, twins)
    chosen = np.flatnonzero(possible & (touched & before.fails).any(axis=1))
    whole = np.repeat(equations.numbers[None], len(chosen), axis=0)
    blank = np.repeat(equations.unknown[None], len(chosen), axis=0)
    whole[:, start:end], blank[:, start:end] = after[chosen], gone[chosen]
    verdict = equations.verdict(whole, blank)
    return _Tries(chosen, origins[chosen], touched[chosen], verdict)


def _fits(
    equations: Equations, before: Verdict, start: int, shape: tuple[int, int], tries: _Tries
) -> Iterator[Fit]:
    after = tries.after
    mended = tries.touched & ~before.holds & after.holds & ~after.empty
    fits = ~(tries.touched & after.fails).any(axis=1) & mended.any(axis=1)
    told = rank(equations.signs[before.known[0] & ~before.empty[0]])
    for i in np.flatnonzero(fits):
        moved = _as_they_stand(equations.signs, start, tries.origins[i])
        yield Fit(
            _counted_from(start, moves(*shape)[tries.moves[i]]),
            tuple(map(int, np.flatnonzero(mended[i]))),
            rank(moved[after.known[i] & ~after.empty[i]]) - told,
            mends_all=not after.fails[i].any(),
            evident=_is_evidence(equations.signs, before, moved, mended[i]),
        )


@cache
def _tables(rows: int, columns: int) -> tuple[Places, Flags, Places]:
    """Of moves × cells: where each number comes from; which are lost; what those may repeat. The
    number of cells stands for nowhere."""
    tried, cells = moves(rows, columns), rows * columns
    origins = np.tile(np.arange(cells), (len(tried), 1))
    lost = np.zeros(origins.shape, np.bool_)
    twins = np.full(origins.shape, cells)
    for i, move in enumerate(tried):
        for to, origin in move.origins:
            origins[i, to] = cells if origin is None else origin
        for cell, twin in move.lost:
            lost[i, cell] = True
            twins[i, cell] = cells if twin is None else twin
    return origins, lost, twins


def _loses_nothing(numbers: Numbers, unknown: Flags, lost: Flags, twins: Places) -> Flags:
    """Whether every number that is lost is 0, or all of them are the next line's once more."""
    empty = (numbers == 0)[None, :-1]
    twice = (numbers[twins] == numbers[:-1]) & (unknown[twins] == unknown[:-1])
    fine: Flags = (empty | ~lost).all(axis=1) | (twice | ~lost).all(axis=1)
    return fine


def _as_they_stand(signs: Numbers, start: int, origins: Places) -> Numbers:
    """The rules after a move of a block, over the cells as they stand before it: which of them are
    to add up."""
    end = start + len(origins)
    block = np.zeros((len(signs), len(origins) + 1))
    block[:, origins] = signs[:, start:end]
    return np.hstack([signs[:, :start], block[:, :-1], signs[:, end:]])


def _is_evidence(signs: Numbers, before: Verdict, moved: Numbers, mended: Flags) -> bool:
    """Whether the rules mended were off by different amounts, and say of the cells as they stand
    what does not follow from one another and from the rules that held. One with no number but 0 is
    not among them."""
    amounts = np.unique(np.abs(before.off[0, mended]))
    if np.count_nonzero(amounts) < EVIDENCE:
        return False
    held = signs[before.holds[0]]
    return rank(np.vstack([held, moved[mended]])) - rank(held) >= EVIDENCE


def _counted_from(start: int, move: Move) -> Move:
    """The move with its cells counted over all blocks of the table."""

    def pairs(of: tuple[tuple[int, int | None], ...]) -> tuple[tuple[int, int | None], ...]:
        return tuple((to + start, None if other is None else other + start) for to, other in of)

    lines = tuple(tuple(cell + start for cell in line) for line in move.lines)
    return Move(move.kind, pairs(move.origins), pairs(move.lost), lines)
