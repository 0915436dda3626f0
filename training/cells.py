"""Cells cut from damaged pages as the layout finds them, with what is printed there.

The truth is the clean file's own text: each printed character is followed to where the damage and
the straightening took it, and belongs to the cell that its centre lies in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pdfplumber

import layout
from benchmarks.forge.damage.geometry import Warp
from benchmarks.forge.damage.levels import LEVELS, damaged
from document.geometry import Box
from document.page import PageLayout
from document.picture import Pixels
from ocr.cell_picture import AROUND, EM, dark, resized
from ocr.ink import EvenPage
from ocr.numbers import folded
from training.labels import OTHER, label_of

FINER = 4 / 3
"""Pictures are kept so much larger than they are read, for the fitting to shrink at random."""
CROSSED = 0.12
"""Of a character's height: print that reaches so far over the cell's edge is cut by it."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell's picture, `FINER` times as large as read, and its label: see `training.labels`."""

    pixels: Pixels
    label: str
    level: str


@dataclass(frozen=True, slots=True, eq=False)
class _Print:
    """A page's characters: their text, their boxes (n, 4) and sizes in points of the clean page."""

    text: tuple[str, ...]
    boxes: npt.NDArray[np.float64]
    sizes: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A cell's box on its page, in upright points, its label, and how large its print is there."""

    box: Box
    label: str
    em: float


def cut(pdf: Path, level: str, seed: int) -> Iterator[Cell]:
    """All cells of a clean file's tables after the damage of a level."""
    for _, page, cells in located(pdf, level, seed):
        for cell in cells:
            around = AROUND * cell.em
            pixels = dark(page, cell.box.grown(around, around))
            picture = resized(pixels, FINER * EM / (cell.em * page.scale))
            if picture is not None:
                yield Cell(picture, cell.label, level)


def located(pdf: Path, level: str, seed: int) -> Iterator[tuple[int, EvenPage, list[Labelled]]]:
    """The number of each damaged page, the page and the cells that the layout finds there."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "page" + LEVELS[level].suffix)
        warps = damaged(pdf, level, seed, target)
        with layout.open_source(target) as source:
            for number, (printed, warp) in enumerate(zip(_printed(pdf), warps, strict=True), 1):
                page = layout.read_page(source, number, lambda _: 1.0)
                if page.picture is not None and printed.text:
                    found = list(_labelled(page, printed, warp))
                    yield number, EvenPage.of(page.picture), found


def _printed(pdf: Path) -> Iterator[_Print]:
    with pdfplumber.open(pdf) as document:
        for page in document.pages:
            chars = [c for c in page.chars if c["text"].strip()]
            boxes = [(c["x0"], c["top"], c["x1"], c["bottom"]) for c in chars]
            sizes = [c["size"] for c in chars]
            yield _Print(
                tuple(c["text"] for c in chars),
                np.array(boxes, np.float64).reshape(-1, 4),
                np.array(sizes, np.float64),
            )


def _labelled(page: PageLayout, printed: _Print, warp: Warp) -> Iterator[Labelled]:
    points = tuple(
        page.frame.points_upright(warp.place(points)) for points in _middles(printed.boxes)
    )
    usual = float(np.median(printed.sizes))
    for box in (cell.box for grid in page.grids for cell in grid.cells):
        here = _inside(points[1], box)
        em = float(np.median(printed.sizes[here])) if here.any() else usual
        label = _label(printed, here, points, box, em)
        if label is not None:
            yield Labelled(box, label, em)


def _middles(boxes: npt.NDArray[np.float64]) -> Iterator[npt.NDArray[np.float64]]:
    """Left, centre and right of the characters at half their height."""
    x0, y0, x1, y1 = boxes.T
    for x in (x0, (x0 + x1) / 2, x1):
        yield np.stack([x, (y0 + y1) / 2], axis=1)


def _inside(points: npt.NDArray[np.float64], box: Box) -> npt.NDArray[np.bool_]:
    x, y = points.T
    return np.asarray((x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1))


def _label(
    printed: _Print,
    here: npt.NDArray[np.bool_],
    points: tuple[npt.NDArray[np.float64], ...],
    box: Box,
    em: float,
) -> str | None:
    """What the cell says; None where its edge cuts what is printed, which then says nothing."""
    starts, centres, ends = points
    room = CROSSED * em
    rows = (centres[:, 1] > box.y0) & (centres[:, 1] < box.y1)
    over = rows & (
        ((starts[:, 0] < box.x0 - room) & (ends[:, 0] > box.x0 + room))
        | ((starts[:, 0] < box.x1 - room) & (ends[:, 0] > box.x1 + room))
    )
    low = here & (np.minimum(centres[:, 1] - box.y0, box.y1 - centres[:, 1]) < 0.35 * em)
    if over.any() or low.any():
        return None
    chosen = np.flatnonzero(here)
    if len(chosen) == 0:
        return ""
    if np.ptp(centres[chosen, 1]) > 0.5 * em:
        return OTHER
    across = chosen[np.argsort(centres[chosen, 0])]
    return label_of(folded("".join(printed.text[i] for i in across)))
