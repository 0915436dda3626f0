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

from checks.explanations import Sum, Unknown
from checks.moves import Move, moves
from document.form import ValueKind
from document.report import MatchedTable

EVIDENCE = 2
"""A move makes so many rules hold at least, by different amounts and independent of one another."""

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Fit:
    """A move of a table, its cells counted over all blocks, and the rules that it makes hold.

    `settled`: how many rules that did not fail tell more of the numbers than those that held,
    where blank cells left them open, or fewer. `mends_all`: no rule of the table fails then.
    """

    move: Move
    mended: tuple[int, ...]
    settled: int
    mends_all: bool


@dataclass(frozen=True, slots=True)
class _System:
    """A table as arrays: `numbers` (cells), 0 where `unknown`; `signs` (rules × cells)."""

    numbers: Numbers
    unknown: Flags
    signed: Flags
    kinds: Places
    signs: Numbers
    constants: Numbers
    at_most: Flags

    @classmethod
    def of(
        cls, kinds: Sequence[ValueKind], cells: Sequence[Unknown], sums: Sequence[Sum]
    ) -> _System:
        signs = np.zeros((len(sums), len(cells)))
        for rule, each in enumerate(sums):
            for cell, sign in each.terms:
                signs[rule, cell] = sign
        return cls(
            np.array([float(cell.number or 0) for cell in cells]),
            np.array([cell.number is None for cell in cells]),
            np.array([cell.signed for cell in cells]),
            np.array([list(ValueKind).index(kind) for kind in kinds]),
            signs,
            np.array([float(each.constant) for each in sums]),
            np.array([each.at_most for each in sums]),
        )

    def verdict(self, numbers: Numbers, unknown: Flags) -> _Verdict:
        """Of every rule, with these numbers (tries × cells)."""
        off = numbers @ self.signs.T + self.constants
        either = np.abs(self.signs) * self.signed
        up = unknown @ np.maximum(self.signs, either).T > 0
        down = unknown @ np.maximum(-self.signs, either).T > 0
        known = ~(up | down)
        return _Verdict(
            off,
            fails=((off > 0) & ~down) | ((off < 0) & ~up & ~self.at_most),
            holds=known & (off == 0) & ~self.at_most,
            empty=np.abs(numbers) @ np.abs(self.signs).T == 0,
        )


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Of tries × rules: by how much each is off; whether it fails, or holds as an equation with
    every number known (a limit never does); whether it says nothing but 0."""

    off: Numbers
    fails: Flags
    holds: Flags
    empty: Flags


def fitting(matched: MatchedTable, cells: Sequence[Unknown], sums: Sequence[Sum]) -> Iterator[Fit]:
    """The moves, block by block, after which no rule fails that they touch, and enough more hold.

    `cells` and `sums` are the table's, every cell of it. A rule that has no number but 0 is no
    evidence, nor is one that follows from those that held.
    """
    system = _System.of([entry.form.kind for entry in matched.entries], cells, sums)
    before = system.verdict(system.numbers[None], system.unknown[None])
    if np.count_nonzero(before.fails) < EVIDENCE:
        return
    start = 0
    for block in matched.table.blocks:
        shape = len(block.rows), len(block.columns)
        yield from _fitting(system, before, start, shape)
        start += shape[0] * shape[1]


def _fitting(
    system: _System, before: _Verdict, start: int, shape: tuple[int, int]
) -> Iterator[Fit]:
    tried = moves(*shape)
    origins, lost, twins = _tables(*shape)
    if not len(tried):
        return
    # One cell more, that says nothing, stands for nowhere.
    end = start + shape[0] * shape[1]
    numbers = np.append(system.numbers[start:end], 0.0)
    unknown = np.append(system.unknown[start:end], True)
    kinds = np.append(system.kinds[start:end], -1)
    after, gone = numbers[origins], unknown[origins]
    possible = ((kinds[origins] == kinds[:-1]) | gone | (after == 0)).all(axis=1)
    possible &= _loses_nothing(numbers, unknown, lost, twins)
    changed = (after != numbers[:-1]) | (gone != unknown[:-1])
    touched = changed @ np.abs(system.signs[:, start:end]).T > 0
    possible &= (touched & before.fails).sum(axis=1) > 0
    chosen = np.flatnonzero(possible)
    whole = np.repeat(system.numbers[None], len(chosen), axis=0)
    blanks = np.repeat(system.unknown[None], len(chosen), axis=0)
    whole[:, start:end], blanks[:, start:end] = after[chosen], gone[chosen]
    after_all = system.verdict(whole, blanks)
    mended = touched[chosen] & ~before.holds & after_all.holds & ~after_all.empty
    fits = ~(touched[chosen] & after_all.fails).any(axis=1) & (mended.sum(axis=1) >= EVIDENCE)
    for i in np.flatnonzero(fits):
        moved = _as_they_stand(system.signs, start, origins[chosen[i]])
        if _is_evidence(system.signs, before, moved, mended[i]):
            told = before.holds[0] & ~before.empty[0]
            tells = after_all.holds[i] & ~after_all.empty[i] & ~before.fails[0]
            yield Fit(
                _counted_from(start, tried[chosen[i]]),
                tuple(map(int, np.flatnonzero(mended[i]))),
                settled=_rank(moved[tells]) - _rank(system.signs[told]),
                mends_all=not after_all.fails[i].any(),
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


def _is_evidence(signs: Numbers, before: _Verdict, moved: Numbers, mended: Flags) -> bool:
    """Whether the rules mended were off by different amounts, and say of the cells as they stand
    what does not follow from one another and from the rules that held."""
    amounts = np.unique(np.abs(before.off[0, mended]))
    if np.count_nonzero(amounts) < EVIDENCE:
        return False
    held = signs[before.holds[0]]
    return _rank(np.vstack([held, moved[mended]])) - _rank(held) >= EVIDENCE


def _rank(signs: Numbers) -> int:
    return int(np.linalg.matrix_rank(signs @ signs.T, hermitian=True)) if len(signs) else 0


def _counted_from(start: int, move: Move) -> Move:
    """The move with its cells counted over all blocks of the table."""

    def pairs(of: tuple[tuple[int, int | None], ...]) -> tuple[tuple[int, int | None], ...]:
        return tuple((to + start, None if other is None else other + start) for to, other in of)

    lines = tuple(tuple(cell + start for cell in line) for line in move.lines)
    return Move(move.kind, pairs(move.origins), pairs(move.lost), lines)
