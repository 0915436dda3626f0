"""Whether a grid holds all of its form's slots, or another way to find them is worth its time."""

from __future__ import annotations

from document.report import ReadTable
from reconstruct import Coverage, FormMatcher, coverage, load_forms
from tests.drawn_tables import DISCLOSURE_2021, applications_rows, of_rows, page, table

FORMS = load_forms()
APPLICATIONS = FORMS[2].tables[1]


def only(drawn: ReadTable) -> Coverage:
    (found,) = coverage([page(1, drawn)], FormMatcher(FORMS))
    return found


def test_a_whole_table_has_every_slot() -> None:
    assert (only(table(DISCLOSURE_2021)).slots, only(table(DISCLOSURE_2021)).whole) == (10, True)


def test_a_table_without_a_row_in_its_midst_is_not_whole() -> None:
    rows = applications_rows(APPLICATIONS)
    found = only(of_rows([*rows[:9], *rows[10:]]))
    assert (found.slots, found.whole) == (168, False)


def test_a_table_that_ends_with_the_page_is_whole() -> None:
    found = only(of_rows(applications_rows(APPLICATIONS)[:20]))
    assert found.whole
    assert found.slots < 175


def test_a_cell_over_two_rows_is_nobodys() -> None:
    found = only(table(DISCLOSURE_2021.replace("文件 | 4 |", "文件 | ^ |")))
    assert (found.slots, found.whole) == (8, False)


def test_a_grid_on_no_form_is_not_there() -> None:
    assert coverage([page(1, table("甲 | 乙\n丙 | 丁"))], FormMatcher(FORMS)) == ()
