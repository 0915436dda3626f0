"""What counts as ink in a painted cell: every mark, never the rulings."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.geometry import Box
from document.picture import Picture, Pixels
from ocr.dirt import Blank
from ocr.ink import EvenPage, Ink

CELL = Box(40, 20, 90, 40)
WIDTH, HEIGHT = 130, 60  # points


def page(scale: float, line: float = 0.6, paper: int = 245, ink: int = 20) -> Pixels:
    """A page with one ruled cell, lines centred on CELL's edges and drawn beyond its corners."""
    pixels = np.full((round(HEIGHT * scale), round(WIDTH * scale)), paper, np.uint8)
    for x in (CELL.x0, CELL.x1):
        draw(pixels, scale, Box(x - line / 2, 10, x + line / 2, 50), ink)
    for y in (CELL.y0, CELL.y1):
        draw(pixels, scale, Box(20, y - line / 2, 110, y + line / 2), ink)
    return pixels


def draw(pixels: Pixels, scale: float, box: Box, ink: int = 20) -> None:
    """A bar, each of its sides at least one pixel."""
    x, y = round(box.x0 * scale), round(box.y0 * scale)
    wide, high = max(round(box.width * scale), 1), max(round(box.height * scale), 1)
    pixels[y : y + high, x : x + wide] = ink


def ink_of(pixels: Pixels, scale: float, noise: float = 3.0) -> Ink:
    soft = cv2.GaussianBlur(pixels, (0, 0), 0.5).astype(np.float32)
    grain = np.random.default_rng(0).normal(0, noise, soft.shape)
    return EvenPage.of(Picture(np.clip(soft + grain, 0, 255).astype(np.uint8), scale)).ink(CELL)


scales = st.sampled_from([100 / 72, 150 / 72, 200 / 72, 300 / 72])


@given(scales, st.floats(0.3, 1.5))
def test_rulings_are_no_ink(scale: float, line: float) -> None:
    ink = ink_of(page(scale, line), scale)
    assert not ink.mask.any()
    assert ink.blank >= Blank.RULING_SCRAPS


@given(
    scales,
    st.floats(45, 80),
    st.floats(26, 34),
    st.sampled_from([(3.0, 0.7), (9.0, 0.7), (0.8, 7.5), (1.0, 1.0)]),
)
def test_no_mark_goes_unseen(scale: float, x: float, y: float, mark: tuple[float, float]) -> None:
    """A hyphen, a dash, a 1 of one stroke, a dot."""
    pixels = page(scale)
    draw(pixels, scale, Box(x, y, x + mark[0], y + min(mark[1], 38 - y)))
    assert ink_of(pixels, scale).mask.any()


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_digit_that_touches_the_ruling_keeps_its_strokes(dpi: int) -> None:
    scale = dpi / 72
    pixels = page(scale)
    draw(pixels, scale, Box(60, 20, 61, 29))  # from the upper ruling into the cell
    ink = ink_of(pixels, scale)
    rows = np.flatnonzero(ink.mask.any(axis=1))
    assert rows[-1] / scale == pytest.approx(9, abs=0.8)
    assert ink.mask.any(axis=0).sum() / scale < 2.5


def test_faint_print_is_ink_and_comes_out_black() -> None:
    pixels = page(3.0, ink=150)
    draw(pixels, 3.0, Box(60, 26, 61, 34), ink=180)
    ink = ink_of(pixels, 3.0)
    assert ink.mask.any()
    assert ink.gray[ink.mask].min() < 40


def test_a_speck_is_dirt_but_lowers_the_certainty() -> None:
    pixels = page(4.0)
    pixels[120:122, 250] = 0
    ink = ink_of(pixels, 4.0, noise=0)
    assert not ink.mask.any()
    assert ink.blank == Blank.DIRT


def test_dirt_does_not_outshine_faint_print() -> None:
    pixels = page(4.0)
    pixels[120:122, 210] = 0
    draw(pixels, 4.0, Box(70, 26, 71, 34), ink=190)
    columns = np.flatnonzero(ink_of(pixels, 4.0, noise=1).mask.any(axis=0))
    assert columns[0] / 4.0 == pytest.approx(30, abs=0.6)


def test_a_far_dot_is_dirt_where_there_are_digits() -> None:
    pixels = page(4.0)
    draw(pixels, 4.0, Box(80, 26, 81, 34))
    draw(pixels, 4.0, Box(50, 30, 51, 31))
    columns = np.flatnonzero(ink_of(pixels, 4.0).mask.any(axis=0))
    assert columns[0] / 4.0 > 35


def test_light_letters_on_a_dark_band_are_ink() -> None:
    pixels = page(4.0, paper=40, ink=230)
    draw(pixels, 4.0, Box(60, 26, 61, 34), ink=235)
    ink = ink_of(pixels, 4.0)
    assert 0.002 < ink.share < 0.05


def test_bold_print_that_fills_its_box_is_ink() -> None:
    pixels = page(4.0)
    for x in range(42, 88, 2):
        draw(pixels, 4.0, Box(x, 22, x + 1.2, 38), ink=30)
    assert ink_of(pixels, 4.0).share > 0.3


def test_a_shadow_over_the_cell_is_no_ink() -> None:
    pixels = page(3.0)
    shade = np.linspace(1.0, 0.55, pixels.shape[1])
    ink = ink_of((pixels * shade).astype(np.uint8), 3.0)
    assert ink.blank == Blank.CLEAN


def test_a_cell_off_the_picture_is_blank_with_doubt() -> None:
    ink = EvenPage.of(Picture(page(2.0), 2.0)).ink(Box(500, 500, 520, 510))
    assert ink.blank == Blank.SHADE


def fax(pixels: Pixels, scale: float, salt: list[tuple[float, float]]) -> Pixels:
    """Black pixels at these points, spread as by levelling the page by a fraction of a pixel."""
    for x, y in salt:
        pixels[round(y * scale), round(x * scale)] = 0
    shift = np.array([[1, 0, 0.4], [0, 1, 0.5]])
    size = pixels.shape[::-1]
    moved = cv2.warpAffine(pixels, shift, size, flags=cv2.INTER_CUBIC, borderValue=(255,))
    return np.asarray(moved, np.uint8)


def test_salt_of_a_fax_is_dirt_without_doubt() -> None:
    scale = 200 / 72
    pixels = fax(page(scale, paper=255, ink=0), scale, [(47, 26), (60, 34), (81, 29)])
    ink = EvenPage.of(Picture(pixels, scale)).ink(CELL)
    assert not ink.mask.any()
    assert ink.blank == Blank.DIRT


def test_salt_in_the_shape_of_a_digit_is_doubted() -> None:
    """What a fax leaves of a slash or a thin 1."""
    scale = 200 / 72
    pixels = fax(page(scale, paper=255, ink=0), scale, [(66, 26), (65, 29), (64, 32)])
    ink = EvenPage.of(Picture(pixels, scale)).ink(CELL)
    assert ink.mask.any() or ink.blank <= Blank.GRAIN


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
def test_a_faint_hyphen_is_more_than_dust(dpi: int) -> None:
    scale = dpi / 72
    pixels = page(scale)
    draw(pixels, scale, Box(30, 45, 36, 53))  # print elsewhere on the page is black
    draw(pixels, scale, Box(63, 30, 66, 30.7), ink=150)
    ink = ink_of(pixels, scale, noise=1.5)
    assert ink.mask.any()
    assert not ink.dots


def test_blurred_dust_may_be_print_but_is_no_mark() -> None:
    scale = 150 / 72
    pixels = page(scale)
    cv2.circle(pixels, (round(64 * scale), round(30 * scale)), 1, (60,), -1)
    soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.9), np.uint8)
    assert ink_of(soft, scale).dots
