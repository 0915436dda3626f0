"""Who is asked of a scan's cells: the cell reader first, both where its word is not enough."""

from __future__ import annotations

from collections.abc import Sequence

from document.geometry import Box
from document.picture import Pixels
from document.reading import Candidate
from ocr import CellReader, LabelReader, LineReading, page_reader
from ocr.cell_reader import Guess
from tests.test_ocr_cells import DIGIT, Oracle, cell_box, number, scan

DASH = [Box(20, 22, 29, 22.8)]
SLASH = [Box(20 + i, 22 - 2 * i, 21.5 + i, 24.5 - 2 * i) for i in range(5)]


class First(CellReader):
    """Says of every cell what it was told to, and counts the cells."""

    def __init__(self, *guesses: Guess) -> None:
        self.guesses = list(guesses)

    def read(self, pictures: Sequence[Pixels]) -> list[Guess]:
        return [self.guesses.pop(0) for _ in pictures]


class Labels(LabelReader):
    """Says of every line what it was told to."""

    def __init__(self, text: str, probability: float) -> None:
        self.line = LineReading(text, probability)

    def read(self, pictures: Sequence[Pixels]) -> list[LineReading]:
        return [self.line for _ in pictures]


UNSURE = Labels("规", 0.01)


def guess(text: str, probability: float, other: float = 0.0) -> Guess:
    return Guess((Candidate(text, probability),), other)


def test_a_clear_first_answer_is_enough_for_now() -> None:
    layout = scan(DIGIT)
    reader = page_reader(layout, Oracle(), First(guess("1", 0.999)))
    (table,) = reader.tables(layout.grids)
    assert (table.readings[0].text, table.readings[0].probability) == ("1", 0.999)


def test_only_the_doubtful_cells_are_asked_again() -> None:
    layout = scan(DIGIT, DIGIT)
    engine = Oracle([number("7", 0.99, _7=0.99)])
    reader = page_reader(layout, engine, First(guess("1", 0.99), guess("1", 0.99)))
    reader.tables(layout.grids)
    assert reader.ask_again({cell_box(1)})
    (table,) = reader.tables(layout.grids)
    assert table.readings[0].probability == 0.99
    assert {c.text for c in table.readings[1].candidates} == {"1", "7"}
    assert table.readings[1].probability < 0.9
    assert len(engine.asked) == 1
    assert not reader.ask_again({cell_box(1)}), "what both have said stands"


def test_an_unclear_first_answer_sends_for_the_second_reader_at_once() -> None:
    layout = scan(DIGIT)
    engine = Oracle([number("1", 0.99, _1=0.99)])
    (table,) = page_reader(layout, engine, First(guess("1", 0.7))).tables(layout.grids)
    assert len(engine.asked) == 1
    assert table.readings[0].text == "1"


def test_words_are_read_as_a_line_of_text() -> None:
    layout = scan(DIGIT)
    engine = Oracle(lines=[LineReading("总计", 0.98)])
    (table,) = page_reader(layout, engine, First(Guess((), 0.999))).tables(layout.grids)
    assert table.readings[0].text == "总计"
    assert table.readings[0].candidates == ()


def test_a_cell_most_likely_of_words_is_left_to_the_label_reader() -> None:
    layout = scan(DIGIT)
    first = First(guess("8", 0.01, other=0.95))
    (table,) = page_reader(layout, Oracle(), first, Labels("总计", 0.98)).tables(layout.grids)
    assert table.readings[0].text == "总计"


def test_a_cell_of_which_the_label_reader_is_unsure_may_still_be_a_number() -> None:
    layout = scan(DIGIT)
    engine = Oracle([number("8", 0.9, _8=0.9)])
    first = First(guess("8", 0.01, other=0.95))
    (table,) = page_reader(layout, engine, first, UNSURE).tables(layout.grids)
    assert table.readings[0].candidates[0].text == "8"


def test_a_label_read_but_for_a_character_is_asked_about_only_where_it_is_in_doubt() -> None:
    layout = scan(DIGIT)
    engine = Oracle(lines=[LineReading("采购项目数量", 0.98)])
    first, labels = First(Guess((), 0.999)), Labels("采购项□数量", 0.9)
    reader = page_reader(layout, engine, first, labels)
    (table,) = reader.tables(layout.grids)
    assert table.readings[0].text == "采购项□数量"
    assert reader.ask_again({cell_box(0)})
    (table,) = reader.tables(layout.grids)
    assert table.readings[0].text == "采购项目数量"


def test_a_stroke_that_measures_as_the_mark_read_is_surer_than_the_reading() -> None:
    layout = scan(SLASH)
    reader = page_reader(layout, Oracle(), First(guess("/", 0.99)))
    (table,) = reader.tables(layout.grids)
    assert table.readings[0].text == "/"
    assert table.readings[0].probability > 0.9999
    assert not reader.ask_again({cell_box(0)})


def test_a_level_stroke_in_which_nobody_sees_a_digit_is_a_dash() -> None:
    layout = scan(DASH)
    (table,) = page_reader(layout, Oracle(), First(guess("", 0.5, other=0.2))).tables(layout.grids)
    assert table.readings[0].text == "—"


def test_a_level_stroke_that_may_be_a_digit_is_for_both() -> None:
    layout = scan(DASH)
    engine = Oracle([number("—", 0.9, _7=0.05)])
    page_reader(layout, engine, First(guess("7", 0.05))).tables(layout.grids)
    assert len(engine.asked) == 1


def test_a_stroke_that_the_cell_reader_can_hardly_make_out_is_for_both() -> None:
    layout = scan(DASH)
    engine = Oracle([number("—", 0.9, _7=0.05)])
    page_reader(layout, engine, First(guess("7", 0.008))).tables(layout.grids)
    assert len(engine.asked) == 1


def test_a_cell_is_read_once_though_its_grid_is_drawn_again() -> None:
    layout = scan(DIGIT)
    first = First(guess("1", 0.999))
    reader = page_reader(layout, Oracle(), first)
    assert reader.tables(layout.grids) == reader.tables(layout.grids)
    assert first.guesses == []


def test_a_number_in_no_cell_is_read_by_the_cell_reader() -> None:
    engine = Oracle()
    reader = page_reader(scan(DIGIT), engine, First(guess("1", 0.999)), UNSURE)
    (line,) = reader.loose_lines([cell_box(0)])
    assert (line.text, line.probability) == ("1", 0.999)


def test_words_in_no_cell_are_left_to_the_engine() -> None:
    engine = Oracle(lines=[LineReading("规章", 0.9)])
    reader = page_reader(scan(DIGIT), engine, First(guess("1", 0.4, 0.6)), UNSURE)
    (line,) = reader.loose_lines([cell_box(0)])
    assert line.text == "规章"
