"""A digital page: its drawing turned upright, its tables, words and lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from document.geometry import Box, Matrix, Point, Size, UprightFrame
from document.grid import TableGrid
from document.page import PageKind, PageLayout, Word
from layout.drawing import Drawing, Glyph
from layout.grids import find_grids
from layout.rulings import Ruling
from layout.words import lines_of, words_of

TOLERANCE = 1.5
"""How far, in points, a program that draws tables leaves the ends of rulings apart."""


@dataclass(frozen=True, slots=True)
class DigitalPage:
    """A drawing in upright points, before anybody trusts it."""

    drawing: Drawing
    quarter_turns: int
    frame: UprightFrame
    grids: tuple[TableGrid, ...]

    def with_glyphs(self, glyphs: tuple[Glyph, ...]) -> DigitalPage:
        """The same page with other characters."""
        return replace(self, drawing=replace(self.drawing, glyphs=glyphs))

    def words(self) -> tuple[Word, ...]:
        """The words in upright points, outside the tables first, then cell by cell."""
        return words_of(self.drawing.glyphs, self.grids)

    def words_on_page(self) -> tuple[Word, ...]:
        """The words in page points."""
        return tuple(Word(w.text, self.frame.on_page(w.box)) for w in self.words())

    def layout(self, number: int) -> PageLayout:
        """The page as the later stages want it."""
        words = self.words()
        return PageLayout(
            number=number,
            kind=PageKind.DIGITAL,
            frame=self.frame,
            grids=self.grids,
            words=words,
            lines=lines_of(words, self.grids),
        )


def read_digital(number: int, drawing: Drawing) -> DigitalPage:
    """The drawing turned so that most of its text stands upright, with its tables."""
    turns = Counter(g.turns for g in drawing.glyphs if g.text.strip())
    quarter_turns = turns.most_common(1)[0][0] if turns else 0
    frame = turned_frame(drawing.size, quarter_turns)
    upright = _turned(drawing, quarter_turns, frame) if quarter_turns else drawing
    grids = find_grids(number, upright.rulings, tolerance=TOLERANCE)
    return DigitalPage(upright, quarter_turns, frame, grids)


def turned_frame(page: Size, quarter_turns: int) -> UprightFrame:
    """The frame of a page whose content stands `quarter_turns` clockwise from upright."""
    width, height = page.width, page.height
    matrices: dict[int, Matrix] = {
        0: (1, 0, 0, 0, 1, 0, 0, 0, 1),
        1: (0, -1, width, 1, 0, 0, 0, 0, 1),
        2: (-1, 0, width, 0, -1, height, 0, 0, 1),
        3: (0, 1, 0, -1, 0, height, 0, 0, 1),
    }
    upright = Size(height, width) if quarter_turns % 2 else page
    return UprightFrame(page, upright, matrices[quarter_turns % 4])


def _turned(drawing: Drawing, quarter_turns: int, frame: UprightFrame) -> Drawing:
    return Drawing(
        size=frame.upright,
        glyphs=tuple(
            replace(g, box=frame.upright_box(g.box), turns=(g.turns - quarter_turns) % 4)
            for g in drawing.glyphs
        ),
        rulings=tuple(_turned_ruling(r, frame) for r in drawing.rulings),
        fills=tuple(frame.upright_box(f) for f in drawing.fills),
        pictures=tuple(replace(p, box=frame.upright_box(p.box)) for p in drawing.pictures),
    )


def _turned_ruling(ruling: Ruling, frame: UprightFrame) -> Ruling:
    box = Box.around(frame.point_upright(end) for end in _ends(ruling))
    if box.width >= box.height:
        return Ruling(True, box.center[1], box.x0, box.x1, ruling.width)
    return Ruling(False, box.center[0], box.y0, box.y1, ruling.width)


def _ends(ruling: Ruling) -> tuple[Point, Point]:
    start, end, across = ruling.start, ruling.end, ruling.position
    if ruling.horizontal:
        return (start, across), (end, across)
    return (across, start), (across, end)
