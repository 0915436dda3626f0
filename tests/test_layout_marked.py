"""What was found on a page's picture goes with it."""

from __future__ import annotations

import numpy as np

from document.geometry import Size
from document.picture import Picture
from layout.marked import marked
from layout.scans import read_scan

PAGE = Size(200, 150)
PIXELS = np.full((300, 400), 255, np.uint8)


def test_a_page_that_was_laid_out_is_not_searched_again() -> None:
    picture = read_scan(PIXELS, PAGE, 1, lambda crops: 1.0).picture
    assert picture is not None
    assert marked(picture) is picture


def test_a_picture_from_elsewhere_is_searched_when_asked() -> None:
    found = marked(Picture(PIXELS, 2.0))
    assert found.gray is PIXELS
    assert found.marks.ink.shape == PIXELS.shape
    assert found.rulings == ()
