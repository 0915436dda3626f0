"""Islands of ink and dark pixels, told faster than by comparing and labelling anew."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocr.islands import Islands, darker


@given(st.floats(-300, 300))
def test_darker_pixels_are_those_below_the_level(level: float) -> None:
    gray = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert np.array_equal(darker(gray, level), gray < level)


@given(st.integers(0, 2**32 - 1), st.floats(0.02, 0.5))
def test_chosen_islands_are_those_of_a_cell_without_the_others(seed: int, ink: float) -> None:
    random = np.random.default_rng(seed)
    every = Islands.of(random.random((40, 60)) < ink)
    chosen = random.random(len(every)) < 0.5
    chosen[0] = True
    few = every.only(chosen)
    alone = Islands.of(few.labels > 0)
    assert np.array_equal(few.labels > 0, (chosen & (np.arange(len(every)) > 0))[every.labels])
    assert np.array_equal(few.labels, alone.labels)
    assert np.array_equal(few.stats[1:], alone.stats[1:])


def test_a_whole_page_of_specks_has_more_islands_than_short_labels_count() -> None:
    specks = np.zeros((600, 600), np.bool_)
    specks[::2, ::2] = True
    assert len(Islands.of(specks)) == 300 * 300 + 1
