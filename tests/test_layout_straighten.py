"""The tilt measured and taken out, and the way back to the page exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.geometry import Size
from document.picture import Picture, Pixels
from layout.paper import evenly_lit, picture_of
from layout.straighten import levelled, turned
from layout.tilt import tilt
from tests.painted_pages import A5, noisy, report_page, skewed, skewed_point, text_page

REPORT, TEXT = report_page(), text_page()
SEEN = 0.1
"""Degrees: a smaller tilt moves the far edge by about a pixel and is mostly taken for none."""
SCALE = REPORT.shape[1] / A5.width


pages = st.sampled_from((REPORT, TEXT))
noises = st.sampled_from((0, 12))


@settings(max_examples=10)
@given(st.floats(SEEN, 3), st.sampled_from((-1, 1)), pages, noises)
def test_tilt_is_measured_to_a_twentieth_of_a_degree(
    size: float, sign: int, pixels: Pixels, sigma: float
) -> None:
    page = picture_of(noisy(skewed(pixels, sign * size), sigma), A5)
    assert tilt(page) == pytest.approx(sign * size, abs=0.05)


@settings(max_examples=10)
@given(st.floats(-SEEN, SEEN), pages, noises)
def test_a_tilt_too_small_to_see_leaves_the_page_level_enough(
    angle: float, pixels: Pixels, sigma: float
) -> None:
    """Marks are looked for on pages level within a tenth of a degree."""
    page = picture_of(noisy(skewed(pixels, angle), sigma), A5)
    assert abs(tilt(page) - angle) <= SEEN


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_tilt_of_a_page_on_its_side(quarters: int) -> None:
    pixels = np.ascontiguousarray(np.rot90(skewed(TEXT, 1.5), quarters))
    assert tilt(Picture(pixels, SCALE)) == pytest.approx(1.5, abs=0.05)


def test_blank_page_has_no_tilt() -> None:
    assert tilt(Picture(np.full((800, 600), 255, np.uint8), 1.0)) == 0


def test_bars_from_edge_to_edge_are_level() -> None:
    """As of a damaged fax: print with no ends."""
    pixels = np.full((800, 600), 255, np.uint8)
    for bar in range(100, 700, 100):
        pixels[bar : bar + 3] = 0
    assert tilt(Picture(pixels, 1.0)) == pytest.approx(0, abs=SEEN)


@settings(max_examples=12)
@given(
    st.floats(-8, 8),
    st.integers(0, 3),
    st.tuples(st.floats(30, 390), st.floats(30, 560)),
)
def test_a_dot_on_the_page_lies_where_the_frame_says(
    angle: float, quarters: int, place: tuple[float, float]
) -> None:
    pixels = np.full(REPORT.shape, 255, np.uint8)
    x, y = round(place[0] * SCALE), round(place[1] * SCALE)
    pixels[y - 2 : y + 3, x - 2 : x + 3] = 0
    level, frame = levelled(Picture(pixels, SCALE), A5, angle)
    upright, frame = turned(level, frame, quarters)
    ink = 255 - upright.gray.astype(np.float64)
    rows, columns = np.indices(ink.shape)
    seen = (
        float((ink * (columns + 0.5)).sum() / ink.sum()) / upright.scale,
        float((ink * (rows + 0.5)).sum() / ink.sum()) / upright.scale,
    )
    painted = (x + 0.5) / SCALE, (y + 0.5) / SCALE * A5.height / (REPORT.shape[0] / SCALE)
    assert frame.point_on_page(seen) == pytest.approx(painted, abs=0.1)
    assert frame.point_upright(painted) == pytest.approx(seen, abs=0.1)


@given(st.floats(-8, 8), st.integers(0, 3))
@settings(max_examples=12)
def test_the_upright_page_holds_the_whole_page(angle: float, quarters: int) -> None:
    level, frame = levelled(Picture(REPORT, SCALE), A5, angle)
    upright, frame = turned(level, frame, quarters)
    height, width = upright.gray.shape
    assert (width, height) == pytest.approx(
        (frame.upright.width * SCALE, frame.upright.height * SCALE), abs=1
    )
    for corner in A5.box.corners:
        x, y = frame.point_upright(corner)
        assert -0.5 <= x <= frame.upright.width + 0.5
        assert -0.5 <= y <= frame.upright.height + 0.5


def test_corners_that_straightening_adds_are_white() -> None:
    pixels = np.full((600, 400), 90, np.uint8)
    level, _ = levelled(Picture(pixels, 1.0), Size(400, 600), 5)
    assert level.gray[0, 0] == level.gray[-1, -1] == level.gray[0, -1] == level.gray[-1, 0] == 255


def test_straight_page_keeps_its_pixels() -> None:
    level, frame = levelled(Picture(REPORT, SCALE), A5, 0.01)
    assert level.gray is REPORT
    assert frame.point_on_page((12, 34)) == pytest.approx((12, 34), abs=0.05)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_turning_changes_no_pixel(quarters: int) -> None:
    level, frame = levelled(Picture(REPORT, SCALE), A5, 0)
    upright, _ = turned(level, frame, quarters)
    assert np.array_equal(np.rot90(upright.gray, quarters), REPORT)


def test_shade_is_taken_out_and_print_is_not() -> None:
    shade = np.linspace(1, 0.5, REPORT.shape[1])[None]
    lit = evenly_lit(Picture((REPORT * shade).astype(np.uint8), SCALE)).gray
    assert np.percentile(lit[:, -200:], 60) > 245
    ink = REPORT < 60
    assert lit[ink].mean() < 80


def test_page_is_levelled_about_its_centre() -> None:
    _, frame = levelled(Picture(skewed(REPORT, 2), SCALE), A5, 2)
    x, y = frame.point_upright(skewed_point((100, 100), 2))
    grown = (frame.upright.width - A5.width) / 2, (frame.upright.height - A5.height) / 2
    assert (x - grown[0], y - grown[1]) == pytest.approx((100, 100), abs=0.01)
