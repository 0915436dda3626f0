"""Rulings too faint, too dashed or too dotted to be strokes of ink.

The constants were chosen on the page forge's development split, on twelve reports at each of the
levels broken_rules and bad and four at office, by the cells that the rulings give.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from document.picture import Pixels

BESIDE = 0.13, 0.22, 0.35
"""In characters: paper must show so far off the line's middle on both sides, at one of these: the
farthest is free of thick rulings, the nearest of the text in low rows and narrow margins."""
NEAREST = 3
"""In pixels: a hair line's blurred edge reaches so far."""
GRAIN = 0.15
"""In characters: gray is averaged so far along the line."""
FAINTEST = 14.0
"""Gray levels that a line is darker than paper; with 12 the edge of a coloured band is taken for a
ruling, once the page is lit evenly."""
OVER_NOISE = 4.5
"""So many times the usual difference between a place and its neighbours is no noise."""
ALONG = 4.0
"""In characters: evidence is summed so far along a line; two dashes and the gap between are less,
no stroke of a character is so long."""
DRAWN = 0.3
"""Share of a line that shows, dashed at worst."""
DARKER = 3
"""What lies beside is bare if the line's average is so many times as dark: print beside a line is
about as dark as the line itself."""
CLEAR = 0.85
"""Share of a line that is bare on both sides; along a line through text it is less."""
CLEAR_NEAR = 0.75
"""The same within a character: where a line runs into print it ends."""
GAP = 0.6
"""In characters: dashes leave gaps of up to this. With 1.0, some more cells of broken rulings are
found (two in a hundred), and twice as many that are none, from strokes of characters under each
other."""
LONG_ENOUGH = 4.0
"""In characters: no stroke of a character is so long, and no two under each other."""
NEW = 1.7
"""In characters: less in addition to strokes of ink is a character's stroke at a ruling's end."""
CROSSING = 0.15
"""In characters: so near to the rulings across it characters stay off a ruling."""
FEW = 0.12
"""Share of a line at rulings across that tells nothing; with text in every row it is 0.3."""


def faint_strokes(gray: Pixels, solid: Pixels, across: Pixels, em: float) -> Pixels:
    """Mask of level lines that show, in parts at least, along much of their way.

    `gray`, `solid`, `across`: (height, width) uint8, the latter two masks of long strokes of ink,
    level and upright; `em` in pixels. What is dashed in step with the strokes across it and never
    drawn where it meets them is a row of characters, and left out.
    """
    across = np.ascontiguousarray(across)
    level = cv2.blur(_without(gray, across, em), (max(round(GRAIN * em), 1), 1))
    paper = np.uint8(np.median(level[::5, ::5]))
    dark = np.asarray(paper - np.minimum(level, paper), np.uint8)
    offs = [max(round(beside * em), NEAREST + i) for i, beside in enumerate(BESIDE)]
    beside = _beside(dark, offs)
    usual = float(np.median(cv2.absdiff(dark, _moved(dark, offs[0]))[::5, ::5]))
    drawn = (cv2.subtract(dark, beside) > max(FAINTEST, OVER_NOISE * usual)).astype(np.uint8)
    line = drawn & _bare_lines(dark, beside, drawn, em)
    linked = cv2.morphologyEx(line, cv2.MORPH_CLOSE, _bar(em * GAP))
    linked = cv2.morphologyEx(linked, cv2.MORPH_OPEN, _bar(em * LONG_ENOUGH))
    covered = cv2.dilate(solid, np.ones((5, 1), np.uint8)) > 0
    linked = cv2.morphologyEx(
        np.where(covered, 0, linked).astype(np.uint8), cv2.MORPH_OPEN, _bar(em * NEW)
    )
    near = np.asarray(cv2.dilate(across, _bar(2 * max(em * CROSSING, 1) + 1)), np.uint8)
    crossed = _moved(near, offs[-1]) & _moved(near, -offs[-1])
    return _at_crossings(np.asarray(linked, np.uint8), drawn, crossed)


def _bare_lines(dark: Pixels, beside: Pixels, drawn: Pixels, em: float) -> Pixels:
    """Where much of a line is drawn and nearly nothing beside it, 0 or 1."""
    window = max(round(em * ALONG), 8)
    on = np.asarray(cv2.blur(dark, (window, 1)), np.uint8)
    share = cv2.blur(drawn * np.uint8(200), (window, 1))
    line = (share >= 200 * DRAWN) & (_bare(beside, on, window) >= 200 * CLEAR)
    reach = _bar(window)
    own = np.asarray(cv2.dilate(np.where(line, on, np.uint8(0)), reach), np.uint8)
    there: Pixels = cv2.dilate(line.astype(np.uint8), reach)  # type: ignore[assignment]
    bare = _bare(beside, own, max(round(em), 1)) >= 200 * CLEAR_NEAR
    return there & bare.astype(np.uint8)


def _bare(beside: Pixels, on: Pixels, window: int) -> Pixels:
    """How much within the window is bare, in 1/200."""
    bare = (np.multiply(beside, DARKER, dtype=np.uint16) <= on).astype(np.uint8) * np.uint8(200)
    return np.asarray(cv2.blur(bare, (window, 1)), np.uint8)


def _bar(length: float) -> Pixels:
    return np.ones((1, max(round(length), 1)), np.uint8)


def _without(gray: Pixels, across: Pixels, em: float) -> Pixels:
    """The picture without the strokes across, which would hide what crosses them."""
    thick = 2 * max(round(em * 0.25), 2) + 1
    closed = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((1, thick), np.uint8))
    there = cv2.dilate(across, np.ones((9, 5), np.uint8))
    return np.where(there, closed, gray).astype(np.uint8)


def _beside(dark: Pixels, offs: Sequence[int]) -> Pixels:
    """How dark it is beside each place, on the darker side, at the better distance."""
    darker = [np.maximum(_moved(dark, off), _moved(dark, -off)) for off in offs]
    return np.asarray(np.minimum.reduce(darker), np.uint8)


def _at_crossings(linked: Pixels, drawn: Pixels, near: Pixels) -> Pixels:
    """Those of the linked strokes that are drawn at the strokes across as they are elsewhere."""
    count, parts = cv2.connectedComponents(linked, connectivity=8)
    at = np.flatnonzero(linked)
    part, shown, crossed = parts.ravel()[at], drawn.ravel()[at], near.ravel()[at] > 0
    size, ink = (np.bincount(part, weights=w, minlength=count) for w in (None, shown))
    there = np.bincount(part, weights=crossed, minlength=count)
    ink_there = np.bincount(part, weights=crossed & (shown > 0), minlength=count)
    kept = (2 * ink_there * size >= ink * there) | (there < FEW * size)
    kept[0] = False
    return np.asarray(kept[parts], np.uint8)


def _moved(dark: Pixels, rows: int) -> Pixels:
    """The picture moved down by so many rows; what comes in is paper, 0."""
    moved = np.zeros_like(dark)
    if rows > 0:
        moved[rows:] = dark[:-rows]
    else:
        moved[:rows] = dark[-rows:]
    return moved
