"""Cells as the cell reader takes them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from document.geometry import Box
from document.picture import Picture
from ocr.cell_picture import BESIDE, EM, TYPE_SIZE, cell_picture, shown
from ocr.ink import EvenPage


def page_with_a_bar(scale: float) -> EvenPage:
    """White, 100 points square, a black bar from (40, 44) to (60, 56)."""
    gray = np.full((round(100 * scale),) * 2, 255, np.uint8)
    x0, x1, y0, y1 = (round(v * scale) for v in (40, 60, 44, 56))
    gray[y0:y1, x0:x1] = 0
    return EvenPage.of(Picture(gray, scale))


@given(st.floats(1.4, 4.2))
def test_a_cell_looks_alike_at_every_resolution(scale: float) -> None:
    em = 10 * scale / TYPE_SIZE  # type of 10 points
    picture = cell_picture(page_with_a_bar(scale), Box(30, 40, 70, 60), em)
    assert picture is not None
    wide, high = 42 / 10 * EM, 22 / 10 * EM
    assert abs(picture.shape[1] - wide) <= 2
    assert abs(picture.shape[0] - high) <= 2
    middle = picture[picture.shape[0] // 2, picture.shape[1] // 2]
    assert middle > 240, "ink is bright"
    assert picture[1, 1] < 15, "paper is dark"


def test_no_number_stands_in_a_cell_of_half_a_page() -> None:
    assert cell_picture(page_with_a_bar(2.0), Box(0, 0, 100, 99), em=10.0) is None


def test_a_cell_beside_the_page_has_no_picture() -> None:
    assert cell_picture(page_with_a_bar(2.0), Box(120, 40, 140, 60), em=20.0) is None


def test_of_a_cell_across_the_page_its_ink_is_shown() -> None:
    page = page_with_a_bar(2.0)
    wide, em = Box(2, 35, 98, 65), 6.0
    part = shown(page, wide, page.ink(wide), em)
    room = BESIDE * TYPE_SIZE * em / page.scale
    edges = (part.x0, part.y0, part.x1, part.y1)
    assert np.allclose(edges, (40 - room, 44 - room, 60 + room, 56 + room), atol=0.6)
    assert cell_picture(page, wide, em) is None
    assert cell_picture(page, part, em) is not None


def test_a_cell_of_usual_size_is_shown_whole() -> None:
    page = page_with_a_bar(2.0)
    cell = Box(30, 40, 70, 60)
    assert shown(page, cell, page.ink(cell), 20.0) == cell


def test_a_wide_cell_without_ink_is_shown_whole() -> None:
    page = page_with_a_bar(2.0)
    blank = Box(2, 70, 98, 80)
    assert shown(page, blank, page.ink(blank), 4.0) == blank
