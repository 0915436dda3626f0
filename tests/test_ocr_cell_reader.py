"""What the cell reader's network says of a cell, put in words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.reading import Candidate
from ocr.cell_reader import Guess, guess_of, pooled
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


def guess(other: float, **chances: float) -> Guess:
    """Candidates by their texts: `n17` for 17."""
    return Guess(tuple(Candidate(text[1:], chance) for text, chance in chances.items()), other)


def test_a_text_that_every_look_allows_beats_those_of_single_looks() -> None:
    looks = [guess(0.0, n3=0.5, n8=0.45), guess(0.0, n8=0.6, n5=0.3), guess(0.0, n6=0.55, n8=0.4)]
    assert pooled(looks).best.text == "8"


shares = st.lists(st.floats(0.001, 1.0), min_size=5, max_size=5).map(
    lambda parts: [part / sum(parts) for part in parts]
)


@given(shares, st.integers(1, 4))
def test_looks_that_agree_say_together_what_each_says(parts: list[float], count: int) -> None:
    one, two, blank, other, _ = parts
    look = guess(other, n1=one, n2=two, n=blank)
    told = pooled([look] * count)
    assert told.other == pytest.approx(other, abs=1e-4)
    chances = {c.text: c.probability for c in told.candidates}
    assert chances == pytest.approx({"1": one, "2": two, "": blank}, abs=1e-4)


@given(st.lists(shares, min_size=1, max_size=4))
def test_together_they_are_still_probabilities(looks: list[list[float]]) -> None:
    told = pooled([guess(p[0], n1=p[1], n2=p[2], n=p[3]) for p in looks])
    chances = [c.probability for c in told.candidates]
    assert chances == sorted(chances, reverse=True)
    assert min(*chances, told.other) >= 0
    assert sum(chances) + told.other <= 1 + 1e-9
