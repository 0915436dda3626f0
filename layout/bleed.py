"""The other side of the sheet, where it shines through, made paper again."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Picture, Pixels

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
Kind = TypeVar("Kind", Pixels, Levels)


def without_bleed(picture: Picture) -> Picture:
    """An evenly lit page (paper at 255) without what shines through from its other side.

    Paper scatters light: what comes through it is fainter and softer than the page's own print.
    Only what is both is taken away, and only where most of the page's weak ink is so; print that
    cannot be told from it stays.
    """
    if _looks(picture) < LEAST:
        return picture
    ink = _Ink.of(picture.gray, NEAR * picture.scale)
    radius = round(AROUND * picture.scale)
    soft = _soft(ink, radius, round(LONG * picture.scale))
    return (
        Picture(_cleaned(picture.gray, ink, soft, radius), picture.scale) if soft.any() else picture
    )


def _soft(ink: _Ink, radius: int, long: int) -> Mask:
    """The weak ink that shines through; none where most of it is the page's own."""
    steep = _steepness(ink.darkness)
    own = _around(steep, radius)[ink.strong] / _around(ink.darkness, radius)[ink.strong]
    # From here on of each weak pixel, for these are few.
    edges = _around(steep * ink.weak, radius)[ink.weak]
    darkest = _around(ink.darkness * ink.weak, radius)[ink.weak].astype(np.float32)
    sharpness = edges / (np.median(own) * np.maximum(darkest, FAINT * ink.usual))
    seen = sharpness[(darkest > FAINT * ink.usual) & (sharpness > FLAT)]
    soft_ones = seen[seen < SOFT]
    log.debug("of the weak ink %.2f is soft", soft_ones.size / max(seen.size, 1))
    if soft_ones.size < max(MOST_SOFT * seen.size, ENOUGH * np.count_nonzero(ink.strong), 1):
        return np.zeros_like(ink.weak)
    usual = np.median(soft_ones)
    soft = sharpness < SOFTEST_OWN * usual
    gentle = edges < STEEPEST * np.median(edges[soft & (sharpness > FLAT)])
    behind = _rulings(_placed(sharpness < THIN * usual, ink.weak), ink, long)
    return behind | _placed(soft & (gentle | (sharpness < usual)), ink.weak)


def _placed(flags: Mask, weak: Mask) -> Mask:
    """The mask of those weak pixels that are flagged."""
    found = np.zeros_like(weak)
    found[weak] = flags
    return found


def _cleaned(gray: Pixels, ink: _Ink, soft: Mask, radius: int) -> Pixels:
    """The page with soft ink made paper, and what is close to print lightened by as much."""
    behind = _around(ink.darkness * soft, 2 * radius)
    edges = ink.near & ~ink.strong
    through = 255 - behind[edges].astype(np.float32)
    clean = gray.copy()
    clean[edges] = np.minimum(gray[edges] * (255 / through), 255)
    fringed = cv2.dilate(soft.astype(np.uint8), FRINGE) > 0
    clean[fringed & ~ink.near] = 255
    return clean


def _rulings(soft: Mask, ink: _Ink, long: int) -> Mask:
    """The other side's rulings: darker than its characters, and so steeper, but as soft for it."""
    found = np.zeros_like(soft)
    for kernel in (np.ones((1, long), np.uint8), np.ones((long, 1), np.uint8)):
        runs = cv2.morphologyEx((ink.weak | ink.near).astype(np.uint8), cv2.MORPH_OPEN, kernel)
        count, labels = cv2.connectedComponents(runs, connectivity=8)
        weak = np.bincount(labels[ink.weak], minlength=count)
        behind = np.bincount(labels[ink.weak & soft], minlength=count) > MOSTLY * weak
        behind[0] = False
        found |= behind[labels] & ink.weak
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Ink:
    """How much darker than paper each pixel is, and where that is much, near much, or little.

    `usual`: the darkness of most of the print, in levels.
    """

    darkness: Pixels
    usual: float
    strong: Mask
    near: Mask
    weak: Mask

    @classmethod
    def of(cls, gray: Pixels, near: float) -> _Ink:
        darkness = np.asarray(255 - cv2.GaussianBlur(gray, (0, 0), 0.6), np.uint8)
        marked = darkness[darkness > int(0.3 * darkness.max())]
        usual = float(np.percentile(marked, 80)) if marked.size else 255.0
        strong = darkness > int(STRONG * usual)
        size = 2 * max(round(near), 1) + 1
        around = cv2.dilate(strong.astype(np.uint8), np.ones((size, size), np.uint8)) > 0
        return cls(darkness, usual, strong, around, (darkness > int(WEAK * usual)) & ~around)


def _looks(picture: Picture) -> float:
    """The area of weak ink to that of strong, on a small copy."""
    height, width = picture.gray.shape
    step = max(max(height, width) // LOOK_AT, 1)
    ink = _Ink.of(picture.gray[::step, ::step], NEAR * picture.scale / step)
    strong = int(np.count_nonzero(ink.strong))
    return float(np.count_nonzero(ink.weak) / max(strong, 1))


def _steepness(darkness: Pixels) -> Levels:
    """How much darker it gets at each pixel, in levels a pixel."""
    across = cv2.Sobel(darkness, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(darkness, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(cv2.magnitude(across, down), np.float32)


def _around(levels: Kind, radius: int) -> Kind:
    """The highest level around each pixel, 1 at least."""
    window = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return np.maximum(cv2.dilate(levels, window), 1)
