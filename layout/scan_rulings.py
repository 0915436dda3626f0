"""Rulings from the strokes on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import compress, product

import numpy as np
import numpy.typing as npt

from document.geometry import Box
from document.picture import Pixels
from layout.blank_rows import without_blank_rows
from layout.grids import touching
from layout.joined_print import without_joined_print
from layout.marks import Marks
from layout.pale import without_pale
from layout.parts import Parts
from layout.repair import repaired
from layout.rulings import Ruling, bands, merged
from layout.weak_sides import weak_sides

LONG = 8.0
"""In characters: neither a dash in a heading nor strokes that happen to join are so long."""
PIECE = 2.5
"""In characters: only what is longer than strokes of characters may continue a ruling."""
SAME_LINE = 0.12
"""In characters: pieces of a broken ruling lie so near its line."""
BREAK = 0.6
"""In characters: a ruling goes on after a gap of this size; a cell is never so narrow."""
TOUCH = 0.12
"""In characters: how far from another ruling the end of one may stay and still meet it; pixels are
coarser on a small scan, so at least one and a half of them."""
RUNS_IN = 0.25
"""So much of it may be due to pixels alone: the strokes of 件 in a low row stay off by 0.4 to 1."""
LOOSE = 3.0
"""So much further from it may stay what is too long for the stroke of a character."""
ALIKE, MANY = 3, 5
"""So many columns end alike where a page break cut them: more, if the outer one is lost at a side;
the strokes of a title that stand on its underline do not."""
SMEARED = 0.45
"""In characters: so far beyond its end a faint ruling may be seen, half its window."""

EDGE = 1.0
"""In characters: nearer to the edge of the picture, a line is the edge of the paper."""

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def scan_rulings(marks: Marks) -> tuple[Ruling, ...]:
    """The page's rulings in upright points.

    A long stroke is a ruling. A short one may be part of a character: it is a ruling if it bounds a
    cell, both its ends at rulings that cross it. Where a page break cut the table, one end of its
    columns is free.
    """
    em = marks.em / marks.scale
    page = [side / marks.scale for side in marks.ink.shape]
    touch = max(TOUCH * em, 1.5 / marks.scale)
    strokes = _strokes(marks.rows, marks.scale, horizontal=True)
    strokes += _strokes(marks.columns.T, marks.scale, horizontal=False)
    strokes = [
        r for r in strokes if EDGE * em < r.position < page[0 if r.horizontal else 1] - EDGE * em
    ]
    strokes, dark = without_pale(strokes, marks.gray, marks.scale, PIECE * em)
    pieces = [r for r in strokes if r.length >= PIECE * em]
    short = [r for r in strokes if r.length < PIECE * em]
    found = merged(pieces, SAME_LINE * em, BREAK * em)
    long = [r for r in found if r.length >= LONG * em]
    doubtful = [r for r in found if r.length < LONG * em]
    long += without_joined_print(doubtful, marks.ink, marks.scale, em)
    whole = repaired(long, marks.ink, marks.scale, em, LOOSE * touch)
    kept = [r for r in whole if r.length >= LONG * em]
    middling = [r for r in whole if r.length < LONG * em]
    kept += _sides_of(kept, middling, short, em, touch)
    kept += weak_sides(marks.gray, marks.scale, em, touching(kept, touch), dark)
    kept += _sides_of(kept, middling, short, em, touch)
    kept = without_blank_rows(kept, marks, touch)
    middling, short = _without(kept, middling, short)
    return (*kept, *_cut_columns(middling, short, kept, touch))


def _sides_of(
    kept: Sequence[Ruling],
    middling: Sequence[Ruling],
    short: Sequence[Ruling],
    *lengths: float,
) -> list[Ruling]:
    """Sides of cells between the kept rulings, and between those that are found so."""
    em, touch = lengths
    found: list[Ruling] = []
    middling, short = _without(kept, middling, short)
    while kept:
        known = [*kept, *found]
        sides = _sides(middling, known, LOOSE * touch)
        sides |= _on_lines(middling, known, SAME_LINE * em) | corners(middling, known, touch)
        sides |= ends_alike(middling, known, touch) | short_sides(short, known, touch)
        if not sides:
            break
        found += sorted(sides, key=lambda r: (r.horizontal, r.position, r.start))
        middling, short = _without(sides, middling, short)
    return found


def _without(known: Iterable[Ruling], *doubtful: Sequence[Ruling]) -> list[list[Ruling]]:
    seen = set(known)
    return [[ruling for ruling in some if ruling not in seen] for some in doubtful]


def _strokes(mask: Pixels, scale: float, horizontal: bool) -> list[Ruling]:
    """One ruling per connected stroke of a mask (transposed, if the strokes stand upright).

    It is placed at the mean of the stroke's pixels.
    """
    parts = Parts.of(mask)
    x, wide = parts.left, parts.wide
    measured = np.stack([parts.middle + 0.5, x, x + wide, parts.area / wide], axis=1) / scale
    return [Ruling(horizontal, *numbers) for numbers in measured.tolist()]


def _sides(doubtful: Sequence[Ruling], kept: Sequence[Ruling], touch: float) -> set[Ruling]:
    """Those with a ruling across at both ends."""
    at_start, at_end = _met(doubtful, kept, touch).T
    return set(compress(doubtful, at_start & at_end))


def _on_lines(doubtful: Sequence[Ruling], kept: Sequence[Ruling], near: float) -> set[Ruling]:
    """Those on the line of another that goes on after a gap too wide to be led across."""
    found: set[Ruling] = set()
    for horizontal in (True, False):
        at = np.sort([r.position for r in kept if r.horizontal == horizontal])
        some = [r for r in doubtful if r.horizontal == horizontal]
        position = np.array([r.position for r in some])
        there = np.searchsorted(at, position - near) < np.searchsorted(at, position + near)
        found |= set(compress(some, there))
    return found


def corners(doubtful: Sequence[Ruling], kept: Sequence[Ruling], touch: float) -> set[Ruling]:
    """Those that make a corner with another, both ending where they meet."""
    position, _, *ends, level = _numbers(kept)
    own_position, _, start, end, own_level = _numbers(doubtful)[..., None]
    at_end = np.minimum(np.abs(position - start), np.abs(position - end)) <= touch
    at_ends = [np.abs(at - own_position) <= touch for at in ends]
    met = (level != own_level) & at_end & np.logical_or(*at_ends)
    return set(compress(doubtful, met.any(axis=1)))


def ends_alike(doubtful: Sequence[Ruling], kept: Sequence[Ruling], touch: float) -> set[Ruling]:
    """Those with one end at a ruling across, the other where that of many such is: at one that was
    not found."""
    found: set[Ruling] = set()
    met = _met(doubtful, kept, LOOSE * touch).tolist()
    for horizontal, at_end in product((True, False), (0, 1)):
        free = [
            (r, (r.start, r.end)[at_end])
            for r, ends in zip(doubtful, met, strict=True)
            if r.horizontal == horizontal and ends[1 - at_end] and not ends[at_end]
        ]
        for ruling, end in free:
            if sum(abs(other - end) <= LOOSE * touch for _, other in free) >= MANY:
                found.add(ruling)
    return found


def short_sides(short: Sequence[Ruling], kept: Sequence[Ruling], touch: float) -> set[Ruling]:
    """Those sides of which one end at least runs into its ruling; a character's stays off both."""
    at_start, at_end = _met(short, kept, touch).T
    near = list(compress(short, at_start & at_end))
    at_start, at_end = _met(near, kept, touch, gap=touch * RUNS_IN).T
    return set(compress(near, at_start | at_end))


def _cut_columns(
    middling: Sequence[Ruling], short: Sequence[Ruling], kept: Sequence[Ruling], touch: float
) -> list[Ruling]:
    """Columns with one end free, where a page break cut the table.

    No ruling lies beyond the free ends, at least three end alike, and the outer two of those that
    reach as far stand at the ends of a row; so the strokes of an underlined title do not count. A
    short one meets its ruling; the strokes of digits in a low row, all of a height, stay off.
    """
    pieces, long = ([r for r in some if not r.horizontal] for some in (short, (*middling, *kept)))
    columns = [*pieces, *long]
    rows = [r for r in kept if r.horizontal]
    lines = [Box.enclosing(r.box for r in band) for band in bands(rows, touch)]
    longer = [replace(r, start=r.start - touch, end=r.end + touch) for r in rows]
    met = np.concatenate(
        (
            _met(pieces, longer, touch),
            _met(long, longer, touch, gap=LOOSE * touch),
        )
    )
    loose = max(LOOSE, SMEARED / TOUCH) * touch
    found = []
    for upwards in (True, False):
        cut = [
            (r.start if upwards else r.end, r)
            for r, (above, below) in zip(columns, met.tolist(), strict=True)
            if (above, below) == (not upwards, upwards) and not _goes_on(r, rows, upwards)
        ]
        for free, column in cut:
            alike = sum(abs(end - free) <= touch for end, _ in cut)
            far = [free - end if upwards else end - free for end, _ in cut]
            out = [r.position for short, (_, r) in zip(far, cut, strict=True) if short >= -loose]
            outer = max(
                (abs(line.x0 - min(out)) <= loose) + (abs(line.x1 - max(out)) <= loose)
                for line in lines
            )
            if outer and alike >= (ALIKE if outer == 2 else MANY):
                found.append(column)
    return [column for column in found if column not in kept]


def _met(
    rulings: Sequence[Ruling], others: Sequence[Ruling], touch: float, gap: float | None = None
) -> Flags:
    """(rulings, 2): whether the start and the end of each lie at one of the others across it.

    `gap`: how far off they may stay, `touch` unless told.
    """
    if not rulings or not others:
        return np.zeros((len(rulings), 2), np.bool_)
    position, half, start, end, level = _numbers(others)
    own_position, own_half, *own_ends, own_level = _numbers(rulings)[..., None]
    # A stroke may end where that across begins, not at its middle: half its width is reach.
    reach = touch + own_half
    crossing = (
        (own_level != level) & (own_position >= start - reach) & (own_position <= end + reach)
    )
    near = (touch if gap is None else gap) + half
    met = [np.any(crossing & (np.abs(at - position) <= near), axis=1) for at in own_ends]
    return np.stack(met, axis=1)


def _numbers(rulings: Sequence[Ruling]) -> Floats:
    """(5, rulings): position, half the width, start, end, and 1 for level ones."""
    numbers = [(r.position, r.width / 2, r.start, r.end, r.horizontal) for r in rulings]
    return np.array(numbers, np.float64).reshape(-1, 5).T


def _goes_on(column: Ruling, rows: Sequence[Ruling], upwards: bool) -> bool:
    return any(
        row.start <= column.position <= row.end
        and (row.position < column.start if upwards else row.position > column.end)
        for row in rows
    )
