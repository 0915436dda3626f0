"""A cell's ink divided into lines of text, and the crop of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from ocr.edges import Mask
from ocr.ink import Ink

_ALIKE = 0.6
"""Lines of one text are so much as high as each other at least."""
_MARGIN = 0.3
"""Paper around the ink, in parts of its height: the recogniser loses lone digits without."""


@dataclass(frozen=True, slots=True)
class Span:
    """A line's ink in a cell, in the cell's pixels; ends are beyond the last pixel."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0


def text_lines(mask: Mask, em: float) -> tuple[Span, ...]:
    """The lines of a cell, top to bottom; `em` is the height of a Chinese character in pixels.

    Rows of pixels with ink make up lines. Strokes that stand apart, as in 三, are joined up to the
    height of a character; lines that touch are cut where there is least ink.
    """
    rows = mask.sum(axis=1)
    runs = _joined(_runs(rows > 0), em)
    pieces = [piece for run in runs for piece in _cut(rows, run, em)]
    return tuple(_tight(mask, *piece) for piece in pieces)


def stacked_lines(mask: Mask) -> tuple[Span, ...]:
    """The lines of ink whose size is not known: none unless there are several, with white between
    them, and all about as high; the strokes of a 二 or an i are not."""
    runs = _runs(np.asarray(mask.any(axis=1)))
    heights = [end - start for start, end in runs]
    if len(runs) < 2 or min(heights) < _ALIKE * max(heights):
        return ()
    return tuple(_tight(mask, *run) for run in runs)


def _runs(marked: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    padded = np.zeros(len(marked) + 2, np.bool_)
    padded[1:-1] = marked
    steps = (padded[1:] != padded[:-1]).nonzero()[0].tolist()
    return list(zip(steps[::2], steps[1::2], strict=True))


def _joined(runs: list[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and end - joined[-1][0] <= 1.3 * em:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _cut(rows: npt.NDArray[np.int64], run: tuple[int, int], em: float) -> list[tuple[int, int]]:
    start, end = run
    if end - start < 1.7 * em:
        return [run]
    low, high = start + round(0.6 * em), end - round(0.6 * em)
    at = low + int(rows[low:high].argmin())
    return [*_cut(rows, (start, at), em), *_cut(rows, (at, end), em)]


def _tight(mask: Mask, y0: int, y1: int) -> Span:
    x, y, width, height = cv2.boundingRect(mask[y0:y1].view(np.uint8))
    return Span(x, y0 + y, x + width, y0 + y + height)


def character_height(masks: Iterable[Mask], scale: float) -> float:
    """A Chinese character's height in pixels, by the lines of a whole page's cells."""
    runs = (run for mask in masks for run in _runs(np.asarray(mask.any(axis=1))))
    return type_height((end - start for start, end in runs), scale)


def type_height(lines: Iterable[float], scale: float) -> float:
    """The same, by the heights of the lines' ink, in pixels."""
    heights = [height for height in lines if 4 * scale <= height <= 20 * scale]
    return float(np.percentile(heights, 80)) / 0.85 if heights else 10.5 * scale


def is_vertical(lines: tuple[Span, ...], em: float) -> bool:
    """Whether the lines are one character each: a head written downwards."""
    return len(lines) >= 3 and all(line.width <= 1.4 * em for line in lines)


def line_crop(ink: Ink, lines: tuple[Span, ...], number: int, em: float) -> Pixels:
    """One line's pixels with its margin; a dash or a dot gets the room of a digit around it."""
    line = lines[number]
    height, width = ink.mask.shape
    first = lines[number - 1].y1 if number else 0
    last = lines[number + 1].y0 if number + 1 < len(lines) else height
    bound = Span(0, first, width, last)
    tall = max(line.height, round(0.7 * em))
    margin = max(round(_MARGIN * tall), 2)
    above = margin + (tall - line.height) // 2
    below = margin + tall - line.height - (tall - line.height) // 2
    window = Span(line.x0 - margin, line.y0 - above, line.x1 + margin, line.y1 + below)
    return _window(ink.gray, window, bound)


def joined_crop(ink: Ink, lines: tuple[Span, ...], em: float) -> Pixels:
    """The characters of a vertical head side by side, as one line of text."""
    gap = max(round(0.12 * em), 1)
    tall = max(*(line.height for line in lines), round(0.9 * em))
    parts = []
    for line in lines:
        above = (tall - line.height) // 2
        below = tall - line.height - above
        window = Span(line.x0 - gap, line.y0 - above, line.x1 + gap, line.y1 + below)
        parts.append(_window(ink.gray, window, line))
    margin = max(round(_MARGIN * tall), 2)
    return np.pad(np.hstack(parts), margin, constant_values=255)


def _window(gray: Pixels, window: Span, bound: Span) -> Pixels:
    """The pixels of a window, paper where it reaches beyond the bound."""
    x0, x1 = max(window.x0, bound.x0), min(window.x1, bound.x1)
    y0, y1 = max(window.y0, bound.y0), min(window.y1, bound.y1)
    around = (y0 - window.y0, window.y1 - y1, x0 - window.x0, window.x1 - x1)
    filled = cv2.copyMakeBorder(gray[y0:y1, x0:x1], *around, cv2.BORDER_CONSTANT, value=(255,))
    return np.asarray(filled, np.uint8)
