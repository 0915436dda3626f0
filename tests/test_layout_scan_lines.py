"""Lines of text on a scan, and the shadows that are none."""

from __future__ import annotations

import numpy as np

from layout.scan_lines import TextInk, scan_lines

EM = 12


def page_with_lines() -> np.ndarray:
    mask = np.zeros((842, 595), np.uint8)
    for top in (100, 120, 140):
        for left in range(60, 500, EM + 2):
            mask[top : top + EM, left : left + EM] = 1
    return mask


def tops(mask: np.ndarray) -> list[float]:
    return [round(box.center[1]) for box in scan_lines(TextInk(mask, 1.0, EM), [])]


def test_every_line_is_found() -> None:
    assert tops(page_with_lines()) == [107, 127, 147]


def test_the_shadow_of_an_edge_is_no_line_and_draws_none_together() -> None:
    mask = page_with_lines()
    mask[90:400, 540:545] = 1  # beside the text
    mask[100:130, 590:] = 1  # at the picture's edge
    assert tops(mask) == [107, 127, 147]
