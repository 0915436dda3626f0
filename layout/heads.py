"""Heads over columns: which columns each of them stands over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from document.geometry import Box
from layout.centred import Slot, centred_runs
from layout.text_lines import Line

NOBODY = 1.0
"""In characters: a column under no common head is no better than a head so far off its middle."""
WITHIN = 0.4
"""In characters: how far a column's own head may reach out of it."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Levels of heads from the top (top and foot in points) and their cells.

    A cell is (level, column, levels spanned, columns spanned); the cells cover all of it.
    """

    levels: tuple[Slot, ...]
    cells: tuple[tuple[int, int, int, int], ...]


def heads(
    common: Sequence[Line], own: Sequence[Line], columns: Sequence[Slot], foot: float, em: float
) -> Heads:
    """The heads in lines of `common` heads, each over several columns, above those of the `own`.

    Among the common heads may stand those of columns that have no other. `foot`: where the first
    row below begins.
    """
    under: list[list[Box]] = [[] for _ in columns]
    for line in own:
        for piece in line:
            under[_column(piece, columns)].append(piece)
    levels: list[list[Box]] = []
    for line in common:
        level = []
        for head in line:
            column = _column(head, columns)
            if not under[column] and _is_within(head, columns[column], em):
                under[column].append(head)
            else:
                level.append(head)
        if level:
            levels.append(level)
    slots = _slots(levels, under)
    starts = [_start(own_, slots, foot, em) for own_ in under]
    taken: set[tuple[int, int]] = set()
    cells: list[tuple[int, int, int, int]] = []
    for number, level in enumerate(levels):
        for first, end in _runs(level, columns, [start > number for start in starts], em):
            cells.append((number, first, 1, end - first))
            taken |= {(number, column) for column in range(first, end)}
    for column in range(len(columns)):
        over = [number for number in range(len(levels)) if (number, column) in taken]
        start = max(over, default=-1) + 1
        cells.append((start, column, len(levels) + 1 - start, 1))
        cells += [(n, column, 1, 1) for n in range(start) if n not in over]
    return Heads(tuple(slots), tuple(cells))


def _slots(levels: Sequence[Sequence[Box]], under: Sequence[Sequence[Box]]) -> list[Slot]:
    slots = [(min(b.y0 for b in level), max(b.y1 for b in level)) for level in levels]
    feet = [b.y1 for own in under for b in own]
    tops = [b.y0 for own in under for b in own]
    above = slots[-1][1] if slots else min(tops, default=0.0)
    foot = max(feet, default=above)
    lowest = [top for top in tops if top >= above]
    return [*slots, (min(lowest, default=above), max(foot, above))]


def _start(own: Sequence[Box], slots: Sequence[Slot], foot: float, em: float) -> int:
    """The level that a column's own head begins at: it stands at the middle of all its levels."""
    if not own:
        return len(slots) - 1
    middle = (min(b.y0 for b in own) + max(b.y1 for b in own)) / 2
    tops = [slots[0][0] - em / 2, *((a[1] + b[0]) / 2 for a, b in pairwise(slots))]
    bottom = (slots[-1][1] + foot) / 2
    off = [abs((top + bottom) / 2 - middle) for top in tops]
    return off.index(min(off))


def _column(piece: Box, columns: Sequence[Slot]) -> int:
    middle = piece.center[0]
    off = [max(start - middle, middle - end, 0.0) for start, end in columns]
    return off.index(min(off))


def _is_within(piece: Box, column: Slot, em: float) -> bool:
    return column[0] - WITHIN * em <= piece.x0 and piece.x1 <= column[1] + WITHIN * em


def _runs(
    level: Sequence[Box], columns: Sequence[Slot], open_: Sequence[bool], em: float
) -> list[tuple[int, int]]:
    """The runs of open columns that the heads of a level stand over."""
    found = []
    first = 0
    while first < len(columns):
        end = first
        while end < len(columns) and open_[end]:
            end += 1
        if end > first:
            here = columns[first:end]
            labels = [h for h in level if here[0][0] <= h.center[0] <= here[-1][1]]
            runs, _ = centred_runs(here, [h.center[0] for h in labels], NOBODY * em)
            found += [(first + a, first + b) for a, b in runs]
        first = end + 1
    return found
