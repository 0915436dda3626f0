"""Lines that are not seen, or only in part."""

from __future__ import annotations

import numpy as np

from document.geometry import Box
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
