"""Order and number tell a table whose labels are read badly, and nothing but the form's own."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.report import MatchedTable, ReadTable, Reconstruction
from reconstruct import FormMatcher, load_forms, reconstruct
from reconstruct.joined_table import as_joined
from tests.drawn_tables import (
    DISCLOSURE_2021,
    LITIGATION_HEAD,
    LITIGATION_VALUES,
    applications_rows,
    of_rows,
    page,
)
from tests.worn_tables import DISCLOSURE_2019, badly_read, damaged, rows_of, statistics_rows

FORMS = load_forms()
F2014, F2019, F2021 = FORMS
PRINTED = {
    "statistics": statistics_rows(F2014.tables[0]),
    "applications of 2019": applications_rows(F2019.tables[1]),
    "applications of 2021": applications_rows(F2021.tables[1]),
    "disclosure": rows_of(DISCLOSURE_2021),
    "litigation": rows_of(LITIGATION_HEAD + LITIGATION_VALUES),
}
OTHER = "人口土地道路医院农业工业商业旅游环境水利气象交通能源教育文化体育卫生住房保险"


def read(rows: list[list[str]]) -> Reconstruction:
    return reconstruct([page(1, badly_read(of_rows(rows)))], FormMatcher(FORMS))


def values(found: MatchedTable) -> list[str]:
    return [str(e.value) for e in found.entries]


def is_word(text: str) -> bool:
    return text not in {"<", "^", "."} and not text.replace(".", "").isdigit()


@pytest.mark.parametrize("name", PRINTED)
@settings(max_examples=4)
@given(seed=st.integers(0, 10**6))
def test_a_table_with_three_in_ten_characters_wrong_is_found_whole(name: str, seed: int) -> None:
    rows = PRINTED[name]
    (clean,) = read(rows).reports[0].tables
    (found,) = read(damaged(rows, 0.15, random.Random(seed))).reports[0].tables
    assert (found.form, found.table) == (clean.form, clean.table)
    assert values(found) == values(clean)


@pytest.mark.parametrize("name", PRINTED)
@settings(max_examples=4)
@given(seed=st.integers(0, 10**6))
def test_a_table_of_the_same_shape_about_something_else_is_on_no_form(name: str, seed: int) -> None:
    chance = random.Random(seed)
    rows = [
        ["".join(chance.choice(OTHER) for _ in text) if is_word(text) else text for text in row]
        for row in PRINTED[name]
    ]
    assert read(rows).reports == ()


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6))
def test_labels_in_another_order_give_no_value_without_doubt(seed: int) -> None:
    rows = [list(row) for row in PRINTED["statistics"]]
    labels = [row[0] for row in rows[1:]]
    random.Random(seed).shuffle(labels)
    for row, label in zip(rows[1:], labels, strict=True):
        row[0] = label
    for report in read(rows).reports:
        for e in report.tables[0].entries:
            assert e.found is None or e.found.match < 1 - 1e-4


def test_the_column_of_the_labels_is_never_the_one_of_the_values() -> None:
    rows = [list(row) for row in PRINTED["statistics"]]
    rows[0][2] = "．．"
    (found,) = read(rows).reports[0].tables
    assert values(found) == [str(number) for number in range(58)]


def unread(text: str) -> str:
    """A label of which nobody can read anything."""
    return "".join(OTHER[ord(char) % len(OTHER)] for char in text) if is_word(text) else text


def test_the_part_of_a_table_before_a_page_break_is_found_by_its_order() -> None:
    rows = [list(row) for row in PRINTED["applications of 2021"][:9]]
    for row in rows[3:6]:
        row[:3] = [unread(text) for text in row[:3]]
    (found,) = read(rows).reports[0].tables
    assert found.table.id == "applications"
    assert values(found)[: 6 * 7] == [str(10 * r + c) for r in range(6) for c in range(7)]


def after_applications(rows: list[list[str]]) -> list[str]:
    """The tables found where these rows stand below the applications table."""
    above = of_rows(PRINTED["applications of 2021"], top=72)
    below = badly_read(of_rows(rows, 2, top=140))
    found = reconstruct(
        [page(1, above), page(2, below, lines=[("四、行政复议", 110)])], FormMatcher(FORMS)
    )
    return [table.table.id for report in found.reports for table in report.tables]


def test_a_table_in_its_place_needs_fewer_labels() -> None:
    rows = [list(row) for row in PRINTED["litigation"]]
    rows[-2:-1] = [[unread(text) if c % 3 else text for c, text in enumerate(rows[-2])]]
    rows[:-2] = [[unread(text) for text in row] for row in rows[:-2]]
    assert after_applications(rows) == ["applications", "litigation"]
    assert read(rows).reports == ()
    other = [[unread(text) for text in row] for row in rows]
    assert after_applications(other) == ["applications"]


def test_columns_whose_own_headings_are_unread_are_not_their_common_heading() -> None:
    rows = [list(row) for row in PRINTED["applications of 2021"]]
    rows[2] = ["." if text in {"社会公益组织", "法律服务机构"} else text for text in rows[2]]
    rows[2] = [unread(text) if text == "其他" else text for text in rows[2]]
    rows[1] = [unread(text) if text == "总计" else text for text in rows[1]]
    (found,) = read(rows).reports[0].tables
    assert values(found) == [str(10 * r + c) for r in range(25) for c in range(7)]


def test_a_mark_that_reads_as_a_word_is_no_label_where_the_form_has_none() -> None:
    rows = [list(row) for row in PRINTED["litigation"]]
    rows[-1] = ["—", "—", "—", "上", *rows[-1][4:]]
    (found,) = read(rows).reports[0].tables
    assert [e.found is not None for e in found.entries] == [True] * 15


def with_sure_units(table: ReadTable) -> ReadTable:
    """Badly read, but for the short words in the unit column."""
    return ReadTable(
        table.grid,
        tuple(
            replace(bad, probability=0.99) if len(bad.text) == 1 else bad
            for bad in badly_read(table).readings
        ),
    )


def test_strokes_of_a_title_in_a_grid_of_many_columns_are_no_row_of_values() -> None:
    """A grid without headings whose first cell reads as a word: 15 columns alone say nothing."""
    strokes = of_rows([["政", *["1", ""] * 7]])
    assert not FormMatcher(load_forms()).matches(as_joined(strokes))


def test_a_unit_read_surely_does_not_make_the_label_beside_it_legible() -> None:
    rows = [list(row) for row in PRINTED["statistics"]]
    for row in rows[20:50]:
        row[0] = unread(row[0])
    read_so = with_sure_units(of_rows(rows))
    found = reconstruct([page(1, read_so)], FormMatcher(FORMS)).reports[0].tables[0]
    assert values(found) == [str(number) for number in range(58)]


def test_dirt_over_a_column_without_values_is_no_heading() -> None:
    rows = [list(row) for row in rows_of(DISCLOSURE_2019)]
    clean = values(read(rows).reports[0].tables[0])
    rows[13][3] = "DI5e"
    for row in rows:
        if row[0] in {"规章", "行政处罚", "行政强制"} or row[0].startswith("信息"):
            row[0] = unread(row[0])
    rows[1][1:] = [unread(text) for text in rows[1][1:]]
    rows[9][3], rows[17][1] = (unread(row[at]) for row, at in ((rows[9], 3), (rows[17], 1)))
    (found,) = read(rows).reports[0].tables
    assert values(found) == clean


def test_between_two_rows_that_were_found_titles_count_as_rows_too() -> None:
    rows = [list(row) for row in PRINTED["statistics"][:19]]
    rows[11][0], rows[12][0] = unread(rows[11][0]), unread(rows[12][0])
    (found,) = read(rows).reports[0].tables
    assert values(found)[:14] == [str(number) for number in range(14)]
