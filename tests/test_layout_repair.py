"""Rulings faint, dashed or broken in part: found where the page shows them, invented nowhere."""

from __future__ import annotations

import numpy as np
import pytest

from document.picture import Pixels
from layout.repair import repaired
from layout.rulings import Ruling
from layout.scans import read_scan
from tests.painted_pages import A5, Painting, Table, noisy, reads, spans

TABLE = Table((100, 125, 150, 175, 200, 225), (40, 120, 200, 280, 380), merged=((0, 0, 1, 4),))


def found(pixels: Pixels) -> list[list[tuple[int, int, int, int]]]:
    return [spans(grid) for grid in read_scan(noisy(pixels, 3), A5, 1, reads).grids]


def painted() -> Painting:
    painting = Painting()
    painting.table(TABLE, em=10)
    return painting


def wipe(  # noqa: PLR0917
    painting: Painting, x0: float, y0: float, x1: float, y1: float, kept: float = 0
) -> None:
    """Take the ink between two corners off the page, but for a share of it."""
    a, b, c, d = (painting._px(v) for v in (x0, y0, x1, y1))
    part = painting.canvas[b:d, a:c]
    part[:] = 255 - ((255 - part.astype(float)) * kept).astype(np.uint8)


def test_a_gap_in_a_ruling_between_two_columns() -> None:
    painting = painted()
    wipe(painting, 130, 148, 150, 152)
    wipe(painting, 210, 173, 235, 177)
    assert found(painting.pixels) == [TABLE.cells]


def test_a_gap_in_a_ruling_over_a_crossing() -> None:
    painting = painted()
    wipe(painting, 198, 142, 202, 158)
    assert found(painting.pixels) == [TABLE.cells]


@pytest.mark.parametrize("kept", [0.5, 0.3])
def test_faint_rulings(kept: float) -> None:
    painting = painted()
    for x in TABLE.columns[1:-1]:
        wipe(painting, x - 1, 126, x + 1, 224, kept)
    for y in TABLE.rows[1:-1]:
        wipe(painting, 41, y - 1, 379, y + 1, kept)
    assert found(painting.pixels) == [TABLE.cells]


@pytest.mark.parametrize(("dash", "gap"), [(4, 2.5), (2, 2), (1, 1)])
def test_dashed_and_dotted_rulings(dash: float, gap: float) -> None:
    painting = painted()
    for x in TABLE.columns[1:-1]:
        for y in np.arange(126, 224, dash + gap).tolist():
            wipe(painting, x - 1, y, x + 1, y + gap)
    for y in TABLE.rows[1:-1]:
        for x in np.arange(41, 379, dash + gap).tolist():
            wipe(painting, x, y - 1, x + gap, y + 1)
    assert found(painting.pixels) == [TABLE.cells]


def test_a_broken_ruling_is_not_led_on_through_text() -> None:
    """The column ends in a merged cell's text, and half of the ruling it ended at is gone."""
    table = Table(TABLE.rows, (40, 210, 380), merged=((0, 0, 1, 2),))
    painting = Painting()
    painting.table(table, em=10)
    wipe(painting, 195, 123, 225, 127)
    painting.text((60, 105), "上片山仁土片上仁山上片山仁土片上仁山", 10)
    ((first, *_),) = found(painting.pixels)
    assert first == (0, 0, 1, 2)


def test_the_edge_of_a_band_is_no_ruling() -> None:
    painting = Painting()
    painting.table(Table((100, 180), (40, 210, 380)), em=10)
    pixels = painting.pixels.copy()
    pixels[200:290, 80:800] = np.minimum(pixels[200:290, 80:800], 225)
    assert found(pixels) == [[(0, 0, 1, 1), (0, 1, 1, 1)]]


@pytest.mark.parametrize("missing", [40, 380])
def test_a_single_row_left_over_by_a_page_break(missing: float) -> None:
    """No ruling over it, a broken one under it, and nothing of the table's frame at one side."""
    columns = (40, 80, 120, 160, 200, 240, 280, 320, 380)
    painting = Painting()
    for x in columns:
        painting.line((x, 60), (x, 73), 0.75)
        painting.text((x + 15, 64), "上", 5)
    painting.line((40, 73), (380, 73), 0.75)
    painting.paragraph(100, 12)
    wipe(painting, 205, 71, 225, 75)
    wipe(painting, missing - 2, 58, missing + 2, 72.2)
    (row,) = (grid for grid in read_scan(painting.pixels, A5, 1, reads).grids)
    assert row.open_top
    assert row.column_lines == pytest.approx(columns, abs=1)


def test_frames_under_each_other_are_not_led_into_one_another() -> None:
    """The lower one's first ruling is broken at its corner: its left side seems to go on."""
    above = [Ruling(True, 182, 57, 534), Ruling(False, 57, 131, 182)]
    below = [Ruling(True, 218, 89, 132), Ruling(False, 57, 217, 349), Ruling(True, 300, 57, 534)]
    mended = repaired([*above, *below], np.zeros((400, 600), np.uint8), 1.0, em=12.2, touch=4.4)
    assert {(r.start, r.end) for r in mended if not r.horizontal} == {(131, 182), (217, 349)}


def test_a_ruling_that_ends_just_before_a_thick_one_is_led_on_to_it() -> None:
    """Most of so short a gap is the edge of the ruling that it leads to."""
    ink = np.zeros((400, 800), np.uint8)
    ink[98:102, 100:380] = ink[298:302, 100:380] = 1
    ink[90:310, 98:102] = ink[90:310, 388:396] = 1
    rows = [Ruling(True, y / 2, 50, 190, 2.0) for y in (100, 300)]
    columns = [Ruling(False, x / 2, 45, 155, width) for x, width in ((100, 2.0), (392, 4.0))]
    whole = repaired([*rows, *columns], ink, 2.0, 10.0, 2.0)
    assert [r.end for r in whole if r.horizontal] == [196, 196]


def test_columns_that_begin_alike_are_not_led_on_to_the_table_above() -> None:
    """Nothing is found of the lower table's first line, where three of its columns begin and none
    goes on."""
    above = [Ruling(True, 101, 61, 528), Ruling(False, 61, 85, 101), Ruling(False, 528, 85, 101)]
    columns = [Ruling(False, x, 136, 213) for x in (61, 217, 528)]
    below = [*columns, Ruling(True, 152, 61, 528), Ruling(True, 213, 61, 528)]
    ink = np.zeros((600, 1200), np.uint8)
    assert set(repaired([*above, *below], ink, 2.0, 12.0, 1.5)) == {*above, *below}
