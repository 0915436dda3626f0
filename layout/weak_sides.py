"""Sides of cells too weak to be found by themselves, where a ruling shows the line to look at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from layout.rulings import Ruling, bands, mean_position

SAME_LINE = 0.2
"""In characters: rulings no further apart lie on one line of the table."""
ASTRAY = 0.1
"""In characters: how far from its line a side may lie."""
BESIDE = 0.2
"""In characters: how far off, on both sides, paper must be lighter."""
PAPER = 225
"""Gray level of evenly lit paper at its darkest."""
CLEAR = 0.9
"""Share of a side that has paper on both sides; more is missing along a line through text."""
GRAIN = 0.15
"""In characters: gray is averaged so far along the line."""
FAINTEST = 5.0
"""Gray levels by which a ruling is darker than the paper on both sides."""
DRAWN = 0.3
"""Share of a quarter of a side that shows if the quarter is drawn, dashed at worst."""
SHORTEST = 0.5
"""In characters: two lines nearer to each other have no side of a cell between them."""

Evidence = npt.NDArray[np.bool_]


def weak_sides(gray: Pixels, scale: float, em: float, table: Sequence[Ruling]) -> list[Ruling]:
    """The sides of a table's cells that show on its lines where no ruling was found.

    `gray`: (height, width) uint8, `scale` pixels per point; `em` and rulings in points. The lines
    are those of the `table`'s rulings.
    """
    found = []
    for horizontal in (True, False):
        along = [r for r in table if r.horizontal == horizontal]
        across = [r for r in table if r.horizontal != horizontal]
        if not along or not across:
            continue
        lines = bands(along, SAME_LINE * em)
        corners = [mean_position(band) for band in bands(across, SAME_LINE * em)]
        picture = gray if horizontal else gray.T
        for line in lines:
            found += _on_line(line, corners, picture, scale, em)
    return found


def _on_line(
    line: Sequence[Ruling],
    corners: Sequence[float],
    gray: Pixels,
    scale: float,
    em: float,
) -> list[Ruling]:
    position = mean_position(line)
    width = float(np.median([r.width for r in line]))
    bare = [
        (a, b)
        for a, b in pairwise(corners)
        if b - a > SHORTEST * em and _covered(line, a, b) < 1 - SAME_LINE * em / (b - a)
    ]
    if not bare:
        return []
    drawn = _drawn(gray, position * scale, em * scale)
    return [
        Ruling(line[0].horizontal, position, a, b, width)
        for a, b in bare
        if _shows(*drawn[:, round(a * scale) : round(b * scale)])
    ]


def _covered(line: Sequence[Ruling], start: float, end: float) -> float:
    """The share between start and end that the line's rulings cover."""
    inside = sum(max(min(r.end, end) - max(r.start, start), 0) for r in line)
    return inside / (end - start)


def _drawn(gray: Pixels, position: float, em: float) -> Evidence:
    """(2, width): where there is a level line near the row `position`, and where none but that.

    All in pixels.
    """
    off, astray = max(round(BESIDE * em), 3), max(round(ASTRAY * em), 1)
    middle, margin = round(position), off + astray
    if middle < margin or middle + margin >= len(gray):
        return np.zeros((2, gray.shape[1]), np.bool_)
    strip = np.ascontiguousarray(gray[middle - margin : middle + margin + 1])
    strip = cv2.blur(strip, (max(round(GRAIN * em), 1), 1)).astype(np.int16)
    rows = slice(off, off + 2 * astray + 1)
    paper = np.minimum(strip[: 2 * astray + 1], strip[2 * off :])
    darker = paper - strip[rows]
    least = max(FAINTEST, 3 * float(np.median(np.abs(darker))) * 1.5)
    return np.stack((np.any(darker > least, axis=0), paper[astray] > PAPER))


def _shows(drawn: Evidence, clear: Evidence) -> bool:
    """Whether the side between two corners is drawn, if not all of it.

    Half of it may be missing, but not on both sides of the middle: there a digit may stand.
    """
    quarters = [part.mean() >= DRAWN for part in np.array_split(drawn, 4)]
    return bool(clear.mean() >= CLEAR and sum(quarters) >= 2 and (quarters[0] or quarters[3]))
