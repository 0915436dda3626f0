"""Every cell of a page read: by the text layer where it is to be trusted, else by the engine."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from document.geometry import Box
from document.grid import TableGrid
from document.page import PageKind, PageLayout, Word
from document.reading import Candidate, Reading, Source
from document.report import ReadTable, TextLine
from ocr.cell_picture import cell_picture
from ocr.cell_reader import CellReader, Guess
from ocr.dirt import Blank
from ocr.engine import Engine
from ocr.ink import EvenPage
from ocr.lines import character_height
from ocr.scan import CUT, CellScan, doubted, line_of, readings_of
from ocr.strokes import evidence
from ocr.words import goes_on, text_of, words_by_cell, words_in

TEXT_LAYER = 1 - 1e-6
"""A trusted text layer says what is printed; fonts with wrong character maps are what is left."""

_log = logging.getLogger("gouji.ocr")


def read_cells(
    layout: PageLayout,
    engine: Engine,
    known: Sequence[ReadTable] = (),
    first: CellReader | None = None,
) -> tuple[ReadTable, ...]:
    """A reading for every cell of every grid of the page.

    A digital page never asks the engine. On a scan, cells that may hold a number come with their
    rivals, and `Reading.layer` says what an untrusted text layer has there. Cells that `known`
    tables of the page have too are not read again.
    """
    if layout.kind is PageKind.DIGITAL:
        return tuple(_read_layer(layout, grid) for grid in layout.grids)
    return _read_scan(layout, engine, known, first)


def read_lines(layout: PageLayout, engine: Engine, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
    """The text of lines outside the tables, in the order of their boxes."""
    if layout.picture is None:
        return tuple(
            TextLine(text_of(words_in(layout.words, box)), TEXT_LAYER, layout.number, box)
            for box in boxes
        )
    if not boxes:
        return ()
    page = EvenPage.of(layout.picture)
    crops = [line_of(page, layout.number, box) for box in boxes]
    found = iter(engine.read_lines([crop for crop in crops if crop is not None]))
    answers = [next(found) if crop is not None else None for crop in crops]
    return tuple(
        TextLine(a.text if a else "", a.probability if a else Blank.SHADE, layout.number, box)
        for a, box in zip(answers, boxes, strict=True)
    )


def _read_layer(layout: PageLayout, grid: TableGrid) -> ReadTable:
    found = _layer_words(layout, grid)
    cut = goes_on(found, [cell.box for cell in grid.cells])
    return ReadTable(grid, tuple(map(_layer_reading, found, cut)))


def _layer_reading(words: Sequence[Word], cut: bool) -> Reading:
    text = text_of(words)
    reading = Reading(text, TEXT_LAYER, Source.TEXT, (Candidate(text, TEXT_LAYER),))
    return doubted(reading, CUT) if cut else reading


def _layer_words(layout: PageLayout, grid: TableGrid) -> list[list[Word]]:
    return words_by_cell(layout.words, [cell.box for cell in grid.cells])


def _read_scan(
    layout: PageLayout, engine: Engine, known: Sequence[ReadTable], first: CellReader | None
) -> tuple[ReadTable, ...]:
    assert layout.picture is not None
    page = EvenPage.of(layout.picture)
    inks = [page.ink(cell.box) for grid in layout.grids for cell in grid.cells]
    em = character_height((ink.mask for ink in inks), page.scale)
    old = {
        c.box: r for table in known for c, r in zip(table.grid.cells, table.readings, strict=True)
    }
    boxes = [cell.box for grid in layout.grids for cell in grid.cells]
    cells = [CellScan.of(ink, page, layout.number, em) for ink in inks]
    _log.debug("page %d: %d cells, characters of %.1f pixels", layout.number, len(cells), em)
    speaks = evidence([cell.stroke for cell in cells if cell.stroke])
    unread = [i for i, box in enumerate(boxes) if box not in old]
    may_be_numbers = [boxes[i] if cells[i].numeric else None for i in unread]
    guesses = _guesses(page, may_be_numbers, em, first)
    new = iter(readings_of([cells[i] for i in unread], guesses, engine, speaks))
    return tuple(
        ReadTable(
            grid,
            tuple(
                old[cell.box] if cell.box in old else replace(next(new), layer=layer)
                for cell, layer in zip(grid.cells, _layers(layout, grid), strict=True)
            ),
        )
        for grid in layout.grids
    )


def _guesses(
    page: EvenPage, boxes: Sequence[Box | None], em: float, first: CellReader | None
) -> list[Guess | None]:
    """What the cell reader makes of each cell, None where it is no judge."""
    if first is None:
        return [None] * len(boxes)
    pictures = [cell_picture(page, box, em) if box else None for box in boxes]
    found = iter(first.read([picture for picture in pictures if picture is not None]))
    return [next(found) if picture is not None else None for picture in pictures]


def _layers(layout: PageLayout, grid: TableGrid) -> Sequence[str | None]:
    """What an untrusted text layer says of each cell."""
    if not layout.words:
        return [None] * len(grid.cells)
    return [text_of(words) for words in _layer_words(layout, grid)]
