from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.dust import without_dust
from ocr.edges import Mask
from ocr.ink import Ink

SCALE = 4.0
"""Pixels per point: digits of 7 points are 28 pixels high."""


def ink_of(mask: Mask) -> Ink:
    gray = np.where(mask, np.uint8(0), np.uint8(255))
    return Ink(gray, mask, 0, 0, float(mask.mean()) if mask.size else 0.0, 0.0)


def cell(*marks: tuple[float, float, float, float]) -> Mask:
    """A cell of 60 × 16 points with marks at x, y, so many points wide and high."""
    mask = np.zeros((64, 240), np.bool_)
    for x, y, wide, high in marks:
        left, top, right, bottom = (round(v * SCALE) for v in (x, y, x + wide, y + high))
        mask[top:bottom, left:right] = True
    return mask


DIGIT = (30.0, 5.0, 3.5, 7.0)


@given(st.floats(0, 57), st.floats(0, 2.5), st.floats(0.5, 2.2))
def test_dust_over_a_number_is_swept(x: float, y: float, size: float) -> None:
    number = cell(DIGIT)
    bare = without_dust(ink_of(number | cell((x, y, size, min(size, 3.5 - y)))), SCALE)
    assert np.array_equal(bare.mask, number)
    assert np.array_equal(bare.gray == 0, number)


@given(st.floats(0, 20), st.floats(0, 13), st.floats(0.5, 2.2))
def test_dust_far_from_a_number_is_swept(x: float, y: float, size: float) -> None:
    number = cell(DIGIT)
    bare = without_dust(ink_of(number | cell((x, y, size, size))), SCALE)
    assert np.array_equal(bare.mask, number)


@pytest.mark.parametrize(
    "mark", [(25, 8, 2.3, 0.9), (27.5, 10.8, 1.2, 1.2), (35, 10.5, 1.0, 2.4)], ids=str
)
def test_the_minus_stop_and_comma_of_a_number_stay(mark: tuple[float, ...]) -> None:
    """The minus of -564 was taken for dust, and 564 was accepted."""
    x, y, wide, high = mark
    ink = ink_of(cell(DIGIT, (x, y, wide, high)))
    assert without_dust(ink, SCALE) is ink


def test_what_is_left_of_a_faded_digit_stays() -> None:
    """The 2 of 275 was in pieces, each no larger than dust, and 75 was read."""
    pieces = (18.0, 5.0, 2.4, 2.0), (18.0, 7.5, 2.4, 2.0), (18.0, 10.0, 2.4, 2.0)
    ink = ink_of(cell(DIGIT, *pieces))
    assert without_dust(ink, SCALE) is ink


def test_a_dot_alone_is_not_judged() -> None:
    for ink in (ink_of(cell((30, 8, 1.5, 1.5))), ink_of(np.zeros((0, 9), np.bool_))):
        assert without_dust(ink, SCALE) is ink
