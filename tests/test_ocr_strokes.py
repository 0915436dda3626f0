"""One straight stroke: a slash or a dash, told by its direction."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.reading import Candidate
from ocr.edges import Mask
from ocr.engine import NumberReading
from ocr.ink import Ink
from ocr.strokes import Stroke, evidence, stroke_of, with_stroke, without_specks

SCALE = 300 / 72


def ink_of(mask: Mask) -> Ink:
    gray = np.where(mask, np.uint8(0), np.uint8(255)).astype(np.uint8)
    return Ink(gray, mask, 0, 0, 0.1, 0.0)


def mark(mask: Mask) -> str | None:
    stroke = stroke_of(ink_of(mask), SCALE)
    return stroke.mark if stroke else None


def stroke(degrees: float, length: float, thick: float = 0.8) -> Mask:
    """A bar in points, rising by so many degrees."""
    bar = ((80, 80), (length * SCALE, thick * SCALE), -degrees)
    mask = np.zeros((160, 160), np.uint8)
    cv2.fillPoly(mask, [cv2.boxPoints(bar).round().astype(np.int32)], (1,))
    return mask.astype(np.bool_)


def grown(mask: Mask) -> Mask:
    return cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


@given(st.floats(60, 77), st.floats(8, 12))
def test_a_rising_stroke_is_a_slash(degrees: float, length: float) -> None:
    assert mark(stroke(degrees, length)) == "/"


@given(st.floats(-4, 4), st.floats(7, 12))
def test_a_level_stroke_is_a_dash(degrees: float, length: float) -> None:
    assert mark(stroke(degrees, length)) == "—"
    assert mark(stroke(degrees, 3.5)) == "-"


@given(st.floats(84, 100))
def test_an_upright_stroke_may_be_a_one(degrees: float) -> None:
    assert mark(stroke(degrees, 8)) is None


def test_a_seven_a_dot_and_a_ring_are_no_stroke() -> None:
    seven = stroke(68, 8) | np.roll(stroke(0, 5), (-15, -6), (0, 1))
    ring = np.zeros((80, 80), np.uint8)
    cv2.circle(ring, (40, 40), 15, (1,), 3)
    assert mark(seven) is None
    assert mark(stroke(0, 1.2, 1.2)) is None
    assert mark(ring.astype(np.bool_)) is None
    assert mark(np.zeros((5, 5), np.bool_)) is None


@given(st.integers(5, 150), st.integers(5, 150))
def test_dust_beside_a_slash_makes_no_one_of_it(x: int, y: int) -> None:
    """A fax has dust in every other cell: / was read as 1."""
    slash = stroke(68, 9)
    dust = np.zeros_like(slash)
    dust[y : y + 6, x : x + 6] = True
    bare = without_specks(ink_of(slash | (dust & ~grown(slash))), SCALE)
    assert stroke_of(bare, SCALE)
    assert np.array_equal(bare.gray == 0, slash)


@pytest.mark.parametrize("shape", [(0, 0), (0, 9), (9, 0)])
def test_a_cell_without_extent_has_no_specks(shape: tuple[int, int]) -> None:
    """OpenCV 4.10 ends the process when asked for the connected parts of nothing."""
    ink = ink_of(np.zeros(shape, np.bool_))
    assert without_specks(ink, SCALE) is ink


def test_a_sign_beside_a_stroke_is_no_dust() -> None:
    digit = np.roll(stroke(90, 6), 40, 1)
    ink = ink_of(stroke(0, 3) | digit)
    assert without_specks(ink, SCALE) is ink


@given(st.floats(8, 25), st.floats(4, 8))
def test_a_number_in_small_print_is_no_dash_however_level(length: float, tall: float) -> None:
    """590 in 7-point type at 100 dpi is a solid gray bar: it must not come out as a blank."""
    assert mark(stroke(0, length, tall)) is None


def test_the_stroke_outweighs_a_guess_but_not_a_certainty() -> None:
    guess = NumberReading("1", 0.6, (Candidate("1", 0.6), Candidate("/", 0.2)))
    sure = NumberReading("1", 0.999999, (Candidate("1", 0.999999), Candidate("/", 1e-7)))
    assert with_stroke(guess, "/", 1e3).text == "/"
    assert with_stroke(guess, "/", 1e3).probability == pytest.approx(200 / 200.8)
    assert with_stroke(sure, "/", 1e3).text == "1"


def test_many_strokes_alike_speak_for_one_another() -> None:
    slashes = [Stroke("/", 68 + k / 20) for k in range(25)]
    assert evidence(slashes)["/"] > 100 * evidence(slashes[:5])["/"]


def test_strokes_that_lie_anyhow_or_might_be_slanted_ones_do_not() -> None:
    few = evidence([Stroke("/", 68)])["/"]
    assert evidence([Stroke("/", 60 + k % 15) for k in range(25)])["/"] == few
    assert evidence([Stroke("/", 78)] * 25)["/"] == few


def test_no_stroke_outweighs_a_number_of_several_digits() -> None:
    number = NumberReading("590", 0.9, (Candidate("590", 0.9),))
    assert with_stroke(number, "—", 1e7) is number


def test_rivals_still_add_up_to_one_at_most() -> None:
    nothing = NumberReading("•", 0.9, ())
    weighed = with_stroke(nothing, "-", 1e3)
    assert weighed.candidates[0].text == "-"
    assert sum(c.probability for c in weighed.candidates) < 1
