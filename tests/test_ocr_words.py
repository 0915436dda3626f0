"""What a text layer says of a cell: its words in lines, spaces only where they were meant."""

from __future__ import annotations

import pytest

from document.geometry import Box
from document.page import Word
from ocr.words import text_of, words_by_cell


def line(y: float, *words: tuple[float, str]) -> list[Word]:
    """Words of 10-point type, from x on; a Chinese character is 10 wide, others 5."""
    return [
        Word(text, Box(x, y, x + sum(5 if c.isascii() else 10 for c in text), y + 10))
        for x, text in words
    ]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (line(0, (0, "商业")) + line(13, (0, "企业")), "商业\n企业"),
        (line(0, (0, "行政"), (20, "许可")), "行政许可"),
        (line(0, (0, "其他"), (40, "结果")), "其他结果"),
        (line(0, (0, "2658"), (20.5, "9")), "26589"),
        (line(0, (0, "12"), (16, "件")), "12 件"),
        (line(3, (30, "元")) + line(0, (0, "251000")), "251000元"),
        (line(0, (0, "三")) + line(12, (0, "、")) + line(24, (0, "本")), "三、本"),
        ([], ""),
    ],
)
def test_words_make_the_text_as_printed(words: list[Word], text: str) -> None:
    assert text_of(words) == text
    assert text_of(words[::-1]) == text


def test_a_word_belongs_to_the_one_cell_that_holds_its_centre() -> None:
    cells = [Box(0, 0, 20, 20), Box(20, 0, 40, 20)]
    inside, across, outside = line(5, (5, "1"), (10, "2024"), (90, "7"))
    found = words_by_cell([inside, across, outside], cells)
    assert [[w.text for w in words] for words in found] == [["1", "2024"], []]
