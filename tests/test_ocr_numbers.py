"""The number alphabet, and the recogniser's classes that stand for it."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.ctc import Frames
from ocr.numbers import ALPHABET, Vocabulary, folded

CLASSES = ("", "0", "O", "７", "7", "一", "—", "－", "万", " ")


def frames(*shares: dict[str, float]) -> Frames:
    """One frame a dict; what is not named is blank."""
    rows = []
    for share in shares:
        row = [share.get(c, 0.0) for c in CLASSES]
        row[0] = 1 - sum(row)
        rows.append(row)
    return np.array(rows, np.float32)


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("１２，３４５．６", "12,345.6"),
        ("＋１９", "+19"),
        ("（２）", "(2)"),
        ("－", "-"),
        ("─", "—"),
    ],
)
def test_full_width_forms_fold_into_the_alphabet(printed: str, plain: str) -> None:
    assert folded(printed) == plain
    assert set(plain) <= set(ALPHABET)


def test_folding_leaves_words_alone() -> None:
    assert folded("其他：一、Ａ") == "其他：一、Ａ"


def test_marks_of_footnotes_are_no_digits() -> None:
    assert folded("5①") == "5①"
    assert folded("12²") == "12²"


def test_variants_of_a_digit_count_as_one_rival() -> None:
    reading = Vocabulary.of(CLASSES).number(frames({"７": 0.5, "7": 0.4}))
    assert reading.text == "７"
    assert reading.candidates[0].text == "7"
    assert reading.candidates[0].probability == pytest.approx(0.9, abs=1e-6)


def test_a_level_stroke_alone_is_a_dash_in_a_number_cell() -> None:
    reading = Vocabulary.of(CLASSES).number(frames({"一": 0.6, "—": 0.3}))
    assert reading.candidates[0].text == "—"
    assert reading.candidates[0].probability == pytest.approx(0.9, abs=1e-6)


def test_a_letter_o_leaves_the_zero_in_doubt() -> None:
    reading = Vocabulary.of(CLASSES).number(frames({"O": 0.7, "0": 0.25}))
    assert reading.text == "O"
    assert reading.candidates[0].text == "0"
    assert sum(c.probability for c in reading.candidates) == pytest.approx(0.3, abs=1e-6)
