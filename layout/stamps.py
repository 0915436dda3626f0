"""Coloured stamps taken off a page, so that the black print under them stays."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from layout.levels import counted, level_at

LOOK_AT = 1000
"""Pixels along the longer side: enough to find a stamp, whose lines are 1 mm wide."""
BLUE, RED = 0, 2
COLOURED = 35
"""Levels by which a stamp's ink is redder or bluer than green, paper taken for white; print that
JPEG smeared colour into and brown paper stay under it, a worn stamp's lines come to 60."""
LEAST, MOST = 0.035, 0.40
"""Of the page's longer side: parts of a stamp are at least 1 cm wide and high, more than coloured
characters; stamps that touch are at most 12 cm wide, less than a table with coloured rulings."""
SOLID = 0.025
"""Of the page's longer side: what is coloured over 7 mm either way is a band, not a stamp."""
MARGIN = 0.01
"""Of the page's longer side: so far around what was found the stamp's faint parts reach."""

SMEAR = 1.5
"""Pixels, standard deviation: where JPEG halves the colour's resolution it spreads about so far."""
LUMA = np.array([0.114, 0.587, 0.299], np.float32)

Levels = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


def without_stamps(pixels: Pixels) -> Pixels:
    """The page in gray, stamps of red, blue or purple ink as bright as its paper.

    `pixels`: (height, width, 3) BGR uint8. Light passes a stamp's ink in its own colour, so print
    is seen through it there; what is still missing to the paper's brightness is in proportion to
    the colour. Print in colour and coloured bands are left alone, and keep their usual gray.
    """
    blue, green, red = cv2.split(pixels)
    if np.array_equal(blue, green) and np.array_equal(green, red):
        return green  # type: ignore[return-value]  # cv2's own array type; most scans are so
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    height, width = gray.shape
    reduction = max(round(max(height, width) / LOOK_AT), 1)
    size = max(width // reduction, 1), max(height // reduction, 1)
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    if not _is_colourful(small):
        return gray  # type: ignore[return-value]  # cv2's own array type
    even = _even(small)
    for channel in (RED, BLUE):
        for x0, y0, x1, y1 in _stamps(_excess(even, channel) > COLOURED):
            rows = slice(y0 * height // size[1], -(-y1 * height // size[1]))
            columns = slice(x0 * width // size[0], -(-x1 * width // size[0]))
            clear = _cleared(pixels[rows, columns], channel)
            gray[rows, columns] = np.maximum(gray[rows, columns], clear)
    return gray  # type: ignore[return-value]  # cv2's own array type


def _is_colourful(pixels: Pixels) -> bool:
    """Whether a stamp may be there at all: most scans are gray, and cost no more than this look."""
    blue, green, red = cv2.split(pixels)
    most = max(int(cv2.subtract(own, green).max()) for own in (red, blue))
    return most > COLOURED / 2  # brown paper makes the blue of a stamp look half as blue


def _even(pixels: Pixels) -> Levels:
    """The pixels with the colour of their paper as white, 255."""
    papers = [level_at(0.75, counted(pixels[::2, ::2, n].copy())) for n in range(3)]
    evened = [np.arange(256) * (255 / max(paper, 1)) for paper in papers]
    return np.asarray(cv2.LUT(pixels, np.stack(evened, axis=1)[None].astype(np.float32)))


def _excess(even: Levels, channel: int) -> Levels:
    """By how much each pixel is brighter in a channel than in green, 0 where the other is more."""
    blue, green, red = cv2.split(even)
    own, other = (red, blue) if channel == RED else (blue, red)
    return np.where(own >= other, np.maximum(own - green, 0), 0)


def _stamps(coloured: Mask) -> Iterator[tuple[int, int, int, int]]:
    """Boxes (x0, y0, x1, y1) around what may be stamps in a mask, with a margin."""
    if not coloured.any():
        return
    height, width = coloured.shape
    longer = max(height, width)
    margin, solid = round(MARGIN * longer), round(SOLID * longer)
    mask = cv2.morphologyEx(coloured.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    bands = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((solid, solid), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    solid_ones = set(np.flatnonzero(np.bincount(labels[bands > 0])).tolist())
    for label, (x, y, wide, high, _) in enumerate(stats.tolist()):
        is_stamp = min(wide, high) >= LEAST * longer and max(wide, high) <= MOST * longer
        if label and is_stamp and label not in solid_ones:
            yield (
                max(x - margin, 0),
                max(y - margin, 0),
                min(x + wide + margin, width),
                min(y + high + margin, height),
            )


def _cleared(pixels: Pixels, channel: int) -> Pixels:
    """A stamp's surroundings as seen through its ink.

    What lies between paper and full ink, whether worn, blurred or smeared by JPEG, is a mixture of
    the two, and so lacks as much brightness as it has colour. Print under it lacks more.
    """
    even = _even(pixels)
    coloured = _excess(even, channel)
    inked = coloured > max(COLOURED, 0.5 * float(np.percentile(coloured, 98)))
    if not inked.any():
        return np.zeros(pixels.shape[:2], np.uint8)
    through = even[..., channel]
    lift = float(np.clip(np.median((255 - through[inked]) / coloured[inked]), 0, 1))
    clear = through + lift * coloured
    clear += _at_edges(coloured, inked) * np.maximum(_unsmeared(even, coloured, inked) - clear, 0)
    paper = float(np.percentile(pixels[..., channel], 75))
    return np.asarray(np.clip(clear, 0, 255) * (paper / 255), np.uint8)


def _unsmeared(even: Levels, coloured: Levels, inked: Mask) -> Levels:
    """Sharp where `_cleared` is not: JPEG keeps colour at half the resolution of brightness.

    Darkness round a pixel is the stamp's as far as the colour round it accounts for it.
    """
    dark = np.maximum(255 - even @ LUMA, 0)
    usual = float(np.median(dark[inked] / coloured[inked]))
    share = usual * cv2.GaussianBlur(coloured, (0, 0), SMEAR)
    share /= np.maximum(cv2.GaussianBlur(dark, (0, 0), SMEAR), 1)
    return np.asarray(255 - dark * (1 - np.minimum(share, 1)))


def _at_edges(coloured: Levels, inked: Mask) -> Levels:
    """0 within a stamp's lines and outside, 1 on their edges."""
    around = np.ones((5, 5), np.uint8)
    spread = cv2.morphologyEx(coloured, cv2.MORPH_GRADIENT, around)
    return np.asarray(np.minimum(spread / np.median(coloured[inked]), 1), np.float32)
