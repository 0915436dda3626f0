"""What is ink in a cell of a scan, and what is ruling, dirt or shade.

All lengths are relative to the page's scale, in points: the smallest printed mark, a full stop of
6-point type, is about 0.6 pt wide; a ruling is up to 1.5 pt thick; digits are 5 to 9 pt high.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from document.geometry import Box
from document.picture import Picture, Pixels
from ocr.edges import EDGE, Mask, rulings

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
_FAINT = 0.2
"""Ink has at least this part of the contrast that the page's darkest ink has."""
_FAINTEST, _GRAINIEST = 16.0, 6.0
"""Levels: what differs less from the paper is none of the print; paper is never taken to be
grainier than that, so that faint print on bad paper is looked at rather than passed over."""
_PAPER = 255

Levels = npt.NDArray[np.float32]


class Blank:
    """How sure it is that a cell says nothing, by what was seen in it."""

    CLEAN = 0.99999
    DIRT = 0.99997
    RULING_SCRAPS = 0.9995
    GRAIN = 0.995
    SHADE = 0.99


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """A cell's pixels, rulings painted over, contrast stretched, and which of them are ink.

    `gray`: (height, width) uint8, 0 = ink, 255 = paper. `mask`: the same shape. `left`, `top`:
    where they begin on the page, in pixels. `share`: of the cell's area. `blank`: how sure it is
    that nothing stands there, 0 when there is ink. `dots`: the ink is but a dot or a few, print or
    dirt, nobody can tell.
    """

    gray: Pixels
    mask: Mask
    left: int
    top: int
    share: float
    blank: float
    dots: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class EvenPage:
    """A page with its shades and slow changes of light divided out.

    `gray` is as in `Picture`; `original` the picture it was made of. `contrast`: how far the
    page's ink is from its paper, `noise`: the paper's standard deviation, both in levels.
    """

    gray: Pixels
    original: Pixels
    scale: float
    contrast: float
    noise: float

    @classmethod
    def of(cls, picture: Picture) -> EvenPage:
        """The paper's level is that of the brightest surroundings within 12 points."""
        gray, scale = picture.gray, picture.scale
        step = max(1.5 * scale, 1.0)
        size = (max(round(gray.shape[1] / step), 1), max(round(gray.shape[0] / step), 1))
        small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (17, 17))
        paper = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), (9, 9))
        paper = cv2.resize(np.maximum(paper, 1), gray.shape[::-1], interpolation=cv2.INTER_LINEAR)
        even = cv2.divide(gray, paper, scale=_PAPER).astype(np.uint8)
        histogram = np.bincount(even.ravel()[::7], minlength=256)
        darkest = int(np.searchsorted(np.cumsum(histogram), 0.002 * histogram.sum()))
        shares = np.cumsum(histogram) / histogram.sum()
        # The paper's lower half alone: what was brighter than its surroundings is cut off.
        quarter, half = np.searchsorted(shares, (0.25, 0.5))
        noise = min(float(half - quarter) / 0.674, _GRAINIEST)
        return cls(even, gray, scale, max(_PAPER - darkest, 30), noise)

    def ink(self, box: Box) -> Ink:
        """What is ink in the cell whose rulings' centre lines are the box's edges."""
        x0, y0, x1, y1 = self._pixels(box)
        raw = self.original[y0:y1, x0:x1]
        if raw.size == 0:
            return Ink(raw, np.zeros(raw.shape, np.bool_), x0, y0, 0.0, Blank.SHADE)
        gray = _PAPER - raw if _is_light_on_dark(raw) else self.gray[y0:y1, x0:x1]
        paper = float(np.median(gray))
        noise = max(_noise(gray, paper), self.noise)
        ruling = rulings(gray < paper - max(4 * noise, 0.1 * self.contrast), self.scale)
        gray = np.where(ruling, np.uint8(paper), gray)
        # Grain is smoothed before looking for ink, lest thin strokes drown; the crop stays sharp.
        seen, noise = _smoothed(gray, noise, self.scale)
        least = max(5 * noise, _FAINTEST)
        blank, dots = Blank.CLEAN if least < _FAINT * self.contrast else Blank.GRAIN, None
        while (contrast := paper - _darkest(seen, self.scale)) > least:
            if contrast < _FAINT * self.contrast:
                shade = paper - _darkest(_inner(seen, self.scale), self.scale)
                blank = min(blank, Blank.SHADE if shade > least else blank)
                break
            dark = _ink(seen, paper, contrast, noise, self.scale)
            darkness = (paper - gray.astype(np.float32)) / max(contrast, self.contrast)
            mask, scraps, certainty, only_dots = _swept(dark, darkness, self.scale)
            if mask.any() and not (dots and only_dots):
                stretched = _PAPER - (paper - gray.astype(np.float32)) * (_PAPER / contrast)
                stretched[scraps & ~mask] = _PAPER
                clean = np.clip(stretched, 0, _PAPER).astype(np.uint8)
                found = Ink(clean, mask, x0, y0, float(mask.mean()), 0.0, only_dots)
                if not only_dots:
                    return found
                dots = dots or found
            # Nothing but dots, dirt and scraps: without them, fainter print may show.
            seen = np.where(_fringed(_fringed(dark)), np.uint8(paper), seen)
            blank = min(blank, certainty)
        return dots or Ink(gray, np.zeros(gray.shape, np.bool_), x0, y0, 0.0, blank)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        height, width = self.gray.shape
        x0, x1 = (min(max(round(x * self.scale), 0), width) for x in (box.x0, box.x1))
        y0, y1 = (min(max(round(y * self.scale), 0), height) for y in (box.y0, box.y1))
        return x0, y0, x1, y1


def _ink(gray: Pixels, paper: float, contrast: float, noise: float, scale: float) -> Mask:
    """Pixels darker than the paper in islands that are dark somewhere or no dot.

    Thin strokes of coarse scans, such as a minus, have but a third of the digits' contrast.
    """
    weak = gray < paper - max(0.25 * contrast, 4 * noise)
    strong = gray < paper - 0.45 * contrast
    _, labels, stats, _ = cv2.connectedComponentsWithStats(weak.astype(np.uint8), connectivity=8)
    chosen = stats[:, cv2.CC_STAT_AREA] >= max(0.7 * scale * scale, 2)
    chosen[labels[strong & weak]] = True
    chosen[0] = False
    return np.asarray(chosen[labels])


def _swept(mask: Mask, darkness: Levels, scale: float) -> tuple[Mask, Mask, float, bool]:
    """The mask without dirt and scraps of rulings; the scraps; how sure it is that the cell is
    blank if that was all; whether what is left is but dots.

    `darkness`: of the cell's pixels, 1 = as dark as the page's ink.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=8
    )
    if count == 1:
        return mask, ~mask & False, Blank.CLEAN, False
    height, width = mask.shape
    x, y, w, h, area = (stats[:, i] for i in range(5))
    edge = max(round(EDGE * scale), 2)
    # All of it within the frame where the rulings are, corners included, and touching its rim.
    inside = np.bincount(labels[edge:-edge, edge:-edge].ravel(), minlength=count)
    rim = (x <= 1) | (y <= 1) | (x + w >= width - 1) | (y + h >= height - 1)
    scrap = rim & (inside == 0)
    scrap[0] = False
    keep = ~scrap & (area >= _DIRT * scale * scale)
    keep[0] = False
    keep &= ~_stray(np.asarray(stats), keep, scale)
    enough = _ink_of(labels, darkness, count) >= _SPECK * scale * scale
    long, short = np.maximum(w, h), np.minimum(w, h)
    round_ = (long < _DUST * scale) & (long < 1.7 * short)
    marks = keep & enough & (long >= _DOT * scale) & ~round_
    if not marks.any():
        keep &= enough
    blank = Blank.RULING_SCRAPS if scrap.any() else Blank.DIRT
    if _crowded(np.asarray(stats)[~scrap & (np.arange(count) > 0)], scale):
        blank = Blank.GRAIN
    return keep[labels], _fringed(scrap[labels]), blank, not marks.any()


def _ink_of(labels: npt.NDArray[Any], darkness: Levels, count: int) -> Levels:
    """Each island's ink with its faint fringe, in pixels of full black."""
    grown = cv2.dilate(labels.astype(np.float32), np.ones((3, 3), np.uint8)).astype(np.int32)
    ink = np.bincount(grown.ravel(), np.maximum(darkness, 0).ravel(), minlength=count)
    return np.asarray(ink, np.float32)


def _crowded(stats: npt.NDArray[Any], scale: float) -> bool:
    """Whether so many islands stand together as may be left of a digit."""
    x, y = stats[:, 0], stats[:, 1]
    wide, high = (side * scale for side in _DIGIT)
    near = (np.abs(x[:, None] - x) <= wide) & (np.abs(y[:, None] - y) <= high)
    return bool((near.sum(axis=1) >= _REMNANTS).any()) if len(x) else False


def _stray(stats: npt.NDArray[Any], kept: Mask, scale: float) -> Mask:
    """Dots far from every larger mark; where there is none, a dot may be all that was printed."""
    boxes = np.stack(
        [stats[:, 0], stats[:, 1], stats[:, 0] + stats[:, 2], stats[:, 1] + stats[:, 3]]
    )
    dots = kept & (stats[:, 2:4].max(axis=1) < _DOT * scale)
    marks = boxes[:, kept & ~dots]
    stray = np.zeros(len(stats), np.bool_)
    if marks.shape[1]:
        for i in np.flatnonzero(dots):
            x0, y0, x1, y1 = boxes[:, i]
            across = np.maximum(marks[0] - x1, x0 - marks[2])
            down = np.maximum(marks[1] - y1, y0 - marks[3])
            stray[i] = np.maximum(across, down).min() > _NEAR * scale
    return stray


def _fringed(mask: Mask) -> Mask:
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(grown > 0)


def _is_light_on_dark(raw: Pixels) -> bool:
    """Light letters on a dark band: dark all over, and what stands out is light."""
    level = float(np.median(raw))
    low, high = np.percentile(raw, (0.5, 99.5))
    return level < 110 and bool(high - level > level - low)


def _inner(gray: Pixels, scale: float) -> Pixels:
    """The cell without its edges, where the fringes of the rulings are."""
    height, width = gray.shape
    dx, dy = (min(round(EDGE * scale), (length - 1) // 2) for length in (width, height))
    return gray[dy : height - dy, dx : width - dx]


def _darkest(gray: Pixels, scale: float) -> float:
    """The level that the darkest pixels reach, a few of them for the sake of noise."""
    few = min(round(0.03 * scale * scale), gray.size - 1)
    return float(np.partition(gray, few, axis=None)[few])


def _smoothed(gray: Pixels, noise: float, scale: float) -> tuple[Pixels, float]:
    """The pixels, on grainy paper smoothed by a quarter point, and what grain is left.

    JPEG and the levelling of the page join grains: more is left than of grains that stand alone.
    """
    if noise < _GRAINIEST / 2:
        return gray, noise
    sigma = max(0.25 * scale, 0.7)
    smooth = np.asarray(cv2.GaussianBlur(gray, (0, 0), sigma), np.uint8)
    if_white = noise / (2 * np.sqrt(np.pi) * sigma)
    return smooth, max(float(if_white), _noise(smooth, float(np.median(smooth))))


def _noise(gray: Pixels, paper: float) -> float:
    """The paper's standard deviation, by the median of deviations, so that ink does not count;
    where ink fills half of the cell it does, hence the bound.
    """
    deviation = float(np.median(np.abs(gray.astype(np.float32) - paper)))
    return min(1.4826 * deviation, 2 * _GRAINIEST)
