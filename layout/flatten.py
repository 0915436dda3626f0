"""The flat page behind a foreshortened or curled one, from its own rulings or lines of text."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from document.bend import Bend, Points
from document.geometry import Box, Matrix, Size, UprightFrame, inverse, product, projected
from layout.straighten import moved
from layout.sway import Sway, fitted
from layout.traces import Mask, Traces

WARPED = 0.5
"""A page that is warped anyway is bent for so small a share of what a page is warped for."""
STROKES = 5
"""Fewer strokes that agree are no evidence: a letter's head may have four lines."""
UPRIGHT, TALL = 3, 100.0
"""But a letter's head has none upright: a table of two columns has three, and so long in all, in
characters, they are most of a page's height each."""
AGREE = 0.6
"""So large a share of what was traced must agree."""
EDGE = 9.0
"""Points: nearer to the picture's edge lies the edge of the paper, or its shadow, which is not as
the print is; printers leave some 4 mm. It turned or sheared 5 of 35 dev pages without upright
rulings by 0.1 to 0.3°."""
FARTHEST, FARTHEST_SHARE = 8.0, 0.12
"""In characters, and of the page's shorter side: what would have to be moved further was not
measured but made up."""
LARGEST = 1.4
"""So many times the page's own size may the flat page have, in one direction."""
HOMOGRAPHIES = 3
"""Each leaves about a tenth of the perspective that was there before."""
SPACING = 10.0
"""Points between the nodes of a bend: a sheet that curls a whole character within four lines is
still right to 0.02 points half-way between two."""
FIXED_POINT_STEPS = 12

log = logging.getLogger("gouji.layout")


def flattened(
    traces: Sequence[Traces], frame: UprightFrame, em: float, outline: Points | None
) -> UprightFrame:
    """The frame that makes the page's strokes straight, with the simplest model that does.

    `traces`: level and upright strokes in upright points of `frame`, which only turns the page;
    `em`: the size of a character, in points; `outline`: (n, 2) corners of the sheet, in page
    points, if it is not the whole page. The same frame comes back where strokes are straight as
    they are, and where too few agree on how they are not.
    """
    size = frame.upright.width, frame.upright.height
    printed = [t.only(_is_inside(frame, t.points)) for t in traces]
    before = _sways(printed, size, em)
    straight = max(t.tell for t in traces) * em
    if _extent(before) <= straight:
        log.debug("straightening: the tilt is all")
        return frame
    flat, sways = frame, before
    strokes = printed
    for _ in range(HOMOGRAPHIES):
        step = _perspective(sways, size)
        flat = replace(flat, matrix=product(flat.matrix, inverse(step)))
        strokes = [t.moved(projected(step, t.points)) for t in strokes]
        sways = _sways(strokes, size, em)
    if (left := _extent(sways)) > WARPED * straight:
        bend = _bend(flat, sways)
        flat = replace(flat, bend=bend) if bend else flat
    log.debug(
        "straightening: strokes stray %.2f characters; %.2f after perspective%s",
        *(_extent(before) / em, left / em, "; bent back" if flat.bend else ""),
    )
    return _cropped(flat, frame, outline)


def _is_inside(frame: UprightFrame, points: Points) -> Mask:
    """(n,) bool: which points are as far from the picture's edges as print is."""
    on_page = frame.points_on_page(points)
    far = np.array([frame.page.width, frame.page.height]) - EDGE
    return np.asarray(((on_page > EDGE) & (on_page < far)).all(axis=1))


def _sways(traces: Sequence[Traces], size: tuple[float, float], em: float) -> list[Sway]:
    """The fields of those directions of which strokes enough agree."""
    fields = [(t, fitted(t, size, em)) for t in traces if t.count >= _enough(t)]
    farthest = min(FARTHEST * em, FARTHEST_SHARE * min(size))
    return [sway for t, sway in fields if _agreed(t, sway) and sway.extent <= farthest]


def _enough(traces: Traces) -> int:
    tall = not traces.level and len(traces.points) >= TALL
    return UPRIGHT if tall else STROKES


def _agreed(traces: Traces, sway: Sway) -> bool:
    good = sway.trusted > 0.5
    return bool(np.count_nonzero(good) >= _enough(traces) and good[traces.stroke].mean() >= AGREE)


def _extent(sways: Sequence[Sway]) -> float:
    return max((sway.extent for sway in sways), default=0.0)


def _perspective(sways: Sequence[Sway], size: tuple[float, float]) -> Matrix:
    """The homography that makes strokes level and upright as far as a homography can.

    With x and y from the page's centre, x' = (x + by) / w, y' = (dx + y) / w, w = 1 + gx + hy makes
    straight lines y = t + sx level if s = -d + (g - hd) t, and x = t + sy upright if s = -b +
    (h - gb) t: how slopes change from line to line tells the perspective.
    """
    slopes: dict[bool, tuple[float, float]] = {}
    for sway in sways:
        along, across = size if sway.level else size[::-1]
        mean, change = 2 * sway.terms[1, 0] / along, 4 * sway.terms[1, 1] / (along * across)
        slopes[sway.level] = float(mean), -float(change)
    d, level = slopes.get(True, (-slopes[False][0], 0.0) if False in slopes else (0.0, 0.0))
    b, upright = slopes.get(False, (-d, 0.0))
    g, h = (v / (1 - b * d) for v in (level + d * upright, upright + b * level))
    x, y = size[0] / 2, size[1] / 2
    return product(moved(x, y), product((1, b, 0, d, 1, 0, g, h, 1), moved(-x, -y)))


def _bend(flat: UprightFrame, sways: Sequence[Sway]) -> Bend | None:
    """The sheet's bend beyond `flat`'s homography; None if it would fold the page."""
    rows, columns = (
        int(np.ceil(side / SPACING)) + 1 for side in (flat.page.height, flat.page.width)
    )
    x, y = np.meshgrid(np.arange(columns) * SPACING, np.arange(rows) * SPACING)
    on_flat = np.stack([x.ravel(), y.ravel()], axis=1)
    upright = projected(inverse(flat.matrix), on_flat)
    swaying = upright
    for _ in range(FIXED_POINT_STEPS):
        swaying = upright - _shift(sways, swaying)
    shifts = projected(flat.matrix, swaying) - on_flat
    try:
        return Bend(shifts.reshape(rows, columns, 2), SPACING)
    except ValueError as error:
        log.debug("straightening: %s", error)
        return None


def _shift(sways: Sequence[Sway], points: Points) -> Points:
    shift = np.zeros_like(points)
    for sway in sways:
        shift[:, 1 if sway.level else 0] = sway.shift(points)
    return shift


def _cropped(flat: UprightFrame, frame: UprightFrame, outline: Points | None) -> UprightFrame:
    """The flat frame with its upright page just round the sheet; `frame` if that is too large."""
    corners = np.array(frame.page.box.corners) if outline is None else outline
    box = Box.around(flat.points_upright(corners).tolist())
    if box.width > LARGEST * frame.upright.width or box.height > LARGEST * frame.upright.height:
        log.debug("straightening: a page of %.0f × %.0f points cannot be", box.width, box.height)
        return frame
    matrix = product(flat.matrix, moved(box.x0, box.y0))
    return replace(flat, matrix=matrix, upright=Size(box.width, box.height))
