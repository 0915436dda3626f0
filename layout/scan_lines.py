"""Lines of text on a scan, found without reading them."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from document.geometry import Box
from document.picture import Pixels
from layout.marks import Marks

GAP = 1.6
"""In characters: a wider gap parts two lines that stand side by side."""
LOWEST = 0.35
"""In characters: what is lower by itself is a speck."""


def scan_lines(marks: Marks, tables: Iterable[Box]) -> tuple[Box, ...]:
    """Boxes around the ink of each line of text outside the tables, top to bottom, upright points.

    Characters are smeared into their neighbours in the line; parts of a character that stand over
    each other join because they share the line's columns and nearly touch.
    """
    text = marks.text.copy()
    for table in tables:
        x0, y0, x1, y1 = (round(v * marks.scale) for v in (table.x0, table.y0, table.x1, table.y1))
        text[max(y0, 0) : y1, max(x0, 0) : x1] = 0
    smeared = smear(text, GAP * marks.em, 0.2 * marks.em)
    boxes = _boxes(text, smeared, LOWEST * marks.em)
    return tuple(
        sorted(
            (Box(*(v / marks.scale for v in box)) for box in boxes), key=lambda b: (b.y0, b.x0)
        )
    )


def smear(mask: Pixels, across: float, down: float) -> Pixels:
    """The mask with gaps up to so many pixels filled, first across, then down."""
    wide = np.ones((1, max(round(across), 1)), np.uint8)
    high = np.ones((max(round(down), 1), 1), np.uint8)
    filled = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, wide)
    return cv2.morphologyEx(filled, cv2.MORPH_CLOSE, high)  # type: ignore[return-value]


def _boxes(
    text: Pixels, smeared: Pixels, lowest: float
) -> list[tuple[float, float, float, float]]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(smeared, connectivity=8)
    return [
        (float(x), float(y), float(x + wide), float(y + high))
        for x, y, wide, high, _ in stats[1:]
        if high >= lowest and text[y : y + high, x : x + wide].any()
    ]
