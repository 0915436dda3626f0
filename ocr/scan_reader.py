"""A scanned page read: numbers by the cell reader first, what is in doubt by both readers."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import prod

from document.geometry import Box
from document.grid import TableGrid
from document.page import PageLayout
from document.picture import Picture, Pixels
from document.reading import Reading
from document.report import ReadTable, TextLine
from ocr.agreement import is_clear
from ocr.batches import squeezed
from ocr.cell_picture import as_line, cell_picture, line_picture, shown
from ocr.cell_reader import WORDS, CellReader, Guess
from ocr.dirt import Blank
from ocr.engine import Crop, Engine, LineReading
from ocr.ink import EvenPage, Ink
from ocr.label_reader import STRANGE, LabelReader, is_clear_line, is_legible_line, is_prose
from ocr.lines import character_height, joined_crop, text_lines, type_height
from ocr.prose import Telling, line_heights, line_pictures, read_prose
from ocr.scan import CellScan, Told, by_both, by_first, by_stroke, line_of, of_words, rows_of
from ocr.strokes import evidence
from ocr.words import text_of, words_by_cell

LONG = 8.0
"""Of its height: a crop so wide has ten characters or more."""

SURE_STROKE = 0.999
"""A stroke less sure to be its mark, as one alone of its kind on a page may be, is asked about
where it is in doubt."""

LIKELY_WORDS = 0.9
"""From this probability of words on a cell is the label reader's before a number is looked for. On
twelve reports of the forge's development split (bad) there are 52 such cells; all that it is clear
about are words, and it reads four in five as printed, the general recogniser half."""

MARGIN = 0.3
"""Of the line's height: as much paper is shown about a number that stands in no cell."""

_log = logging.getLogger("gouji.ocr")


class ScanReader:
    """See `PageReader`. Remembers what it saw and read: grids are drawn again, and most of their
    cells are as before. Without a cell reader the engine is asked of everything.
    """

    def __init__(
        self,
        layout: PageLayout,
        picture: Picture,
        engine: Engine,
        first: CellReader | None,
        labels: LabelReader | None,
    ) -> None:
        self._number, self._words = layout.number, layout.words
        self._picture, self._engine, self._first, self._labels = picture, engine, first, labels
        self._em = 0.0
        self._inks: dict[Box, Ink] = {}
        self._scans: dict[Box, CellScan] = {}
        self._guesses: dict[Box, Guess] = {}
        self._clear: dict[Box, Mapping[int, LineReading]] = {}
        self._readings: dict[Box, Reading] = {}
        self._lines: dict[Box, TextLine] = {}
        self._rows: dict[Box, list[Box]] = {}
        self._alone: set[Box] = set()

    @cached_property
    def _page(self) -> EvenPage:
        return EvenPage.of(self._picture)

    def tables(self, grids: Sequence[TableGrid]) -> tuple[ReadTable, ...]:
        """See `PageReader`."""
        boxes = [cell.box for grid in grids for cell in grid.cells]
        self._look_at(boxes)
        unread = [box for box in boxes if box not in self._readings]
        speaks = self._speaks
        for box in unread:
            self._read_first(box, speaks)
        self._read_labels([box for box in unread if box not in self._readings])
        self._read_by_both([box for box in unread if box not in self._readings])
        return tuple(self._table(grid) for grid in grids)

    def lines(self, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
        """See `PageReader`."""
        return self._read_lines(boxes, squeeze=False)

    def _read_lines(self, boxes: Sequence[Box], squeeze: bool) -> tuple[TextLine, ...]:
        """The lines, those not known as the engine reads them. Squeezed ones lose spaces between
        Latin words, which no label has."""
        new = [box for box in dict.fromkeys(boxes) if box not in self._lines]
        crops = [line_of(self._page, self._number, box) for box in new]
        if squeeze:
            crops = [crop and _squeezed_if_long(crop) for crop in crops]
        found = iter(self._engine.read_lines([crop for crop in crops if crop is not None]))
        for box, crop in zip(new, crops, strict=True):
            answer = next(found) if crop is not None else None
            text, sure = (answer.text, answer.probability) if answer else ("", Blank.SHADE)
            self._lines[box] = TextLine(text, sure, self._number, box)
        return tuple(self._lines[box] for box in boxes)

    def prose(self, boxes: Sequence[Box], telling: Telling) -> tuple[TextLine, ...]:
        """See `PageReader`."""
        if self._labels is None:
            return ()
        return read_prose(self._page, self._number, boxes, (self._labels, self._engine), telling)

    def loose_lines(self, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
        """See `PageReader`. What is several lines high is read line by line."""
        for box in boxes:
            if box not in self._rows:
                self._rows[box] = rows_of(self._page, box)
        stacks = {box: self._rows[box] for box in boxes}
        single = [row for rows in stacks.values() for row in rows]
        if self._labels is not None:
            self._read_loose([row for row in dict.fromkeys(single) if row not in self._lines])
        read = dict(zip(single, self._read_lines(single, squeeze=True), strict=True))
        return tuple(
            TextLine(
                "\n".join(read[row].text for row in stacks[box]),
                prod(read[row].probability for row in stacks[box]),
                self._number,
                box,
            )
            for box in boxes
        )

    def ask_again(self, doubtful: Collection[Box]) -> bool:
        """See `PageReader`."""
        boxes = [box for box in self._scans if box in self._alone and box in doubtful]
        self._alone -= set(boxes)
        self._read_by_both(boxes)
        return bool(boxes)

    def _look_at(self, boxes: Sequence[Box]) -> None:
        """The ink of these cells, and what the cell reader makes of those that may be numbers."""
        for box in boxes:
            if box not in self._inks:
                self._inks[box] = self._page.ink(box)
        self._em = em = character_height((self._inks[box].mask for box in boxes), self._page.scale)
        _log.debug("page %d: %d cells, characters of %.1f", self._number, len(boxes), em)
        new = [box for box in dict.fromkeys(boxes) if box not in self._scans]
        for box in new:
            self._scans[box] = CellScan.of(self._inks[box], self._page, self._number, em)
        if self._first is not None:
            pictures = {
                box: picture
                for box in new
                if self._scans[box].numeric and (picture := self._picture_of(box, em)) is not None
            }
            guesses = self._first.read(list(pictures.values()))
            for box, guess in zip(pictures, guesses, strict=True):
                if guess.other >= WORDS and self._scans[box].crops:
                    self._scans[box] = self._scans[box].as_words()
                else:
                    self._guesses[box] = guess

    def _picture_of(self, box: Box, em: float) -> Pixels | None:
        return cell_picture(self._page, shown(self._page, box, self._inks[box], em), em)

    def _read_first(self, box: Box, speaks: Mapping[str, float]) -> None:
        """Takes the cell reader's word where it is clear."""
        scan, guess = self._scans[box], self._guesses.get(box)
        if reading := by_stroke(scan, guess, speaks):
            self._readings[box] = reading
            if reading.probability < SURE_STROKE:
                self._alone.add(box)
        elif reading := by_first(scan, guess):
            self._readings[box] = reading
            self._alone.add(box)

    def _read_labels(self, boxes: Sequence[Box]) -> None:
        """Takes the label reader's word of cells that hold words, or most likely do, where it is
        clear in all of their lines; of words for now where it is not, but tells labels apart."""
        if self._labels is None:
            return
        pictures = {(box, i): line for box in boxes for i, line in self._lines_of(box)}
        found = dict(zip(pictures, self._labels.read(list(pictures.values())), strict=True))
        for box in boxes:
            scan = self._scans[box]
            read = [found.get((box, i)) for i in range(len(scan.crops))]
            clear = {i: line for i, line in enumerate(read) if line and is_clear_line(line)}
            told = [line for line in read if line and is_legible_line(line)]
            if read and len(clear) == len(read):
                self._readings[box] = of_words(scan, list(clear.values()))
            elif not scan.numeric:
                self._clear[box] = clear
                if read and len(told) == len(read):
                    self._readings[box] = of_words(scan, told)
                    self._alone.add(box)

    def _read_loose(self, boxes: Sequence[Box]) -> None:
        """Takes the label reader's word of lines outside the tables where it is legible, and where
        they are prose, as all that are longer than any label."""
        assert self._labels is not None
        pictures = line_pictures(self._page, boxes)
        found = dict(zip(pictures, self._labels.read(list(pictures.values())), strict=True))
        for box in boxes:
            line = found.get(box, LineReading(STRANGE, 1.0))
            if box not in found or is_legible_line(line) or is_prose(line):
                self._lines[box] = TextLine(line.text, line.probability, self._number, box)
        heights = line_heights(boxes, self._page.scale)
        self._read_loose_numbers({box: heights[box] for box in boxes if box not in self._lines})

    def _read_loose_numbers(self, heights: Mapping[Box, float]) -> None:
        """Takes the cell reader's word of numbers and dashes outside the tables where it is clear.

        `heights`: of the lines of type that they stand in, in pixels.
        """
        if self._first is None:
            return
        scale, seen = self._page.scale, dict[Box, Pixels]()
        for box, height in heights.items():
            around = (height / scale - box.height) / 2 + MARGIN * height / scale
            cell = box.grown(MARGIN * height / scale, around)
            picture = cell_picture(self._page, cell, type_height([height], scale))
            if picture is not None:
                seen[box] = picture
        for box, guess in zip(seen, self._first.read(list(seen.values())), strict=True):
            if is_clear(guess):
                best = guess.best
                self._lines[box] = TextLine(best.text, best.probability, self._number, box)

    def _lines_of(self, box: Box) -> list[tuple[int, Pixels]]:
        """The pictures of a cell's lines, if it may well hold words, each with its place."""
        scan, em = self._scans[box], self._em
        if scan.numeric and not self._may_be_words(box):
            return []
        if scan.is_vertical:
            lines = [as_line(joined_crop(scan.ink, text_lines(scan.ink.mask, em), em))]
        else:
            lines = [line_picture(self._page, crop.box, em) for crop in scan.crops]
        return [(i, line) for i, line in enumerate(lines) if line is not None]

    def _may_be_words(self, box: Box) -> bool:
        guess = self._guesses.get(box)
        return guess is not None and guess.other >= LIKELY_WORDS

    def _read_by_both(self, boxes: Sequence[Box]) -> None:
        cells = [self._scans[box] for box in boxes]
        told = [Told(self._guesses.get(box), self._clear.get(box, {})) for box in boxes]
        readings = by_both(cells, told, self._engine, self._speaks)
        self._readings.update(zip(boxes, readings, strict=True))

    @property
    def _speaks(self) -> Mapping[str, float]:
        return evidence([scan.stroke for scan in self._scans.values() if scan.stroke])

    def _table(self, grid: TableGrid) -> ReadTable:
        readings = [self._readings[cell.box] for cell in grid.cells]
        if self._words:
            layer = words_by_cell(self._words, [cell.box for cell in grid.cells])
            texts = map(text_of, layer)
            readings = [replace(r, layer=text) for r, text in zip(readings, texts, strict=True)]
        return ReadTable(grid, tuple(readings))


def _squeezed_if_long(crop: Crop) -> Crop:
    """Short lines take little time, and some are hardly read as it is."""
    height, width = crop.pixels.shape
    return replace(crop, pixels=squeezed(crop.pixels)) if width > LONG * height else crop
