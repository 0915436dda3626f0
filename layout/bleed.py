"""The other side of the sheet, where it shines through, made paper again."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Picture, Pixels
from layout.levels import counted, level_at

LOOK_AT = 1000
"""Pixels along the longer side on which a page is asked whether anything shines through."""
STRONG, FAINT, WEAK = 0.45, 0.15, 0.07
"""Of the ink's darkness: print is darker than STRONG somewhere near, what shines through is not
(15 to 40 % are usual); under FAINT, grain alone can look sharp; under WEAK, nothing is seen."""
LEAST = 0.2
"""Area of weak ink to strong: clean scans have 0.1 or less, what shines through 0.3 or more."""
NEAR = 1.1
"""Points: weak pixels so near strong ones are the print's own edges and hair strokes."""
AROUND = 2.0
"""Points: sharpness is looked for so far around, over the width of a stroke and its blur."""
SOFT, SOFTEST_OWN = 0.85, 1.25
"""What passed through paper has 0.6 to 0.8 of the sharpness of the page's own print, faint print of
the page itself 0.9 to 1.1, for its strokes are thin. Paper and print differ: under SOFT of the one
is soft at first; what is soft is then at most SOFTEST_OWN of the median of that. Measured on 15
pages of the forge's development split where the same page was there without its other side."""
FLAT = 0.3
"""As SOFT: what is softer is a tinted area, and no stroke."""
MOST_SOFT = 0.45
"""Of the weak ink that is darker than FAINT and not FLAT. Of 45 pages of the forge's development
split whose other side shines through 41 have 0.59 or more, the rest hardly show it; of about 115
others (clean, poor, bad, photographed) four pass this bound, LEAST and ENOUGH."""
ENOUGH = 0.03
"""Of the area of strong ink: coarse grain is as soft, but little of it is darker than FAINT. The
same 45 pages have 0.04 at the least, most of them 0.2 and more."""
STEEPEST = 1.4
"""Of the usual edge of what shines through: nine tenths are within 1.25. What is steeper, and not
very soft, is faint print of the page itself that lies upon it; headings in heavy type are as steep,
for they are dark, but as soft as the rest."""

LONG = 24.0
"""Points: what is straight for so long is a ruling, and no stroke of a character."""
THIN, MOSTLY = 1.33, 0.65
"""As SOFTEST_OWN for what is so straight, for thin strokes are sharper; of a ruling that shines
through so much is soft, the rest beside print. Measured on the same pages: 0.85 and more of those
that shine through, 0 to 0.5 of the page's own faint rulings."""

FRINGE = np.ones((3, 3), np.uint8)

log = logging.getLogger("gouji.layout")

Levels = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Kind = TypeVar("Kind", Pixels, Levels)


def without_bleed(picture: Picture) -> Picture:
    """An evenly lit page (paper at 255) without what shines through from its other side.

    Paper scatters light: what comes through it is fainter and softer than the page's own print.
    Only what is both is taken away, and only where most of the page's weak ink is so; print that
    cannot be told from it stays.
    """
    step = max(max(picture.gray.shape) // LOOK_AT, 1)
    ink = _Ink.of(picture.gray[::step, ::step], NEAR * picture.scale / step)
    if ink.weak.size < LEAST * max(ink.strong.size, 1):
        return picture
    if step > 1:
        ink = _Ink.of(picture.gray, NEAR * picture.scale)
    radius = round(AROUND * picture.scale)
    soft = _soft(ink, radius, round(LONG * picture.scale))
    if not soft.any():
        return picture
    return Picture(_cleaned(picture.gray, ink, ink.weak[soft], radius), picture.scale)


def _soft(ink: _Ink, radius: int, long: int) -> Flags:
    """Which of the weak ink shines through; none where most of it is the page's own."""
    steep = _steepness(ink.darkness)
    own = _around(steep, radius, ink.strong) / _around(ink.darkness, radius, ink.strong)
    edges = _around(_only(ink.weak, steep), radius, ink.weak)
    darkest = _around(_only(ink.weak, ink.darkness), radius, ink.weak).astype(np.float32)
    sharpness = edges / (np.median(own) * np.maximum(darkest, FAINT * ink.usual))
    seen = sharpness[(darkest > FAINT * ink.usual) & (sharpness > FLAT)]
    soft_ones = seen[seen < SOFT]
    log.debug("of the weak ink %.2f is soft", soft_ones.size / max(seen.size, 1))
    if soft_ones.size < max(MOST_SOFT * seen.size, ENOUGH * ink.strong.size, 1):
        return np.zeros(ink.weak.shape, np.bool_)
    usual = np.median(soft_ones)
    soft = sharpness < SOFTEST_OWN * usual
    gentle = edges < STEEPEST * np.median(edges[soft & (sharpness > FLAT)])
    behind = _rulings(sharpness < THIN * usual, ink, long)
    return np.asarray(behind | (soft & (gentle | (sharpness < usual))))


def _cleaned(gray: Pixels, ink: _Ink, soft: Places, radius: int) -> Pixels:
    """The page with soft ink made paper, and what is close to print lightened by as much."""
    is_soft = ink.mask_of(soft)
    edges = np.flatnonzero(ink.near & (ink.mask_of(ink.strong) == 0))
    behind = _around(_only(soft, ink.darkness), 2 * radius, edges)
    through = 255 - behind.astype(np.float32)
    clean = gray.copy()
    clean.ravel()[edges] = np.minimum(gray.ravel()[edges] * (255 / through), 255)
    fringed = cv2.dilate(is_soft, FRINGE)
    clean[(fringed > 0) & ~ink.near] = 255
    return clean


def _rulings(soft: Flags, ink: _Ink, long: int) -> Flags:
    """The other side's rulings: darker than its characters, and so steeper, but as soft for it."""
    found = np.zeros_like(soft)
    marked = cv2.bitwise_or(ink.mask_of(ink.weak), ink.near.view(np.uint8))
    for kernel in (np.ones((1, long), np.uint8), np.ones((long, 1), np.uint8)):
        runs = cv2.morphologyEx(marked, cv2.MORPH_OPEN, kernel)
        count, labels = cv2.connectedComponents(runs, connectivity=8)
        run = labels.ravel()[ink.weak]
        weak = np.bincount(run, minlength=count)
        behind = np.bincount(run[soft], minlength=count) > MOSTLY * weak
        behind[0] = False
        found |= behind[run]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Ink:
    """How much darker than paper each pixel is, and where that is much, near much, or little.

    `usual`: the darkness of most of the print, in levels. `strong`, `weak`: places, row by row, of
    pixels, for these are few; `near`: a mask.
    """

    darkness: Pixels
    usual: float
    strong: Places
    near: Mask
    weak: Places

    @classmethod
    def of(cls, gray: Pixels, near: float) -> _Ink:
        darkness = np.asarray(255 - cv2.GaussianBlur(gray, (0, 0), 0.6), np.uint8)
        counts = counted(darkness)
        counts[: int(0.3 * np.flatnonzero(counts)[-1]) + 1] = 0
        usual = level_at(0.8, counts) if counts.any() else 255.0
        strong = darkness > int(STRONG * usual)
        size = 2 * max(round(near), 1) + 1
        around = cv2.dilate(strong.astype(np.uint8), np.ones((size, size), np.uint8)) > 0
        weak = (darkness > int(WEAK * usual)) & ~around
        return cls(darkness, usual, np.flatnonzero(strong), around, np.flatnonzero(weak))

    def mask_of(self, places: Places) -> Pixels:
        """(height, width) uint8, 1 at the places."""
        mask = np.zeros(self.darkness.shape, np.uint8)
        mask.ravel()[places] = 1
        return mask


def _steepness(darkness: Pixels) -> Levels:
    """How much darker it gets at each pixel, in levels a pixel."""
    across = cv2.Sobel(darkness, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(darkness, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(cv2.magnitude(across, down), np.float32)


def _only(places: Places, levels: Kind) -> Kind:
    """The levels at the places, 0 everywhere else."""
    only = np.zeros_like(levels)
    only.ravel()[places] = levels.ravel()[places]
    return only


def _around(levels: Kind, radius: int, places: Places) -> Kind:
    """(places,): the highest level around each place, 1 at least."""
    window = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return np.maximum(cv2.dilate(levels, window).ravel()[places], 1)
