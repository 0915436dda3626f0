"""Islands of ink and dark pixels, told faster than by comparing and labelling anew."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocr.dirt import swept
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


def test_of_a_page_of_specks_the_largest_are_kept() -> None:
    specks = np.zeros((600, 600), np.bool_)
    specks[::2, ::2] = True
    specks[-2:, -2:] = True
    found = Islands.of(specks)
    assert len(found) == 65_535
    assert found.stats[-1, 4] == specks[-3:, -3:].sum()


def test_a_cell_as_large_as_a_page_is_swept() -> None:
    mask = np.zeros((800, 600), np.bool_)
    mask[300:330, 200:220] = True
    kept, *_ = swept(Islands.of(mask), mask.astype(np.float32), scale=2.0)
    assert np.array_equal(kept, mask)
