"""A whole cell as the cell reader takes it: evenly lit, at one size of print, rulings and all."""

from __future__ import annotations

import cv2
import numpy as np

from document.geometry import Box
from document.picture import Pixels
from ocr.ink import EvenPage, Ink

EM = 18.0
"""Pixels, the size of the type in the picture; digits come to 12 or 13."""
TYPE_SIZE = 0.88
"""Of what `character_height` tells: blur makes lines of print higher. On 51 pages of the forge's
development split at three levels the share lies between 0.75 and 1.1."""
AROUND = 0.1
"""Of a character's height: so much more than the cell is shown, for its rulings' sake."""
TALLEST, WIDEST = 9.0, 24.0
"""Characters: a larger cell is too much to look at."""
LINE_HEIGHT, LINE_SIDE, LONGEST_LINE = 1.6, 0.4, 36.0
"""Characters: a line's height, what is shown at its ends, and its greatest length."""
BESIDE = 2.0
"""Characters shown around the ink of such a cell."""


def cell_picture(page: EvenPage, box: Box, em: float) -> Pixels | None:
    """The cell as (height, width) uint8, 0 = paper, 255 = the page's darkest ink.

    `box` in upright points, `em` a Chinese character's height in pixels of the page, as
    `character_height` tells it. None where the cell is larger than any number's, or nothing.
    """
    size = TYPE_SIZE * em
    around = AROUND * size / page.scale
    return resized(dark(page, box.grown(around, around)), EM / size)


def line_picture(
    page: EvenPage, line: Box, em: float, size: float = 1.0, longest: float = LONGEST_LINE
) -> Pixels | None:
    """A line of text as the label reader takes it: as `cell_picture`, 29 pixels high.

    `line`: the box of its ink, in upright points. `size` times as large. None for a line that is
    longer than `longest`, in characters, as none of a label is.
    """
    type_size = TYPE_SIZE * em / page.scale
    middle = (line.y0 + line.y1) / 2
    up, side = LINE_HEIGHT / 2 * type_size, LINE_SIDE * type_size
    box = Box(line.x0 - side, middle - up, line.x1 + side, middle + up)
    width, height = round((box.width / type_size) * EM * size), round(LINE_HEIGHT * EM * size)
    pixels = dark(page, box)
    if not pixels.size or width > longest * EM * size:
        return None
    return scaled(pixels, width, height)


def as_line(crop: Pixels) -> Pixels | None:
    """The crop of one line, its margins included, as `line_picture` shows a line.

    `crop`: (height, width) uint8, 0 = ink, 255 = paper.
    """
    height = round(LINE_HEIGHT * EM)
    width = round(crop.shape[1] * height / max(crop.shape[0], 1))
    if not 0 < width <= LONGEST_LINE * EM:
        return None
    return scaled(255 - crop, width, height)


def shown(page: EvenPage, box: Box, ink: Ink, em: float) -> Box:
    """The cell, of one that is too large the part where its ink stands, in upright points.

    `em` as for `cell_picture`.
    """
    size = TYPE_SIZE * em / page.scale
    if (box.width <= WIDEST * size and box.height <= TALLEST * size) or not ink.mask.any():
        return box
    y, x = (np.flatnonzero(ink.mask.any(axis=axis)) for axis in (1, 0))
    left, top = ink.left / page.scale, ink.top / page.scale
    return Box(
        max(box.x0, left + x[0] / page.scale - BESIDE * size),
        max(box.y0, top + y[0] / page.scale - BESIDE * size),
        min(box.x1, left + (x[-1] + 1) / page.scale + BESIDE * size),
        min(box.y1, top + (y[-1] + 1) / page.scale + BESIDE * size),
    )


def dark(page: EvenPage, box: Box) -> Pixels:
    """The page's pixels in the box, 0 = paper, 255 = its darkest ink; may be empty."""
    height, width = page.gray.shape
    x0, x1 = (min(max(round(x * page.scale), 0), width) for x in (box.x0, box.x1))
    y0, y1 = (min(max(round(y * page.scale), 0), height) for y in (box.y0, box.y1))
    ink = (255.0 - page.gray[y0:y1, x0:x1]) * (255.0 / page.contrast)
    return np.asarray(np.clip(ink, 0, 255), np.uint8)


def resized(pixels: Pixels, size: float) -> Pixels | None:
    """The picture `size` times as large, None where it is too large for a number's or nothing."""
    height, width = (round(side * size) for side in pixels.shape)
    if not (0 < height <= TALLEST * EM and 0 < width <= WIDEST * EM):
        return None
    return scaled(pixels, width, height)


def scaled(pixels: Pixels, width: int, height: int) -> Pixels:
    """The picture in so many pixels, means of its own where it gets smaller."""
    way = cv2.INTER_AREA if width * height < pixels.size else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=way), np.uint8)
