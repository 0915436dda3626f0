"""Rulings too faint, too dashed or too dotted to be strokes of ink."""

from __future__ import annotations

import cv2
import numpy as np

from document.picture import Pixels
from layout.levels import unevenness

WINDOW = 0.8
"""In characters: gray is averaged so far along the line. Dashes and dots leave gaps of up to half
of it and run together; digits under each other in a column leave more, and do not."""
BESIDE = 0.2
"""In characters: paper must show so far off the line's middle, on either side."""
PAPER = 235
"""Gray level of the average beside a line; in a line of text there is more ink."""
LONG_ENOUGH = 2.5
"""In characters: no stroke of a character is so long; the side of a cell is no shorter."""
FAINTEST = 12.0
"""Gray levels that a line is darker than paper on the average; the edge of a coloured band may seem
darker by 10 once the page is lit evenly."""
OVER_NOISE = 6.0
"""So many standard deviations of the average a line is above its paper."""
NEW = 0.6
"""In characters: with less to add, strokes of ink have the line already."""
STEP = 4
"""Averages along the line are taken at each so many pixels."""


def faint_strokes(gray: Pixels, found: Pixels, em: float) -> Pixels:
    """Mask of level lines that are darker than the paper on both sides *on the average*.

    `gray`, `found`: (height, width) uint8, `found` being the mask of strokes found otherwise; a
    line that these cover is left out. `em` in pixels.
    """
    width = gray.shape[1]
    steps = width // STEP
    if steps == 0:
        return np.zeros_like(gray)
    window = max(round(em * WINDOW / STEP), 1)
    around = window * STEP + 1  # odd: a line is seen as far beyond either end
    averaged: Pixels = cv2.blur(gray, (around, 1))  # type: ignore[assignment]
    level = np.ascontiguousarray(averaged[:, STEP // 2 :: STEP][:, :steps])
    off = max(round(em * BESIDE), 3)
    paper = np.minimum(_moved(level, off), _moved(level, -off))
    darker = cv2.subtract(paper, level)
    least = max(FAINTEST, OVER_NOISE * _noise(level))
    # An average ends where its line does at half its height.
    height_there = np.asarray(cv2.dilate(darker, np.ones((1, 2 * window + 1), np.uint8)), np.uint8)
    mask = ((darker > least) & (paper > PAPER) & (darker > height_there // 2)).astype(np.uint8)
    bar = np.ones((1, max(round(em * LONG_ENOUGH / STEP), 2)), np.uint8)
    lines = cv2.morphologyEx(mask, cv2.MORPH_OPEN, bar)
    near = cv2.dilate(np.ascontiguousarray(found[:, ::STEP][:, :steps]), np.ones((5, 1), np.uint8))
    missing = lines > near
    strokes = np.zeros_like(gray)
    if np.count_nonzero(missing) < em * NEW / STEP:
        return strokes
    count, parts = cv2.connectedComponents(lines, connectivity=8)
    new = np.bincount(parts[missing], minlength=count) >= em * NEW / STEP
    kept = new[parts].astype(np.uint8)
    strokes[:, : steps * STEP] = np.repeat(kept, STEP, axis=1)
    return strokes


def _noise(level: Pixels) -> float:
    """The standard deviation of the averages where there is but paper."""
    return unevenness(level[::3, ::STEP]) * 1.05


def _moved(gray: Pixels, rows: int) -> Pixels:
    """The picture moved down by so many rows; what comes in is white."""
    moved = np.full_like(gray, 255)
    if rows > 0:
        moved[rows:] = gray[:-rows]
    else:
        moved[:rows] = gray[-rows:]
    return moved
