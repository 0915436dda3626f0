"""What a cell on a training page is labelled."""

import pytest

from training.labels import OTHER, Kind, kind_of, label_of


@pytest.mark.parametrize(
    "text",
    ["", "0", "12,345", "-3.50", "+7", "(12)", "251000元", "25.1万元", "8件", "33%", "/", "无"],
)
def test_numbers_and_marks_are_labelled_as_they_stand(text: str) -> None:
    assert label_of(text) == text


@pytest.mark.parametrize("text", ["合计", "第3页", "2023年", "1 2", "3-4", "12,34", "(5", "O"])
def test_other_text_is_labelled_as_such(text: str) -> None:
    assert label_of(text) == OTHER


def test_two_dashes_that_touch_look_like_a_long_one() -> None:
    assert label_of("——") == "—"


def test_kinds() -> None:
    assert [kind_of(label) for label in ("", "0", OTHER)] == [Kind.EMPTY, Kind.NUMBER, Kind.OTHER]
