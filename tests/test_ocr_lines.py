"""A cell's ink in lines: labels over several lines, vertical heads, strokes that stand apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.edges import Mask
from ocr.ink import Ink
from ocr.lines import (
    Span,
    character_height,
    is_vertical,
    joined_crop,
    line_crop,
    stacked_lines,
    text_lines,
)

EM = 40


def blocks(*boxes: tuple[int, int, int, int], size: tuple[int, int] = (400, 400)) -> Mask:
    """Ink at x0, y0, x1, y1."""
    mask = np.zeros(size, np.bool_)
    for x0, y0, x1, y1 in boxes:
        mask[y0:y1, x0:x1] = True
    return mask


def ink(mask: Mask) -> Ink:
    gray = np.where(mask, np.uint8(0), np.uint8(255)).astype(np.uint8)
    return Ink(gray, mask, 0, 0, 0.1, 0.0)


@given(st.lists(st.tuples(st.integers(20, 38), st.integers(6, 30)), min_size=1, max_size=5))
def test_as_many_lines_as_were_written(lines: list[tuple[int, int]]) -> None:
    """Lines of characters at least 26 of 40 pixels high, any distance of 6 pixels and more."""
    y, boxes = 10, []
    for height, gap in lines:
        tall = max(height, 27)
        boxes.append((30, y, 200, y + tall))
        y += tall + gap
    found = text_lines(blocks(*boxes), EM)
    assert [(s.x0, s.y0, s.x1, s.y1) for s in found] == boxes


def test_the_strokes_of_three_are_one_character() -> None:
    assert len(text_lines(blocks((20, 20, 50, 24), (22, 33, 48, 37), (18, 48, 54, 52)), EM)) == 1


def test_lines_that_touch_are_cut_where_there_is_least_ink() -> None:
    """A bracket of the upper line hangs into the lower one."""
    mask = blocks((20, 20, 200, 56), (30, 56, 34, 62), (20, 62, 200, 98))
    assert [(s.y0, s.y1) for s in text_lines(mask, EM)] == [(20, 56), (56, 98)]


def test_one_character_a_line_is_a_vertical_head() -> None:
    head = text_lines(blocks(*((100, y, 138, y + 36) for y in range(20, 320, 50))), EM)
    label = text_lines(blocks((20, 20, 138, 56), (20, 70, 138, 106), (60, 120, 98, 156)), EM)
    assert is_vertical(head, EM)
    assert not is_vertical(label, EM)


def test_a_vertical_head_becomes_one_line() -> None:
    mask = blocks(*((100, y, 138, y + 36) for y in (20, 70, 120)))
    crop = joined_crop(ink(mask), text_lines(mask, EM), EM)
    assert crop.shape[1] > 3 * 38
    assert crop.shape[0] < 2 * EM
    assert len(np.flatnonzero(np.diff((crop < 128).any(axis=0).astype(int)) == 1)) == 3


def test_the_crop_of_a_line_holds_nothing_of_its_neighbour() -> None:
    mask = blocks((20, 20, 200, 56), (20, 62, 200, 98))
    lines = text_lines(mask, EM)
    crop = line_crop(ink(mask), lines, 0, EM)
    assert (crop < 128).any(axis=1).sum() == 36


def test_a_dash_gets_the_room_of_a_digit() -> None:
    mask = blocks((20, 40, 50, 43))
    crop = line_crop(ink(mask), text_lines(mask, EM), 0, EM)
    assert EM <= crop.shape[0] <= 1.5 * EM


def test_the_character_height_is_that_of_most_lines() -> None:
    tall, short = blocks((20, 20, 60, 54)), blocks((20, 20, 60, 23))
    assert character_height([tall, tall, tall, short], scale=4.0) == 34 / 0.85
    assert character_height([], scale=4.0) == 42.0


def test_lines_under_each_other_are_told_without_knowing_their_size() -> None:
    mask = np.zeros((40, 60), bool)
    mask[2:14, 5:40] = mask[20:32, 5:30] = True
    assert stacked_lines(mask) == (Span(5, 2, 40, 14), Span(5, 20, 30, 32))


@pytest.mark.parametrize("runs", [[(2, 30)], [(2, 4), (8, 24)], []], ids=["one", "a dot", "none"])
def test_what_is_one_line_or_a_character_in_pieces_is_no_stack(runs: list[tuple[int, int]]) -> None:
    mask = np.zeros((40, 60), bool)
    for start, end in runs:
        mask[start:end, 5:40] = True
    assert stacked_lines(mask) == ()
