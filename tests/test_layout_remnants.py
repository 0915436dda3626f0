"""Dashes and pieces of rulings among text: what is taken away, and what is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from document.geometry import Box
from layout.remnants import without_dashes, without_remnants

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
    assert set(without_dashes([*text, *dashes(120, 12)], EM)) == set(text)


def test_dashes_of_a_level_ruling_are_no_text() -> None:
    text = [box for n in range(6) for box in row(n, 50, 150, 250)]
    level = [Box(50 + 9 * n, 107.5, 56 + 9 * n, 108.5) for n in range(20)]
    assert set(without_dashes([*text, *level], EM)) == set(text)


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_a_column_of_ones_is_text_however_many_there_are(ones: list[bool]) -> None:
    labels = [word(50, 100 + PITCH * n) for n in range(len(ones))]
    digits = [
        Box(200, 96 + PITCH * n, 202.5, 103.5 + PITCH * n) for n, here in enumerate(ones) if here
    ]
    assert set(without_dashes([*labels, *digits], EM)) == {*labels, *digits}


def test_strokes_for_blanks_side_by_side_are_text() -> None:
    strokes = [Box(200 + 30 * n, 99, 204 + 30 * n, 100.5) for n in range(15)]
    assert without_dashes(strokes, EM) == strokes


LEVEL = [Box(40, 89, 500, 90), Box(40, 110, 500, 111)]
"""Rulings above and below a row of print."""


def test_a_stroke_that_goes_out_from_a_level_ruling_is_what_is_left_of_an_upright_one() -> None:
    numbers = [Box(50 + 30 * n, 96.5, 56 + 30 * n, 103.5) for n in range(15)]
    for top, foot in ((91, 104), (96, 109)):
        remnant = Box(133, top, 134, foot)
        assert without_remnants([*numbers, remnant], LEVEL, EM) == numbers


def test_dashes_that_lead_from_ruling_to_ruling_are_no_text() -> None:
    numbers = [Box(50 + 30 * n, 94, 62 + 30 * n, 106) for n in range(15)]
    ruling = [Box(76, 93.5, 77, 97), Box(76, 99.5, 77, 103), Box(76, 105.5, 77, 107.5)]
    assert without_remnants([*numbers, *ruling], LEVEL, EM) == numbers


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
    assert without_remnants(digits, LEVEL, EM) == digits


def test_ones_one_under_another_are_text_in_rows_of_any_height() -> None:
    for pitch in (8.0, 9.0, 12.0, 20.0):
        level = [Box(40, 90 + pitch * n, 500, 90.5 + pitch * n) for n in range(9)]
        digits = [Box(200, 91 + pitch * n, 201, 98 + pitch * n) for n in range(8)]
        assert without_remnants(digits, level, EM) == digits
