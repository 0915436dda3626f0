"""Strokes of characters that print has joined: as long as a piece of a ruling, but print."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from document.picture import Pixels
from layout.rulings import Ruling

REACH = 0.3
"""In characters: print that hangs together with a stroke reaches so far off it; the fringe that a
fax draws along a ruling does not, and other print stays off rulings."""
AROUND = 0.6
"""In characters: no more of it is looked at, on both sides."""
PRINT = 0.3
"""Share of a stroke's length along which it does. On the page forge's development split (35 faxes
and poor scans) rulings, crossed by others and with a fringe, have 0.22 at most, nearly all of them
0.11; of 1,000 strokes of characters run together nearly all have 0.4 to 0.95."""


def without_joined_print(
    strokes: Sequence[Ruling], ink: Pixels, scale: float, em: float
) -> list[Ruling]:
    """The strokes that are not characters' run together.

    Strokes and `em`, the size of a character, in points; `ink`: (height, width) uint8, 1 = ink,
    `scale` pixels per point.
    """
    turned = ink.T
    return [
        stroke
        for stroke in strokes
        if _share(stroke, ink if stroke.horizontal else turned, scale, em) < PRINT
    ]


def _share(stroke: Ruling, ink: Pixels, scale: float, em: float) -> float:
    """The share of a level stroke along which what hangs together with it reaches far off it."""
    middle = int(stroke.position * scale)
    around, reach = (round(part * em * scale) for part in (AROUND, REACH))
    x0, x1 = max(round(stroke.start * scale), 0), round(stroke.end * scale)
    top = max(middle - around, 0)
    around_it = np.ascontiguousarray(ink[top : middle + around + 1, x0:x1])
    if not around_it.size:
        return 0.0
    _, parts = cv2.connectedComponents(around_it, connectivity=8)
    at = middle - top
    along = np.unique(parts[max(at - 1, 0) : at + 2])
    joined = np.isin(parts, along[along > 0])
    far = np.concatenate((joined[: max(at - reach, 0)], joined[at + reach + 1 :]))
    return float(far.any(axis=0).mean())
