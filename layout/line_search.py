"""Where a line lies that is not seen, or only in part: never through print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from document.geometry import Box
from document.picture import Pixels
from layout.dashes import dashed_rows
from layout.marks import Marks

CLEAR = 0.1
"""In characters: so much white is left on both sides of a line that is not seen. Print comes no
nearer to a ruling."""
SIDE, THICK = 0.2, 1.5
"""In characters, and in points at least: so far from a cell's sides nothing is looked at, their
rulings are there, half of them and their blur."""
STRAY = 2
"""Pixels of ink on a line that are dirt: a stroke that crosses it is no thinner."""
SIGN = 8
"""Pixels of ink that the smallest sign, a minus, has at least."""
THIN = 0.3
"""In characters: print that a line runs through is higher; what is left of a ruling is not."""
ALONG = 0.8
"""Share of the rows looked at along which a ruling at a cell's side is drawn: print is lower."""
FRINGE = 2
"""Pixels on both sides of a ruling that are its blur."""
REMNANT = 0.12
"""Share of a line that is ruled where the rest of the ruling has faded."""

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """What stands in the way of a line across the page, and what is left of rulings.

    `printed`: ink that is no level stroke; `ruled`: level strokes; both (height, width) uint8, 0 or
    1. `scale`: pixels per point. `em`: the size of a character in points. A field for lines down
    the page is one of the page transposed, and its boxes are.
    """

    printed: Pixels
    ruled: Pixels
    scale: float
    em: float

    @classmethod
    def across(cls, marks: Marks) -> Field:
        """For level lines."""
        return cls._of(marks.ink, marks.rows, marks)

    @classmethod
    def down(cls, marks: Marks) -> Field:
        """For upright lines, everything transposed."""
        ink, strokes = (
            np.asarray(cv2.transpose(mask), np.uint8) for mask in (marks.ink, marks.columns)
        )
        return cls._of(ink, strokes, marks)

    @classmethod
    def _of(cls, ink: Pixels, strokes: Pixels, marks: Marks) -> Field:
        fringed = np.asarray(cv2.dilate(strokes, np.ones((2 * FRINGE + 1, 3), np.uint8)), np.uint8)
        printed = np.asarray(ink & (1 - fringed), np.uint8)
        return cls(printed, strokes, marks.scale, marks.em / marks.scale)

    def line(self, boxes: Sequence[Box], about: float, room: float) -> float | None:
        """The height of a line across the boxes, at most `room` from where it is expected.

        Along the remnant of a ruling if there is one, else in the middle of the white nearest to
        `about`; None where there is print everywhere. All in points.
        """
        top = max(round((about - room) * self.scale), 0)
        bottom = round((about + room) * self.scale) + 1
        printed, ruled, width = self._profiles(boxes, top, bottom)
        if not printed.size:
            return None
        white = printed <= STRAY
        remnants = np.where(white, ruled, 0)
        if remnants.max() >= REMNANT * width:
            return (top + int(remnants.argmax()) + 0.5) / self.scale
        nearest = self._nearest(white, about * self.scale - top)
        return None if nearest is None else (top + sum(nearest) / 2) / self.scale

    def line_in_white(self, boxes: Sequence[Box], about: float, room: float) -> float | None:
        """As `line`, but along no ruling with print between it and `about`: strokes of characters
        side by side look like what is left of one."""
        top = max(round((about - room) * self.scale), 0)
        bottom = round((about + room) * self.scale) + 1
        printed, _, _ = self._profiles(boxes, top, bottom)
        nearest = self._nearest(printed <= STRAY, about * self.scale - top)
        if nearest is None:
            return None
        first, last = ((top + n) / self.scale for n in (nearest[0], nearest[1] - 1))
        return self.line(boxes, (first + last) / 2, (last - first) / 2)

    def gutter(self, boxes: Sequence[Box], about: float, room: float) -> float | None:
        """The height of a line that has print on both sides in most of the boxes' spans.

        On a dashed ruling if there is one; else of several the one in the widest white, there along
        what is left of a ruling if there is any. So lines of print are parted wherever `about` is,
        and strokes of characters, which look like what is left of a ruling, do not draw the line
        into them. Without any white at `about`, if only dashes as thick as a ruling stand there.
        `about`, `room` and the result as in `line`.
        """
        top = max(round((about - room) * self.scale), 0)
        bottom = round((about + room) * self.scale) + 1
        white = self._profiles(boxes, top, bottom)[0] <= STRAY
        before, after = self._sides(boxes, top, white.size)
        parted = ((before >= SIGN) & (after >= SIGN)).sum(axis=0)
        runs = _runs(white)
        most = max((int(parted[slice(*run)].max()) for run in runs), default=0)
        dashed = [
            row
            for row in self._dashed(boxes, top, bottom)
            if parted[int(row) - top] >= max(most, 1)
        ]
        if dashed:
            return min((row / self.scale for row in dashed), key=lambda at: abs(at - about))
        best = max(
            runs,
            key=lambda run: (int(parted[slice(*run)].max()), run[1] - run[0]),
            default=None,
        )
        if best is None:
            return about if self.is_clear(boxes, about) else None
        first, last = ((top + n) / self.scale for n in (best[0], best[1] - 1))
        return self.line(boxes, (first + last) / 2, (last - first) / 2)

    def is_clear(self, boxes: Sequence[Box], at: float) -> bool:
        """Whether a line of the table, led on across the boxes, meets no print.

        What is left of the line is none: it is as thin as the line where that is drawn.
        """
        first, stop = (round(at * self.scale) + side for side in (-self._near, self._near + 1))
        thin = max(THIN * self.em * self.scale, self._thickness(first, stop))
        top, bottom = max(first - math.ceil(thin), 0), stop + math.ceil(thin)
        crossed = [
            _high(self.printed[top:bottom, span], thin)[first - top : stop - top].sum(axis=1)
            for span in self._spans(boxes, at - self.em, at + self.em)
        ]
        return bool(crossed) and int(np.sum(crossed, axis=0).max(initial=0)) <= STRAY

    def _thickness(self, first: int, stop: int) -> float:
        """How many pixels a line along these rows is high where it is drawn, at most, its blur
        included: in most of the places."""
        high = self.ruled[max(first, 0) : stop].sum(axis=0)
        return float(np.median(high[high > 0])) + 2 * FRINGE if high.any() else 0.0

    def _dashed(self, boxes: Sequence[Box], top: int, bottom: int) -> list[float]:
        """The rows of pixels, of those looked at, with a dashed ruling across all boxes."""
        side = math.ceil(self.em * self.scale)
        first = max(top - side, 0)
        spans = dict.fromkeys(
            (s.start, s.stop) for s in self._spans(boxes, top / self.scale, bottom / self.scale)
        )
        em = self.em * self.scale
        across = [
            [first + row for row in dashed_rows(self.printed[first : bottom + side, slice(*s)], em)]
            for s in spans
        ]
        return [
            row
            for row in (across[0] if across else [])
            if top <= row < bottom
            and all(any(abs(row - o) <= self._near for o in others) for others in across[1:])
        ]

    @staticmethod
    def _nearest(white: npt.NDArray[np.bool_], at: float) -> tuple[int, int] | None:
        """Of the runs of white rows the one nearest to a row."""
        return min(_runs(white), key=lambda run: max(run[0] - at, at - run[1], 0), default=None)

    def _profiles(self, boxes: Sequence[Box], top: int, bottom: int) -> tuple[Counts, Counts, int]:
        """Print near each row of pixels and ruling in it, inside the boxes' sides; their width."""
        inside = range(self.printed.shape[1])
        spans = self._spans(boxes, top / self.scale, bottom / self.scale)
        columns = np.array([x for span in spans for x in inside[span]], np.int64)
        first = max(top - self._near, 0)
        printed = self.printed[first : bottom + self._near][:, columns]
        ruled = self.ruled[top:bottom][:, columns].sum(axis=1, dtype=np.int64)
        kernel = np.ones((2 * self._near + 1, 1), np.uint8)
        profile = printed.sum(axis=1, dtype=np.float32)[:, None]
        around = cv2.dilate(profile, kernel)[:, 0].astype(np.int64)
        return around[top - first :][: ruled.size], ruled, columns.size

    def _sides(self, boxes: Sequence[Box], top: int, count: int) -> tuple[Counts, Counts]:
        """(spans, count) each: print before and after each row of pixels, between the boxes' first
        and last edge; of each span of the boxes by itself, in pixels."""
        inset = max(SIDE * self.em, THICK)
        first = max(round((min(b.y0 for b in boxes) + inset) * self.scale), 0)
        last = round((max(b.y1 for b in boxes) - inset) * self.scale)
        at = np.clip(np.arange(top, top + count) - first, 0, max(last - first, 0))
        spans = dict.fromkeys((span.start, span.stop) for span in self._spans(boxes))
        printed = [self.printed[first:last, slice(*s)].sum(axis=1, dtype=np.int64) for s in spans]
        sums = np.array([np.concatenate(([0], np.cumsum(line))) for line in printed])
        before = sums[:, np.minimum(at, sums.shape[1] - 1)]
        return before, sums[:, -1:] - before

    def _spans(
        self, boxes: Sequence[Box], top: float | None = None, bottom: float | None = None
    ) -> list[slice]:
        """The columns of pixels inside the boxes' sides; without what a thick ruling at a side
        reaches into a box, where it is told by the rows from `top` to `bottom`, in points."""
        inset = max(SIDE * self.em, THICK)
        ends = [[round(x * self.scale) for x in (b.x0 + inset, b.x1 - inset)] for b in boxes]
        spans = [slice(max(start, 0), stop) for start, stop in ends if max(start, 0) < stop]
        if top is None or bottom is None:
            return spans
        rows = slice(max(round(top * self.scale), 0), max(round(bottom * self.scale), 1))
        return [self._beside_rulings(span, rows) for span in spans]

    def _beside_rulings(self, span: slice, rows: slice) -> slice:
        """The span from the first to the last column that no ruling runs along in these rows."""
        printed = self.printed[rows, span]
        free = np.flatnonzero(printed.mean(axis=0) < ALONG) if printed.size else np.array([])
        if not free.size:
            return span
        return slice(span.start + int(free[0]), span.start + int(free[-1]) + 1)

    @property
    def _near(self) -> int:
        """Pixels of white on both sides of a line."""
        return max(round(CLEAR * self.em * self.scale), 1)


def _high(mask: Pixels, thin: float) -> npt.NDArray[np.bool_]:
    """What of a mask is connected over more rows than `thin`."""
    _, parts, stats, _ = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(mask), connectivity=8
    )
    high = stats[:, cv2.CC_STAT_HEIGHT] > thin
    high[0] = False
    return np.asarray(high[parts])


def _runs(marked: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    steps = np.diff(marked.astype(np.int8), prepend=0, append=0)
    return list(
        zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True)
    )
