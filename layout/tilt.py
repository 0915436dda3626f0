"""How far a page is tilted."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Picture, Pixels
from layout.paper import ink_mask, reduced

LARGEST_TILT = 8.0  # degrees
LOOK_AT = 1200  # pixels along the longer side are enough to measure the tilt
MOST_POINTS = 24_000

Floats = npt.NDArray[np.float32]


def tilt(picture: Picture) -> float:
    """The angle in degrees, clockwise positive, by which rows of print fall to the right.

    Projection profiles (Postl 1986): seen along the right direction, rulings and lines of text
    pile up in few places, so the sum of squares of the pile heights is largest. Rows and columns
    of print count alike, so the page may lie on its side. 0 for a page without print. Right to
    0.05° from 0.1° up; less, a step of one pixel over the page, is mostly taken for none.
    """
    small = reduced(picture, LOOK_AT)
    ink = ink_mask(small.gray)
    rows, columns = _upper_edges(ink), _upper_edges(np.asarray(cv2.transpose(ink), np.uint8))
    if rows.shape[1] < 50:
        return 0.0

    def sharpness(angle: np.floating, pile: float, every: int = 1) -> float:
        slope = math.tan(math.radians(angle))
        return _piled(rows[:, ::every], slope, pile) + _piled(columns[:, ::every], -slope, pile)

    tried = np.arange(-LARGEST_TILT, LARGEST_TILT + 0.1, 0.4)
    scores = [sharpness(angle, pile=4, every=3) for angle in tried]
    for step, pile in ((0.1, 2), (0.025, 1)):
        tried = tried[int(np.argmax(scores))] + step * np.arange(-5, 6)
        scores = [sharpness(angle, pile) for angle in tried]
    return _peak(tried, scores)


def _upper_edges(ink: Pixels) -> Floats:
    """Where ink begins below paper: (2, points) of x and y, about MOST_POINTS at most."""
    y, x = np.divmod(np.flatnonzero(ink[1:] > ink[:-1]), ink.shape[1])
    every = max(len(x) // MOST_POINTS, 1)
    return np.array((x[::every] - ink.shape[1] / 2, y[::every]), np.float32)


def _piled(points: Floats, slope: float, pile: float) -> float:
    """The sum of squares of the counts of points along lines of this slope.

    A count overlaps its neighbours, so that it does not matter where among them a line falls.
    """
    if not points.size:
        return 0.0  # bars from edge to edge have no ends
    x, y = points
    places = np.rint((y - np.float32(slope) * x) * np.float32(2 / pile)).astype(np.int32)
    counts = np.bincount(places - places.min())
    return float(np.square(np.convolve(counts, (1, 2, 1)), dtype=np.float64).sum())


def _peak(angles: npt.NDArray[np.floating], scores: list[float]) -> float:
    """The top of the parabola through the highest score and two on either side of it."""
    near = slice(max(int(np.argmax(scores)) - 2, 0), int(np.argmax(scores)) + 3)
    bend, slope, _ = np.polyfit(angles[near], np.divide(scores[near], max(scores)), 2)
    top = -slope / (2 * bend) if bend < 0 else angles[int(np.argmax(scores))]
    return float(np.clip(top, angles[near][0], angles[near][-1]))
