"""Gray levels counted instead of sorted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.levels import counted, level_at


@given(st.lists(st.integers(0, 255), min_size=1), st.floats(0, 1))
def test_a_share_of_the_levels_is_numpys_percentile(levels: list[int], share: float) -> None:
    pixels = np.array([levels], np.uint8)
    assert level_at(share, counted(pixels)) == pytest.approx(np.percentile(pixels, share * 100))
