"""Gray levels counted instead of sorted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.levels import counted, is_even, level_at


@given(st.lists(st.integers(0, 255), min_size=1), st.floats(0, 1))
def test_a_share_of_the_levels_is_numpys_percentile(levels: list[int], share: float) -> None:
    pixels = np.array([levels], np.uint8)
    assert level_at(share, counted(pixels)) == pytest.approx(np.percentile(pixels, share * 100))


def test_paper_is_even_as_long_as_its_noise_is_a_level_at_most() -> None:
    paper = np.random.default_rng(0).normal(0, 1, (200, 200))
    assert is_even(np.full((1, 5), 200, np.uint8))
    assert is_even((250 + 0.5 * paper).astype(np.uint8))
    assert not is_even((240 + 2 * paper).astype(np.uint8))
