"""Crops made ready for the network: ink high, gray to the right, like widths together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.batches import BATCH, HEIGHT, NARROWEST, STEP, WIDEST, batches, network_input


def test_the_room_to_the_right_is_mid_gray() -> None:
    filled = network_input(np.full((24, 12), 255, np.uint8))
    assert filled.shape == (HEIGHT, NARROWEST)
    assert filled[:, :24] == pytest.approx(1.0)
    assert (filled[:, 24:] == 0).all()


@given(st.integers(1, 300), st.integers(1, 3000))
def test_any_crop_fits(height: int, width: int) -> None:
    filled = network_input(np.zeros((height, width), np.uint8))
    assert filled.shape[0] == HEIGHT
    assert NARROWEST <= filled.shape[1] <= WIDEST
    assert filled.shape[1] % STEP == 0
    assert filled.min() >= -1


@given(st.lists(st.integers(1, 4), max_size=40))
def test_every_crop_is_asked_once_among_its_like(widths: list[int]) -> None:
    inputs = [np.full((HEIGHT, 32 * w), w, np.float32) for w in widths]
    seen: list[int] = []
    for batch in batches(inputs):
        assert 1 <= len(batch.places) == batch.inputs.shape[0] <= BATCH
        assert batch.inputs.shape[1:3] == (3, HEIGHT)
        assert all((batch.inputs[k] == widths[i]).all() for k, i in enumerate(batch.places))
        seen += batch.places
    assert sorted(seen) == list(range(len(widths)))
