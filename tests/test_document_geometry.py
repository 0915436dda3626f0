import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from document.geometry import IDENTITY, Box, Size, UprightFrame, inverse, product

coordinates = st.floats(-2000, 2000)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x0, x1 = sorted((draw(coordinates), draw(coordinates)))
    y0, y1 = sorted((draw(coordinates), draw(coordinates)))
    return Box(x0, y0, x1, y1)


@st.composite
def turned_frames(draw: st.DrawFn) -> UprightFrame:
    """A page turned by any angle about its corner and shifted."""
    angle = math.radians(draw(st.floats(-180, 180)))
    c, s = math.cos(angle), math.sin(angle)
    shift_x, shift_y = draw(coordinates), draw(coordinates)
    page = Size(595, 842)
    return UprightFrame(page, page, (c, -s, shift_x, s, c, shift_y, 0, 0, 1))


def test_a_box_turned_inside_out_is_refused() -> None:
    with pytest.raises(ValueError, match="inside out"):
        Box(10, 0, 5, 5)


def test_a_box_with_a_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="no number"):
        Box(math.nan, 0, 5, 5)


def test_a_page_without_extent_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Size(0, 842)


@given(boxes(), boxes())
def test_what_two_boxes_share_is_no_larger_than_either(a: Box, b: Box) -> None:
    assert 0 <= a.common(b) <= min(a.area, b.area) + 1e-6
    assert a.common(b) == b.common(a)


@given(boxes(), boxes())
def test_an_enclosing_box_holds_the_corners_of_both(a: Box, b: Box) -> None:
    around = Box.enclosing((a, b))
    assert all(around.holds(corner) for corner in (*a.corners, *b.corners))


@given(boxes(), st.floats(-50, 50), st.floats(-50, 50))
def test_a_grown_box_keeps_its_centre(box: Box, dx: float, dy: float) -> None:
    assert box.grown(dx, dy).center == pytest.approx(box.center, abs=1e-6)


@given(turned_frames(), coordinates, coordinates)
def test_a_point_comes_back_from_the_page(frame: UprightFrame, x: float, y: float) -> None:
    assert frame.point_upright(frame.point_on_page((x, y))) == pytest.approx((x, y), abs=1e-6)


@given(turned_frames(), boxes())
def test_the_page_box_holds_every_corner_of_the_upright_box(frame: UprightFrame, box: Box) -> None:
    around = frame.on_page(box).grown(1e-6, 1e-6)
    assert all(around.holds(frame.point_on_page(corner)) for corner in box.corners)


@given(turned_frames())
def test_a_transform_after_its_inverse_changes_nothing(frame: UprightFrame) -> None:
    assert product(frame.matrix, inverse(frame.matrix)) == pytest.approx(IDENTITY, abs=1e-6)


@given(boxes())
def test_an_unturned_frame_leaves_boxes_alone(box: Box) -> None:
    assume(box.area > 0)
    assert UprightFrame.unturned(Size(595, 842)).on_page(box) == box


def test_a_flattening_transform_has_no_way_back() -> None:
    with pytest.raises(ValueError, match="no way back"):
        inverse((1, 1, 0, 1, 1, 0, 0, 0, 1))
