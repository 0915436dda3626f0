"""Rulings, or lines of text, traced point by point as they lie on the page, straight or not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from document.bend import Points
from document.picture import Pixels
from layout.marks import Marks
from layout.scan_lines import smear

RULING, LINE = 4.0, 10.0
"""In characters: no stroke of a character, nor two that happen to join, is as long as a ruling; a
line of text is long enough where the shapes of single characters do not make it slope."""
THICKEST = 2.0
"""In characters: what is thicker is several lines of text."""
STEP = 1.0
"""In characters: so far apart a stroke is measured."""
MOST = 300
"""More strokes in one direction are a hatching; the longest tell enough."""
SAMPLED = 0.2
"""In characters: a stroke is as good as straight over so short a way."""
UNEVEN = 1.6
"""So many times its usual thickness, or so small a part of it, measures a stroke where another one
runs into it or it breaks off, and a line of text where there is a comma."""
BESIDE, ABOVE = 1.0, 0.2
"""In characters: so near stand those of a line, over a comma too, and the parts of each."""

FEW = 200
"""In characters: rulings not so long in all, four or five across a page, tell too little of it."""
RULINGS_TELL, TEXT_TELLS = 0.1, 0.25
"""In characters: how far rulings, or lines of text, may seem to stray on a level page. Measured on
the sample scans: text up to 0.12, rulings up to 0.06."""

Numbers = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """Points along strokes of one direction.

    `points`: (n, 2) float64, x and y; in which unit and on which page, says who made them.
    `stroke`: (n,) the number of the stroke each point lies on, in order from 0 with none left out.
    `level`: the strokes run about from left to right, not from top to bottom. `tell`: in
    characters, what they stray by less than this is no evidence that the page is not flat.
    """

    points: Points
    stroke: Numbers
    level: bool
    tell: float

    @property
    def count(self) -> int:
        return int(self.stroke[-1]) + 1 if self.stroke.size else 0

    def moved(self, points: Points) -> Traces:
        """The same strokes with their points elsewhere."""
        return replace(self, points=points)

    def only(self, kept: Mask) -> Traces:
        """Those of the points that are `kept`, (n,) bool, and the strokes that have any."""
        _, stroke = np.unique(self.stroke[kept], return_inverse=True)
        return replace(self, points=self.points[kept], stroke=stroke.astype(np.intp))


def traced(marks: Marks) -> tuple[Traces, Traces]:
    """The page's rulings, level ones and upright ones, in upright points.

    Where there are few, the lines of text as well.
    """
    level, upright = _both(marks.rows, marks.columns, marks, RULING)
    if (len(level.points) + len(upright.points)) * STEP >= FEW:
        return level, upright
    beside, above = BESIDE * marks.em, ABOVE * marks.em
    rows, columns = smear(marks.ink, beside, above), smear(marks.ink, above, beside)
    across, down = _both(rows, columns, marks, LINE)
    if len(across.points) >= len(down.points):  # the others are characters by chance in a row
        return _joined(level, across), upright
    return level, _joined(upright, down)


def _both(rows: Pixels, columns: Pixels, marks: Marks, shortest: float) -> tuple[Traces, Traces]:
    level, numbers = _traced(rows, marks.em, shortest)
    upright, upright_numbers = _traced(columns.T, marks.em, shortest)
    return (
        Traces(level / marks.scale, numbers, True, RULINGS_TELL),
        Traces(upright[:, ::-1] / marks.scale, upright_numbers, False, RULINGS_TELL),
    )


def _joined(rulings: Traces, lines: Traces) -> Traces:
    return replace(
        rulings,
        points=np.concatenate([rulings.points, lines.points]),
        stroke=np.concatenate([rulings.stroke, lines.stroke + rulings.count]),
        tell=TEXT_TELLS,
    )


def _traced(mask: Pixels, em: float, shortest: float) -> tuple[Points, Numbers]:
    """Points on the level strokes of a mask, in pixels, and the strokes' numbers.

    Of some columns one is looked at. A point is the mean of a stroke's pixels within a step; none
    is where the stroke is uneven.
    """
    every = max(round(SAMPLED * em), 1)
    sampled = np.ascontiguousarray(mask[:, ::every])
    _, labels, stats, _ = cv2.connectedComponentsWithStats(sampled, connectivity=8)
    length, area = stats[:, cv2.CC_STAT_WIDTH].copy(), stats[:, cv2.CC_STAT_AREA]
    length[0] = 0  # the paper
    long = length >= max(np.sort(length)[-MOST:][0], shortest * em / every)
    long &= area <= THICKEST * em * length
    number = np.cumsum(long) - 1
    pixels = np.flatnonzero(sampled.view(np.bool_))
    label = labels.ravel()[pixels]
    pixels, stroke = pixels[long[label]], number[label[long[label]]]
    y, x = np.divmod(pixels, sampled.shape[1])
    step = max(round(STEP * em / every), 1)
    steps = sampled.shape[1] // step + 1
    place = stroke * steps + x // step
    ink = np.bincount(place)
    seen = np.flatnonzero(ink)
    ink, owner = ink[seen], seen // steps
    mean_x, mean_y = (np.bincount(place, weights=v)[seen] / ink for v in (x, y))
    usual = (area / np.maximum(length, 1))[long]
    share = ink / step / usual[owner]
    clear = (share >= 1 / UNEVEN) & (share <= UNEVEN)
    points = np.stack([mean_x * every, mean_y], axis=1)[clear] + 0.5
    _, owner = np.unique(owner[clear], return_inverse=True)
    return points, owner.astype(np.intp)
