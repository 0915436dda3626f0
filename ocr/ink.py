"""What is ink in a cell of a scan, and what is ruling, dirt or shade.

All lengths are relative to the page's scale, in points: the smallest printed mark, a full stop of
6-point type, is about 0.6 pt wide; a ruling is up to 1.5 pt thick; digits are 5 to 9 pt high.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from document.geometry import Box
from document.picture import Picture, Pixels
from ocr.dirt import Blank, fringed, swept
from ocr.edges import EDGE, Mask, rulings
from ocr.islands import Islands, darker

_FAINT = 0.2
"""Ink has at least this part of the contrast that the page's darkest ink has."""
_FAINTEST, _GRAINIEST = 16.0, 6.0
"""Levels: what differs less from the paper is none of the print; paper is never taken to be
grainier than that, so that faint print on bad paper is looked at rather than passed over."""
_BAND = 110
"""A band under light letters is darker than this."""
_PAPER = 255


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
        paper = _median(gray)
        noise = max(_noise(gray, paper), self.noise)
        strong = darker(gray, paper - max(4 * noise, 0.1 * self.contrast))
        gray = gray.copy()
        gray[rulings(strong, self.scale)] = np.uint8(paper)
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
            below = paper - gray.astype(np.float32)
            darkness = below / max(contrast, self.contrast)
            mask, scraps, certainty, only_dots = swept(dark, darkness, self.scale)
            if mask.any() and not (dots and only_dots):
                clean = np.clip(_PAPER - below * (_PAPER / contrast), 0, _PAPER).astype(np.uint8)
                clean[scraps & ~mask] = _PAPER
                share = float(np.count_nonzero(mask) / mask.size)
                found = Ink(clean, mask, x0, y0, share, 0.0, only_dots)
                if not only_dots:
                    return found
                dots = dots or found
            # Nothing but dots, dirt and scraps: without them, fainter print may show.
            around = fringed(fringed(dark.labels > 0))
            seen = np.where(around, np.uint8(paper), seen)
            blank = min(blank, certainty)
        return dots or Ink(gray, np.zeros(gray.shape, np.bool_), x0, y0, 0.0, blank)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        height, width = self.gray.shape
        x0, x1 = (min(max(round(x * self.scale), 0), width) for x in (box.x0, box.x1))
        y0, y1 = (min(max(round(y * self.scale), 0), height) for y in (box.y0, box.y1))
        return x0, y0, x1, y1


def _ink(gray: Pixels, paper: float, contrast: float, noise: float, scale: float) -> Islands:
    """Islands of pixels darker than the paper that are dark somewhere or no dot.

    Thin strokes of coarse scans, such as a minus, have but a third of the digits' contrast.
    """
    weak = darker(gray, paper - max(0.25 * contrast, 4 * noise))
    strong = darker(gray, paper - 0.45 * contrast)
    islands = Islands.of(weak)
    chosen = islands.stats[:, cv2.CC_STAT_AREA] >= max(0.7 * scale * scale, 2)
    chosen[islands.labels[strong & weak]] = True
    chosen[0] = True
    return islands.only(chosen)


def _is_light_on_dark(raw: Pixels) -> bool:
    """Light letters on a dark band: dark all over, and what stands out is light."""
    if 2 * np.count_nonzero(darker(raw, _BAND)) < raw.size or (level := _median(raw)) >= _BAND:
        return False
    low, high = np.percentile(raw, (0.5, 99.5))
    return bool(high - level > level - low)


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
    return smooth, max(float(if_white), _noise(smooth, _median(smooth)))


def _noise(gray: Pixels, paper: float) -> float:
    """The paper's standard deviation, by the median of deviations, so that ink does not count;
    where ink fills half of the cell it does, hence the bound.
    """
    return min(1.4826 * _median(gray, paper), 2 * _GRAINIEST)


def _median(gray: Pixels, paper: float = 0.0) -> float:
    """The median of how far the levels are from the paper's, by counting them: numpy's sorts."""
    counts = cv2.calcHist([gray], [0], None, [_PAPER + 1], [0, _PAPER + 1])[:, 0].astype(np.int64)
    order, deviations = _by_deviation(paper)
    half = (gray.size + 1) // 2, gray.size // 2 + 1
    lower, upper = counts[order].cumsum().searchsorted(half)
    return float(deviations[lower] + deviations[upper]) / 2


@lru_cache(maxsize=2 * (_PAPER + 1))
def _by_deviation(paper: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """The levels, those nearest to the paper's first, and how far they are from it."""
    deviations = np.abs(np.arange(_PAPER + 1) - paper)
    order = np.argsort(deviations, kind="stable")
    return order, deviations[order]
