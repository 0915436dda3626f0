"""Rulings too faint, too dashed or too dotted to be strokes of ink."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels

BESIDE = 0.13, 0.22, 0.35
"""In characters: paper must show so far off the line's middle on either side, at one of both: the
farther is free of thick rulings, the nearer of the text in low rows."""
NEAREST = 3
"""In pixels: a hair line's blurred edge reaches so far."""
PAPER = 225
"""Gray level of evenly lit paper at its darkest."""
GRAIN = 0.15
"""In characters: gray is averaged so far along the line."""
FAINTEST = 16.0
"""Gray levels that a line is darker than paper; the edge of a coloured band may seem darker by 10
once the page is lit evenly."""
OVER_NOISE = 4.5
"""So many times the usual difference between a place and its neighbours is no noise."""
ALONG = 4.0
"""In characters: evidence is summed so far along a line; two dashes and the gap between are less,
no stroke of a character is so long."""
DRAWN = 0.3
"""Share of a line that shows, dashed at worst."""
BARE = 0.75
"""xx"""
NEAR = 0.33
CLEAR = 0.85
"""Share of a line that has paper on both sides; along a line through text it is less."""
GAP = 0.6
"""In characters: dashes leave gaps of up to this."""
LONG_ENOUGH = 4.0
"""In characters: no stroke of a character is so long; the side of a cell is no shorter."""
NEW = 2.0
FEW = 0.12
CROSSING = 0.15
"""In characters: so near to the rulings across it a line is looked at; characters stay off."""

Flags = npt.NDArray[np.bool_]


def faint_strokes(gray: Pixels, solid: Pixels, across: Pixels, em: float) -> Pixels:
    """Mask of level lines that show, in parts at least, along much of their way, and only they do.

    `gray`: (height, width) uint8, without the upright strokes whose mask is `across`; `em` in
    pixels. Evidence is summed along the line, so that it may be faint or dashed; what is dashed in
    step with the strokes across it and never where it meets them is a row of characters.
    """
    across = np.ascontiguousarray(across)
    gray = _without(gray, across, em)
    window = max(round(em * ALONG), 8)
    level = np.asarray(cv2.blur(gray, (max(round(GRAIN * em), 1), 1)), np.uint8)
    dark = cv2.subtract(int(np.median(level[::5, ::5])), level)
    offs = [max(round(beside * em), NEAREST + i) for i, beside in enumerate(BESIDE)]
    darker = cv2.subtract(dark, _beside(dark, offs))
    usual = float(np.median(cv2.absdiff(dark, _moved(dark, offs[0]))[::5, ::5]))
    drawn = (darker > max(FAINTEST, OVER_NOISE * usual)).astype(np.uint8)

    beside = _beside(dark, offs)
    share = cv2.blur(drawn * np.uint8(200), (window, 1))
    on = np.asarray(cv2.blur(dark, (window, 1)), np.uint8)
    clear = (cv2.multiply(beside, 1 / NEAR) <= on).astype(np.uint8) * np.uint8(200)
    line = (share >= 200 * DRAWN) & (cv2.blur(clear, (window, 1)) >= 200 * CLEAR)
    own = cv2.dilate(np.where(line, on, np.uint8(0)), np.ones((1, window), np.uint8))
    clear = (cv2.multiply(beside, 1 / NEAR) <= own).astype(np.uint8) * np.uint8(200)
    bare = (cv2.blur(clear, (max(round(em), 1), 1)) >= 200 * BARE).astype(np.uint8)
    line = cv2.dilate(line.astype(np.uint8), np.ones((1, window), np.uint8))
    linked = cv2.morphologyEx(
        line & drawn & bare, cv2.MORPH_CLOSE, np.ones((1, round(em * GAP)), np.uint8)
    )
    linked = cv2.morphologyEx(
        linked & bare, cv2.MORPH_OPEN, np.ones((1, round(em * LONG_ENOUGH)), np.uint8)
    )
    linked &= 1 - cv2.dilate(solid, np.ones((5, 1), np.uint8))
    linked = cv2.morphologyEx(linked, cv2.MORPH_OPEN, np.ones((1, round(em * NEW)), np.uint8))
    around = cv2.dilate(across, np.ones((1, 2 * max(round(em * CROSSING), 1) + 1), np.uint8))
    around = _moved(around, offs[-1]) & _moved(around, -offs[-1])
    return _crossing(np.asarray(linked, np.uint8), drawn, around)


def _without(gray: Pixels, across: Pixels, em: float) -> Pixels:
    """The picture without the strokes across, which would hide what crosses them."""
    thick = 2 * max(round(em * 0.25), 2) + 1
    closed = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((1, thick), np.uint8))
    there = cv2.dilate(across, np.ones((9, 5), np.uint8))
    return np.where(there, closed, gray)


def _beside(dark: Pixels, offs: Sequence[int]) -> Pixels:
    """How dark it is beside each place, on the darker side, at the better distance."""
    return np.minimum.reduce([np.maximum(_moved(dark, off), _moved(dark, -off)) for off in offs])


def _crossing(linked: Pixels, drawn: Pixels, near: Pixels) -> Pixels:
    """Those of the linked strokes that are drawn at the strokes across as they are elsewhere."""
    count, parts = cv2.connectedComponents(linked, connectivity=8)
    at = np.flatnonzero(linked)
    part, shown, crossed = parts.ravel()[at], drawn.ravel()[at], near.ravel()[at] > 0
    size, ink = (np.bincount(part, weights=w, minlength=count) for w in (None, shown))
    there = np.bincount(part, weights=crossed, minlength=count)
    ink_there = np.bincount(part, weights=crossed & (shown > 0), minlength=count)
    kept = (2 * ink_there * size >= ink * there) | (there < FEW * size)
    kept[0] = False
    return kept[parts].astype(np.uint8)


def _moved(gray: Pixels, rows: int) -> Pixels:
    """The picture moved down by so many rows; what comes in is white."""
    moved = np.zeros_like(gray)
    if rows > 0:
        moved[rows:] = gray[:-rows]
    else:
        moved[:rows] = gray[-rows:]
    return moved
