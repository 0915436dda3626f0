"""The sheet in a photograph: where paper ends and the table it lies on begins."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from document.bend import Points
from document.picture import Picture, Pixels

LOOK_AT = 400  # pixels along the longer side: print closes up, and the edge is still a straight one
PRINT = 9
"""Pixels of the small copy: what is thinner is print on the paper, not the end of it."""
DARKNESSES = (0.6, 0.5, 0.42, 0.35)
"""Of the paper's brightness: what is wider than print and darker is not the sheet. The first is
taken at which the sheet is whole and ends in a step; shade does not take as much as the last."""
WHOLE = 0.98
"""Of its convex hull: a curled sheet fills so much at least, one with pieces of table less."""
STEP = 0.75
"""Beyond a sheet's edge it is so dark at most, compared with its paper; shade begins slowly."""
BESIDE = 4
"""Pixels of the small copy from the edge to where that is looked at: past its blur."""
STEEP = 0.9
"""Of the sheet's edge inside the picture: so much of it at least ends in a step."""
SMALLEST = 0.25
"""Of the picture: what is bright and smaller is no sheet but a lamp on the table."""
LEAST_DARK = 0.004
"""Of the picture: less dark at its edge is not worth cutting off."""
MARGIN = 0.006
"""Of the picture's longer side: the sheet's own blurred edge, cut off with the table."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The sheet in a picture: `mask` (height, width) uint8, 1 = sheet, a reduced copy of the
    picture; `outline` (n, 2) its corners in points of the picture."""

    mask: Pixels
    outline: Points


def find_sheet(picture: Picture) -> Sheet | None:
    """The sheet, where darkness surrounds it on at least one side; None where paper fills all."""
    step = max(max(picture.gray.shape) // LOOK_AT, 1)
    small = picture.gray[::step, ::step]  # one pixel in many does for paper
    framed = np.pad(small, PRINT)  # dark: a strip of table along the edge is not print
    bare = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((PRINT, PRINT), np.uint8))
    bare = bare[PRINT:-PRINT, PRINT:-PRINT]
    paper = np.asarray(cv2.medianBlur(bare, 5), np.uint8)
    found = (_largest(paper, dark) for dark in DARKNESSES)
    mask = next((each for each in found if _is_sheet(each, paper)), None)
    if mask is None:
        mask = _largest(paper, DARKNESSES[-1])
    if np.count_nonzero(mask) < SMALLEST * mask.size:
        return None
    if np.count_nonzero(mask == 0) < LEAST_DARK * mask.size:
        return None
    margin = max(round(MARGIN * LOOK_AT), 1)
    kernel = np.ones((2 * margin + 1, 2 * margin + 1), np.uint8)
    outline = _hull(mask).astype(np.float64) + 0.5
    return Sheet(np.asarray(cv2.erode(mask, kernel), np.uint8), outline * step / picture.scale)


def _largest(paper: Pixels, dark: float) -> Pixels:
    """The mask of the largest part that is brighter, holes filled: they are print."""
    least = dark * float(np.percentile(paper, 90))
    _, bright = cv2.threshold(paper, least, 1, cv2.THRESH_BINARY)
    edges, _ = cv2.findContours(bright.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    mask = np.zeros_like(paper)
    if edges:
        largest = max(edges, key=cv2.contourArea)
        cv2.drawContours(mask, [largest], -1, (1,), cv2.FILLED)
    return mask


def _is_sheet(mask: Pixels, paper: Pixels) -> bool:
    """Whether the mask is a whole sheet that ends in a step."""
    if np.count_nonzero(mask) < SMALLEST * mask.size:
        return False
    if np.count_nonzero(mask) < WHOLE * cv2.contourArea(_hull(mask)):
        return False
    inner = np.pad(cv2.erode(mask, np.ones((3, 3), np.uint8))[1:-1, 1:-1], 1)
    edge = (mask > inner)[BESIDE:-BESIDE, BESIDE:-BESIDE]
    around = np.ones((2 * BESIDE + 1, 2 * BESIDE + 1), np.uint8)
    step = cv2.erode(paper, around) <= STEP * cv2.dilate(paper, around).astype(np.float32)
    return not edge.any() or bool(step[BESIDE:-BESIDE, BESIDE:-BESIDE][edge].mean() >= STEEP)


def _hull(mask: Pixels) -> npt.NDArray[np.int32]:
    """The corners (n, 2) of the mask's convex hull in its pixels; `mask` is not empty."""
    edges, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return np.asarray(cv2.convexHull(np.concatenate(edges))[:, 0], np.int32)


def on_white(picture: Picture, sheet: Sheet) -> Picture:
    """The picture with everything but the sheet white."""
    height, width = picture.gray.shape
    mask = cv2.resize(sheet.mask, (width, height), interpolation=cv2.INTER_NEAREST)
    return Picture(np.where(mask, picture.gray, np.uint8(255)), picture.scale)
