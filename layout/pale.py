"""Strokes paler than a page's own rulings: those of the sheet's other side, shining through."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from layout.levels import median_level
from layout.rulings import Ruling

OWN = 0.25
"""So much of the length of all long strokes is the page's own rulings, at least: where its tables
are small, most of the rest may shine through."""
PALE, DARK = 0.4, 0.65
"""Of the darkness that OWN of the length reaches: a page's own rulings, printed whole, have DARK
and more, what shines through less than PALE, but where print adds to it. On 87 pages of the page
forge's development split whose other side shines through rulings of their own have 0.65 to 1, most
of them 0.9, the other side's 0.1 to 0.35."""
UNEVEN = 0.05
"""Share of the length between PALE and DARK, at most, where rulings are whole. On the same pages it
is 0.05 at most; on 151 of 155 whose rulings were printed faint or broken it is 0.06 at least, 0.2
and more on most: there no stroke is too pale to be the page's own."""
MOST = 0.4
"""Share of the length under PALE, at most: on the same pages 0.24 shine through, nearly none on
most. Where more is pale, it is the page's own, and few of its rulings came out dark (0.68)."""

Floats = npt.NDArray[np.float64]


def without_pale(
    strokes: Sequence[Ruling], gray: Pixels, scale: float, long: float
) -> tuple[list[Ruling], float]:
    """The strokes as dark as the page's own rulings are, and how dark that is at least.

    `gray`: (height, width) uint8, `scale` pixels per point; strokes of `long` points are longer
    than a character's. The darkness is told in gray levels under paper; it is 0, and all strokes
    are kept, where the page has rulings of every darkness.
    """
    dark = _darkness(strokes, gray, scale)
    length = np.array([r.length for r in strokes])
    least = _least(dark[length >= long], length[length >= long])
    return [r for r, own in zip(strokes, dark >= least, strict=True) if own], least


def _least(dark: Floats, length: Floats) -> float:
    if not dark.size:
        return 0.0
    order = np.argsort(-dark)
    reached = np.cumsum(length[order])
    usual = float(dark[order[np.searchsorted(reached, OWN * reached[-1])]])
    pale = float(length[dark <= PALE * usual].sum())
    between = float(length[dark < DARK * usual].sum()) - pale
    told = between <= UNEVEN * reached[-1] and pale <= MOST * reached[-1]
    return PALE * usual if told else 0.0


def _darkness(strokes: Sequence[Ruling], gray: Pixels, scale: float) -> Floats:
    """(strokes,): how much darker than paper each is on the average, where it is darkest across."""
    paper = median_level(gray[::5, ::5])
    across = np.asarray(cv2.erode(gray, np.ones((3, 1), np.uint8)), np.uint8)
    down = np.asarray(cv2.transpose(cv2.erode(gray, np.ones((1, 3), np.uint8))), np.uint8)
    level = np.zeros(len(strokes))
    for horizontal, levels in ((True, across), (False, down)):
        own = [n for n, r in enumerate(strokes) if r.horizontal == horizontal]
        level[own] = _means_along(levels, [strokes[n] for n in own], scale)
    return paper - level


def _means_along(levels: Pixels, strokes: Sequence[Ruling], scale: float) -> Floats:
    """(strokes,): the mean level along the middle of each of these level strokes."""
    if not strokes:
        return np.empty(0)
    row = np.array([int(r.position * scale) for r in strokes])
    start, end = np.array([(round(r.start * scale), round(r.end * scale)) for r in strokes]).T
    length = end - start
    first = np.cumsum(length) - length
    place = np.repeat(row * levels.shape[1] + start - first, length) + np.arange(length.sum())
    total = np.add.reduceat(levels.ravel()[place], first, dtype=np.float64)
    return np.asarray(total / length, np.float64)
