"""Connected parts of a mask and quantiles of levels, beside the libraries' own slower ways."""

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.picture import Pixels
from layout.levels import median_level, unevenness
from layout.parts import Parts


@st.composite
def masks(draw: st.DrawFn) -> Pixels:
    height, width = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    return (random.random((height, width)) < draw(st.floats(0, 1))).astype(np.uint8)


def measured(rows: Any) -> list[list[float]]:
    return sorted([round(float(v), 6) for v in row] for row in rows)


@given(masks())
def test_parts_are_those_that_opencv_measures(mask: Pixels) -> None:
    parts = Parts.of(mask)
    _, _, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    boxes = np.stack([parts.left, parts.top, parts.wide, parts.high, parts.area, parts.middle], 1)
    assert measured(boxes) == measured(np.column_stack([stats[1:], centres[1:, 1]]))


def test_a_mask_of_paper_has_no_parts() -> None:
    assert Parts.of(np.zeros((5, 7), np.uint8)).area.size == 0


@given(masks(), st.integers(1, 200))
def test_the_median_is_that_of_sorted_levels(mask: Pixels, ink: int) -> None:
    levels = (mask * ink).astype(np.uint8)
    assert median_level(levels) == np.median(levels)


@pytest.mark.parametrize("rows", [0, 1])
def test_too_few_rows_are_even(rows: int) -> None:
    assert unevenness(np.zeros((rows, 9), np.uint8)) == 0.0
