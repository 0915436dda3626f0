"""What shines through from the other side is taken away; the page's own print never is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from document.picture import Picture, Pixels
from layout.bleed import without_bleed

SCALE = 200 / 72
HEIGHT, WIDTH = 900, 700
INK = 180  # levels under paper


def side(seed: int, size: float = 0.6) -> Pixels:
    """A side's print, 255 = ink: rows of numbers between rulings."""
    chance = np.random.default_rng(seed)
    ink = np.zeros((HEIGHT, WIDTH), np.uint8)
    for y in range(60, HEIGHT - 40, 50):
        cv2.line(ink, (30, y + 15), (WIDTH - 30, y + 15), (255,), 2)
        for x in range(50, WIDTH - 80, 110):
            number = str(chance.integers(10, 9999))
            cv2.putText(ink, number, (x, y), cv2.FONT_HERSHEY_DUPLEX, size, (255,), 1, cv2.LINE_AA)
    return ink


def scanned(own: Pixels, through: float, faint: Pixels | None = None) -> Picture:
    """The page at 200 dpi; `through`: the contrast of its other side; `faint`: more print of it."""
    darkness = cv2.GaussianBlur(own, (0, 0), 0.7).astype(np.float32) * (INK / 255)
    if faint is not None:
        darkness += cv2.GaussianBlur(faint, (0, 0), 0.7) * (0.3 * INK / 255)
    back = cv2.GaussianBlur(cv2.flip(side(7), 1), (0, 0), 1.8) * np.float32(through / 255)
    grain = np.random.default_rng(1).normal(0, 1.5, own.shape)
    light = (255 - darkness) * (1 - back) + grain
    return Picture(np.clip(light, 0, 255).astype(np.uint8), SCALE)


@pytest.mark.parametrize("through", [0.2, 0.3, 0.4])
def test_the_other_side_becomes_paper(through: float) -> None:
    own = side(1)
    seen = without_bleed(scanned(own, through)).gray
    apart = cv2.dilate(own, np.ones((9, 9), np.uint8)) == 0
    assert (seen[apart] < 225).mean() < 0.002


@pytest.mark.parametrize("through", [0.2, 0.4])
def test_the_print_stays_where_the_other_side_shines_through(through: float) -> None:
    own = side(1)
    before, after = scanned(own, through).gray, without_bleed(scanned(own, through)).gray
    assert np.array_equal(before[own > 200] > 150, after[own > 200] > 150)


def test_faint_print_of_the_page_itself_stays() -> None:
    """Thin numbers as faint as what shines through, but sharp."""
    own, faint = side(1), np.zeros((HEIGHT, WIDTH), np.uint8)
    own[:, 480:] = 0
    faint[:, 480:580] = side(2)[:, 480:580]
    page = scanned(own, 0.3, faint)
    seen = without_bleed(page).gray
    assert not np.array_equal(seen, page.gray)
    assert (seen[faint > 200] < 235).mean() > 0.98


def test_a_page_without_another_side_is_left_alone() -> None:
    for page in (scanned(side(1), 0.0), scanned(side(1), 0.0, side(2))):
        assert without_bleed(page) is page


def test_coarse_grain_is_not_the_other_side() -> None:
    """Poor paper has soft patches: `/` was made 1 where such pages were cleaned."""
    page = scanned(side(1), 0.0)
    grain = cv2.GaussianBlur(np.random.default_rng(3).normal(0, 1, page.gray.shape), (0, 0), 1.5)
    gray = page.gray - 6 * np.maximum(grain / grain.std(), 0)
    poor = Picture(np.clip(gray, 0, 255).astype(np.uint8), SCALE)
    assert without_bleed(poor) is poor


def test_an_empty_page_is_left_alone() -> None:
    page = Picture(np.full((HEIGHT, WIDTH), 255, np.uint8), SCALE)
    assert without_bleed(page) is page
