"""Lines that are not seen, or only in part."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.geometry import Box
from document.picture import Pixels
from layout.line_search import Field


def test_strokes_of_characters_below_are_not_the_ruling_above_them() -> None:
    """As where 无 stands in every column: its upper strokes lie beside each other."""
    printed, ruled = np.zeros((2, 60, 200), np.uint8)
    for x in range(10, 200, 20):
        printed[34:39, x] = 1
        ruled[40, x - 5 : x + 6] = 1
    field = Field(printed, ruled, 1.0, 10.0)
    row = [Box(0, 0, 200, 60)]
    assert field.line(row, 25, 20) == 40.5
    line = field.line_in_white(row, 25, 20)
    assert line is not None
    assert line < 33


def test_a_ruling_in_the_white_is_found() -> None:
    printed, ruled = np.zeros((2, 60, 200), np.uint8)
    printed[34:39, ::3] = 1
    ruled[20, 40:120] = 1
    assert Field(printed, ruled, 1.0, 10.0).line_in_white([Box(0, 0, 200, 60)], 25, 20) == 20.5


def test_what_is_left_of_a_ruling_at_those_across_it_does_not_stop_its_line() -> None:
    printed, ruled = np.zeros((2, 60, 200), np.uint8)
    printed[:, 0:2] = printed[:, 198:200] = 1  # the rulings across
    printed[29:31, 2:20] = printed[29:31, 185:198] = 1
    field, row = Field(printed, ruled, 1.0, 10.0), [Box(0, 0, 200, 60)]
    assert field.is_clear(row, 30)
    printed[26:34, 100:103] = 1  # a digit's stroke
    assert not field.is_clear(row, 30)


def test_thick_rulings_at_a_cells_sides_leave_room_for_a_line() -> None:
    """They reach further into the cell than others do."""
    printed, ruled = np.zeros((2, 60, 200), np.uint8)
    printed[:, 0:8] = printed[:, 192:200] = 1
    printed[5:18, 60:70] = printed[42:55, 120:130] = 1
    field = Field(printed, ruled, 1.0, 10.0)
    line = field.gutter([Box(0, 0, 200, 60)], 30, 20)
    assert line == pytest.approx(30, abs=1)


def test_a_line_between_columns_lies_on_the_dashes_that_fill_the_white() -> None:
    printed, ruled = np.zeros((2, 60, 200), np.uint8)
    printed[5:27, 60:70] = printed[34:55, 120:130] = 1
    printed[29:32, 30:40] = printed[29:32, 150:160] = 1
    field = Field(printed, ruled, 1.0, 10.0)
    assert field.gutter([Box(0, 0, 200, 60)], 30, 20) == 30
    printed[27:36, 90:100] = 1  # a digit
    assert field.gutter([Box(0, 0, 200, 60)], 30, 20) is None


def upright_dashes(*pieces: tuple[int, int]) -> Field:
    """Right-aligned numbers in two columns and, at 46, pieces of a stroke; for lines down."""
    printed = np.zeros((60, 160), np.uint8)
    printed[20:40, 30:40] = printed[20:40, 110:120] = 1
    for y0, y1 in pieces:
        printed[y0:y1, 45:47] = 1
    return Field(np.ascontiguousarray(printed.T), np.zeros((160, 60), np.uint8), 1.0, 20.0)


def test_a_line_between_columns_lies_on_a_dashed_ruling_and_not_in_the_wider_white() -> None:
    """Values at the right of their columns have more white after the ruling than before it."""
    field = upright_dashes((4, 10), (17, 23), (30, 36), (43, 49), (54, 58))
    assert field.gutter([Box(0, 0, 160, 60)], 50, 40) == 46


@given(st.integers(0, 158), st.floats(0, 160), st.floats(0, 40))
def test_a_line_is_looked_for_no_further_away_than_it_may_be(
    at: int, about: float, room: float
) -> None:
    field = upright_dashes()
    for y0 in range(4, 58, 12):
        field.printed[at : at + 2, y0 : y0 + 6] = 1
    line = field.gutter([Box(0, 0, 160, 60)], about, room)
    assert line is None or abs(line - about) <= room + 1


def test_a_digit_is_no_dashed_ruling_also_where_it_came_to_pieces() -> None:
    for pieces in ([(20, 40)], [(20, 26), (28, 33), (35, 40)]):
        line = upright_dashes(*pieces).gutter([Box(0, 0, 160, 60)], 50, 40)
        assert line is not None
        assert not 44 < line < 48


def test_strokes_beside_others_are_no_dashed_ruling() -> None:
    """As those at the left of characters, one under the other."""
    field = upright_dashes((4, 10), (17, 23), (30, 36), (43, 49), (54, 58))
    field.printed[49:60, 4:58] = 1
    line = field.gutter([Box(0, 0, 160, 60)], 50, 40)
    assert line is not None
    assert not 44 < line < 48


CELLS = [Box(y0, x0, y0 + 30, x1) for y0 in (0, 30) for x0, x1 in ((0, 100), (100, 200))]
"""Two rows of two cells, in lines down the page."""


def two_columns() -> Pixels:
    """Centred headings over numbers on the right, in columns of 120 and 80; lines down the page."""
    printed = np.zeros((60, 200), np.uint8)
    for heading in (slice(30, 90), slice(135, 185)):
        printed[8:20, heading] = 1
        printed[8:20, heading.start + 24 : heading.start + 26] = 0  # between two characters
    printed[38:50, 108:115] = printed[38:50, 175:195] = 1
    return np.ascontiguousarray(printed.T)


@pytest.mark.parametrize("about", [80, 100, 120])
def test_a_line_between_columns_has_print_on_both_sides(about: float) -> None:
    field = Field(two_columns(), np.zeros((200, 60), np.uint8), 1.0, 10.0)
    line = field.gutter(CELLS, about, 60)
    assert line is not None
    assert 115 < line < 135


def test_a_stroke_of_a_character_is_no_ruling_between_columns() -> None:
    printed, ruled = two_columns(), np.zeros((200, 60), np.uint8)
    ruled[55, 8:20] = 1
    printed[54:57, 8:20] = 0
    line = Field(printed, ruled, 1.0, 10.0).gutter(CELLS, 100, 60)
    assert line is not None
    assert 115 < line < 135
