"""A digital page read from its text layer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from document.geometry import Box
from document.grid import TableGrid
from document.page import PageLayout, Word
from document.reading import Candidate, Reading, Source
from document.report import ReadTable, TextLine
from ocr.prose import Telling
from ocr.scan import CUT, doubted
from ocr.words import goes_on, text_of, words_by_cell, words_in

TEXT_LAYER = 1 - 1e-6
"""A trusted text layer says what is printed; fonts with wrong character maps are what is left."""


class LayerReader:
    """See `PageReader`. No engine is ever asked."""

    def __init__(self, layout: PageLayout) -> None:
        self._layout = layout

    def tables(self, grids: Sequence[TableGrid]) -> tuple[ReadTable, ...]:
        """See `PageReader`."""
        return tuple(self._table(grid) for grid in grids)

    def lines(self, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
        """See `PageReader`."""
        words, number = self._layout.words, self._layout.number
        return tuple(
            TextLine(text_of(words_in(words, box)), TEXT_LAYER, number, box) for box in boxes
        )

    loose_lines = lines

    def prose(self, boxes: Sequence[Box], telling: Telling) -> tuple[TextLine, ...]:  # noqa: ARG002
        """See `PageReader`: all is read with care."""
        return self.lines(boxes)

    def ask_again(self, doubtful: Collection[Box]) -> bool:  # noqa: ARG002
        """See `PageReader`: there is nobody else to ask."""
        return False

    def _table(self, grid: TableGrid) -> ReadTable:
        boxes = [cell.box for cell in grid.cells]
        found = words_by_cell(self._layout.words, boxes)
        return ReadTable(grid, tuple(map(_reading, found, goes_on(found, boxes))))


def _reading(words: Sequence[Word], cut: bool) -> Reading:
    text = text_of(words)
    reading = Reading(text, TEXT_LAYER, Source.TEXT, (Candidate(text, TEXT_LAYER),))
    return doubted(reading, CUT) if cut else reading
