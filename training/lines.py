"""Lines of labels cut from damaged pages as the reader finds them, with what is printed there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from document.geometry import Box
from ocr.cell_picture import line_picture
from ocr.lines import character_height
from ocr.scan import CellScan
from reconstruct.characters import packed
from training.cells import CROSSED, FINER, Cell
from training.pages import DamagedPage, Printed, damaged_pages
from training.wordings import characters

STRANGE = "□"
"""Stands in a label for each character that the label reader does not know."""
OFF = 0.5
"""Of a character's height: print further from a line's middle is not of that line."""


def cut_lines(pdf: Path, level: str, seed: int) -> Iterator[Cell]:
    """All lines of words in a clean file's tables after the damage of a level."""
    for page in damaged_pages(pdf, level, seed):
        for box, text, em in lines_of(page):
            picture = line_picture(page.picture, box, em, FINER)
            if picture is not None:
                yield Cell(picture, text, level)


def lines_of(page: DamagedPage) -> Iterator[tuple[Box, str, float]]:
    """The box of each line's ink, what it says, and the height of characters on the page."""
    boxes = [cell.box for grid in page.layout.grids for cell in grid.cells]
    inks = [page.picture.ink(box) for box in boxes]
    em = character_height((ink.mask for ink in inks), page.picture.scale)
    for box, ink in zip(boxes, inks, strict=True):
        lines = [c.box for c in CellScan.of(ink, page.picture, 1, em).crops]
        for line, text in zip(lines, _texts(page.printed, box, lines), strict=True):
            if text is not None:
                yield line, _spelt(text), em


def _texts(printed: Printed, cell: Box, lines: list[Box]) -> list[str | None]:
    """What each line says; None where its ink is not all of its print, or none."""
    here = np.flatnonzero(printed.within(cell))
    middles = np.array([(line.y0 + line.y1) / 2 for line in lines])
    found: list[list[int]] = [[] for _ in lines]
    for i in here.tolist() if lines else []:
        off = np.abs(middles - printed.centres[i, 1])
        nearest, room = int(off.argmin()), printed.sizes[i]
        if off[nearest] > OFF * room or printed.starts[i, 0] < cell.x0 - CROSSED * room:
            return [None] * len(lines)
        if printed.ends[i, 0] > cell.x1 + CROSSED * room:
            return [None] * len(lines)
        found[nearest].append(i)
    return [_text(printed, each) for each in found]


def _text(printed: Printed, places: list[int]) -> str | None:
    across = sorted(places, key=lambda i: printed.centres[i, 0])
    return packed("".join(printed.text[i] for i in across)) or None


def _spelt(text: str) -> str:
    known = set(characters())
    return "".join(c if c in known else STRANGE for c in text)
