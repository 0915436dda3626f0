"""Rulings drawn in dashes so short that each by itself looks like print."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from document.picture import Pixels

RULED = 0.15
"""In characters: no ruling is thicker. A printed 1 is, but for the finest type."""
SAME = 0.05
"""In characters, and in pixels at least one: dashes of one ruling lie so near its line."""
MANY = 3
"""So many dashes are a ruling's; a digit 1 is one piece."""
DASHED = 0.4
"""In characters: dashes of one ruling are no further apart, nor from the rulings it leads to. A
digit stands further from these unless rows are very low, and is one piece."""
DRAWN = 0.25
"""Share of its length that a dashed ruling is drawn, at least; specks in a line are less."""
BESIDE = 0.2
"""In characters: so much white is on both sides of a dashed ruling. A digit that has come to pieces
has its neighbours nearer."""
STRAY = 2
"""Pixels of ink beside a ruling that are dirt."""


def dashed_rows(printed: Pixels, em: float) -> list[float]:
    """The middles of the rows of pixels along which dashes lead from side to side of the mask, with
    nothing but white beside them. `em`: the size of a character in pixels."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(printed), connectivity=8)
    pieces = [
        (left, top, left + wide, top + high, area)
        for left, top, wide, high, area in stats[1:].tolist()
        if high <= RULED * em
    ]
    found: set[float] = set()
    for piece in pieces:
        middle = (piece[1] + piece[3]) / 2
        near = max(SAME * em, 1.0)
        along = sorted(p for p in pieces if abs((p[1] + p[3]) / 2 - middle) <= near)
        ends = [(0, 0), *((p[0], p[2]) for p in along), (printed.shape[1],) * 2]
        is_led = all(after[0] - before[1] <= DASHED * em for before, after in pairwise(ends))
        is_drawn = sum(p[2] - p[0] for p in along) >= DRAWN * printed.shape[1]
        first, last = min(p[1] for p in along), max(p[3] for p in along)
        white = round(BESIDE * em)
        band = int(printed[max(first - white, 0) : last + white].sum())
        is_alone = band - sum(p[4] for p in along) <= STRAY
        if len(along) >= MANY and is_led and is_drawn and is_alone:
            found.add((first + last) / 2)
    return sorted(found)
