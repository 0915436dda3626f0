"""What a PDF page says it draws: characters, rulings, filled shapes, pictures, in page points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTRect
from pdfplumber.page import Page

from document.geometry import Box, Point, Size
from layout.rulings import Ruling, merged

THICKEST = 4.0
"""A filled shape at most so thin, in points, is a ruling; a row of text needs more."""
LEAST_GLYPH = 1.0
"""Type lower than this, in points, is there for searches, not for readers."""
ASLANT = 0.02
"""Rise over run up to which a stroke still counts as straight across or down."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box; `turns` quarter turns clockwise from upright; `white` as paper."""

    text: str
    box: Box
    turns: int
    white: bool


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture on the page and the pixels it is stored in; 0 where the file does not say."""

    box: Box
    columns: int
    rows: int

    @property
    def dpi(self) -> float:
        return 72 * math.sqrt(self.columns * self.rows / max(self.box.area, 1e-6))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page's content, as yet neither turned nor trusted; nothing off the page."""

    size: Size
    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]
    fills: tuple[Box, ...]
    pictures: tuple[PlacedPicture, ...]


def drawing_of(page: Page, size: Size) -> Drawing | None:
    """The page's content in page points; None if it disagrees with `size`, the page as shown.

    Reads the layout tree under pdfplumber's page: its dictionaries of the same objects cost about
    as much again as parsing the page.
    """
    corner = _shown_corner(page)
    shown = Size(*corner[2:])
    if abs(shown.width - size.width) > 1 or abs(shown.height - size.height) > 1:
        return None
    return _Collector(corner[0], corner[1], size).collect(page.layout)


def _shown_corner(page: Page) -> tuple[float, float, float, float]:
    """Left and top of the crop box in the layout tree's coordinates (y up), width and height."""
    mx0, my0, mx1, my1 = _sorted(page.page_obj.mediabox)
    cx0, cy0, cx1, cy1 = _sorted(page.page_obj.cropbox or page.page_obj.mediabox)
    cx0, cy0, cx1, cy1 = max(cx0, mx0), max(cy0, my0), min(cx1, mx1), min(cy1, my1)
    width, height = cx1 - cx0, cy1 - cy0
    match page.page_obj.rotate % 360:
        case 90:
            return cy0 - my0, mx1 - cx0, height, width
        case 180:
            return mx1 - cx1, my1 - cy0, width, height
        case 270:
            return my1 - cy1, cx1 - mx0, height, width
        case _:
            return cx0 - mx0, cy1 - my0, width, height


def _sorted(box: Iterable[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(v) for v in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class _Collector:
    """Sorts the layout tree's items; `left` and `top` are where the shown page begins in it."""

    def __init__(self, left: float, top: float, size: Size) -> None:
        self.left, self.top, self.size = left, top, size

    def collect(self, tree: Iterable[Any]) -> Drawing:
        glyphs: list[Glyph] = []
        rulings: list[Ruling] = []
        fills: list[Box] = []
        pictures: list[PlacedPicture] = []
        dots: list[Box] = []
        for item in _leaves(tree):
            box = self._box(item)
            if box is None:
                continue
            if isinstance(item, LTChar):
                if box.height >= LEAST_GLYPH:
                    glyphs.append(_glyph(item, box))
            elif isinstance(item, LTCurve):
                rulings += self._rulings(item, box)
                if item.fill and max(box.width, box.height) <= THICKEST:
                    dots.append(box)
                elif item.fill and isinstance(item, LTRect):
                    fills.append(box)
            elif isinstance(item, LTImage):
                rulings += _thin(box)
                pictures.append(PlacedPicture(box, *_pixels(item)))
        rulings += _dotted(dots)
        return Drawing(self.size, tuple(glyphs), tuple(rulings), tuple(fills), tuple(pictures))

    def _point(self, point: Point) -> Point:
        return point[0] - self.left, self.top - point[1]

    def _box(self, item: Any) -> Box | None:
        """The item's part on the page; None for what no page can show."""
        (x0, y1), (x1, y0) = self._point((item.x0, item.y0)), self._point((item.x1, item.y1))
        if not all(math.isfinite(v) for v in (x0, y0, x1, y1)):
            return None
        x0, x1 = max(x0, 0.0), min(x1, self.size.width)
        y0, y1 = max(y0, 0.0), min(y1, self.size.height)
        return Box(x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None

    def _rulings(self, item: LTCurve, box: Box) -> Iterator[Ruling]:
        if item.stroke and not _is_white(item.stroking_color):
            yield from self._strokes(item)
        elif item.fill and not _is_white(item.non_stroking_color):
            yield from _thin(box)

    def _strokes(self, item: LTCurve) -> Iterator[Ruling]:
        if any(step[0] not in "mlh" for step in item.original_path or ()):
            return
        corners = [self._point(p) for p in item.pts]
        if isinstance(item, LTRect):
            corners.append(corners[0])
        width = min(max(item.linewidth, 0.0), THICKEST)
        for (x0, y0), (x1, y1) in pairwise(corners):
            across, down = abs(x1 - x0), abs(y1 - y0)
            if down <= ASLANT * across and across > 0:
                yield Ruling(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1), width)
            elif across <= ASLANT * down and down > 0:
                yield Ruling(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1), width)


def _leaves(tree: Iterable[Any]) -> Iterator[Any]:
    for item in tree:
        if isinstance(item, LTFigure):
            yield from _leaves(item)
        else:
            yield item


def _thin(box: Box) -> Iterator[Ruling]:
    """A thin filled shape as the ruling it looks like."""
    x, y = box.center
    if box.height <= THICKEST and box.width >= 2 * box.height:
        yield Ruling(True, y, box.x0, box.x1, box.height)
    elif box.width <= THICKEST and box.height >= 2 * box.width:
        yield Ruling(False, x, box.y0, box.y1, box.width)


def _dotted(dots: Iterable[Box]) -> Iterator[Ruling]:
    """Rulings that are rows of dots."""
    pieces = [
        piece
        for dot in dots
        for piece in (
            Ruling(True, dot.center[1], dot.x0, dot.x1, dot.height),
            Ruling(False, dot.center[0], dot.y0, dot.y1, dot.width),
        )
    ]
    for line in merged(pieces, tolerance=0.5, gap=THICKEST):
        if line.length > 3 * THICKEST:
            yield line


def _glyph(item: LTChar, box: Box) -> Glyph:
    a, b = item.matrix[:2]
    turns = (0 if a >= 0 else 2) if abs(a) >= abs(b) else (3 if b > 0 else 1)
    return Glyph(_sound(item.get_text()), box, turns, _is_white(item.graphicstate.ncolor))


def _sound(text: str) -> str:
    """Halves of a character, which a font's table may name, made whole or marked as damaged."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_white(color: Any) -> bool:
    """Whether gray, RGB or CMYK components are those of white paper."""
    components = color if isinstance(color, (tuple, list)) else (color,)
    if not all(isinstance(v, (int, float)) for v in components):
        return False
    values = [float(v) for v in components]
    if len(values) == 4:
        return max(values) <= 0.01
    return len(values) in (1, 3) and min(values) >= 0.99


def _pixels(item: LTImage) -> tuple[int, int]:
    columns, rows = item.srcsize
    return (columns, rows) if isinstance(columns, int) and isinstance(rows, int) else (0, 0)
