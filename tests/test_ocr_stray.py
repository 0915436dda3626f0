"""Specks beside a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.reading import Candidate
from ocr.stray import DOUBT, is_well_formed, number_of, swept


@pytest.mark.parametrize(
    ("read", "number"),
    [
        ("0.", "0"),
        (".0", "0"),
        ("10.", "10"),
        ("0)", "0"),
        (".\n0", "0"),
        ("0\n.", "0"),
        ("-3.", "-3"),
        ("+19", "+19"),
        ("7730.28", "7730.28"),
        ("1,234.", "1,234"),
    ],
)
def test_marks_that_no_number_ends_in_are_dirt(read: str, number: str) -> None:
    assert number_of(read) == number


@pytest.mark.parametrize("text", ["", ".", "/", "-", "()", "0\n0", "1.2.3", "无", "0.5", "3-4"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert number_of(text) == text


def test_the_speck_speaks_for_the_number_and_leaves_a_doubt() -> None:
    found = swept([Candidate("0.", 0.9), Candidate("0", 0.05)])
    assert [c.text for c in found] == ["0"]
    assert found[0].probability == pytest.approx(0.9 * (1 - DOUBT) + 0.05)


@given(st.integers(-(10**7), 10**7), st.integers(0, 99))
def test_a_number_is_never_changed(whole: int, part: int) -> None:
    assert number_of(f"{whole}") == f"{whole}"
    assert number_of(f"{whole}.{part}") == f"{whole}.{part}"


@pytest.mark.parametrize(
    "text", ["", "0", "1,234.5", "-7", "+27项", "—3", "(12)", "30.5万元", "12%", "/", "—", "无"]
)
def test_numbers_and_marks_are_well_formed(text: str) -> None:
    assert is_well_formed(text)


@pytest.mark.parametrize("text", ["(", "0,0001", "1.2.3", "5-", ".", "3/4", "0)", "12,34"])
def test_other_strings_of_the_same_letters_are_not(text: str) -> None:
    assert not is_well_formed(text)
