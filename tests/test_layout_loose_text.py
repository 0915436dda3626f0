"""Text that may be a table without rulings: what is kept of a page, and what is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from document.geometry import Box
from layout.loose_text import _about_tables, _without_dashes

EM = 10.0
PITCH = 16.0


def word(x: float, y: float, characters: float = 4.0) -> Box:
    return Box(x, y - 4.5, x + EM * characters, y + 4.5)


def row(n: int, *starts: float) -> list[Box]:
    return [word(x, 100 + PITCH * n) for x in starts]


def dashes(x: float, count: int, length: float = 5.0, gap: float = 3.0) -> list[Box]:
    return [
        Box(x, 92 + n * (length + gap), x + 1, 92 + n * (length + gap) + length)
        for n in range(count)
    ]


def test_dashes_of_an_upright_ruling_are_no_text() -> None:
    text = [box for n in range(6) for box in row(n, 50, 150, 250)]
    assert set(_without_dashes([*text, *dashes(120, 12)], EM)) == set(text)


def test_dashes_of_a_level_ruling_are_no_text() -> None:
    text = [box for n in range(6) for box in row(n, 50, 150, 250)]
    level = [Box(50 + 9 * n, 107.5, 56 + 9 * n, 108.5) for n in range(20)]
    assert set(_without_dashes([*text, *level], EM)) == set(text)


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_a_column_of_ones_is_text_however_many_there_are(ones: list[bool]) -> None:
    labels = [word(50, 100 + PITCH * n) for n in range(len(ones))]
    digits = [
        Box(200, 96 + PITCH * n, 202.5, 103.5 + PITCH * n) for n, here in enumerate(ones) if here
    ]
    assert set(_without_dashes([*labels, *digits], EM)) == {*labels, *digits}


def test_lines_of_one_run_belong_to_a_table_until_prose_begins() -> None:
    prose = [[word(50, 20 + PITCH * n, 50)] for n in range(4)]
    heading, label = row(0, 200), row(3, 50)
    rows = [row(n, 50, 150, 250) for n in (1, 2)]
    after = [[word(50, 180 + PITCH * n, 50)] for n in range(6)]
    kept = _about_tables([*prose, heading, *rows, label, *after], EM)
    assert [heading, *rows, label] == [line for line in kept if line[0].width < 100]
    assert sum(line in kept for line in after) <= 2


def test_a_page_of_prose_has_nothing_of_a_table() -> None:
    assert _about_tables([[word(50, 20 + PITCH * n, 50)] for n in range(30)], EM) == []
