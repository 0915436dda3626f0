"""Running text of a scan: figures count where two readers saw them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.report import TextLine
from ocr import CellReader, LineReading, page_reader
from ocr.prose import seen_by_both
from tests.test_ocr_cells import DIGIT, Oracle, cell_box, scan
from tests.test_ocr_scan_reader import Labels


@pytest.mark.parametrize(
    ("general", "label", "kept"),
    [
        ("收到申请12件。", "收到申□12件:", "收到申请12件。"),
        ("收到申请12件。", "收到申□17件:", "收到申请□件。"),
        ("规范性文件113", "规范性文件13", "规范性文件□"),
        ("未收到申请。", "□收到申请.", "□收到申请。"),
        ("2024 年，收到2件，办结2件", "□年,收到2件,办结□件", "2024 年，收到2件，办结□件"),
        ("共1,234件", "共1.234件", "共□件"),
    ],
)
def test_a_figure_that_one_reader_alone_saw_is_struck_out(
    general: str, label: str, kept: str
) -> None:
    assert seen_by_both(general, label) == kept


@given(st.text(alphabet="0123456789,.未三件年 ", max_size=20))
def test_what_two_readers_read_alike_is_left_alone(text: str) -> None:
    assert seen_by_both(text, text) == text


def test_only_telling_lines_are_shown_to_the_general_recogniser() -> None:
    def none(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
        return ()

    def every(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
        return tuple(lines)

    engine = Oracle(lines=[LineReading("本局收到申请3件", 0.6)])
    reader = page_reader(scan(DIGIT), engine, CellReader(), Labels("本□收到申请3件", 0.2))
    (line,) = reader.prose([cell_box(0)], none)
    assert (line.text, engine.asked) == ("本□收到申请□件", [])
    (line,) = reader.prose([cell_box(0)], every)
    assert line.text == "本局收到申请3件"
    assert len(engine.asked) == 1
