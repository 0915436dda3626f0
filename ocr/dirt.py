"""Which islands of ink in a cell are print, and which dirt, dust or scraps of rulings.

Lengths are in points, as in `ocr/ink.py`.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from ocr.edges import EDGE, Mask
from ocr.islands import Islands

Levels = npt.NDArray[np.float32]

_DIRT = 0.15
"""An island of ink under this many square points is dirt: a full stop has four times that."""
_SPECK = 0.3
"""Where no island has more ink than this, in square points as dark as the page's ink, all is dirt:
interpolation spreads a fax's black pixel over gray ones, but adds no ink to it, and grain has
little. A faded hyphen of 9-point type has twice as much."""
_DIGIT, _REMNANTS = (6.0, 9.0), 3
"""Points across and down: so many specks within the size of a digit may be what is left of one."""
_DOT, _NEAR = 1.6, 7.0
"""A mark smaller than this may be a dot, and belongs to a number only this near to its digits."""
_DUST = 2.6
"""A round mark smaller than this is but a dot that a poor scan blurred: a hyphen is long, and half
a digit is higher."""


class Blank:
    """How sure it is that a cell says nothing, by what was seen in it."""

    CLEAN = 0.99999
    DIRT = 0.99997
    RULING_SCRAPS = 0.9995
    GRAIN = 0.995
    SHADE = 0.99


def swept(islands: Islands, darkness: Levels, scale: float) -> tuple[Mask, Mask, float, bool]:
    """The islands' pixels without dirt and scraps of rulings; the scraps; how sure it is that the
    cell is blank if that was all; whether what is left is but dots.

    `darkness`: of the cell's pixels, 1 = as dark as the page's ink.
    """
    labels, stats = islands.labels, islands.stats
    if len(islands) == 1:
        nothing = np.zeros(labels.shape, np.bool_)
        return nothing, nothing, Blank.CLEAN, False
    w, h, area = (stats[:, i] for i in range(2, 5))
    scrap = _scraps(islands, scale)
    keep = ~scrap & (area >= _DIRT * scale * scale)
    keep[0] = False
    keep &= ~_stray(stats, keep, scale)
    enough = _ink_of(islands, darkness) >= _SPECK * scale * scale
    long, short = np.maximum(w, h), np.minimum(w, h)
    round_ = (long < _DUST * scale) & (long < 1.7 * short)
    marks = keep & enough & (long >= _DOT * scale) & ~round_
    only_dots = not marks.any()
    if only_dots:
        keep &= enough
    blank = Blank.RULING_SCRAPS if scrap.any() else Blank.DIRT
    if only_dots and _crowded(stats[1:][~scrap[1:]], scale):
        blank = Blank.GRAIN
    scraps = fringed(scrap[labels]) if scrap.any() else np.zeros(labels.shape, np.bool_)
    return keep[labels], scraps, blank, only_dots


def _scraps(islands: Islands, scale: float) -> Mask:
    """Which islands lie all within the frame where the rulings are, corners included, and touch
    its rim."""
    height, width = islands.labels.shape
    x, y, w, h, _ = islands.stats.T
    rim = (x <= 1) | (y <= 1) | (x + w >= width - 1) | (y + h >= height - 1)
    rim[0] = False
    if rim.any():
        edge = max(round(EDGE * scale), 2)
        inside = islands.labels[edge:-edge, edge:-edge]
        rim &= np.bincount(inside.ravel(), minlength=len(islands)) == 0
    return np.asarray(rim)


def _ink_of(islands: Islands, darkness: Levels) -> Levels:
    """Each island's ink with its faint fringe, in pixels of full black."""
    grown = np.asarray(cv2.dilate(islands.labels, np.ones((3, 3), np.uint8)))
    there = grown > 0
    dark = np.maximum(darkness[there], 0)
    return np.bincount(grown[there], dark, minlength=len(islands)).astype(np.float32)


def _crowded(stats: npt.NDArray[Any], scale: float) -> bool:
    """Whether so many islands stand together as may be left of a digit."""
    x, y = stats[:, 0], stats[:, 1]
    wide, high = (side * scale for side in _DIGIT)
    near = (np.abs(x[:, None] - x) <= wide) & (np.abs(y[:, None] - y) <= high)
    return bool((near.sum(axis=1) >= _REMNANTS).any()) if len(x) else False


def _stray(stats: npt.NDArray[Any], kept: Mask, scale: float) -> Mask:
    """Dots far from every larger mark; where there is none, a dot may be all that was printed."""
    dots = kept & (stats[:, 2:4].max(axis=1) < _DOT * scale)
    stray = np.zeros(len(stats), np.bool_)
    if not dots.any():
        return stray
    boxes = np.concatenate([stats[:, :2], stats[:, :2] + stats[:, 2:4]], axis=1).T
    marks = boxes[:, kept & ~dots]
    if marks.shape[1]:
        for i in np.flatnonzero(dots):
            x0, y0, x1, y1 = boxes[:, i]
            across = np.maximum(marks[0] - x1, x0 - marks[2])
            down = np.maximum(marks[1] - y1, y0 - marks[3])
            stray[i] = np.maximum(across, down).min() > _NEAR * scale
    return stray


def fringed(mask: Mask) -> Mask:
    """The mask grown by a pixel, over the faint edge of its ink."""
    return np.asarray(cv2.dilate(mask.view(np.uint8), np.ones((3, 3), np.uint8))).view(np.bool_)
