"""Damaged pages and what is printed on them.

The truth is the clean file's own text: each printed character is followed to where the damage and
the straightening took it.
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
from ocr.ink import EvenPage

Points = npt.NDArray[np.float64]
"""(n, 2), upright points of the damaged page."""


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """A page's characters: left, middle and right of each at half its height, and its size in
    points of the clean page."""

    text: tuple[str, ...]
    starts: Points
    centres: Points
    ends: Points
    sizes: npt.NDArray[np.float64]

    def within(self, box: Box) -> npt.NDArray[np.bool_]:
        """Which characters have their centre in the box."""
        x, y = self.centres.T
        return np.asarray((x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1))


@dataclass(frozen=True, slots=True, eq=False)
class DamagedPage:
    """A page as the layout found it."""

    layout: PageLayout
    picture: EvenPage
    printed: Printed


def damaged_pages(pdf: Path, level: str, seed: int) -> Iterator[DamagedPage]:
    """The pages of a clean file after the damage of a level; those without print are left out."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "page" + LEVELS[level].suffix)
        warps = damaged(pdf, level, seed, target)
        with layout.open_source(target) as source, pdfplumber.open(pdf) as document:
            for number, (clean, warp) in enumerate(zip(document.pages, warps, strict=True), 1):
                page = layout.read_page(source, number, lambda _: 1.0)
                chars = [c for c in clean.chars if c["text"].strip()]
                if page.picture is not None and chars:
                    printed = _printed(chars, page, warp)
                    yield DamagedPage(page, EvenPage.of(page.picture), printed)


def _printed(chars: list[dict[str, float | str]], page: PageLayout, warp: Warp) -> Printed:
    boxes = np.array([[c[k] for k in ("x0", "top", "x1", "bottom")] for c in chars], np.float64)
    x0, y0, x1, y1 = boxes.T
    starts, centres, ends = (
        page.frame.points_upright(warp.place(np.stack([x, (y0 + y1) / 2], axis=1)))
        for x in (x0, (x0 + x1) / 2, x1)
    )
    sizes = np.array([c["size"] for c in chars], np.float64)
    return Printed(tuple(str(c["text"]) for c in chars), starts, centres, ends, sizes)
