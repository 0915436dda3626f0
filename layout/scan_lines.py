"""Lines of text on a scan, found without reading them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from document.geometry import Box
from document.picture import Pixels
from layout.marks import Marks
from layout.paper import ink_mask
from layout.parts import Parts
from layout.rulings import Ruling

GAP = 1.6
"""In characters: a wider gap parts two lines that stand side by side."""
MOST = 1000
"""More lines than this no page has; the rest are specks."""
MARGIN = 0.1
"""In characters: the faint edge of the ink."""
LOWEST = 0.35
"""In characters: what is lower by itself is a speck."""
HIGHEST = 3.0
"""In characters: what is higher and no wider than one is the shadow of the paper's edge; it would
draw all lines beside it together."""


@dataclass(frozen=True, slots=True, eq=False)
class TextInk:
    """The ink of a page's text: mask (height, width) uint8, 0 or 1.

    `scale`: pixels per point. `em`: the size of a character in pixels.
    """

    mask: Pixels
    scale: float
    em: float


def text_ink(marks: Marks, rulings: Iterable[Ruling]) -> TextInk:
    """The marks' ink without the rulings and their blurred edges."""
    mask = marks.ink.copy()
    blur = 1.5 / marks.scale
    for ruling in rulings:
        _blank(mask, ruling.box.grown(blur, blur), marks.scale)
    return TextInk(mask, marks.scale, marks.em)


def faint_text_ink(marks: Marks, rulings: Iterable[Ruling]) -> TextInk:
    """As `text_ink`, but what counts as dark is told without the rulings, which may be darker."""
    gray = marks.gray.copy()
    blur = 2.5 / marks.scale
    for ruling in rulings:
        _blank(gray, ruling.box.grown(blur, blur), marks.scale, 255)
    return TextInk(ink_mask(gray), marks.scale, marks.em)


def scan_lines(text: TextInk, tables: Iterable[Box]) -> tuple[Box, ...]:
    """Boxes around each line of text outside the tables, top to bottom, in upright points.

    Characters are smeared into their neighbours in the line, and parts of a character that stand
    over each other into one another.
    """
    mask = text.mask.copy()
    for table in tables:
        _blank(mask, table, text.scale)
    lowest = LOWEST * text.em / text.scale
    pieces = boxes_of(smear(mask, GAP * text.em, 0.2 * text.em), text.scale)
    pieces = [
        piece
        for piece in pieces
        if max(piece.width, piece.height) >= lowest and not _is_shadow(piece, text)
    ]
    margin = MARGIN * text.em / text.scale
    lines = [line.grown(margin, margin) for line in joined(pieces) if line.height >= lowest]
    return tuple(sorted(lines, key=lambda b: (b.y0, b.x0)))


def _is_shadow(piece: Box, text: TextInk) -> bool:
    em = text.em / text.scale
    height, width = text.mask.shape
    inner = Box(0, 0, width / text.scale, height / text.scale).grown(-em, -em)
    return not inner.holds(piece.center) or (piece.height > HIGHEST * em and piece.width < em)


def joined(pieces: Iterable[Box]) -> list[Box]:
    """Pieces of a line made one, left to right.

    A large heading has larger gaps than the page's usual character suggests, so what counts is the
    height of the line: a piece goes on a line if it shares most of the lower one's height and
    begins before GAP line heights are over.
    """
    lines: list[Box] = []
    for piece in sorted(pieces):
        for i, line in enumerate(lines):
            shared = min(line.y1, piece.y1) - max(line.y0, piece.y0)
            high, low = max(line.height, piece.height), min(line.height, piece.height)
            if shared > 0.6 * low and piece.x0 - line.x1 < GAP * high:
                lines[i] = Box.enclosing((line, piece))
                break
        else:
            lines.append(piece)
    return lines


def smear(mask: Pixels, across: float, down: float) -> Pixels:
    """The mask with gaps up to so many pixels filled, first across, then down."""
    wide = np.ones((1, max(round(across), 1)), np.uint8)
    high = np.ones((max(round(down), 1), 1), np.uint8)
    filled = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, wide)
    return cv2.morphologyEx(filled, cv2.MORPH_CLOSE, high)  # type: ignore[return-value]


def _blank(mask: Pixels, box: Box, scale: float, value: int = 0) -> None:
    x0, y0, x1, y1 = (round(v * scale) for v in (box.x0, box.y0, box.x1, box.y1))
    mask[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)] = value


def boxes_of(mask: Pixels, scale: float) -> list[Box]:
    """Boxes around the connected parts of a mask, in points, the MOST largest."""
    parts = Parts.of(mask)
    largest = np.argsort(-parts.area, kind="stable")[:MOST]
    x, y = parts.left[largest], parts.top[largest]
    edges = np.stack([x, y, x + parts.wide[largest], y + parts.high[largest]], axis=1) / scale
    return [Box(*box) for box in edges.tolist()]
