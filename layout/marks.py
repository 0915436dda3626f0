"""What is printed on a page: its ink, and the strokes in it that may be rulings."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from document.picture import Picture, Pixels
from layout.faint import faint_strokes
from layout.paper import ink_mask, reduced
from layout.parts import Parts

LOOK_AT = 1800  # pixels along the longer side: A4 at 150 dpi, where a hair line is one pixel wide


SHORTEST = 0.8
"""In characters: sides of cells with print much smaller than the page's usual one are so short."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """A page's ink in three masks of the same shape (height, width) uint8, 0 or 1.

    `gray` is the page itself. `ink` holds all of its ink; `rows` and `columns` the straight level
    and upright strokes no shorter than most of a character: those of rulings and some of
    characters. `scale`: pixels per point.
    `em`: the size of a character in pixels.
    """

    gray: Pixels
    ink: Pixels
    rows: Pixels
    columns: Pixels
    scale: float
    em: float

    def turned(self, quarters: int) -> Marks:
        """The marks of the page turned clockwise by so many quarters."""
        rows, columns = (self.columns, self.rows) if quarters % 2 else (self.rows, self.columns)
        gray, ink, rows, columns = (
            np.ascontiguousarray(np.rot90(seen, -quarters))
            for seen in (self.gray, self.ink, rows, columns)
        )
        return Marks(gray, ink, rows, columns, self.scale, self.em)


def find_marks(picture: Picture) -> Marks:
    """The marks of a level page (within a tenth of a degree), found on a reduced copy."""
    small = reduced(picture, LOOK_AT)
    ink = ink_mask(small.gray)
    return marks_of(small.gray, ink, small.scale, character_size(ink))


def marks_of(gray: Pixels, ink: Pixels, scale: float, em: float) -> Marks:
    """The marks of a level page, or part of one, whose ink is known, by the size of a character."""
    rows, columns = (_level_marks(way, em) for way in (gray, _transposed(gray)))
    through = through_crossings(rows, _transposed(columns), em)
    columns = through_crossings(columns, _transposed(rows), em)
    return Marks(gray, ink, through, _transposed(columns), scale, em)


def _transposed(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.transpose(pixels), np.uint8)  # ten times as fast as copying pixels.T


def _level_marks(gray: Pixels, em: float) -> Pixels:
    strokes = level_strokes(gray, em)
    return strokes | faint_strokes(gray, strokes, em)


def character_size(ink: Pixels) -> float:
    """The side of a character in pixels: what most blobs of ink measure, without specks and lines.

    Many blobs are parts of characters, or digits: large ones count more, and it is the size that
    three quarters stay under. A page with too little ink to tell counts as printed in 1/80 of its
    longer side.
    """
    usual: float = max(ink.shape) / 80
    blobs = Parts.of(ink)
    long, short = np.maximum(blobs.wide, blobs.high), np.minimum(blobs.wide, blobs.high)
    likely = (long > usual * 0.3) & (long < usual * 4) & (short * 4 > long)
    if np.count_nonzero(likely) < 8:
        return usual
    sizes = np.sort(long[likely])
    share = np.cumsum(sizes) / sizes.sum()
    size = float(sizes[np.searchsorted(share, 0.75)])
    return min(max(size, usual * 0.4), usual * 4)


def level_strokes(gray: Pixels, em: float) -> Pixels:
    """Mask of dark level strokes, thinner than half a character and about as long as a whole one.

    A black-hat with an upright bar keeps what is thin from top to bottom however the paper is
    shaded; the opening with a level bar keeps what is long. Specks in a stroke are bridged first.
    """
    thick = 2 * max(round(em * 0.25), 2) + 1
    thin = cv2.morphologyEx(gray, cv2.MORPH_BLACKHAT, np.ones((thick, 1), np.uint8))
    thin = cv2.blur(thin, (max(round(em * 0.2), 1), 1))
    mask = (thin > 40).view(np.uint8)
    bar = np.ones((1, max(round(em * SHORTEST), 8)), np.uint8)
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, bar)  # type: ignore[return-value]


def through_crossings(rows: Pixels, columns: Pixels, em: float) -> Pixels:
    """Level strokes led on through upright ones: where both cross, the black-hat sees neither."""
    gap = max(round(em * 0.3), 3)
    closed = cv2.morphologyEx(rows, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    near = cv2.dilate(columns, np.ones((gap, 3), np.uint8))
    return np.asarray(cv2.copyTo(closed, near, rows.copy()), np.uint8)
