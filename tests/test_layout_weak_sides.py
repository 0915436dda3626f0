"""Lines of a table that hardly show are found by all that shows of them; text is taken for none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.picture import Pixels
from layout.line_evidence import Evidence
from layout.rulings import Ruling
from layout.scans import read_scan
from layout.weak_sides import weak_sides
from tests.painted_pages import A5, Painting, Table, noisy, reads, spans

TABLE = Table((100, 122, 144, 166, 188, 210, 232), (40, 120, 200, 280, 380))
EM = 20.0


def found(painting: Painting) -> list[list[tuple[int, int, int, int]]]:
    grids = read_scan(noisy(painting.pixels, 3), A5, 1, reads).grids
    return [spans(grid) for grid in grids]


def ruled(rows: tuple[float, ...], columns: tuple[float, ...]) -> Painting:
    """The table's text, and rulings along these of its lines only."""
    painting = Painting()
    for cell in TABLE.cells:
        box = TABLE.box(cell)
        painting.text((box.x0 + 4, box.y0 + 6), "上片山", 10)
    for y in rows:
        painting.line((TABLE.columns[0], y), (TABLE.columns[-1], y), 0.75)
    for x in columns:
        painting.line((x, TABLE.rows[0]), (x, TABLE.rows[-1]), 0.75)
    return painting


def dashes(start: float, end: float, dash: float, gap: float) -> list[tuple[float, float]]:
    return [(at, min(at + dash, end)) for at in np.arange(start, end, dash + gap).tolist()]


@pytest.mark.parametrize(("dash", "gap"), [(5, 4), (2.5, 3.5), (1, 1.2)])
def test_a_row_and_a_column_that_are_nothing_but_dashes(dash: float, gap: float) -> None:
    painting = ruled((*TABLE.rows[:3], *TABLE.rows[4:]), (*TABLE.columns[:2], *TABLE.columns[3:]))
    for x0, x1 in dashes(TABLE.columns[0], TABLE.columns[-1], dash, gap):
        painting.line((x0, TABLE.rows[3]), (x1, TABLE.rows[3]), 0.75)
    for y0, y1 in dashes(TABLE.rows[0], TABLE.rows[-1], dash, gap):
        painting.line((TABLE.columns[2], y0), (TABLE.columns[2], y1), 0.75)
    assert found(painting) == [TABLE.cells]


@pytest.mark.parametrize("at", [4.0, 25.0, 58.0])
def test_dashes_in_place_of_numbers_are_no_line(at: float) -> None:
    """Each column's, in one row twice as high as the others."""
    table = Table((100, 122, 144, 188, 210, 232), TABLE.columns)
    painting = Painting()
    painting.table(table, em=10)
    for x in table.columns[:-1]:
        box = (x + 2, 145, x + 78, 187)
        a, b, c, d = (painting._px(v) for v in box)
        painting.canvas[b:d, a:c] = 255
        painting.text((x + at, 161), "一一", 10)
    assert found(painting) == [table.cells]


def test_strokes_for_blanks_close_to_one_side_of_their_cells_are_no_line() -> None:
    """Each as long as two fifths of its cell, with the row's own line dashed, too."""
    painting = Painting()
    for x in TABLE.columns[1:]:
        painting.line((x - 36, 155), (x - 2, 155), 0.75, 60)
    for x0, x1 in dashes(40, 380, 4, 3):
        painting.line((x0, 144), (x1, 144), 0.75, 200)
    table = [Ruling(True, y, 40, 380, 0.8) for y in (100, 122, 166)]
    table += [Ruling(False, x, 100, 166, 0.8) for x in TABLE.columns]
    scale = painting.pixels.shape[0] / A5.height
    sides = weak_sides(painting.pixels, scale, 10, [table])
    assert [r for r in sides if abs(r.position - 144) > 1] == []
    assert sides


def test_a_line_of_blurred_dashes_hardly_darker_than_paper() -> None:
    painting = Painting()
    for x0, x1 in dashes(40, 380, 4, 4):
        painting.line((x0, 144), (x1, 144), 1, 243)
        painting.line((x0 + 1.6, 144), (x0 + 2.4, 144), 1, 232)
    table = [Ruling(True, y, 40, 380, 0.8) for y in (100, 122, 166)]
    table += [Ruling(False, x, 100, 166, 0.8) for x in TABLE.columns]
    scale = painting.pixels.shape[0] / A5.height
    sides = weak_sides(noisy(painting.pixels, 1), scale, 10, [table])
    assert [r for r in sides if abs(r.position - 144) > 1] == []
    assert sides


def test_strokes_under_each_other_are_no_column() -> None:
    painting = Painting()
    painting.table(Table(TABLE.rows, (40, 210, 380)), em=10)
    for y in TABLE.rows[:-1]:
        painting.line((300, y + 6), (300, y + 16), 0.8)
    assert found(painting) == [Table(TABLE.rows, (40, 210, 380)).cells]


def test_parts_of_a_table_that_only_dashes_join() -> None:
    painting = ruled(TABLE.rows, ())
    for x in TABLE.columns:
        painting.line((x, TABLE.rows[0]), (x, TABLE.rows[2]), 0.75)
        painting.line((x, TABLE.rows[3]), (x, TABLE.rows[-1]), 0.75)
        for y0, y1 in dashes(TABLE.rows[2] + 1, TABLE.rows[3], 2, 2.5):
            painting.line((x, y0), (x, y1), 0.75)
    assert found(painting) == [TABLE.cells]


def test_columns_of_a_row_alone_of_which_only_pieces_of_its_lines_are_found() -> None:
    """None is as long as the row, and no column is among them."""
    painting = Painting()
    columns = (40, 90, 140, 190, 240, 290, 340, 380)
    for x in columns:
        painting.line((x, 100), (x, 124), 0.75, 170)
    tops, bottoms = ((40, 136), (175, 380)), ((40, 220), (290, 380))
    pieces = [Ruling(True, 100, *ends, 0.8) for ends in tops]
    pieces += [Ruling(True, 124, *ends, 0.8) for ends in bottoms]
    scale = painting.pixels.shape[0] / A5.height
    sides = weak_sides(painting.pixels, scale, 10, [[piece] for piece in pieces])
    assert [r.position for r in sides if not r.horizontal] == pytest.approx(columns, abs=1)


def test_a_line_along_one_part_of_a_table_is_found_beside_another_part() -> None:
    """The left part shows a column and its upper line alone; the faint line runs along little of
    both parts, but along most of the right one."""
    painting = Painting()
    columns = (300, 340, 380)
    for x in columns:
        painting.line((x, 100), (x, 148), 0.75, 170)
    for x in range(300, 340, 8):
        painting.line((x, 124), (x + 5, 124), 0.75, 170)
    left = [Ruling(True, 100, 20, 120, 0.8), Ruling(False, 20, 100, 135, 0.8)]
    right = [Ruling(True, y, 300, 380, 0.8) for y in (100, 148)]
    right += [Ruling(False, x, 100, 148, 0.8) for x in columns]
    scale = painting.pixels.shape[0] / A5.height
    sides = weak_sides(painting.pixels, scale, 10, [left, right])
    assert any(abs(r.position - 124) <= 1 for r in sides if r.horizontal)


def test_columns_down_to_a_last_line_of_which_only_a_piece_is_found() -> None:
    painting = Painting()
    for x in TABLE.columns:
        painting.line((x, TABLE.rows[-2]), (x, TABLE.rows[-1]), 0.75, 170)
    table = [Ruling(True, y, 40, 380, 0.8) for y in TABLE.rows[:-1]]
    table += [Ruling(False, x, TABLE.rows[0], TABLE.rows[-2], 0.8) for x in TABLE.columns]
    last = Ruling(True, TABLE.rows[-1], 46, 330, 0.8)
    scale = painting.pixels.shape[0] / A5.height
    sides = weak_sides(painting.pixels, scale, 10, [table, [last]])
    assert [r.position for r in sides if not r.horizontal] == pytest.approx(TABLE.columns, abs=1)


def test_a_line_that_shows_where_a_table_ends_without_columns_at_its_sides() -> None:
    """Two lines end alike, and so does the third, of which only dashes are left."""
    painting = Painting()
    for x0, x1 in dashes(40, 380, 4, 4):
        painting.line((x0, 144), (x1, 144), 0.75, 170)
    table = [Ruling(True, y, 40, 380, 0.8) for y in (100, 122)]
    table += [Ruling(False, 40, 100, 144, 0.8)]
    scale = painting.pixels.shape[0] / A5.height
    sides = weak_sides(painting.pixels, scale, 10, [table])
    assert [r.position for r in sides] == pytest.approx([144], abs=1)


def test_columns_beyond_the_ends_of_broken_lines() -> None:
    painting = Painting()
    rows = (100.0, 124.0)
    for x in (300, 340, 380):
        painting.line((x, rows[0]), (x, rows[1]), 0.75, 170)
    table = [Ruling(True, y, 40, 310, 0.8) for y in rows]
    table += [Ruling(False, x, *rows, 0.8) for x in (40, 120, 200)]
    scale = painting.pixels.shape[0] / A5.height
    sides = weak_sides(painting.pixels, scale, 10, [table])
    assert [r.position for r in sides if not r.horizontal] == pytest.approx([300, 340, 380], abs=1)


@pytest.mark.parametrize(("scrap", "found"), [(152.0, 0), (155.0, 4)])
def test_a_line_that_parts_a_row_too_low_is_the_other_sides(scrap: float, found: int) -> None:
    """A scrap of it ends at rulings of ours, and the rest shows through."""
    columns = (40, *TABLE.columns)
    painting = Painting()
    painting.line((40, scrap), (380, scrap), 0.8, 225)
    table = [Ruling(True, y, 20, 380, 0.8) for y in TABLE.rows]
    table += [Ruling(False, x, TABLE.rows[0], TABLE.rows[-1], 0.8) for x in (20, *columns)]
    table.append(Ruling(True, scrap, 20, 40, 0.5))
    scale = painting.pixels.shape[0] / A5.height
    assert len(weak_sides(painting.pixels, scale, 10, [table])) == found


@pytest.mark.parametrize(("off", "found"), [(0.0, 1), (3.0, 0)])
def test_a_column_that_shows_in_the_row_of_values_alone(off: float, found: int) -> None:
    """A faint stroke from ruling to ruling; a 1 stays off them."""
    rows = (100, 166, 210, 232)
    painting = Painting()
    painting.line((200, 210 + off), (200, 232 - off), 0.75, 215)
    table = [Ruling(True, y, 40, 380, 0.8) for y in rows]
    table += [Ruling(False, x, rows[0], rows[-1], 0.8) for x in (40, 380)]
    scale = painting.pixels.shape[0] / A5.height
    assert [r.horizontal for r in weak_sides(painting.pixels, scale, 10, [table])] == [
        False
    ] * found


def line_of(period: float, drawn: float, gray: int) -> Pixels:
    """A dashed line across a page, two pixels thick."""
    page = np.full((60, 400), 255, np.uint8)
    page[30:32, (np.arange(400) % period) < drawn * period] = gray
    return page


@settings(max_examples=20, deadline=None)
@given(
    period=st.floats(4, 18),
    drawn=st.floats(0.5, 1),
    gray=st.integers(0, 200),
    seed=st.integers(0, 9),
)
def test_what_is_drawn_of_a_dashed_line(period: float, drawn: float, gray: int, seed: int) -> None:
    evidence = Evidence.of(noisy(line_of(period, drawn, gray), 2, seed), EM)
    seen = evidence.sides(slice(0, 60), np.array([(20.0, 380.0)]))
    assert seen.shows[30:32].all()
    assert not seen.shows[:26].any()
    assert not seen.shows[36:].any()
    assert seen.drawn[30, 0] > drawn - 0.15


def test_a_line_through_print_is_not_clear() -> None:
    page = line_of(10, 1, 0)
    page[20:45, 20:380:12] = 0
    seen = Evidence.of(page, EM).sides(slice(30, 32), np.array([(20.0, 380.0)]))
    assert not seen.shows.any()


def test_a_row_that_shows_between_columns_which_hardly_show_either() -> None:
    """Print in the merged cells beside it hides it as long as those columns are not known."""
    table = Table((100, 166, 232), (40, 120, 240, 380))
    painting = Painting()
    for row in (table.rows[0], table.rows[-1]):
        painting.line((40, row), (380, row), 0.75)
    for x in table.columns:
        for y0, y1 in dashes(100, 232, 5, 3):
            painting.line((x, y0), (x, y1), 0.75, 120)
    for x in (44, 124):
        painting.text((x, 161), "上片山仁片山", 10)
    for x0, x1 in dashes(240, 380, 5, 3):
        painting.line((x0, 166), (x1, 166), 0.75, 120)
    known = [
        *(Ruling(True, y, 40, 380, 0.75) for y in (100, 232)),
        *(Ruling(False, x, 100, 232, 0.75) for x in (40, 380)),
    ]
    rows = [r for r in weak_sides(painting.pixels, 150 / 72, 10.0, [known]) if r.horizontal]
    assert [(r.position, r.start, r.end) for r in rows] == [pytest.approx((166, 240, 380), abs=0.5)]
