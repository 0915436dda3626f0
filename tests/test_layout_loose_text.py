"""Text that may be a table without rulings: what is kept of a page, and what is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from document.geometry import Box, Size, UprightFrame
from document.page import PageKind, PageLayout, Word
from layout import loose_text
from layout.loose_text import (
    _about_tables,
    _runs,
    _type_size,
    _without_dashes,
    _without_remnants,
)

EM = 10.0
PITCH = 16.0


def word(x: float, y: float, characters: float = 4.0) -> Box:
    return Box(x, y - 4.5, x + EM * characters, y + 4.5)


def row(n: int, *starts: float) -> list[Box]:
    return [word(x, 100 + PITCH * n) for x in starts]


def dashes(x: float, count: int, length: float = 5.0, gap: float = 3.0) -> list[Box]:
    return [
        Box(x, 92 + n * (length + gap), x + 1, 92 + n * (length + gap) + length)
        for n in range(count)
    ]


def test_dashes_of_an_upright_ruling_are_no_text() -> None:
    text = [box for n in range(6) for box in row(n, 50, 150, 250)]
    assert set(_without_dashes([*text, *dashes(120, 12)], EM)) == set(text)


def test_dashes_of_a_level_ruling_are_no_text() -> None:
    text = [box for n in range(6) for box in row(n, 50, 150, 250)]
    level = [Box(50 + 9 * n, 107.5, 56 + 9 * n, 108.5) for n in range(20)]
    assert set(_without_dashes([*text, *level], EM)) == set(text)


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_a_column_of_ones_is_text_however_many_there_are(ones: list[bool]) -> None:
    labels = [word(50, 100 + PITCH * n) for n in range(len(ones))]
    digits = [
        Box(200, 96 + PITCH * n, 202.5, 103.5 + PITCH * n) for n, here in enumerate(ones) if here
    ]
    assert set(_without_dashes([*labels, *digits], EM)) == {*labels, *digits}


def test_strokes_for_blanks_side_by_side_are_text() -> None:
    strokes = [Box(200 + 30 * n, 99, 204 + 30 * n, 100.5) for n in range(15)]
    assert _without_dashes(strokes, EM) == strokes


def test_the_type_of_a_table_full_of_strokes_for_blanks_is_not_as_small_as_these() -> None:
    strokes, digits = [1.2] * 90, [6.0] * 40
    assert _type_size([*strokes, *digits, *[9.0] * 20], EM) > 8
    assert _type_size(strokes, EM) == EM
    assert _type_size([*digits, *[3.5] * 90], EM) == 5.0


LEVEL = [Box(40, 89, 500, 90), Box(40, 110, 500, 111)]
"""Rulings above and below a row of print."""


def test_a_stroke_that_goes_out_from_a_level_ruling_is_what_is_left_of_an_upright_one() -> None:
    numbers = [Box(50 + 30 * n, 96.5, 56 + 30 * n, 103.5) for n in range(15)]
    for top, foot in ((91, 104), (96, 109)):
        remnant = Box(133, top, 134, foot)
        assert _without_remnants([*numbers, remnant], LEVEL, EM) == numbers


def test_dashes_that_lead_from_ruling_to_ruling_are_no_text() -> None:
    numbers = [Box(50 + 30 * n, 94, 62 + 30 * n, 106) for n in range(15)]
    ruling = [Box(76, 93.5, 77, 97), Box(76, 99.5, 77, 103), Box(76, 105.5, 77, 107.5)]
    assert _without_remnants([*numbers, *ruling], LEVEL, EM) == numbers


@given(
    st.lists(st.booleans(), min_size=15, max_size=15).filter(any),
    st.floats(90, 103),
    st.floats(0.5, 3),
)
def test_a_one_is_text_however_thin_and_near_a_ruling(
    ones: list[bool], top: float, wide: float
) -> None:
    digits = [
        Box(50 + 30 * n, top, 50 + 30 * n + (wide if one else 5), top + 7)
        for n, one in enumerate(ones)
    ]
    assert _without_remnants(digits, LEVEL, EM) == digits


def test_ones_one_under_another_are_text_in_rows_of_any_height() -> None:
    for pitch in (8.0, 9.0, 12.0, 20.0):
        level = [Box(40, 90 + pitch * n, 500, 90.5 + pitch * n) for n in range(9)]
        digits = [Box(200, 91 + pitch * n, 201, 98 + pitch * n) for n in range(8)]
        assert _without_remnants(digits, level, EM) == digits


def test_headings_nearer_than_a_comma_s_white_are_parted_in_type_of_any_size() -> None:
    for size in (6.0, 10.0, 20.0):
        heads = [Box(x * size, 0, (x + 4) * size, 0.9 * size) for x in (0.0, 4.6, 9.2)]
        assert _runs(heads) == heads
        comma = Box(4.1 * size, 0.7 * size, 4.3 * size, 0.9 * size)
        prose = [heads[0], comma, Box(5 * size, 0, 8 * size, 0.9 * size)]
        assert _runs(prose) == [Box.enclosing(prose)]


def test_headings_of_two_lines_run_together_do_not_join_those_beside_them() -> None:
    low = [Box(x, 0, x + 27, 9) for x in (0, 68, 136)]
    high = [Box(x, 0, x + 28, 19) for x in (33, 101)]
    line = sorted([*low, *high])
    assert _runs(line) == line


def test_prose_with_white_after_its_commas_is_not_side_by_side() -> None:
    prose = [[word(50, 20 + PITCH * n, 20), word(263, 20 + PITCH * n, 20)] for n in range(9)]
    assert _about_tables(prose, EM) == []


def test_lines_of_one_run_belong_to_a_table_until_prose_begins() -> None:
    prose = [[word(50, 20 + PITCH * n, 50)] for n in range(4)]
    heading, label = row(0, 200), row(3, 50)
    rows = [row(n, 50, 150, 250) for n in (1, 2)]
    after = [[word(50, 180 + PITCH * n, 50)] for n in range(6)]
    kept = _about_tables([*prose, heading, *rows, label, *after], EM)
    assert [heading, *rows, label] == [line for line in kept if line[0].width < 100]
    assert sum(line in kept for line in after) <= 2


def test_prose_that_lacks_a_character_is_not_side_by_side() -> None:
    prose = [[word(50, 20 + PITCH * n, 50)] for n in range(4)]
    prose[2] = [word(50, 20 + PITCH * 2, 22), word(50 + 24 * EM, 20 + PITCH * 2, 26)]
    assert _about_tables(prose, EM) == []


def test_prose_parted_by_white_after_commas_ends_a_table_too() -> None:
    prose = [
        [word(50, 20 + PITCH * n, 25), word(50 + 26 * EM, 20 + PITCH * n, 24)] for n in range(5)
    ]
    rows = [[word(50, 120 + PITCH * n, 10), word(300, 120 + PITCH * n, 2)] for n in range(3)]
    kept = _about_tables([*prose, *rows], EM)
    assert kept == [*prose[-2:], *rows]


def test_a_page_of_prose_has_nothing_of_a_table() -> None:
    assert _about_tables([[word(50, 20 + PITCH * n, 50)] for n in range(30)], EM) == []


def digital(*rows: tuple[str, ...]) -> PageLayout:
    """A page of words 100 points apart, as a program that draws no rulings leaves them."""
    words = tuple(
        Word(text, word(50 + 100 * n, 100 + PITCH * y, len(text)))
        for y, row in enumerate(rows)
        for n, text in enumerate(row)
        if text
    )
    frame = UprightFrame.unturned(Size(595, 842))
    return PageLayout(1, PageKind.DIGITAL, frame, (), words, None, tuple(w.box for w in words))


def test_a_digital_page_has_its_words_in_runs() -> None:
    page = digital(("信息内容", "制发", "废止"), ("规章", "12", ""), ("文件", "3", "4"))
    lines = loose_text(page, [])
    assert [len(line) for line in lines] == [3, 2, 3]
    assert loose_text(page, [Box(0, 0, 595, 842)]) == ()


def test_a_digital_page_of_prose_has_none() -> None:
    assert loose_text(digital(*[("本年新收政府信息公开申请",)] * 5), []) == ()
