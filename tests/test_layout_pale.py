"""The other side's rulings are told by their paleness, but only beside rulings that are whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.picture import Picture
from layout.marks import find_marks
from layout.pale import without_pale
from layout.rulings import Ruling
from layout.scan_rulings import scan_rulings
from tests.painted_pages import Painting, Table, blurred, noisy

TABLE = Table((100, 122, 144, 166, 188, 210, 232), (40, 120, 200, 280, 380))
SCALE = Painting.dpi / 72


def rule(painting: Painting, table: Table, gray: int) -> None:
    """The lines of a table, each drawn in full."""
    for y in table.rows:
        painting.line((table.columns[0], y), (table.columns[-1], y), 0.75, gray)
    for x in table.columns:
        painting.line((x, table.rows[0]), (x, table.rows[-1]), 0.75, gray)


@settings(max_examples=8)
@given(st.integers(190, 225), st.floats(45, 115), st.floats(170, 184), st.integers(2, 5))
def test_the_other_sides_rulings_end_at_our_own_and_go_on_from_them(
    gray: int, x: float, y: float, last: int
) -> None:
    painting = Painting()
    painting.line((x, TABLE.rows[0]), (x, TABLE.rows[last]), 0.75, gray)
    painting.line((x, y), (TABLE.columns[3], y), 0.75, gray)
    rule(painting, TABLE, 0)
    found = scan_rulings(find_marks(Picture(noisy(blurred(painting.pixels), 3), SCALE)))
    assert len(found) == len(TABLE.rows) + len(TABLE.columns)


@pytest.mark.parametrize(("grays", "kept"), [((0, 0, 20, 30, 0), 5), ((0, 60, 100, 120, 0), 6)])
def test_a_pale_ruling_stays_among_rulings_of_every_darkness(
    grays: tuple[int, ...], kept: int
) -> None:
    painting = Painting()
    rows = {100 + 20 * n: gray for n, gray in enumerate((*grays, 190))}
    for y, gray in rows.items():
        painting.line((40, y), (380, y), 0.75, gray)
    strokes = [Ruling(True, y, 40, 380, 0.75) for y in rows]
    found, least = without_pale(strokes, blurred(painting.pixels), SCALE, 30)
    assert len(found) == kept
    assert (least > 0) == (kept < 6)


def test_a_page_without_long_strokes_has_none_too_pale() -> None:
    paper = np.full((300, 200), 255, np.uint8)
    dash = Ruling(True, 50, 20, 30)
    assert without_pale([dash], paper, SCALE, 30) == ([dash], 0.0)
    assert without_pale([], paper, SCALE, 30) == ([], 0.0)
