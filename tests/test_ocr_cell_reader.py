"""What the cell reader's network says of a cell, put in words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.cell_reader import guess_of
from ocr.ctc import FAINT, FEW, rivals
from ocr.numbers import ALPHABET

CLASSES = 1 + len(ALPHABET)


def frames(*rows: dict[str, float]) -> np.ndarray:
    """Each frame's letters with their probabilities, the rest being the blank's."""
    found = np.zeros((len(rows), CLASSES), np.float32)
    for frame, row in zip(found, rows, strict=True):
        for letter, chance in row.items():
            frame[1 + ALPHABET.index(letter)] = chance
        frame[0] = 1 - frame[1:].sum()
    return found


def test_a_number_counts_as_far_as_both_heads_stand_for_it() -> None:
    guess = guess_of(frames({}, {"1": 1.0}, {}, {"2": 0.9, "7": 0.1}, {}), (0.0, 0.8, 0.2))
    assert [c.text for c in guess.candidates] == ["12", "17"]
    assert [c.probability for c in guess.candidates] == pytest.approx([0.72, 0.08])
    assert guess.other == 0.2


def test_where_the_heads_differ_nothing_is_sure() -> None:
    guess = guess_of(frames({}, {"0": 1.0}, {}), (0.999, 0.001, 0.0))
    assert guess.best.probability <= 0.001


def test_an_empty_cell_is_an_answer() -> None:
    guess = guess_of(frames({}, {}, {}), (0.9999, 0.0001, 0.0))
    assert guess.best.text == ""
    assert guess.best.probability == pytest.approx(0.9999)


def test_equal_digits_with_a_pause_between_are_two() -> None:
    guess = guess_of(frames({"1": 1.0}, {}, {}, {}, {"1": 1.0}), (0.0, 1.0, 0.0))
    assert guess.best.text == "11"


@given(st.lists(st.sampled_from(["", "0", "8"]), min_size=1, max_size=12))
def test_pauses_make_no_difference(path: list[str]) -> None:
    given_frames = frames(*({letter: 0.9} if letter else {} for letter in path))
    slow = {s: p for s, p in rivals(given_frames, width=FEW) if s and p > 10 * FAINT}
    quick = {c.text: c.probability for c in guess_of(given_frames, (0.0, 1.0, 0.0)).candidates}
    for string, chance in slow.items():
        text = "".join(ALPHABET[k - 1] for k in string)
        assert quick[text] == pytest.approx(chance, rel=1e-4, abs=10 * FAINT)
