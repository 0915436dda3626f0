"""A table in small print is told by its own characters, not by the larger ones around it."""

from __future__ import annotations

import pytest

from document.picture import Picture
from layout.marks import find_marks
from layout.scans import read_scan
from layout.small_print import page_rulings
from tests.painted_pages import A5, Painting, Table, blurred, noisy, reads, spans

DIGITS = Table(tuple(range(300, 421, 12)), (40, 160, 200, 240, 280, 320, 360))


def page(em: float) -> Painting:
    """Paragraphs in characters of `em` points above a table of small zeros under each other."""
    painting = Painting()
    for row in range(9):
        painting.text(
            (40, 50 + row * 24), "上片山仁土片上仁山上片山仁土片上仁山"[: int(330 / em)], em
        )
    painting.table(DIGITS, em=5)
    return painting


def zero(painting: Painting, x: float, y: float) -> None:
    for side in (x, x + 3.2):
        painting.line((side, y), (side, y + 6.4), 0.7)
    for end in (y, y + 6.4):
        painting.line((x, end), (x + 3.2, end), 0.7)


@pytest.mark.parametrize("em", [12.0, 17.0])
def test_zeros_under_each_other_at_a_pages_top_are_no_columns(em: float) -> None:
    painting = page(em)
    for y in DIGITS.rows[:-1]:
        for x in DIGITS.columns[1:-1]:
            painting.canvas[painting._px(y + 1) : painting._px(y + 11),
                            painting._px(x + 2) : painting._px(x + 38)] = 255  # fmt: skip
            zero(painting, x + 5, y + 2.8)
    grids = read_scan(noisy(blurred(painting.pixels), 3), A5, 1, reads).grids
    assert [spans(grid) for grid in grids] == [DIGITS.cells]


@pytest.mark.parametrize(("em", "measured"), [(6.0, "page"), (17.0, "table")])
def test_the_measure_is_the_tables_own_where_it_is_much_smaller(em: float, measured: str) -> None:
    marks = find_marks(Picture(page(em).pixels, Painting.dpi / 72))
    _, size = page_rulings(marks)
    assert (size < 0.7 * marks.em / marks.scale) == (measured == "table")
