"""Cells of a page read: digital ones from the words, scanned ones by asking an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from document.geometry import Box, Size, UprightFrame
from document.grid import GridCell, TableGrid
from document.page import PageKind, PageLayout, Word
from document.picture import Picture
from document.reading import Candidate, Reading, Source
from ocr import Crop, LineReading, NumberReading, page_reader

SCALE = 4.0
LEFT, TOP, WIDE, HIGH = 20.0, 20.0, 50.0, 40.0


def cell_box(column: int) -> Box:
    return Box(LEFT + column * WIDE, TOP, LEFT + (column + 1) * WIDE, TOP + HIGH)


def row(columns: int) -> TableGrid:
    cells = tuple(GridCell(0, c, 1, 1, cell_box(c)) for c in range(columns))
    edges = tuple(LEFT + c * WIDE for c in range(columns + 1))
    return TableGrid(1, (TOP, TOP + HIGH), edges, cells)


def frame(columns: int) -> UprightFrame:
    return UprightFrame.unturned(Size(2 * LEFT + columns * WIDE, 2 * TOP + HIGH))


def digital(*texts: str) -> PageLayout:
    words = [
        Word(text, Box(box.x0 + 5, 35, box.x0 + 25, 45))
        for text, box in zip(texts, map(cell_box, range(len(texts))), strict=True)
        if text
    ]
    return PageLayout(
        1, PageKind.DIGITAL, frame(len(texts)), (row(len(texts)),), words=tuple(words)
    )


def scan(*marks: Sequence[Box]) -> PageLayout:
    """One cell for each list of bars; the bars are in points from the cell's top left corner."""
    size = frame(len(marks)).upright
    gray = np.full((round(size.height * SCALE), round(size.width * SCALE)), 250, np.uint8)

    def draw(x0: float, y0: float, x1: float, y1: float) -> None:
        gray[round(y0 * SCALE) : round(y1 * SCALE), round(x0 * SCALE) : round(x1 * SCALE)] = 20

    for column, bars in enumerate(marks):
        box = cell_box(column)
        for edge in (box.x0, box.x1):
            draw(edge - 0.3, box.y0, edge + 0.3, box.y1)
        for edge in (box.y0, box.y1):
            draw(box.x0, edge - 0.3, box.x1, edge + 0.3)
        for bar in bars:
            draw(box.x0 + bar.x0, box.y0 + bar.y0, box.x0 + bar.x1, box.y0 + bar.y1)
    picture = Picture(gray, SCALE)
    return PageLayout(1, PageKind.SCAN, frame(len(marks)), (row(len(marks)),), picture=picture)


class Oracle:
    """Answers in turn, and remembers what it was asked."""

    def __init__(
        self, numbers: Sequence[NumberReading] = (), lines: Sequence[LineReading] = ()
    ) -> None:
        self.numbers, self.lines = list(numbers), list(lines)
        self.asked: list[Crop] = []

    def read_numbers(self, crops: Sequence[Crop]) -> tuple[NumberReading, ...]:
        self.asked += crops
        return tuple(self.numbers.pop(0) for _ in crops)

    def read_lines(self, crops: Sequence[Crop]) -> tuple[LineReading, ...]:
        self.asked += crops
        return tuple(self.lines.pop(0) for _ in crops)


def number(text: str, probability: float, **rivals: float) -> NumberReading:
    """Rivals are written _7=0.1."""
    named = {name[1:]: chance for name, chance in rivals.items()}
    return NumberReading(text, probability, tuple(Candidate(t, p) for t, p in named.items()))


DIGIT = [Box(20, 16, 24, 23)]


def readings(layout: PageLayout, engine: Oracle) -> tuple[Reading, ...]:
    (table,) = page_reader(layout, engine).tables(layout.grids)
    return table.readings


def test_a_digital_page_is_read_without_the_engine() -> None:
    first, blank = readings(digital("2658", ""), Oracle())
    assert (first.text, first.source) == ("2658", Source.TEXT)
    assert first.candidates == (Candidate("2658", first.probability),)
    assert blank.text == ""
    assert blank.probability > 0.99999


def test_a_cell_without_ink_is_blank_and_nobody_is_asked() -> None:
    engine = Oracle()
    (blank,) = readings(scan([]), engine)
    assert (blank.text, blank.source, blank.ink) == ("", Source.OCR, 0.0)
    assert blank.candidates[0] == Candidate("", blank.probability)
    assert blank.probability >= 0.99999
    assert engine.asked == []


def test_a_number_keeps_its_rivals() -> None:
    (read,) = readings(scan(DIGIT), Oracle([number("1", 0.9, _1=0.9, _7=0.08)]))
    assert read.text == "1"
    assert read.candidates == (Candidate("1", 0.9), Candidate("7", 0.08))
    assert 0 < read.ink < 0.1


def test_the_crop_tells_where_the_ink_is() -> None:
    engine = Oracle([number("1", 0.9, _1=0.9)])
    readings(scan(DIGIT), engine)
    (crop,) = engine.asked
    assert crop.page == 1
    assert crop.box.x0 == pytest.approx(LEFT + 20, abs=0.5)
    assert crop.box.y1 == pytest.approx(TOP + 23, abs=0.5)
    assert crop.pixels.shape[0] > 7 * SCALE


def test_the_letter_for_a_zero_leaves_the_zero_its_small_probability() -> None:
    (read,) = readings(scan(DIGIT), Oracle([number("O", 0.7, _0=0.25)]))
    assert (read.text, read.probability) == ("0", 0.25)


def test_a_label_is_not_turned_into_a_number() -> None:
    (read,) = readings(scan(DIGIT), Oracle([number("其", 0.9, _1=1e-5)]))
    assert (read.text, read.probability) == ("其", 0.9)


def test_a_number_on_two_lines_loses_neither() -> None:
    two = [Box(10, 10, 40, 17), Box(10, 22, 30, 29)]
    answers = [number("59237.", 0.9, **{"_59237.": 0.9}), number("2449", 0.8, _2449=0.8, _2440=0.1)]
    (read,) = readings(scan(two), Oracle(answers))
    assert read.text == "59237.\n2449"
    assert [c.text for c in read.candidates] == ["59237.\n2449", "59237.\n2440"]
    assert read.candidates[0].probability == pytest.approx(0.72)


def test_a_long_label_is_read_as_lines() -> None:
    wide = [Box(3, 8 + 12 * i, 46, 12 + 12 * i) for i in range(2)]
    lines = [LineReading("（一）予以公开", 0.9), LineReading("的件数", 0.5)]
    (read,) = readings(scan(wide), Oracle(lines=lines))
    assert read.text == "（一）予以公开\n的件数"
    assert read.probability == pytest.approx(0.45)
    assert read.candidates == ()


def test_a_lone_dot_may_be_dirt() -> None:
    (read,) = readings(scan([Box(20, 18, 21, 19)]), Oracle([number(".", 0.9, **{"_.": 0.9})]))
    chances = {c.text: c.probability for c in read.candidates}
    assert chances[""] == pytest.approx(0.5)
    assert chances["."] == pytest.approx(0.45)
    assert read.probability <= 0.5


def test_a_slash_is_known_by_its_slope() -> None:
    steps = [Box(20 + 0.5 * i, 24 - 1.2 * (i + 1), 20.9 + 0.5 * i, 24 - 1.2 * i) for i in range(8)]
    (read,) = readings(scan(steps), Oracle([number("1", 0.7, _1=0.7, **{"_/": 0.1})]))
    assert read.text == "/"
    assert 0.99 < read.probability < 1


def test_a_hidden_text_layer_stays_beside_the_reading() -> None:
    words = (Word("8", Box(LEFT + 20, TOP + 16, LEFT + 24, TOP + 23)),)
    page = replace(scan(DIGIT, []), words=words)
    first, second = readings(page, Oracle([number("1", 0.9, _1=0.9)]))
    assert (first.text, first.layer) == ("1", "8")
    assert second.layer == ""
    assert readings(scan([]), Oracle())[0].layer is None


def test_lines_outside_the_tables() -> None:
    box = cell_box(0).grown(-4, -4)
    (line,) = page_reader(scan(DIGIT), Oracle(lines=[LineReading("第3页", 0.9)])).lines([box])
    assert (line.text, line.probability, line.page, line.box) == ("第3页", 0.9, 1, box)
    (empty,) = page_reader(scan([]), Oracle()).lines([box])
    assert empty.text == ""
    (word,) = page_reader(digital("标题"), Oracle()).lines([cell_box(0)])
    assert word.text == "标题"


def test_a_number_on_the_ruling_is_not_all_there() -> None:
    """The last 1 stands on the ruling: what is left of it reads well."""
    digits = [Box(47 - 4 * i - 1, 16, 47 - 4 * i, 23) for i in range(3)]
    hidden = Box(48.6, 16, 49.6, 23)
    answer = number("111", 0.9999, _111=0.9999)
    (cut,) = readings(scan([*digits, hidden]), Oracle([answer]))
    assert cut.text == "111"
    assert cut.probability == cut.candidates[0].probability < 0.6
    (near,) = readings(scan(digits), Oracle([answer]))
    assert near.probability == 0.9999


def test_a_number_that_goes_on_in_the_next_cell_is_not_all_there() -> None:
    right = cell_box(0).x1
    split = (
        Word("123", Box(right - 18, 35, right + 1, 45)),
        Word("7", Box(right + 1, 35, right + 6, 45)),
    )
    for words in (split, (replace(split[0], box=Box(right - 18, 35, right + 3, 45)),)):
        cut, rest = readings(replace(digital("", ""), words=words), Oracle())
        assert cut.text == "123"
        assert cut.probability == cut.candidates[0].probability < 0.6
        assert (rest.probability < 0.6) == bool(rest.text)


def test_numbers_that_fill_their_cells_are_whole() -> None:
    right = cell_box(0).x1
    words = (
        Word("1234567", Box(right - 49, 35, right - 1, 45)),
        Word("7", Box(right + 1, 35, right + 6, 45)),
    )
    whole, next_one = readings(replace(digital("", ""), words=words), Oracle())
    assert whole.probability > 0.9999
    assert next_one.probability > 0.9999
