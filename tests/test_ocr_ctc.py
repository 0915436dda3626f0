"""Strings and probabilities from a recogniser's frames, held against counting every path."""

from __future__ import annotations

from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ocr.ctc import Frames, Labels, best_path, rivals, string_probability


def by_counting(frames: Frames) -> dict[Labels, float]:
    """Every path of every length, merged and without blanks."""
    strings: dict[Labels, float] = {}
    for path in product(range(frames.shape[1]), repeat=frames.shape[0]):
        labels = tuple(k for k, _ in groupby(path) if k != 0)
        chance = float(np.prod([frames[t, k] for t, k in enumerate(path)]))
        strings[labels] = strings.get(labels, 0.0) + chance
    return strings


@st.composite
def some_frames(draw: st.DrawFn) -> Frames:
    shape = (draw(st.integers(1, 5)), draw(st.integers(2, 4)))
    weights = draw(arrays(np.float64, shape, elements=st.floats(0.01, 1.0)))
    leftover = draw(st.floats(0.0, 1.0))  # classes that were left out
    return np.asarray(weights / (weights.sum(axis=1, keepdims=True) + leftover))


@given(some_frames())
def test_a_strings_probability_is_the_sum_over_its_paths(frames: Frames) -> None:
    for labels, chance in by_counting(frames).items():
        assert string_probability(frames, labels) == pytest.approx(chance, rel=1e-9)


@given(some_frames())
def test_rivals_are_the_most_probable_strings_with_their_full_probability(frames: Frames) -> None:
    counted = by_counting(frames)
    found = rivals(frames, keep=5, width=2000)
    best = sorted(counted.values(), reverse=True)[:5]
    assert [chance for _, chance in found] == pytest.approx(best[: len(found)], abs=1e-5)
    assert all(chance < 1e-5 for chance in best[len(found) :])
    for labels, chance in found:
        assert chance == pytest.approx(counted[labels], abs=1e-5)


@given(some_frames())
def test_a_narrow_beam_promises_no_more_than_there_is(frames: Frames) -> None:
    counted = by_counting(frames)
    for labels, chance in rivals(frames, keep=6, width=3):
        assert chance <= counted[labels] + 1e-9


@given(some_frames())
def test_the_best_path_is_one_of_the_strings(frames: Frames) -> None:
    assert best_path(frames) in by_counting(frames)


def test_a_repeated_digit_needs_a_blank_between() -> None:
    frames = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    assert best_path(frames) == (1, 1)
    assert rivals(frames)[0] == ((1, 1), 1.0)
    assert string_probability(frames, (1,)) == 0.0


def test_what_is_missing_to_one_is_something_else() -> None:
    """The class that was 70 % sure is not among the columns: the rivals share what is left."""
    frames = np.array([[0.1, 0.2]])
    assert rivals(frames) == [((1,), 0.2), ((), 0.1)]
