"""Which way up lines of text read, and who is asked about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from document.picture import Pixels
from ocr import Crop, LineReading, NumberReading, legibility
from ocr.label_reader import LabelReader

LINE = np.full((24, 120), 255, np.uint8)
LINE[6:18, 10:100:6] = 0


class Saying(LabelReader):
    """A label reader that reads the same in every line."""

    def __init__(self, text: str, probability: float) -> None:
        super().__init__()
        self._said = LineReading(text, probability)

    def read(self, pictures: Sequence[Pixels]) -> list[LineReading]:
        return [self._said for _ in pictures]


@dataclass
class Asked:
    """A general recogniser that reads 年 and counts how often it is asked."""

    probability: float
    crops: list[Crop] = field(default_factory=list)

    def read_lines(self, crops: Sequence[Crop]) -> tuple[LineReading, ...]:
        raise AssertionError("lines wait for each other")

    def read_numbers(self, crops: Sequence[Crop]) -> tuple[NumberReading, ...]:
        self.crops += crops
        return tuple(NumberReading("年", self.probability, ()) for _ in crops)


def test_where_the_label_reader_finds_words_nobody_else_is_asked() -> None:
    engine = Asked(0.3)
    assert legibility([LINE] * 3, Saying("行政机关", 0.8), engine) == 1
    assert not engine.crops


@pytest.mark.parametrize(
    ("text", "probability"),
    [("□□关□□□", 0.9), ("000010", 1.0), ("十一一口", 1.0), ("行政机关", 0.01), ("", 1.0)],
    ids=["strange", "the same upside down", "strokes and boxes", "hardly read", "nothing"],
)
def test_what_tells_no_direction_is_left_to_the_general_recogniser(
    text: str, probability: float
) -> None:
    engine = Asked(0.3)
    assert legibility([LINE, LINE], Saying(text, probability), engine) == pytest.approx(0.3)
    assert len(engine.crops) == 2


def test_without_a_label_reader_the_general_recogniser_tells_alone() -> None:
    assert legibility([LINE], None, Asked(0.7)) == pytest.approx(0.7)
    assert legibility([], None, Asked(0.7)) == 0
