"""What forms expect of grids whose rulings are missing in part."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.expectation import Expectation
from document.form import TableForm
from document.geometry import Box
from document.report import ReadTable
from reconstruct import FormMatcher, expectations, load_forms
from reconstruct.block_matching import match_blocks
from reconstruct.joining import join_tables
from reconstruct.missing_lines import columns_without_ruling
from tests.drawn_tables import (
    DISCLOSURE_2021,
    LITIGATION_HEAD,
    LITIGATION_VALUES,
    applications_rows,
    litigation_parts_that_lack_rulings,
    of_rows,
    page,
    table,
)

FORMS = load_forms()


def form_table(table_id: str) -> TableForm:
    return next(table for table in FORMS[-1].tables if table.id == table_id)


def expected(*tables: ReadTable) -> list[Expectation]:
    return list(expectations([page(1, *tables)], FormMatcher(FORMS)))


def lines_of(drawn: ReadTable) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return drawn.grid.row_lines, drawn.grid.column_lines


def test_nothing_is_expected_of_tables_as_printed() -> None:
    assert expected(of_rows(applications_rows(form_table("applications")))) == []
    assert expected(table(DISCLOSURE_2021)) == []
    assert expected(table(LITIGATION_HEAD + LITIGATION_VALUES)) == []


@settings(max_examples=6)
@given(st.integers(3, 26), st.integers(3, 9))
def test_two_values_in_one_cell_are_two_rows(row: int, column: int) -> None:
    rows = applications_rows(form_table("applications"))
    rows[row][column] += "\n" + rows[row + 1][column]
    rows[row + 1][column] = "^"
    drawn = of_rows(rows)
    ys, xs = lines_of(drawn)
    box = Box(xs[column], ys[row], xs[column + 1], ys[row + 2])
    assert expected(drawn) == [Expectation(1, box, (ys[row + 1],))]


@settings(max_examples=6)
@given(st.integers(3, 27), st.integers(3, 8))
def test_two_values_in_one_cell_are_two_columns(row: int, column: int) -> None:
    rows = applications_rows(form_table("applications"))
    rows[row][column] += rows[row][column + 1]
    rows[row][column + 1] = "<"
    drawn = of_rows(rows)
    ys, xs = lines_of(drawn)
    box = Box(xs[column], ys[row], xs[column + 2], ys[row + 1])
    assert expected(drawn) == [Expectation(1, box, (), (xs[column + 1],))]


def test_labels_of_neighbours_in_one_cell_are_two_labels() -> None:
    rows = applications_rows(form_table("applications"))
    above = next(index for index, row in enumerate(rows) if row[2].startswith("4."))
    rows[above][2] += "\n" + rows[above + 1][2]
    rows[above + 1][2] = "^"
    drawn = of_rows(rows)
    ys, xs = lines_of(drawn)
    box = Box(xs[2], ys[above], xs[3], ys[above + 2])
    assert expected(drawn) == [Expectation(1, box, (ys[above + 1],))]


def test_a_label_and_its_first_value_in_one_cell_are_two() -> None:
    rows = applications_rows(form_table("applications"))
    rows[10][2] += " " + rows[10][3]
    rows[10][3] = "<"
    drawn = of_rows(rows)
    ys, xs = lines_of(drawn)
    assert expected(drawn) == [Expectation(1, Box(xs[2], ys[10], xs[4], ys[11]), (), (xs[3],))]


@settings(max_examples=6)
@given(st.sampled_from([*range(6, 13), *range(15, 17)]), st.booleans())
def test_a_row_of_two_labels_and_two_lines_of_values_is_two_rows(row: int, readable: bool) -> None:
    rows = applications_rows(form_table("applications"))
    below = rows.pop(row + 1)
    rows[row][2] = f"{rows[row][2]}\n{below[2]}" if below[2] not in "^<" else rows[row][2]
    if not readable:
        rows[row][2] = "？？□□"
    rows[row][3:] = [f"{a}\n{b}" for a, b in zip(rows[row][3:], below[3:], strict=True)]
    drawn = of_rows(rows)
    ys, xs = lines_of(drawn)
    middle = (ys[row] + ys[row + 1]) / 2
    (found,) = expected(drawn)
    assert (found.row_lines, found.column_lines) == ((middle,), ())
    assert found.box == Box(xs[2], ys[row], xs[-1], ys[row + 1])


def test_the_first_row_is_divided_off_headings_that_it_is_one_with() -> None:
    rows = applications_rows(form_table("applications"))
    first = rows.pop(3)
    for column, text in enumerate(first):
        heads = [row for row in rows[:3] if row[column] not in {"^", "<"}]
        if heads and text != "<":
            heads[-1][column] += "\n" + text
    drawn = of_rows(rows)
    ys, xs = lines_of(drawn)
    height = ys[4] - ys[3]
    assert expected(drawn) == [Expectation(1, Box(xs[0], ys[0], xs[-1], ys[3]), (ys[3] - height,))]


def test_two_lines_of_values_with_their_unit_are_two_rows() -> None:
    """Several numbers with their unit in one cell are no label."""
    rows = applications_rows(form_table("applications"))
    below = rows.pop(9)
    rows[8][2] += f"\n{below[2]}"
    rows[8][3:] = [f"{a}件\n-{b}件" for a, b in zip(rows[8][3:], below[3:], strict=True)]
    drawn = of_rows(rows)
    ys, _ = lines_of(drawn)
    (found,) = expected(drawn)
    assert (found.row_lines, found.column_lines) == (((ys[8] + ys[9]) / 2,), ())


def test_labels_and_values_of_a_whole_block_in_one_cell_each_are_two_columns() -> None:
    """The heading over them shows where the values begin."""
    drawn = table("""
第二十条第（一）项 | < | < | <
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 1 | < | 2 | 3
行政规范性文件 4 | < | 5 | 6
""")
    ys, xs = lines_of(drawn)
    assert expected(drawn) == [
        Expectation(1, Box(xs[0], ys[2], xs[2], ys[3]), (), (xs[1],)),
        Expectation(1, Box(xs[0], ys[3], xs[2], ys[4]), (), (xs[1],)),
    ]


def test_a_column_of_two_headings_is_two_columns() -> None:
    rows = applications_rows(form_table("applications"))
    for row in rows:
        gone = row.pop(6)
        row[5] = {"科研\n机构": "科研社会公\n机构益组织"}.get(row[5], row[5])
        row[5] += gone if gone.isdigit() else ""
    drawn = of_rows(rows)
    ys, xs = lines_of(drawn)
    middle = (xs[5] + xs[6]) / 2
    cells = [e for e in expected(drawn) if e.column_lines]
    assert cells == [Expectation(1, Box(xs[5], ys[2], xs[6], ys[-1]), (), (middle,))]


def test_rows_that_a_body_left_out_are_not_expected() -> None:
    rows = applications_rows(form_table("applications"))
    del rows[10:12], rows[5]
    rows[5][0] = "三、本年度办理结果"
    assert expected(of_rows(rows)) == []


def test_a_row_is_divided_where_its_header_on_the_page_before_is() -> None:
    head, values = litigation_parts_that_lack_rulings()
    (found,) = [
        e for e in expectations([page(1, head), page(2, values)], FormMatcher(FORMS)) if e.page == 2
    ]
    merged = values.grid.cells[3].box
    assert (found.box, found.row_lines) == (merged, ())
    assert found.column_lines == pytest.approx([(merged.x0 + merged.x1) / 2])


def test_a_row_of_many_columns_on_no_form_is_parted_by_their_width() -> None:
    """Of 15 columns, rulings draw five: most are wider than one."""
    heads = ["行政复议结果维持结果纠正", "未经复议直接起诉", "行政", "总计", "诉讼复议后起诉"]
    drawn = of_rows([heads, ["15 0 0 0 15", "00", "00", "0", "00000"]], widths=[5, 2, 2, 1, 5])
    _, xs = lines_of(drawn)
    assert [e.column_lines for e in expected(drawn)] == [
        pytest.approx([xs[at] + (xs[at + 1] - xs[at]) * i / n for i in range(1, n)])
        for at, n in ((0, 5), (1, 2), (2, 2), (4, 5))
    ]


def test_columns_of_other_widths_and_such_as_are_all_wider_than_one_are_left_alone() -> None:
    heads = ["行政复议结果维持结果纠正", "未经复议直接起诉", "行政", "总计", "诉讼复议后起诉"]
    rows = [heads, ["15 0 0 0 15", "00", "00", "0", "00000"]]
    assert expected(of_rows(rows, widths=[5, 2.4, 2, 1, 4.6])) == []
    assert expected(of_rows(rows, widths=[5, 2, 2, 3, 3])) == []


def test_columns_without_a_ruling_and_without_readable_heads_are_told_by_their_width() -> None:
    """15 columns alike, of which rulings draw 13: two of double width."""
    heads = [["行政复议行政诉讼", *["<"] * 12], ["结果结果其他", "<", *["总计"] * 11]]
    drawn = of_rows([*heads, ["00", "1", "00", *map(str, range(10))]], widths=[2, 1, 2, *[1] * 10])
    _, xs = lines_of(drawn)
    block = form_table("litigation").blocks[0]
    (table,) = join_tables([page(1, drawn)], FormMatcher(load_forms()).wordings)
    (match,) = [m for m in match_blocks(table, form_table("litigation")) if m.block == block]
    lines = [e.column_lines for e in columns_without_ruling(table, match)]
    assert lines == [
        pytest.approx(((xs[0] + xs[1]) / 2,)),
        pytest.approx(((xs[2] + xs[3]) / 2,)),
    ]
