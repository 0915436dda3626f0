"""Pieces of text without what is left of rulings among them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from document.geometry import Box
from layout.dashes import DASHED, RULED

THIN = 0.33
"""In characters: so thin is a stroke, or a digit 1."""
SAME = 0.15
"""In characters: dashes of one ruling lie so near its line, also on a page not quite flat."""
MANY = 4
"""So many dashes are a ruling's. Digits under one another are no dashes: at 1.2 characters a row
they are further apart."""
EDGE = 0.25
"""In characters: pieces so low, and so near a ruling, are what is left of it."""
HIGHER = 1.5
"""A stroke that ends at a level ruling and is so many times as high as all that stands beside it is
what is left of an upright one; no digit of a row is so much higher than the others."""


def without_dashes(pieces: Sequence[Box], em: float) -> list[Box]:
    """Pieces of text without what is left of rulings that are dashed or broken.

    Those are strokes in a line, level or upright, some of them close to one another; a column of
    ones or a row of strokes for blanks is not so close.
    """
    dashes: set[Box] = set()
    for strokes, side, other in (
        ([b for b in pieces if b.width < THIN * em], 0, 1),
        ([b for b in pieces if b.height < THIN * em], 1, 0),
    ):
        for stroke in strokes:
            along = [b for b in strokes if abs(b.center[side] - stroke.center[side]) < SAME * em]
            if _in_a_row(along, other, em) >= MANY:
                dashes |= set(along)
    return [b for b in pieces if b not in dashes]


def without_remnants(pieces: Sequence[Box], level: Sequence[Box], em: float) -> list[Box]:
    """Pieces of text without what is left of upright rulings between the `level` ones: strokes that
    go out from one and are too high for a digit, or dashes that lead from one to the next."""
    strokes = [b for b in pieces if b.width < RULED * em < b.height]
    text = [b for b in pieces if min(b.width, b.height) >= RULED * em]
    left: set[Box] = set()
    for stroke in strokes:
        ends = [r for r in level if r.x0 <= stroke.center[0] <= r.x1]
        beside = [b.height for b in text if b.y0 < stroke.y1 and stroke.y0 < b.y1]
        at_ruling = any(_apart_down(stroke, r) < EDGE * em for r in ends)
        if at_ruling and beside and stroke.height > HIGHER * max(beside):
            left.add(stroke)
        along = [b for b in strokes if abs(b.center[0] - stroke.center[0]) < SAME * em]
        left |= set(_between(ends, along, em))
    return [b for b in pieces if b not in left]


def _between(level: Sequence[Box], strokes: Sequence[Box], em: float) -> list[Box]:
    """The strokes, if there are several, that lead from one level ruling to the next in steps as
    short as a dashed ruling's."""
    found: list[Box] = []
    for upper, lower in pairwise(sorted(level, key=lambda r: r.y0)):
        inside = [b for b in strokes if upper.y1 <= b.y0 and b.y1 <= lower.y0]
        steps = pairwise(sorted([upper, *inside, lower], key=lambda b: b.y0))
        if len(inside) > 1 and all(b.y0 - a.y1 < DASHED * em for a, b in steps):
            found += inside
    return found


def _apart_down(one: Box, other: Box) -> float:
    """How far one ends above the other, or begins below it."""
    return min(abs(one.y0 - other.y1), abs(other.y0 - one.y1))


def _in_a_row(strokes: Sequence[Box], axis: int, em: float) -> int:
    """How many of the strokes follow each other along the axis as closely as dashes do."""
    most = count = 1
    for one, other in pairwise(sorted(strokes, key=lambda b: b.center[axis])):
        gap = (other.x0 - one.x1, other.y0 - one.y1)[axis]
        count = count + 1 if gap <= DASHED * em else 1
        most = max(most, count)
    return most
