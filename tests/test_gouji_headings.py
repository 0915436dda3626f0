"""Which lines of a scan are read for the body and the year, and where a report may begin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from document.form import TableForm
from document.geometry import Box, Size, UprightFrame
from document.grid import GridCell, TableGrid
from document.page import PageKind, PageLayout
from document.picture import Picture, Pixels
from document.report import MatchedTable, Report
from gouji.headings import OPENINGS, opening_lines, opening_pages, title_lines

A4 = Size(595, 842)
BODY, TITLE = 11.0, 20.0


def line(y: float, width: float = 450, height: float = BODY) -> Box:
    return Box(70, y, 70 + width, y + height)


def page(number: int, lines: Sequence[Box], table_at: float | None = None) -> PageLayout:
    grids: tuple[TableGrid, ...] = ()
    if table_at is not None:
        box = Box(70, table_at, 520, table_at + 200)
        cells = (GridCell(0, 0, 1, 1, box),)
        grids = (TableGrid(number, (box.y0, box.y1), (box.x0, box.x1), cells),)
    picture = Picture(_PAPER, 1.0)
    frame = UprightFrame.unturned(A4)
    return PageLayout(number, PageKind.SCAN, frame, grids, (), picture, tuple(lines))


_PAPER: Pixels = np.full((842, 595), 255, np.uint8)


def full(number: int) -> PageLayout:
    return page(number, [line(70 + 18 * i) for i in range(38)])


def report(first: int, last: int, year: int | None) -> Report:
    table = MatchedTable("form", TableForm("t", "t", ()), (first, last), ())
    return Report("某镇人民政府", year, (first, last), (table,))


def test_a_title_is_read_and_body_text_is_not() -> None:
    title = line(60, 300, TITLE)
    assert title_lines(page(1, [title, *(line(100 + 18 * i) for i in range(20))])) == (title,)


def test_the_opening_is_the_first_lines_and_the_headings_after_them() -> None:
    lines = [line(70 + 18 * i) for i in range(12)]
    heading = line(70 + 18 * 12, width=80)
    opening = opening_lines(page(1, [*lines, heading]), OPENINGS[0])
    assert opening == (*lines[: OPENINGS[0]], heading)


def test_lines_below_a_table_open_nothing() -> None:
    above, below = line(70), line(500)
    assert opening_lines(page(1, [above, below], table_at=120), 6) == (above,)


def test_a_report_whose_year_is_known_is_not_looked_at_again() -> None:
    assert opening_pages([report(2, 3, 2023)], [full(1), full(2), full(3)]) == set()


def test_the_first_page_of_all_may_tell_the_year() -> None:
    assert opening_pages([report(2, 3, None)], [full(1), full(2), full(3)]) == {1}


def test_a_second_report_begins_after_a_page_that_is_not_full() -> None:
    pages = [full(1), page(2, [], table_at=100), page(3, [line(70)]), full(4), full(5)]
    reports = [report(2, 2, 2019), report(5, 5, None)]
    assert opening_pages(reports, pages) == {3, 4}


def test_the_shadow_of_an_edge_is_no_title() -> None:
    """Nor does it make a title look small beside it."""
    shadows = [Box(590, 60 * n, 594, 60 * n + 50) for n in range(9)]
    heap = Box(20, 500, 400, 670)
    lines = [line(40, 300, TITLE), *(line(90 + 18 * n) for n in range(6)), heap, *shadows]
    assert title_lines(page(1, lines)) == (lines[0],)


def test_text_beside_small_lines_of_a_table_is_no_title() -> None:
    """Of a table without rulings every label and number is a line, smaller than the text."""
    title = line(60, height=18)
    text = [line(100 + 18 * i, height=10) for i in range(8)]
    table = [line(300 + 10 * i, height=7) for i in range(30)]
    assert title_lines(page(1, [title, *text, *table])) == (title,)
