"""What layout finds on one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from document.geometry import Box, UprightFrame
from document.grid import TableGrid
from document.picture import Picture


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters of the text layer without white space, in upright points."""

    text: str
    box: Box


class PageKind(StrEnum):
    """Where the truth of the page is: in its text layer or in its picture."""

    DIGITAL = "digital"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page, upright: its tables, its words, its lines of text outside the tables.

    `number` counts from 1. `words` is the text layer, whether trusted (DIGITAL) or not (SCAN).
    `picture` is there on a SCAN page until it has been read, and on no DIGITAL one. `lines` are the
    boxes of lines of text outside the tables, top to bottom, page numbers and running heads too.
    `is_told`: whether its text tells which way is up; else it may lie upside down.
    """

    number: int
    kind: PageKind
    frame: UprightFrame
    grids: tuple[TableGrid, ...]
    words: tuple[Word, ...] = ()
    picture: Picture | None = None
    lines: tuple[Box, ...] = ()
    is_told: bool = True

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"pages count from 1, not {self.number}")
        if self.kind is PageKind.DIGITAL and self.picture is not None:
            raise ValueError("a digital page is read from its text layer, not from a picture")

    def with_words(self, words: Iterable[Word]) -> PageLayout:
        """The same with what a text layer that nobody trusts says; `words` in page points."""
        upright = (Word(word.text, self.frame.upright_box(word.box)) for word in words)
        return replace(self, words=tuple(upright))

    def with_grids(self, grids: Sequence[TableGrid]) -> PageLayout:
        """The same page with these tables, top to bottom, and the lines outside them."""
        ordered = tuple(sorted(grids, key=lambda g: (g.box.y0, g.box.x0)))
        lines = tuple(
            line for line in self.lines if not any(g.box.holds(line.center) for g in ordered)
        )
        return replace(self, grids=ordered, lines=lines)

    def without_picture(self) -> PageLayout:
        """The same page once it is read: pictures are most of a file's memory."""
        return replace(self, picture=None)
