"""Cells cut from damaged pages as the layout finds them, with what is printed there.

A printed character belongs to the cell that its centre lies in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from document.geometry import Box
from document.picture import Pixels
from ocr.cell_picture import AROUND, EM, dark, resized
from ocr.ink import EvenPage
from ocr.numbers import folded
from training.labels import OTHER, label_of
from training.pages import Printed, damaged_pages

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
    for page in damaged_pages(pdf, level, seed):
        boxes = [cell.box for grid in page.layout.grids for cell in grid.cells]
        yield page.layout.number, page.picture, list(_labelled(boxes, page.printed))


def _labelled(boxes: Iterable[Box], printed: Printed) -> Iterator[Labelled]:
    usual = float(np.median(printed.sizes))
    for box in boxes:
        here = printed.within(box)
        em = float(np.median(printed.sizes[here])) if here.any() else usual
        label = _label(printed, here, box, em)
        if label is not None:
            yield Labelled(box, label, em)


def _label(printed: Printed, here: npt.NDArray[np.bool_], box: Box, em: float) -> str | None:
    """What the cell says; None where its edge cuts what is printed, which then says nothing."""
    starts, centres, ends = printed.starts, printed.centres, printed.ends
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
