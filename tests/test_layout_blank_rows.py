"""A row has print between its lines: a line that leaves half of one blank is not the table's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.blank_rows import without_blank_rows
from layout.marks import find_marks
from layout.paper import evenly_lit, picture_of
from layout.rulings import Ruling
from tests.painted_pages import A5, Painting, Table, noisy

EM, TOUCH = 10.0, 1.5
TABLE = Table((100, 122, 144, 166, 188, 210, 232), (40, 120, 200, 280, 380))
LOWER = Table((241, 263, 285, 307), TABLE.columns)


def painted(*tables: Table) -> Painting:
    painting = Painting()
    for table in tables:
        painting.table(table, em=EM)
    return painting


def rulings(table: Table) -> list[Ruling]:
    left, right, top, bottom = *table.columns[::4], *table.rows[:: len(table.rows) - 1]
    rows = [Ruling(True, y, left, right, table.ruling) for y in table.rows]
    return rows + [Ruling(False, x, top, bottom, table.ruling) for x in table.columns]


def kept(painting: Painting, found: list[Ruling]) -> set[Ruling]:
    marks = find_marks(evenly_lit(picture_of(noisy(painting.pixels, 3), A5)))
    return set(without_blank_rows(found, marks, TOUCH))


@settings(max_examples=4, deadline=None)
@given(
    row=st.integers(0, 5), off=st.sampled_from([4.0, 5.0, 17.5, 18.5]), gray=st.integers(150, 225)
)
def test_the_other_sides_ruling_parts_no_blank_strip_off_a_row(
    row: int, off: float, gray: int
) -> None:
    painting, at = painted(TABLE), TABLE.rows[row] + off
    painting.line((40, at), (380, at), 0.75, gray)
    stray = Ruling(True, at, 40, 380, 0.75)
    assert kept(painting, [*rulings(TABLE), stray]) == set(rulings(TABLE))


def test_the_other_sides_ruling_halves_no_row() -> None:
    rows = (100, 130, 160, 190, 220, 250)
    table = Table(rows, TABLE.columns)
    painting = Painting()
    painting.table(table, em=EM)
    painting.line((40, 175), (380, 175), 0.75, 180)
    stray = Ruling(True, 175, 40, 380, 0.75)
    assert kept(painting, [*rulings(table), stray]) == set(rulings(table))


@pytest.mark.parametrize("gray", [0, 60])
def test_a_line_as_dark_as_print_is_the_tables_own(gray: int) -> None:
    painting, at = painted(TABLE), TABLE.rows[2] + 4
    painting.line((40, at), (380, at), 0.75, gray)
    found = [*rulings(TABLE), Ruling(True, at, 40, 380, 0.75)]
    assert kept(painting, found) == set(found)


@pytest.mark.parametrize("gray", [120, 225])
@pytest.mark.parametrize("filled", [1, 4])
def test_faint_lines_of_a_table_stay(gray: int, filled: int) -> None:
    """Also where hardly anything but its labels is filled in."""
    painting = Painting()
    for cell in TABLE.cells:
        if cell[1] < filled:
            painting.text((TABLE.box(cell).x0 + 4, TABLE.box(cell).y0 + 6), "上片山", EM)
    for r in rulings(TABLE):
        start, end = ((at, r.position) for at in (r.start, r.end))
        painting.line(*((start, end) if r.horizontal else (start[::-1], end[::-1])), 0.75, gray)
    assert kept(painting, rulings(TABLE)) == set(rulings(TABLE))


def test_a_column_is_not_led_on_from_one_table_to_the_next() -> None:
    """Its other columns end where the tables do."""
    own = [*rulings(TABLE), *rulings(LOWER)]
    ends = {r for r in own if not r.horizontal and r.position == 40}
    led_on = Ruling(False, 40, 100, 307, 0.75)
    found = kept(painted(TABLE, LOWER), [led_on, *(r for r in own if r not in ends)])
    assert sorted((round(r.position), round(r.start), round(r.end)) for r in found) == sorted(
        (r.position, r.start, r.end) for r in own
    )
