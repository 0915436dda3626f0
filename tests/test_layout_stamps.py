"""Stamps vanish from a coloured page; black print under them, coloured print and bands stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.picture import Pixels
from layout.stamps import without_stamps

HEIGHT, WIDTH = 1170, 827  # A4 at 100 dpi
PAPER = 240
RED, VERMILION, BLUE, PURPLE = (40, 30, 200), (60, 70, 225), (180, 60, 60), (170, 60, 120)
MIDDLE, RADIUS = (400, 500), 82


def page() -> Pixels:
    return np.full((HEIGHT, WIDTH, 3), PAPER, np.uint8)


def stamp(pixels: Pixels, colour: tuple[int, int, int], strength: float = 1.0) -> Pixels:
    """A ring and a star pressed on the page: its ink takes its part of the light there."""
    drawn = np.zeros(pixels.shape[:2], np.uint8)
    cv2.circle(drawn, MIDDLE, RADIUS, (255,), 5, cv2.LINE_AA)
    cv2.drawMarker(drawn, MIDDLE, (255,), cv2.MARKER_STAR, 40, 5)
    ink = cv2.GaussianBlur(drawn, (0, 0), 0.6)[..., None] * np.float32(strength / 255)
    left = 1 - ink * (1 - np.array(colour, np.float32) / 255)
    return np.asarray(pixels * left, np.uint8)


def digit(pixels: Pixels, x: int, y: int, colour: tuple[int, int, int] = (30, 30, 30)) -> None:
    cv2.putText(pixels, "8", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.5, colour, 2, cv2.LINE_AA)


def jpeg(pixels: Pixels, quality: int = 75) -> Pixels:
    stored = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(stored, cv2.IMREAD_COLOR), np.uint8)


@pytest.mark.parametrize("colour", [RED, VERMILION, BLUE, PURPLE])
@pytest.mark.parametrize("strength", [0.6, 1.0])
def test_a_stamp_is_taken_for_paper(colour: tuple[int, int, int], strength: float) -> None:
    gray = without_stamps(jpeg(stamp(page(), colour, strength)))
    assert np.percentile(gray, 0.1) > PAPER - 40
    assert gray.mean() > PAPER - 1


@settings(max_examples=12)
@given(st.integers(0, 11), st.sampled_from([RED, BLUE]))
def test_print_under_a_stamp_stays_black(hour: int, colour: tuple[int, int, int]) -> None:
    pixels = page()
    x = MIDDLE[0] + round(RADIUS * np.sin(hour * np.pi / 6)) - 5
    y = MIDDLE[1] + round(RADIUS * np.cos(hour * np.pi / 6)) + 5
    digit(pixels, x, y)
    alone = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) < 120
    seen = without_stamps(jpeg(stamp(pixels, colour)))
    assert (seen[alone] < 170).mean() > 0.8


def test_the_light_of_the_lamp_is_no_stamp() -> None:
    yellowed = (page() * np.array([0.75, 0.9, 1.0])).astype(np.uint8)
    gray = without_stamps(jpeg(stamp(yellowed, RED)))
    assert gray.min() > 150
    assert np.ptp(gray[:200]) < 3


def test_a_gray_page_keeps_its_gray() -> None:
    pixels = page()
    digit(pixels, 300, 300)
    assert np.array_equal(without_stamps(pixels), pixels[..., 0])


def test_numbers_in_red_stay() -> None:
    pixels = page()
    for y in range(100, 1100, 20):
        for x in range(100, 700, 60):
            digit(pixels, x, y, RED)
    assert np.array_equal(without_stamps(pixels), cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))


def test_a_table_ruled_in_red_stays() -> None:
    pixels = page()
    for y in range(100, 1100, 25):
        pixels[y : y + 2, 80:750] = RED
    for x in range(80, 800, 67):
        pixels[100:1077, x : x + 2] = RED
    assert np.array_equal(without_stamps(pixels), cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))


def test_white_text_on_a_blue_band_stays() -> None:
    pixels = page()
    pixels[300:360, 300:500] = BLUE
    digit(pixels, 400, 335, (255, 255, 255))
    assert np.array_equal(without_stamps(pixels), cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))
