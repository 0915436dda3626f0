"""Characters that a fax has run together look like a piece of a ruling, and are none."""

from __future__ import annotations

import numpy as np
import pytest

from document.picture import Pixels
from layout.joined_print import without_joined_print
from layout.rulings import Ruling
from layout.scans import read_scan
from tests.painted_pages import A5, Painting, Table, reads, spans

SCALE, EM = 2.0, 10.0


def page() -> Pixels:
    return np.zeros((200, 400), np.uint8)


def kept(ink: Pixels, stroke: Ruling) -> bool:
    return without_joined_print([stroke], ink, SCALE, EM) == [stroke]


@pytest.mark.parametrize("turned", [False, True])
def test_a_stroke_from_which_characters_hang_is_print(turned: bool) -> None:
    ink = page()
    ink[100:102, 80:144] = 1
    for x in range(80, 144, 4):
        ink[100:116, x : x + 2] = 1
    stroke = Ruling(True, 50.5, 40, 72)
    assert not kept(
        np.ascontiguousarray(ink.T) if turned else ink, stroke.transposed() if turned else stroke
    )


def test_a_ruling_is_kept_with_its_fringe_its_columns_and_print_close_to_it() -> None:
    ink = page()
    ink[100:102, 80:144] = 1
    ink[98:100, 84:140:3] = 1
    ink[60:140, 82:84] = ink[60:140, 140:142] = 1
    ink[106:124, 90:130] = 1
    assert kept(ink, Ruling(True, 50.5, 40, 72))


def test_a_stroke_at_the_edge_of_the_page() -> None:
    ink = page()
    ink[0:2, 380:400] = 1
    assert kept(ink, Ruling(True, 0.5, 190, 200))
    assert kept(page(), Ruling(True, 0.5, 220, 230))


def test_a_number_run_together_does_not_divide_its_cell() -> None:
    table = Table((100, 125, 150), (40, 90, 140, 190, 240, 290, 340, 380))
    painting = Painting()
    painting.table(table, em=10)
    x0, y0, x1, y1 = (painting._px(v) for v in (91, 109, 139, 117))
    painting.canvas[y0 - 10 : y1 + 12, x0:x1] = 255
    painting.canvas[y0 : y0 + 2, x0:x1] = 0
    for x in range(x0, x1, 8):
        painting.canvas[y0:y1, x : x + 2] = 0
    (grid,) = read_scan(painting.pixels, A5, 1, reads).grids
    assert spans(grid) == table.cells
