"""The clean sheet before it lies under any scanner: its picture, print and other side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from pdfplumber.page import Page
from pdfplumber.table import merge_edges
from pdfplumber.utils.geometry import obj_to_edges

from benchmarks.forge.damage.scanned import Pixels

THIN = 3.0
"""A filled rectangle thinner than this many points is a rule. Rules are 0.5 to 1.5 points."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`pixels` are gray (h, w) or RGB (h, w, 3), as are those of `back`: the other side, rendered
    only when asked for.

    `size` is width and height in points; `page` tells the words and lines as printed.
    """

    pixels: Pixels
    back: Callable[[], Pixels]
    size: tuple[float, float]
    page: Page

    @property
    def scale(self) -> float:
        """Pixels per point."""
        return float(self.pixels.shape[1] / self.size[0])


Mishap = Callable[[Sheet, np.random.Generator], Pixels]


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word and its box in points of the clean page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_number(self) -> bool:
        return any(sign.isdigit() for sign in self.text) and not any(
            "\u4e00" <= sign <= "\u9fff" for sign in self.text
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed rule's centre line, in points of the clean page."""

    x0: float
    y0: float
    x1: float
    y1: float


def words_of(page: Page) -> tuple[Word, ...]:
    """The page's words in reading order."""
    return tuple(
        Word(word["text"], word["x0"], word["top"], word["x1"], word["bottom"])
        for word in page.extract_words()
    )


def rules_of(page: Page) -> tuple[Rule, ...]:
    """The page's rules, pieces in one line joined."""
    drawn = [
        item
        for item in (*page.rects, *page.lines)
        if item["stroke"] or min(item["width"], item["height"]) < THIN
    ]
    edges = [edge for item in drawn for edge in obj_to_edges(item)]
    long = [edge for edge in edges if max(edge["width"], edge["height"]) > THIN]
    joined = merge_edges(long, THIN, THIN, THIN, THIN)
    return tuple(Rule(edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in joined)
