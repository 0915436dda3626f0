"""Pages turned upright by what is printed on them."""

from collections.abc import Sequence

import numpy as np
import pytest

from document.geometry import Size, UprightFrame
from document.picture import Picture, Pixels
from layout.orientation import TextRuns, Turn, turn_of
from layout.scan_lines import TextInk
from layout.straighten import turned

EM = 20


def page(*runs: tuple[int, int, int, int]) -> tuple[Picture, TextRuns]:
    """A page with runs of print: left, top, width, height in pixels."""
    mask = np.zeros((800, 600), np.uint8)
    for x, y, width, height in runs:
        mask[y : y + height, x : x + width] = 1
    return Picture(np.uint8(255) * (1 - mask), 2.0), TextRuns.of(TextInk(mask, 2.0, EM))


def test_two_dark_rulings_do_not_turn_a_page_of_pale_print() -> None:
    picture, runs = page((100, 100, 120, 24), (300, 100, 24, 300), (400, 100, 24, 300))

    def reads_across(crops: Sequence[Pixels]) -> float:
        return 0.9 if len(crops) == 1 else 0.3

    assert turn_of(picture, runs, reads_across) == Turn(0, is_told=True)


def test_a_page_of_lines_down_it_lies_on_its_side() -> None:
    lines = [(100 + 60 * n, 100, 24, 300) for n in range(5)]
    picture, runs = page((500, 100, 80, 24), *lines)
    asked: list[int] = []

    def reads_the_second_way(crops: Sequence[Pixels]) -> float:
        asked.append(len(crops))
        return 0.9 if len(asked) == 3 else 0.2

    assert turn_of(picture, runs, reads_the_second_way) == Turn(3, is_told=True)
    assert asked == [2, 2, 2]  # the rest where the first do not read well


@pytest.mark.parametrize("usual", [0, 2])
def test_a_page_whose_text_tells_nothing_is_turned_as_the_one_before(usual: int) -> None:
    """A row of a few numbers reads no better from below than from above."""
    picture, runs = page((100, 100, 120, 24), (300, 100, 120, 24))
    scores = iter((0.02, 0.18))
    assert turn_of(picture, runs, lambda _: next(scores), usual) == Turn(usual, is_told=False)


def test_a_page_without_print_is_turned_as_the_one_before() -> None:
    picture, runs = page()
    assert turn_of(picture, runs, lambda _: 0.0, 2) == Turn(2, is_told=False)


def test_text_that_reads_upright_is_left_so_whatever_the_page_before() -> None:
    picture, runs = page(*((100, 100 + 60 * n, 120, 24) for n in range(5)))
    scores = iter((0.2, 0.2, 0.9))
    assert turn_of(picture, runs, lambda _: next(scores), 2) == Turn(0, is_told=True)


@pytest.mark.parametrize("quarters", range(4))
def test_a_frame_knows_how_its_page_was_turned(quarters: int) -> None:
    picture, _ = page((100, 100, 120, 24))
    frame = UprightFrame.unturned(Size(300, 400))
    assert turned(picture, frame, quarters)[1].quarters == quarters
