"""Which cells of a page are read by the second reader, too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from document.geometry import Box
from document.grid import TableGrid
from document.reading import Candidate, Source
from document.report import ReadPage, ReadTable, TextLine
from gouji.doubt import read_again
from reconstruct import FormMatcher, load_forms
from tests.drawn_tables import LITIGATION_HEAD, page, table

FORMS = FormMatcher(load_forms())
SUMS = "3 | 2 | 1 | 0 | 6 | 4 | 5 | 7 | 8 | 24 | 10 | 11 | 12 | 13 | 46"


class Second:
    """Keeps what it is asked about, and has nothing to add."""

    asked: frozenset[Box] = frozenset()

    def tables(self, grids: Sequence[TableGrid]) -> tuple[ReadTable, ...]:
        raise AssertionError(grids)

    def lines(self, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
        raise AssertionError(boxes)

    def loose_lines(self, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
        raise AssertionError(boxes)

    def prose(self, boxes: Sequence[Box], telling: object) -> tuple[TextLine, ...]:
        raise AssertionError(boxes)

    def ask_again(self, doubtful: Collection[Box]) -> bool:
        self.asked = frozenset(doubtful)
        return False


def scanned(values: str, sure: float = 0.9995, head: str = LITIGATION_HEAD) -> ReadPage:
    """A litigation table whose values the cell reader alone has read."""
    drawn = table(head.strip() + "\n" + values)
    readings = tuple(
        replace(r, probability=sure, source=Source.OCR, candidates=(Candidate(r.text, sure),))
        if cell.row == 3
        else r
        for cell, r in zip(drawn.grid.cells, drawn.readings, strict=True)
    )
    return page(1, ReadTable(drawn.grid, readings))


def doubted(values: str, sure: float = 0.9995, head: str = LITIGATION_HEAD) -> list[str]:
    """The texts of the cells that the second reader is asked about."""
    read, reader = scanned(values, sure, head), Second()
    assert read_again(read, [], reader, FORMS, 1e-4) is read
    (found,) = read.tables
    cells = zip(found.grid.cells, found.readings, strict=True)
    return [reading.text for cell, reading in cells if cell.box in reader.asked]


def test_what_adds_up_is_not_asked_about() -> None:
    assert doubted(SUMS) == []


def test_a_sum_that_fails_is_asked_about_with_all_its_parts() -> None:
    assert doubted(SUMS.replace("24", "21")) == ["4", "5", "7", "8", "21"]


def test_a_part_that_is_the_whole_may_be_misread_as_the_whole_is() -> None:
    alike = SUMS.replace("3 | 2 | 1 | 0 | 6", "0 | 6 | 0 | 0 | 6")
    assert {"6"} <= set(doubted(alike, sure=0.9))


def test_a_table_on_no_form_is_asked_about_whole() -> None:
    drawn = table("甲 | 乙\n1 | 2")
    reader = Second()
    read_again(page(1, drawn), [], reader, FORMS, 1e-4)
    assert reader.asked == {cell.box for cell in drawn.grid.cells}


@pytest.mark.parametrize("text", [".", "—"])
def test_arithmetic_says_nothing_of_a_blank(text: str) -> None:
    row = SUMS.replace("3 | 2 | 1 | 0 | 6", f"3 | 2 | 1 | {text} | 6")
    assert text.strip(".") in doubted(row, sure=0.999)


def test_whether_a_cell_is_the_slots_is_no_question_for_a_reader() -> None:
    smudged = LITIGATION_HEAD.replace("结果/维持", "洁果/隹寺")
    assert smudged != LITIGATION_HEAD
    zeros = " | ".join("0" * 15)
    assert doubted(zeros, 0.999999, smudged) == doubted(zeros, 0.999999) == []
