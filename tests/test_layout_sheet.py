"""Where the sheet in a photograph ends; a page that fills its picture is left alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from document.picture import Picture, Pixels
from layout.sheet import find_sheet, on_white
from tests.painted_pages import report_page, text_page, unevenly_lit

DARK = 70


def on_table(pixels: Pixels, left: int, top: int, right: int, bottom: int) -> Picture:
    framed = cv2.copyMakeBorder(
        pixels, top, bottom, left, right, cv2.BORDER_CONSTANT, value=(DARK,)
    )
    return Picture(np.asarray(framed, np.uint8), 1.0)


@pytest.mark.parametrize("pixels", [report_page(), text_page(), unevenly_lit(report_page(), 0.5)])
def test_a_page_that_fills_the_picture_has_no_edge(pixels: Pixels) -> None:
    assert find_sheet(Picture(pixels, 1.0)) is None


@pytest.mark.parametrize("margins", [(60, 80, 40, 90), (25, 25, 25, 25), (70, 0, 0, 0)])
def test_the_outline_is_the_edge_of_the_paper(margins: tuple[int, int, int, int]) -> None:
    sheet = find_sheet(on_table(report_page(), *margins))
    assert sheet is not None
    height, width = report_page().shape
    left, top = sheet.outline.min(axis=0)
    right, bottom = sheet.outline.max(axis=0)
    found = (left, top, right, bottom)
    assert found == pytest.approx(
        (margins[0], margins[1], margins[0] + width, margins[1] + height), abs=8
    )


def test_a_table_with_bright_grain_is_no_paper() -> None:
    """Its grain reaches half of the paper's brightness, in strips wider than print."""
    height, width = report_page().shape
    picture = on_table(report_page(), 80, 80, 80, 80).gray
    grain = np.full(picture.shape, 40, np.uint8)
    for x in range(0, width + 160, 60):
        grain[:, x : x + 30] = 110
    inside = np.zeros(picture.shape, bool)
    inside[80 : 80 + height, 80 : 80 + width] = True
    sheet = find_sheet(Picture(np.where(inside, picture, grain), 1.0))
    assert sheet is not None
    assert sheet.outline.min() == pytest.approx(80, abs=8)
    white = on_white(Picture(np.where(inside, picture, grain), 1.0), sheet).gray
    assert white[~inside].min() == 255


def test_everything_round_the_sheet_turns_white_and_print_stays() -> None:
    picture = on_table(report_page(), 60, 80, 40, 90)
    sheet = find_sheet(picture)
    assert sheet is not None
    white = on_white(picture, sheet).gray
    assert white[:84].min() == white[:, :64].min() == white[:, -44:].min() == 255
    inner = np.s_[200:-200, 100:-100]
    assert np.array_equal(white[inner], picture.gray[inner])


def test_a_dark_picture_has_no_sheet() -> None:
    assert find_sheet(Picture(np.full((300, 200), 20, np.uint8), 1.0)) is None


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1)])
def test_a_picture_of_one_line_has_no_sheet(shape: tuple[int, int]) -> None:
    assert find_sheet(Picture(np.full(shape, 255, np.uint8), 1.0)) is None


def test_a_lamp_is_no_sheet() -> None:
    night = np.full((600, 400), 15, np.uint8)
    cv2.circle(night, (300, 100), 60, (250,), -1)
    assert find_sheet(Picture(night, 1.0)) is None
