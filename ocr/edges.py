"""The rulings along a cell's edges, told from strokes that come near them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels

Mask = npt.NDArray[np.bool_]

EDGE = 1.6
"""A ruling's pixels lie within this many points of the cell's edge, its centre line."""
_STRAY = 4.0
"""A ruling that goes through from side to side may lie this far off."""
_ACROSS, _DOWN = 10.0, 12.0
"""Runs along an edge this long, in points, are ruling: wider than any stroke of a digit."""
_UPRIGHT = np.ones((3, 1), np.uint8)


def rulings(dark: Mask, scale: float) -> Mask:
    """The dark pixels of a cell that belong to the rulings along its edges, one pixel more."""
    transposed = np.asarray(cv2.transpose(dark.view(np.uint8))).view(np.bool_)
    return _along(dark, scale, _ACROSS) | _along(transposed, scale, _DOWN).T


def _along(dark: Mask, scale: float, run: float) -> Mask:
    """Long runs along the upper and lower edge. Strokes that cross or touch them stay.

    Close to the edge a run is longer than a digit's strokes; a ruling that strayed further, on a
    warped page, goes all the way through.
    """
    height, width = dark.shape
    close = round(min(run * scale, 0.7 * width)), round(EDGE * scale)
    through = round(max(1.2 * run * scale, 0.85 * width)), round(_STRAY * scale)
    found = np.zeros_like(dark)
    for length, reach in (close, through):
        band = min(max(reach, 2), height // 3)
        if band < 1 or not 3 <= length <= width:
            continue
        upper, lower = dark[:band], dark[height - band :]
        if max(np.count_nonzero(upper), np.count_nonzero(lower)) >= length:
            strip = np.zeros((2 * band + 1, width), np.uint8)
            strip[:band], strip[band + 1 :] = upper, lower
            runs = _runs(strip, length)
            found[:band] |= runs[:band]
            found[height - band :] |= runs[band + 1 :]
    return found


def _runs(pixels: Pixels, length: int) -> Mask:
    """Level runs of pixels that are 1, or nearly level: they may climb by a pixel."""
    level = np.ones((1, length), np.uint8)
    middles = cv2.erode(cv2.dilate(pixels, _UPRIGHT), level)
    if not cv2.countNonZero(middles):
        return np.zeros(pixels.shape, np.bool_)
    runs = cv2.bitwise_and(cv2.dilate(middles, level), pixels)
    return np.asarray(cv2.dilate(runs, _UPRIGHT)).view(np.bool_)
