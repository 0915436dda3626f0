"""What shows along lines that may be rulings, however faint, dashed or broken."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from layout.levels import is_even, median_level, unevenness

GRAIN = 0.15
"""In characters: gray is averaged so far along the line."""
BESIDE = 0.2, 0.35
"""In characters: it must be lighter so far off the line, on both sides, at one of these: the
farther is free of thick rulings, the nearer of the text in low rows."""
NEAREST = 3
"""In pixels: a hair line's blurred edge reaches so far."""
FAINTEST, SURE = 8, 14
"""Gray levels that a line is darker than what is beside it, and that some of it is, as with the two
thresholds of Canny (1986): faint dashes of a hair line, blurred, are darker by 20 in their middle,
by 9 on the average; the edge of a coloured band may seem darker by 12 all along, once the page is
lit evenly. Where paper is not even, all of a line must be darker by as much as is sure: blurred
print would be a line."""
SURELY = 0.1
"""Share of a side that is surely darker; of those dashes it is 0.2 to 0.3."""
OVER_NOISE = 4.5
"""So many times the usual difference between a row of pixels and the next is no noise."""
BARE = 30
"""Gray levels under the paper's beside a line: what is darker is print."""
CORNER, END = 0.15, 0.35
"""In characters: the ruling across reaches so far into a side, and the side's end lies so far.
Print stays further off rulings."""
CLEAR = 0.88
"""Share of a side that is bare on both sides of the line; along a line through text it is less."""
DRAWN = 0.3
"""Share of a quarter of a side that shows if the quarter is drawn, dashed at worst."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The sides of cells that lines along rows of pixels would have.

    All but `length`, (sides,) in pixels, are (rows, sides). `shows`: whether the side is drawn, if
    not all of it; `drawn`: the share of it that is; `at_start`, `at_end`: the same of its ends.
    """

    shows: Flags
    drawn: Floats
    at_start: Floats
    at_end: Floats
    length: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Where a page has level lines, and where there is nothing but paper beside one.

    `line`, `sure`, `bare`: (height + 1, width + 1), how many such pixels are above and left of each
    corner of a pixel (a summed-area table). `em`: the size of a character in pixels.
    """

    line: Counts
    sure: Counts
    bare: Counts
    em: float

    @classmethod
    def of(cls, gray: Pixels, em: float, least: float = 0.0) -> Evidence:
        """Of an evenly lit page; `gray`: (height, width) uint8. A line may stray by a pixel; it is
        darker than what is beside it by `least` gray levels, if more than tells it from noise."""
        level = np.asarray(cv2.blur(gray, (max(round(GRAIN * em), 1), 1)), np.uint8)
        paper = np.full_like(level, int(median_level(level[::5, ::5])))
        dark = np.asarray(cv2.subtract(paper, level), np.uint8)
        beside = np.minimum(
            *(_beside(dark, max(round(off * em), NEAREST + n)) for n, off in enumerate(BESIDE))
        )
        some = level[:, ::7]
        least = max(OVER_NOISE * unevenness(some), least)
        darker = cv2.dilate(cv2.subtract(dark, beside), np.ones((3, 1), np.uint8))
        faintest = FAINTEST if is_even(some) else SURE
        line, sure = (_counts(darker > int(max(faint, least))) for faint in (faintest, SURE))
        return cls(line, sure, _counts(beside < BARE), em)

    def sides(self, rows: slice, spans: Floats) -> Sides:
        """The sides between the starts and ends in `spans`, (sides, 2) in pixels, at these rows.

        Half of a side may be missing, but not on both sides of its middle: there a digit may stand.
        """
        line, sure, bare = (
            counts[rows.start : rows.stop + 1] for counts in (self.line, self.sure, self.bare)
        )
        inset, end = (max(round(part * self.em), n) for n, part in ((1, CORNER), (2, END)))
        at = np.clip(np.rint(spans).astype(np.int64), 0, line.shape[1] - 1)
        first, last = at[:, 0] + inset, np.maximum(at[:, 1] - inset, at[:, 0] + inset + 1)
        last = np.minimum(last, line.shape[1] - 1)
        cuts = [first + (last - first) * n // 4 for n in range(5)]
        quarters = [_share(line, a, b) >= DRAWN for a, b in pairwise(cuts)]
        most = np.sum(quarters, axis=0) >= 2
        shows = most & (quarters[0] | quarters[3]) & (_share(bare, first, last) >= CLEAR)
        shows &= _share(sure, first, last) >= SURELY
        return Sides(
            shows,
            _share(line, first, last),
            _share(line, first, at[:, 0] + end),
            _share(line, at[:, 1] - end, last),
            (last - first).astype(np.float64),
        )


def _counts(mask: Flags) -> Counts:
    return np.asarray(cv2.integral(mask.view(np.uint8)), np.int32)


def _share(counts: Counts, first: Places, last: Places) -> Floats:
    """(rows, sides): the share of each row between first and last."""
    first, last = (np.clip(at, 0, counts.shape[1] - 1) for at in (first, last))
    inside = np.diff(counts[:, last] - counts[:, first], axis=0)
    share: Floats = inside / np.maximum(last - first, 1)
    return share


def _beside(dark: Pixels, off: int) -> Pixels:
    """How dark it is so many pixels above or below, on the darker side; outside, all is paper."""
    padded = np.pad(dark, ((off, off), (0, 0)))
    return np.maximum(padded[: -2 * off], padded[2 * off :])
