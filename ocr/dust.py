"""Specks that stand about a number in its cell, where no number has a mark.

Dust on a poor scan is up to 0.015 inch across, as large as a full stop or the minus of small type.
But these stand near a digit, within its height or just under it.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ocr.dirt import fringed
from ocr.edges import Mask
from ocr.ink import Ink
from ocr.islands import Islands

_DUST = 2.6
"""Points: dust is smaller. So is the minus of small type, which is told by its place alone."""
_BROKEN = 1.0
"""Points: pieces so near to each other are what is left of one character."""
_HIGH = 4.0
"""Points: only digits and characters are as high; digits of 6-point type are."""
_BESIDE = 7.0
"""Points: so far from its digit a stop, a comma or a minus may stand, as wide as a digit is."""
_BELOW, _ABOVE = 0.35, 0.05
"""Of its height: so far below the digit a comma's tail may reach, and so far above its top a
blurred speck of it."""


def without_dust(ink: Ink, scale: float) -> Ink:
    """The ink without specks that belong to no digit, if there is anything as high as a digit."""
    if not ink.mask.any():
        return ink
    gap = max(round(_BROKEN * scale), 1)
    near = cv2.dilate(ink.mask.view(np.uint8), np.ones((gap, gap), np.uint8))
    islands = Islands.of(np.asarray(near).view(np.bool_))
    labels, stats, count = islands.labels, islands.stats, len(islands)
    x, y, wide, down = (stats[1:, i] / scale for i in range(4))
    wide, down = wide - _BROKEN, down - _BROKEN
    high = down >= _HIGH
    small = np.maximum(wide, down) < _DUST
    if count < 3 or not high.any() or not small.any():
        return ink
    apart = np.maximum(x[high] - (x + wide)[:, None], x[:, None] - (x + wide)[high])
    above = (y + down / 2)[:, None] < y[high] - _ABOVE * down[high]
    below = (y + down / 2)[:, None] > (y + down)[high] + _BELOW * down[high]
    belongs = np.any((apart <= _BESIDE) & ~above & ~below, axis=1)
    dust: Mask = ink.mask & np.concatenate([[False], small & ~belongs])[labels]
    if not dust.any():
        return ink
    mask = ink.mask & ~dust
    gray = np.where(fringed(dust) & ~mask, np.uint8(255), ink.gray)
    return replace(ink, gray=gray, mask=mask)
