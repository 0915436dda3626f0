"""Text that may be a table without rulings: what is kept of a page, and what is not."""

from __future__ import annotations

from document.geometry import Box, Size, UprightFrame
from document.page import PageKind, PageLayout, Word
from layout import loose_text
from layout.loose_text import _about_tables, _runs, _type_size

EM = 10.0
PITCH = 16.0


def word(x: float, y: float, characters: float = 4.0) -> Box:
    return Box(x, y - 4.5, x + EM * characters, y + 4.5)


def row(n: int, *starts: float) -> list[Box]:
    return [word(x, 100 + PITCH * n) for x in starts]


def test_the_type_of_a_table_full_of_strokes_for_blanks_is_not_as_small_as_these() -> None:
    strokes, digits = [1.2] * 90, [6.0] * 40
    assert _type_size([*strokes, *digits, *[9.0] * 20], EM) > 8
    assert _type_size(strokes, EM) == EM
    assert _type_size([*digits, *[3.5] * 90], EM) == 5.0


def test_headings_nearer_than_a_comma_s_white_are_parted_in_type_of_any_size() -> None:
    for size in (6.0, 10.0, 20.0):
        heads = [Box(x * size, 0, (x + 4) * size, 0.9 * size) for x in (0.0, 4.6, 9.2)]
        assert _runs(heads) == heads
        comma = Box(4.1 * size, 0.7 * size, 4.3 * size, 0.9 * size)
        prose = [heads[0], comma, Box(5 * size, 0, 8 * size, 0.9 * size)]
        assert _runs(prose) == [Box.enclosing(prose)]


def test_headings_of_two_lines_run_together_do_not_join_those_beside_them() -> None:
    low = [Box(x, 0, x + 27, 9) for x in (0, 68, 136)]
    high = [Box(x, 0, x + 28, 19) for x in (33, 101)]
    line = sorted([*low, *high])
    assert _runs(line) == line


def test_prose_with_white_after_its_commas_is_not_side_by_side() -> None:
    prose = [[word(50, 20 + PITCH * n, 20), word(263, 20 + PITCH * n, 20)] for n in range(9)]
    assert _about_tables(prose, EM) == []


def test_lines_of_one_run_belong_to_a_table_until_prose_begins() -> None:
    prose = [[word(50, 20 + PITCH * n, 50)] for n in range(4)]
    heading, label = row(0, 200), row(3, 50)
    rows = [row(n, 50, 150, 250) for n in (1, 2)]
    after = [[word(50, 180 + PITCH * n, 50)] for n in range(6)]
    kept = _about_tables([*prose, heading, *rows, label, *after], EM)
    assert [heading, *rows, label] == [line for line in kept if line[0].width < 100]
    assert sum(line in kept for line in after) <= 2


def test_prose_that_lacks_a_character_is_not_side_by_side() -> None:
    prose = [[word(50, 20 + PITCH * n, 50)] for n in range(4)]
    prose[2] = [word(50, 20 + PITCH * 2, 22), word(50 + 24 * EM, 20 + PITCH * 2, 26)]
    assert _about_tables(prose, EM) == []


def test_prose_parted_by_white_after_commas_ends_a_table_too() -> None:
    prose = [
        [word(50, 20 + PITCH * n, 25), word(50 + 26 * EM, 20 + PITCH * n, 24)] for n in range(5)
    ]
    rows = [[word(50, 120 + PITCH * n, 10), word(300, 120 + PITCH * n, 2)] for n in range(3)]
    kept = _about_tables([*prose, *rows], EM)
    assert kept == [*prose[-2:], *rows]


def test_a_page_of_prose_has_nothing_of_a_table() -> None:
    assert _about_tables([[word(50, 20 + PITCH * n, 50)] for n in range(30)], EM) == []


def digital(*rows: tuple[str, ...]) -> PageLayout:
    """A page of words 100 points apart, as a program that draws no rulings leaves them."""
    words = tuple(
        Word(text, word(50 + 100 * n, 100 + PITCH * y, len(text)))
        for y, row in enumerate(rows)
        for n, text in enumerate(row)
        if text
    )
    frame = UprightFrame.unturned(Size(595, 842))
    return PageLayout(1, PageKind.DIGITAL, frame, (), words, None, tuple(w.box for w in words))


def test_a_digital_page_has_its_words_in_runs() -> None:
    page = digital(("信息内容", "制发", "废止"), ("规章", "12", ""), ("文件", "3", "4"))
    lines = loose_text(page, [])
    assert [len(line) for line in lines] == [3, 2, 3]
    assert loose_text(page, [Box(0, 0, 595, 842)]) == ()


def test_a_digital_page_of_prose_has_none() -> None:
    assert loose_text(digital(*[("本年新收政府信息公开申请",)] * 5), []) == ()
