"""Long strokes traced point by point, straight or not: the rulings as they lie on the page."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from document.bend import Points
from document.picture import Pixels
from layout.marks import Marks

SHORTEST = 4.0
"""In characters: no stroke of a character, nor two that happen to join, is so long."""
STEP = 1.0
"""In characters: so far apart a stroke is measured."""
MOST = 300
"""More strokes in one direction are a hatching; the longest tell enough."""
THICKEST = 1.6
"""So many times its usual thickness measures a stroke where another one runs into it."""

Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """Points along strokes of one direction.

    `points`: (n, 2) float64, x and y; in which unit and on which page, says who made them.
    `stroke`: (n,) the number of the stroke each point lies on, in order from 0 with none left out.
    `level`: the strokes run about from left to right, not from top to bottom.
    """

    points: Points
    stroke: Numbers
    level: bool

    @property
    def count(self) -> int:
        return int(self.stroke[-1]) + 1 if self.stroke.size else 0

    def moved(self, points: Points) -> Traces:
        """The same strokes with their points elsewhere."""
        return Traces(points, self.stroke, self.level)


def traced(marks: Marks) -> tuple[Traces, Traces]:
    """The page's long strokes, level ones and upright ones, in upright points."""
    level = _traced(marks.rows, marks.em)
    upright = _traced(np.ascontiguousarray(marks.columns.T), marks.em)
    return (
        Traces(level.points / marks.scale, level.stroke, True),
        Traces(upright.points[:, ::-1] / marks.scale, upright.stroke, False),
    )


def _traced(mask: Pixels, em: float) -> Traces:
    """The level strokes of a mask, in pixels.

    A point is the mean of a stroke's pixels within a step; where the stroke is thicker than usual
    another one runs into it, and there is no point.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    length = stats[:, cv2.CC_STAT_WIDTH].copy()
    length[0] = 0
    shortest = np.sort(length)[-MOST:][0]
    long = length >= max(shortest, SHORTEST * em)
    number = np.cumsum(long) - 1
    y, x = np.nonzero(long[labels])
    stroke = number[labels[y, x]]
    step = max(round(STEP * em), 1)
    steps = mask.shape[1] // step + 1
    place = stroke * steps + x // step
    ink = np.bincount(place)
    seen = np.flatnonzero(ink)
    ink, owner = ink[seen], seen // steps
    mean_x, mean_y = (np.bincount(place, weights=v)[seen] / ink + 0.5 for v in (x, y))
    usual = stats[long, cv2.CC_STAT_AREA] / np.maximum(stats[long, cv2.CC_STAT_WIDTH], 1)
    clear = (ink >= step) & (ink <= THICKEST * step * usual[owner])
    points = np.stack([mean_x, mean_y], axis=1)[clear]
    _, owner = np.unique(owner[clear], return_inverse=True)
    return Traces(points, owner.astype(np.intp), True)
