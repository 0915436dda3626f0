"""Pages painted stroke by stroke, and what offices do to them: a test needs no font for either."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import cv2
import numpy as np

from document.geometry import Box, Point, Size
from document.grid import TableGrid
from document.picture import Pixels

A5 = Size(420, 595)
FINE = 3  # painted so many times finer, then averaged, as a scanner sees it

Stroke = tuple[float, float, float, float]
GLYPHS: dict[str, tuple[Stroke, ...]] = {
    "一": ((0.05, 0.5, 0.95, 0.5),),
    "上": ((0.5, 0.1, 0.5, 0.9), (0.05, 0.9, 0.95, 0.9), (0.5, 0.45, 0.85, 0.45)),
    "土": ((0.5, 0.1, 0.5, 0.9), (0.05, 0.9, 0.95, 0.9), (0.2, 0.45, 0.8, 0.45)),
    "山": ((0.1, 0.4, 0.1, 0.9), (0.5, 0.1, 0.5, 0.9), (0.9, 0.4, 0.9, 0.9), (0.1, 0.9, 0.9, 0.9)),
    "片": ((0.3, 0.1, 0.1, 0.9), (0.3, 0.4, 0.9, 0.4), (0.6, 0.1, 0.6, 0.4), (0.8, 0.6, 0.8, 0.9)),
    "仁": ((0.3, 0.1, 0.1, 0.5), (0.2, 0.4, 0.2, 0.9), (0.5, 0.3, 0.8, 0.3), (0.4, 0.8, 0.95, 0.8)),
}
TEXT = "上片山仁土片上仁山"


@dataclass(frozen=True)
class Table:
    """Lines and merged cells (row, column, rowspan, colspan) of a table to paint, in points."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    ruling: float = 0.75

    @property
    def cells(self) -> list[tuple[int, int, int, int]]:
        hidden = {
            (r, c)
            for row, column, rowspan, colspan in self.merged
            for r in range(row, row + rowspan)
            for c in range(column, column + colspan)
        }
        single = [
            (r, c, 1, 1)
            for r in range(len(self.rows) - 1)
            for c in range(len(self.columns) - 1)
            if (r, c) not in hidden
        ]
        return sorted([*single, *self.merged])

    def box(self, cell: tuple[int, int, int, int]) -> Box:
        row, column, rowspan, colspan = cell
        return Box(
            *(self.columns[column], self.rows[row]),
            *(self.columns[column + colspan], self.rows[row + rowspan]),
        )


REPORT_TABLE = Table(
    rows=(150, 168, 186, 214, 232, 250, 268, 286, 310),
    columns=(40, 70, 130, 170, 210, 250, 290, 330, 380),
    merged=((0, 0, 3, 2), (0, 2, 1, 6), (1, 2, 2, 1), (1, 3, 1, 4), (1, 7, 2, 1), (3, 0, 1, 2),
            (4, 0, 3, 1), (7, 0, 1, 2)),
)  # fmt: skip
"""Like the applications table: a corner over three head rows, a group over three rows."""


@dataclass
class Painting:
    """A page under the brush; all coordinates in points. `seen(dpi)` gives its pixels."""

    page: Size = A5
    dpi: int = 150
    canvas: Pixels = field(init=False)

    def __post_init__(self) -> None:
        sides = (self.page.height, self.page.width)
        size = tuple(round(side * self.dpi / 72) * FINE for side in sides)
        self.canvas = np.full(size, 255, np.uint8)

    def _px(self, points: float) -> int:
        return round(points * self.dpi / 72 * FINE)

    def line(self, start: Point, end: Point, width: float, gray: int = 0) -> None:
        if start[0] != end[0] and start[1] != end[1]:
            a, b = ((self._px(x), self._px(y)) for x, y in (start, end))
            cv2.line(self.canvas, a, b, (gray,), max(self._px(width), 1))
            return
        x0, y0 = self._px(start[0] - width / 2), self._px(start[1] - width / 2)
        x1, y1 = self._px(end[0] + width / 2), self._px(end[1] + width / 2)
        self.canvas[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)] = gray

    def text(self, at: Point, text: str, em: float = 10.0, bold: bool = False) -> None:
        """Characters side by side; `at` is the top left of the first."""
        for i, character in enumerate(text):
            for x0, y0, x1, y1 in GLYPHS[character]:
                left = at[0] + i * em * 1.05
                start, end = (left + x0 * em, at[1] + y0 * em), (left + x1 * em, at[1] + y1 * em)
                self.line(start, end, em * (0.13 if bold else 0.08))

    def table(self, table: Table, gray: int = 0, em: float = 9.0) -> None:
        """The rulings round every cell and some text in each."""
        for cell in table.cells:
            box = table.box(cell)
            for start, end in pairwise((*box.corners, box.top_left)):
                (x0, y0), (x1, y1) = sorted((start, end))
                self.line((x0, y0), (x1, y1), table.ruling, gray)
            fits = max(int((box.width - 6) / (em * 1.05)), 1)
            self.text((box.x0 + 3, box.y0 + 4), TEXT[:fits], em)

    def paragraph(self, top: float, lines: int, spacing: float = 18.0, em: float = 10.0) -> None:
        for i in range(lines):
            self.text((45, top + i * spacing), (TEXT[i % 5 :] + TEXT * 3)[:30], em)

    @property
    def pixels(self) -> Pixels:
        height, width = (side // FINE for side in self.canvas.shape)
        return cv2.resize(self.canvas, (width, height), interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


@cache
def report_page(dpi: int = 150, gray: int = 0) -> Pixels:
    """A heading, the table, a paragraph and a page number; read-only, for it is painted once."""
    painting = Painting(dpi=dpi)
    painting.text((45, 110), "一土山一上片", 14, bold=True)
    painting.table(REPORT_TABLE, gray)
    painting.paragraph(340, 6)
    painting.text((205, 550), "一山一", 9)
    return read_only(painting.pixels)


@cache
def text_page(dpi: int = 150) -> Pixels:
    """A bold, underlined title and two paragraphs; read-only, for it is painted once."""
    painting = Painting(dpi=dpi)
    painting.text((100, 60), "土山一一上片仁", 22, bold=True)
    painting.line((100, 86), (262, 86), 1.2)
    painting.paragraph(120, 9)
    painting.paragraph(310, 9)
    return read_only(painting.pixels)


def read_only(pixels: Pixels) -> Pixels:
    pixels.setflags(write=False)
    return pixels


def skewed(pixels: Pixels, degrees: float) -> Pixels:
    """Laid on the glass clockwise by so many degrees, about the page's centre."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1)
    return cv2.warpAffine(  # type: ignore[return-value]
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,)
    )


def skewed_point(point: Point, degrees: float, page: Size = A5) -> Point:
    """Where `skewed` moves a point of the page."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = point[0] - page.width / 2, point[1] - page.height / 2
    return page.width / 2 + x * cos - y * sin, page.height / 2 + x * sin + y * cos


def blurred(pixels: Pixels, sigma: float = 0.8) -> Pixels:
    return cv2.GaussianBlur(pixels, (0, 0), sigma)  # type: ignore[return-value]


def noisy(pixels: Pixels, sigma: float = 12, seed: int = 1) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, sigma, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def speckled(pixels: Pixels, share: float = 0.002, seed: int = 1) -> Pixels:
    """So large a share of the pixels turned black, and as many white."""
    chance = np.random.default_rng(seed).random(pixels.shape)
    out = pixels.copy()
    out[chance < share] = 0
    out[chance > 1 - share] = 255
    return out


def jpeg(pixels: Pixels, quality: int = 40) -> Pixels:
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)  # type: ignore[return-value]


def unevenly_lit(pixels: Pixels, loss: float = 0.45) -> Pixels:
    """Darker by `loss` towards the lower right, as under an open lid."""
    height, width = pixels.shape
    x, y = np.linspace(0, 0.6, width)[None], np.linspace(0, 0.4, height)[:, None]
    return (pixels * (1 - loss * (x + y))).astype(np.uint8)


def bilevel(pixels: Pixels) -> Pixels:
    return ((pixels > 150) * np.uint8(255)).astype(np.uint8)


def reads(crops: Sequence[Pixels]) -> float:
    """How well the crops correlate with the upright characters of TEXT: a reader of this script."""
    return float(np.mean([_reads(crop) for crop in crops]))


def _reads(crop: Pixels) -> float:
    ink = crop < 140
    if not ink.any():
        return 0.0
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    tight = crop[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    width = max(round(tight.shape[1] * 24 / tight.shape[0]), 24)
    line = cv2.copyMakeBorder(
        cv2.resize(tight, (width, 24), interpolation=cv2.INTER_AREA), 4, 4, 4, 4,
        cv2.BORDER_CONSTANT, value=(255,),
    )  # fmt: skip
    matches = [cv2.matchTemplate(line, t, cv2.TM_CCOEFF_NORMED).max(axis=0) for t in _templates()]
    best = np.max(matches, axis=0)
    places = [best[x : x + 26].max() for x in range(0, max(len(best) - 25, 1), 26)]
    return float(np.clip(np.mean(places), 0, 1))


@cache
def _templates() -> tuple[Pixels, ...]:
    templates = []
    for character in sorted(set(TEXT)):
        painting = Painting(Size(12, 12), dpi=144)
        painting.text((0.5, 0.5), character, 11)
        templates.append(painting.pixels)
    return tuple(templates)


def spans(grid: TableGrid) -> list[tuple[int, int, int, int]]:
    return sorted((c.row, c.column, c.rowspan, c.colspan) for c in grid.cells)
