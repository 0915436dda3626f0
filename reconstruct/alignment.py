"""Two sequences paired in order, the sum of the pairs' gains as great as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Ends = tuple[tuple[int, int], tuple[int, int]]
"""Where both of two sequences begin and end, as pairs of line and place."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the form and its place in the grid; `likeness` of their labels, 0 … 1.

    `rival` is the greatest likeness of another line of the form to that place.
    """

    line: int
    place: int
    likeness: float
    rival: float = 0.0


def align(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (i, j), both rising, whose `gains[i][j]` add up to the most.

    Only gains above 0 make a pair; of equals the first j wins. Dynamic programming as in
    Needleman and Wunsch (1970), with gaps free.
    """
    rows, columns = len(gains), len(gains[0]) if gains else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            gain = gains[i - 1][j - 1]
            paired = best[i - 1][j - 1] + gain if gain > 0 else 0.0
            best[i][j] = max(best[i - 1][j], best[i][j - 1], paired)
    pairs: list[tuple[int, int]] = []
    i, j = rows, columns
    while i and j:
        if best[i][j] == best[i][j - 1]:
            j -= 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def align_labels(likeness: Sequence[Sequence[float]], least: float) -> list[Pair]:
    """Lines × places of likeness, paired where it is above `least`."""
    gains = [[value - least for value in row] for row in likeness]
    return [pair_at(likeness, i, j) for i, j in align(gains)]


def pair_at(likeness: Sequence[Sequence[float]], i: int, j: int) -> Pair:
    """Line i at place j, with the likeness of the two and of the best rival for the place."""
    rival = max((row[j] for k, row in enumerate(likeness) if k != i), default=0.0)
    return Pair(i, j, likeness[i][j], rival)


def with_gaps_filled(
    pairs: Sequence[Pair],
    likeness: Sequence[Sequence[float]],
    fillable: Callable[[int, int], bool],
    ends: Ends | tuple[()] = (),
) -> list[Pair]:
    """Between two pairs with as many lines as places between them, these belong together too.

    `fillable(line, place)` says whether the place may be that line's; all of a gap or none. `ends`
    are where both sequences begin and end, as pairs of line and place.
    """
    known = {(pair.line, pair.place): pair for pair in pairs}
    filled = list(pairs)
    for before, after in pairwise(sorted({*known, *ends})):
        lines = range(before[0] + 1, after[0])
        places = range(before[1] + 1, after[1])
        gap = list(zip(lines, places, strict=False))
        if len(lines) == len(places) and all(fillable(*between) for between in gap):
            filled += (pair_at(likeness, *between) for between in gap)
    return sorted(filled, key=lambda pair: pair.line)


def more_alike(a: list[Pair], b: list[Pair]) -> list[Pair]:
    """The pairs that have more likeness together; of equals those that are more, else a.

    Where labels are read badly, one that looks like another line's leads the alignment astray.
    """
    return max(a, b, key=lambda pairs: (round(sum(p.likeness for p in pairs), 9), len(pairs)))


def doubt(pair: Pair, pairs: Sequence[Pair], ends: Ends) -> float:
    """The probability that the pair is wrong.

    It falls with the likeness of the labels, and far more where the next lines before and after
    have the next places, or both sequences end there (`ends`, as pairs of line and place): then
    order alone leaves no other choice. A rival as alike counts only where order does not decide.
    The factors are chosen, not fitted.
    """
    known = {(p.line, p.place) for p in pairs} | set(ends)
    sides = sum((pair.line + step, pair.place + step) in known for step in (-1, 1))
    by_label = (0.5, 0.02, 1e-3)[sides] * (1 - pair.likeness) ** 2
    by_rival = (0.05, 1e-5, 0.0)[sides] if pair.rival > pair.likeness - 0.1 else 0.0
    return min(1.0, 1e-6 + by_label + by_rival)
