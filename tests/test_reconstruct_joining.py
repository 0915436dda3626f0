"""Tables cut by a page break come back whole; tables that are two stay two."""

from dataclasses import replace

import pytest

from document.geometry import Box
from document.report import ReadPage
from reconstruct.form_file import load_forms
from reconstruct.joined_table import JoinedTable
from reconstruct.joining import join_tables
from reconstruct.wordings import Wordings
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

WORDINGS = Wordings(load_forms())
APPLICATIONS = load_forms()[2].tables[1]


def joined(*pages: ReadPage) -> tuple[JoinedTable, ...]:
    return join_tables(pages, WORDINGS)


def texts(grid: JoinedTable) -> list[list[str]]:
    """The text of every cell, row by row, each cell once per row it covers."""
    return [[cell.text for cell in grid.row_cells(row)] for row in range(grid.rows)]


def halves(rows: list[list[str]], cut: int) -> tuple[list[list[str]], list[list[str]]]:
    """The rows cut after `cut` of them; a cell that goes on is blank below, as printed."""
    below = [list(row) for row in rows[cut:]]
    below[0] = ["." if text == "^" else text for text in below[0]]
    return rows[:cut], below


def test_a_table_on_one_page_stays_as_it_is() -> None:
    (grid,) = joined(page(1, table(DISCLOSURE_2021)))
    assert (grid.rows, grid.columns, grid.pages) == (14, 4, (1, 1))
    assert texts(grid)[3] == ["行政规范性文件", "4", "5", "6"]


@pytest.mark.parametrize("cut", range(4, 28))
def test_the_applications_table_cut_anywhere_comes_back_whole(cut: int) -> None:
    rows = applications_rows(APPLICATIONS)
    above, below = halves(rows, cut)
    (grid,) = joined(
        page(1, of_rows(above, 1, open_bottom=True), lines=[("- 1 -", 800)]),
        page(2, of_rows(below, 2, top=72, open_top=True), lines=[("- 2 -", 800)]),
    )
    (whole,) = joined(page(1, of_rows(rows)))
    assert grid.rows == whole.rows
    assert texts(grid) == texts(whole)
    assert grid.matrix[cut][9].page == 2


def test_the_cut_label_that_goes_on_below_is_one_label() -> None:
    above = table("三、本年度/办 | (一)予以公开 | 1 | 2\n^ | (七)总计 | 3 | 4")
    below = table("理结果 | (六)其他处理 | 5 | 6\n四、结转下年度继续办理 | < | 7 | 8", 2, 72)
    (grid,) = joined(page(1, above), page(2, below))
    assert grid.matrix[2][0].text == "三、本年度\n办\n理结果"
    assert grid.matrix[0][0].rowspan == 3


def test_a_new_group_after_the_break_is_not_taken_for_the_rest_of_the_last() -> None:
    above = table("(三)不予公开 | 7.属于行政执法案卷 | 1\n^ | 8.属于行政查询事项 | 2")
    below = table("(四)无法提供 | 1.本机关不掌握相关政府信息 | 3", 2, 72)
    (grid,) = joined(page(1, above), page(2, below))
    assert grid.matrix[2][0].text == "(四)无法提供"
    assert grid.matrix[1][0].text == "(三)不予公开"


@pytest.mark.parametrize("values_below", [True, False])
def test_a_row_cut_in_two_is_one_row(values_below: bool) -> None:
    above = ["1.申请人无正当理由逾期不补正、行政机关", ".", "."]
    below = ["不再处理其政府信息公开申请", ".", "."]
    (below if values_below else above)[1:] = ["4", "5"]
    (grid,) = joined(
        page(1, of_rows([["2.重复申请", "1", "2"], above], open_bottom=True)),
        page(2, of_rows([below, ["3.其他", "8", "9"]], 2, 72, open_top=True)),
    )
    assert texts(grid) == [
        ["2.重复申请", "1", "2"],
        ["1.申请人无正当理由逾期不补正、行政机关\n不再处理其政府信息公开申请", "4", "5"],
        ["3.其他", "8", "9"],
    ]
    assert grid.matrix[1][1].page == (2 if values_below else 1)


def test_two_rows_that_both_carry_values_stay_two() -> None:
    above = of_rows([["2.重复申请", "1", "2"], ["3.要求提供公开", "3", "."]], open_bottom=True)
    below = of_rows([["出版物", "4", "5"], ["3.其他", "8", "9"]], 2, 72, open_top=True)
    (grid,) = joined(page(1, above), page(2, below))
    assert grid.rows == 4


def test_a_repeated_header_stands_there_once() -> None:
    rows = applications_rows(APPLICATIONS)
    above, below = halves(rows, 20)
    (grid,) = joined(page(1, of_rows(above)), page(2, of_rows([*rows[:3], *below], 2, top=72)))
    assert grid.rows == 28
    assert [cell.text for cell in grid.cells].count("自然人") == 1


def test_the_only_value_row_of_the_litigation_table_alone_on_the_next_page() -> None:
    (grid,) = joined(
        page(1, table(LITIGATION_HEAD, open_bottom=True)),
        page(2, table(LITIGATION_VALUES, 2, 72, open_top=True)),
    )
    assert texts(grid)[3] == [str(number) for number in range(1, 16)]


def test_a_last_row_with_fewer_rulings_alone_on_the_next_page() -> None:
    rows = applications_rows(APPLICATIONS)
    last = [rows[-1][0], *rows[-1][3:]]
    (grid,) = joined(
        page(1, of_rows(rows[:-1])),
        page(2, of_rows([last], 2, 72, widths=[3, 1, 1, 1, 1, 1, 1, 1])),
    )
    assert (grid.rows, grid.columns) == (28, 10)
    assert grid.matrix[27][0].colspan == 3
    assert grid.matrix[27][3].text == "240"


def test_each_part_may_lack_rulings_that_the_other_has() -> None:
    head, values = litigation_parts_that_lack_rulings()
    (grid,) = joined(page(1, head), page(2, values))
    assert (grid.rows, grid.columns) == (4, 15)
    assert grid.matrix[2][9] is grid.matrix[2][10]
    assert grid.matrix[3][3] is grid.matrix[3][4]
    assert grid.matrix[3][10].text == "11"


def test_columns_a_little_off_those_of_the_page_before_are_the_same() -> None:
    """Drawn in the white between numbers, where the row has no rulings."""
    head = page(1, table(LITIGATION_HEAD, open_bottom=True))
    off = [*[1.2, 0.8] * 7, 1]
    row = page(2, table(LITIGATION_VALUES, 2, 72, widths=off, open_top=True))
    (grid,) = joined(head, row)
    assert grid.columns == 15
    assert texts(grid)[-1] == LITIGATION_VALUES.split(" | ")


def test_a_table_over_three_pages() -> None:
    rows = applications_rows(APPLICATIONS)
    above, rest = halves(rows, 10)
    middle, below = halves(rest, 8)
    (grid,) = joined(
        page(4, of_rows(above, 4)), page(5, of_rows(middle, 5)), page(6, of_rows(below, 6))
    )
    assert texts(grid)[27][-1] == "246"
    assert grid.pages == (4, 6)


def test_text_between_two_tables_keeps_them_apart() -> None:
    art = "规章 | 1 | 2"
    heading = ("三、收到和处理政府信息公开申请情况", 80.0)
    assert len(joined(page(1, table(art)), page(2, table(art, 2, 140), lines=[heading]))) == 2
    below = [("备注", 600.0)]
    assert len(joined(page(1, table(art), lines=below), page(2, table(art, 2, 72)))) == 2


def test_page_numbers_and_running_heads_are_no_text_between() -> None:
    art = "规章 | 1 | 2"
    head = ("某某区政府信息公开", 40.0)
    pages = [
        page(1, table(art), lines=[head, ("第 1 页 共 2 页", 800.0)]),
        page(2, table(art, 2, 90), lines=[head, ("第 2 页 共 2 页", 800.0)]),
    ]
    assert len(joined(*pages)) == 1


def test_the_edge_of_the_paper_is_no_text_between() -> None:
    art = "规章 | 1 | 2"
    pages = [
        page(1, table(art), lines=[("edge", 835.0)]),
        page(2, table(art, 2, 72), lines=[("the shadow beside the sheet", -4.0)]),
    ]
    assert len(joined(*pages)) == 1


def test_the_shadow_of_a_torn_corner_is_no_text_between() -> None:
    """It reaches far into the page, and its middle is far from the page's edge."""
    below = page(2, table("规章 | 1 | 2", 2, 190))
    size = below.layout.frame.upright
    corner = Box(size.width - 260, 1.0, size.width, 169.0)
    below = replace(below, layout=replace(below.layout, lines=(corner,)))
    assert len(joined(page(1, table("规章 | 1 | 2")), below)) == 1


def test_the_end_of_a_ruling_is_no_text_between() -> None:
    art = "规章 | 1 | 2"
    above = page(1, table(art))
    stub = Box(107.0, 505.0, 113.0, 508.0)
    above = replace(above, layout=replace(above.layout, lines=(stub,)))
    assert len(joined(above, page(2, table(art, 2, 72)))) == 1


def test_tables_of_other_columns_or_pages_further_on_stay_apart() -> None:
    art = "规章 | 1 | 2"
    assert len(joined(page(1, table(art)), page(2, table("a | b | c | d", 2, 72)))) == 2
    assert len(joined(page(1, table(art)), page(3, table(art, 3, 72)))) == 2


def test_the_headings_of_another_table_begin_another_table() -> None:
    grids = joined(
        page(1, table(DISCLOSURE_2021)),
        page(2, table("行政复议 | < | 行政诉讼 | <\n结果维持 | 结果纠正 | 总计 | 总计", 2, 72)),
    )
    assert len(grids) == 2
