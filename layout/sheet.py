"""The sheet in a photograph: where paper ends and the table it lies on begins."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from document.bend import Points
from document.picture import Picture, Pixels

LOOK_AT = 400  # pixels along the longer side: print closes up, and the edge is still a straight one
PRINT = 9
"""Pixels of the small copy: what is thinner is print on the paper, not the end of it."""
DARK = 0.35
"""Of the paper's brightness: what is wider than print and darker is not the sheet. Shade does not
take so much; where a table is brighter, evening out the light makes it as white as paper."""
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
    paper = float(np.percentile(bare, 90))
    bright = (cv2.medianBlur(bare, 5) > DARK * paper).astype(np.uint8)
    _, parts, stats, _ = cv2.connectedComponentsWithStats(bright, connectivity=4)
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA])) if len(stats) > 1 else 0
    if stats[largest, cv2.CC_STAT_AREA] < SMALLEST * bright.size or largest == 0:
        return None
    edges, _ = cv2.findContours(
        (parts == largest).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    mask = np.zeros_like(bright)
    cv2.drawContours(mask, edges, -1, (1,), cv2.FILLED)  # holes are print, not the table
    if np.count_nonzero(mask == 0) < LEAST_DARK * mask.size:
        return None
    margin = max(round(MARGIN * LOOK_AT), 1)
    kernel = np.ones((2 * margin + 1, 2 * margin + 1), np.uint8)
    outline = cv2.convexHull(np.concatenate(edges))[:, 0].astype(np.float64) + 0.5
    return Sheet(np.asarray(cv2.erode(mask, kernel), np.uint8), outline * step / picture.scale)


def on_white(picture: Picture, sheet: Sheet) -> Picture:
    """The picture with everything but the sheet white."""
    height, width = picture.gray.shape
    mask = cv2.resize(sheet.mask, (width, height), interpolation=cv2.INTER_NEAREST)
    return Picture(np.where(mask, picture.gray, np.uint8(255)), picture.scale)
