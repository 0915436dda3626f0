"""Reasons: the same data in Chinese and in English, and back from an output."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.contract import ReasonOut
from document.proposal import Cause, MoveKind
from document.reason import BLANK, RUN, ReasonCode, because
from document.reason_words import _CAUSES, _KINDS, _PARTS, in_words


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", ReasonCode)
def test_both_languages_say_it_of_the_same_things(code: ReasonCode) -> None:
    chinese, english = _PARTS[code]
    assert blanks(chinese) == blanks(english)
    assert code is ReasonCode.EQUATION or re.search("[一-鿿]", chinese)


def test_every_move_and_cause_has_words() -> None:
    assert set(_KINDS) == set(MoveKind)
    assert set(_CAUSES) == set(Cause)


def test_a_correction_in_both_languages() -> None:
    told = [
        because(ReasonCode.EQUATION, equation=f"35 = 30 + 5 + {BLANK}"),
        because(ReasonCode.MISREAD, read="8□", value="35"),
    ]
    assert in_words(told) == "35 = 30 + 5 + blank; it reads 8□, the picture allows 35"
    assert in_words(told, "zh") == "35 = 30 + 5 + 空白；识别为 8□，图像也可以是 35"


def test_lines_are_called_by_their_labels_where_these_are_known() -> None:
    told = [because(ReasonCode.ROWS_TOO_LOW, rows=f"new {RUN} results.total")]
    assert in_words(told) == "the numbers of new to results.total stand one row too low"
    names = {("row", "new"): "新收", ("row", "results.total"): "总计", ("column", "new"): "x"}
    assert in_words(told, "zh", names) == "新收 至 总计 的数低了一行"


def test_one_blank_cell_and_many() -> None:
    assert in_words([because(ReasonCode.LEFT_OPEN, blanks=1)]) == (
        "1 blank or missing cell leave it open"
    )
    assert in_words([because(ReasonCode.LEFT_OPEN, blanks=3)]) == (
        "3 blank or missing cells leave it open"
    )


def test_nothing_said_is_no_sentence() -> None:
    assert in_words([]) is None


@given(st.text(max_size=9), st.sampled_from(["zh", "en"]))
def test_what_stands_on_a_page_is_never_taken_for_a_word_of_ours(read: str, language: str) -> None:
    told = because(ReasonCode.MISREAD, read=read, value="1")
    there_and_back = ReasonOut.model_validate_json(ReasonOut.all_of([told])[0].model_dump_json())
    words = in_words([there_and_back.reason()], "zh" if language == "zh" else "en")
    assert words is not None
    assert there_and_back.params["read"] in words
