"""Grids on their forms: by labels and position, whatever is damaged, missing or added."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.entry import Entry, Flag
from document.form import Form, TableForm, slots_of
from document.report import MatchedTable, ReadTable, Reconstruction
from reconstruct import FormMatcher, load_forms, reconstruct
from reconstruct.entries import matched_table
from reconstruct.joining import join_tables
from reconstruct.matching import match_tables
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
from tests.worn_tables import DISCLOSURE_2019, badly_read, damaged, rows_of, statistics_rows

FORMS = load_forms()
F2014, F2019, F2021 = FORMS


def on_one_page(*tables: ReadTable) -> Reconstruction:
    return reconstruct([page(1, *tables)], FormMatcher(FORMS))


def only_table(*tables: ReadTable) -> MatchedTable:
    out = on_one_page(*tables)
    assert [len(out.reports), len(out.unmatched)] == [1, 0]
    (found,) = out.reports[0].tables
    return found


def values(found: MatchedTable) -> dict[str, str | None]:
    return {
        f"{e.slot.row}/{e.slot.column}": None if e.value is None else str(e.value)
        for e in found.entries
    }


def entry(found: MatchedTable, row: str, column: str) -> Entry:
    return next(e for e in found.entries if (e.slot.row, e.slot.column) == (row, column))


def form_table(form: Form, table_id: str) -> TableForm:
    return next(table for table in form.tables if table.id == table_id)


def illegible(row: list[str]) -> list[str]:
    """A row whose numbers alone can be read."""
    return [text if text in {"<", "^"} or text.isdigit() else "龘龘龘龘" for text in row]


def flat(row: list[str]) -> list[str]:
    """A row of the applications table with its own label alone over all label columns."""
    return [[text for text in row[:3] if text not in {"<", "^"}][-1], "<", "<", *row[3:]]


def expected_applications(form: Form) -> dict[str, str | None]:
    """The values that `applications_rows` prints."""
    block = form_table(form, "applications").blocks[0]
    return {
        f"{row.key}/{column.key}": str(r * 10 + c)
        for r, row in enumerate(block.rows)
        for c, column in enumerate(block.columns)
    }


DISCLOSURE_VALUES = {
    "regulations/issued": "1", "regulations/repealed": "2", "regulations/in_force": "3",
    "normative_documents/issued": "4", "normative_documents/repealed": "5",
    "normative_documents/in_force": "6", "permits/decisions": "7", "penalties/decisions": "8",
    "coercion/decisions": "9", "fees/amount": "10.5",
}  # fmt: skip


def test_the_disclosure_table_in_one_grid() -> None:
    found = only_table(table(DISCLOSURE_2021))
    assert found.form == "zfxxgk-2021"
    assert values(found) == DISCLOSURE_VALUES
    assert all(e.found and e.found.match > 0.99999 for e in found.entries)


def test_the_disclosure_table_in_four_grids_over_two_pages_is_one_table() -> None:
    rows = rows_of(DISCLOSURE_2021)
    grids = [rows[:4], rows[4:7], rows[7:11], rows[11:]]
    out = reconstruct(
        [
            page(1, of_rows(grids[0], 1, 500), of_rows(grids[1], 1, 600)),
            page(2, of_rows(grids[2], 2, 80), of_rows(grids[3], 2, 180), lines=[("正文", 40)]),
        ],
        FormMatcher(FORMS),
    )
    (report,) = out.reports
    (found,) = report.tables
    assert (found.table.id, found.pages) == ("disclosure", (1, 2))
    assert values(found) == DISCLOSURE_VALUES


@pytest.mark.parametrize("cut", range(1, 14))
def test_the_disclosure_table_cut_anywhere_by_a_page_break(cut: int) -> None:
    rows = rows_of(DISCLOSURE_2021)
    out = reconstruct(
        [
            page(1, of_rows(rows[:cut], 1, 500, open_bottom=True), lines=[("— 1 —", 800)]),
            page(2, of_rows(rows[cut:], 2, 72, open_top=True), lines=[("— 2 —", 800)]),
        ],
        FormMatcher(FORMS),
    )
    (found,) = out.reports[0].tables
    assert values(found) == DISCLOSURE_VALUES
    assert all(e.found and e.found.match > 1 - 1e-4 for e in found.entries)


def test_a_table_whose_parts_could_not_be_joined_is_still_one_table() -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    below = [flat(rows[index]) for index in (20, 21, 23, 24, 25, 26, 27)]
    out = reconstruct(
        [
            page(1, of_rows(rows[:20]), lines=[("(续下页)", 600)]),
            page(2, of_rows(below, 2, 72)),
        ],
        FormMatcher(FORMS),
    )
    (report,) = out.reports
    (found,) = report.tables
    expected = expected_applications(F2021)
    for e in found.entries:
        if e.found is not None:
            assert str(e.value) == expected[f"{e.slot.row}/{e.slot.column}"]
            assert (e.found.page == 2) == (e.found.match < 1 - 1e-3)
    assert sum(e.found is None for e in found.entries) == 7


def test_the_2019_disclosure_with_a_typing_error_signs_and_an_amount_with_its_unit() -> None:
    found = only_table(table(DISCLOSURE_2019))
    assert found.form == "zfxxgk-2019"
    got = values(found)
    assert [got[f"regulations/{key}"] for key in ("produced", "published")] == ["1", "2"]
    assert got["permits/change"] == "19"
    assert got["other_services/change"] == "-3"
    assert got["fees/change"] == "-1"
    assert got["procurement/amount"] == "462.657"
    assert not any(e.flags for e in found.entries)


@pytest.mark.parametrize("form", [F2019, F2021], ids=lambda form: form.id)
def test_the_applications_table(form: Form) -> None:
    found = only_table(of_rows(applications_rows(form_table(form, "applications"))))
    assert found.form == form.id
    assert values(found) == expected_applications(form)


def test_rows_of_strokes_that_a_form_lacks_speak_against_it_as_those_with_numbers_do() -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    for row in rows[3:]:
        row[3:] = ["-"] * 7
    for row in rows[23:26]:
        row[2] = f"{row[2][:-1]}#%&#%&"
    assert only_table(of_rows(rows)).form == F2021.id


def test_a_hybrid_report_is_on_two_forms_table_by_table() -> None:
    out = on_one_page(
        table(DISCLOSURE_2021, top=80),
        of_rows(applications_rows(form_table(F2019, "applications")), top=400),
    )
    assert [(t.form, t.table.id) for t in out.reports[0].tables] == [
        ("zfxxgk-2021", "disclosure"),
        ("zfxxgk-2019", "applications"),
    ]


def test_the_litigation_table_goes_with_the_form_of_the_table_before_it() -> None:
    litigation = table(LITIGATION_HEAD + LITIGATION_VALUES, top=700)
    for form in (F2019, F2021):
        before = of_rows(applications_rows(form_table(form, "applications")), top=80)
        found = on_one_page(before, litigation).reports[0].tables[1]
        assert found.form == form.id
        assert [str(e.value) for e in found.entries] == [str(i) for i in range(1, 16)]
    assert only_table(litigation).form == "zfxxgk-2021"


def test_litigation_headers_cut_off_go_by_position_and_parents() -> None:
    head = LITIGATION_HEAD.replace("结果/纠正", "结果").replace("其他/结果", "其他")
    found = only_table(table(head.replace("尚未/审结", "尚未") + LITIGATION_VALUES))
    assert [str(e.value) for e in found.entries] == [str(i) for i in range(1, 16)]


def test_columns_that_lack_a_ruling_in_the_header_are_told_by_the_values_below() -> None:
    head, row = litigation_parts_that_lack_rulings()
    (found,) = reconstruct([page(1, head), page(2, row)], FormMatcher(FORMS)).reports[0].tables
    printed = [str(i) for i in (1, 2, 3, 45, 45, *range(6, 16))]
    assert [str(e.value) for e in found.entries] == printed
    assert [e.found.match < 0.6 for e in found.entries if e.found] == [
        text == "45" for text in printed
    ]


def test_columns_of_which_two_have_one_heading_are_told_by_their_number() -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    rows[2][4], rows[2][5] = "商科\n业研\n企机\n业构", "<"
    assert values(only_table(of_rows(rows))) == expected_applications(F2021)


def test_blank_cells_are_blank_and_missing_ones_not_found() -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    rows = [row for row in rows if "7.属于行政执法案卷" not in row]
    rows[3][4:10] = ["/", ".", "—", "0", "无", "22（其中修订16件）"]
    found = only_table(of_rows(rows))
    first = [e for e in found.entries if e.slot.row == "new"]
    assert [str(e.value) for e in first] == ["0", *["None"] * 3, "0", "None", "22"]
    assert [e.blank for e in first] == [False, True, True, True, False, True, False]
    assert first[6].flags == {Flag.UNEXPECTED_TEXT}
    missing = [e for e in found.entries if e.slot.row == "results.denied.enforcement_files"]
    assert all(e.found is None and e.flags == {Flag.NOT_FOUND} for e in missing)
    after = entry(found, "results.denied.administrative_query", "total")
    assert str(after.value) == "116"


def test_a_row_that_no_form_has_is_left_out_and_moves_nothing() -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    rows.insert(9, ["^", "^", "某某县另行统计的事项", *["777"] * 7])
    found = only_table(of_rows(rows))
    assert values(found) == expected_applications(F2021)


def test_damaged_labels_between_sound_ones_are_told_by_position() -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    changes = {
        "2.其他法律行政法规禁止公开": "其他法律行政止公开",
        "4.保护第三方合法权益": ".",
        "(七)总计": "总",
        "三、本年度办理结果": "三\n、\n本\n年\n度\n办\n理\n结\n果",
    }
    found = only_table(of_rows([[changes.get(text, text) for text in row] for row in rows]))
    assert values(found) == expected_applications(F2021)
    typed_wrongly = entry(found, "results.denied.other_law", "total")
    unreadable = entry(found, "results.denied.third_party", "total")
    assert typed_wrongly.found is not None
    assert unreadable.found is not None
    assert typed_wrongly.found.match > 1 - 1e-4 > unreadable.found.match


def test_a_value_merged_under_a_merged_heading_and_a_heading_over_several_cells() -> None:
    rows = rows_of(DISCLOSURE_2021)
    rows[6] = ["行政许可", ".", "7", "."]
    found = only_table(of_rows(rows))
    assert values(found) == DISCLOSURE_VALUES
    rows[6] = ["行政许可", "7", "3", "."]
    doubtful = entry(only_table(of_rows(rows)), "permits", "decisions").found
    assert doubtful is not None
    assert doubtful.match < 0.6


def test_one_cell_under_several_headings_is_each_one_s_with_great_doubt() -> None:
    rows = rows_of(DISCLOSURE_2021)
    rows[2] = ["规章", "0", "<", "<"]
    found = only_table(of_rows(rows))
    for column in ("issued", "repealed", "in_force"):
        cell = entry(found, "regulations", column).found
        assert cell is not None
        assert cell.match < 0.6


def test_the_list_of_2014_with_its_unit_column() -> None:
    found = only_table(of_rows(statistics_rows(form_table(F2014, "statistics"))))
    assert found.form == "zfxxgk-2014"
    assert list(values(found).values()) == [str(number) for number in range(58)]
    assert entry(found, "fees", "count").form.unit == "万元"
    assert all(e.found and e.found.match > 1 - 1e-4 for e in found.entries)


def test_a_list_of_2014_with_most_rows_left_out() -> None:
    rows = statistics_rows(form_table(F2014, "statistics"))
    kept = [rows[0], *(row for row in rows[1:] if row[2].isdigit() and int(row[2]) % 3 == 0)]
    found = only_table(of_rows(kept))
    assert [e.value for e in found.entries if e.found] == list(range(0, 58, 3))


UNRELATED = [
    "项目 | 预算数 | 决算数\n合计 | 1 | 2\n基本支出 | 3 | 4\n其他支出 | 5 | 6\n总计 | 3 | 3",
    "事项 | 本年办理数量 | 总计\n行政许可 | 12 | 3\n行政处罚 | 3 | 3\n行政检查 | 5 | 4",
    "类别 | 办理数量\n行政许可 | 12",
    "项目 | 处理决定数量\n行政许可 | 12\n行政处罚 | 3",
    "单位 | 联系电话 | 地址\n区政府办 | 123456 | 某路\n其他 | 33 | 某街",
    "类型 | 数量 | 占比\n予以公开 | 12 | 3\n部分公开 | 3 | 3\n不予公开 | 0 | 0\n总计 | 5 | 4",
    "公开渠道 | 数量\n政府网站 | 12\n政务微博 | 3\n政务微信 | 4\n其他方式 | 4",
    "行政复议 | < | 行政诉讼 | <\n维持 | 纠正 | 维持 | 纠正\n1 | 2 | 3 | 4",
    "1 | 2\n3 | 4",
    ". | .\n. | .",
]


@pytest.mark.parametrize("art", UNRELATED)
def test_a_table_of_something_else_is_on_no_form(art: str) -> None:
    drawn = table(art)
    out = on_one_page(drawn)
    assert out.reports == ()
    assert out.unmatched == (drawn,)


@settings(max_examples=8)
@given(st.integers(0, 10**6), st.sampled_from([F2019, F2021]))
def test_worn_labels_put_no_value_on_a_wrong_slot_without_doubt(seed: int, form: Form) -> None:
    """Of the labels' characters 6 % are lost and 6 % wrong: what is found is right or doubted."""
    rows = applications_rows(form_table(form, "applications"))
    out = on_one_page(of_rows(damaged(rows, 0.06, random.Random(seed))))
    expected = expected_applications(form)
    (found,) = out.reports[0].tables
    right = 0
    for e in found.entries:
        if e.found is not None:
            same = str(e.value) == expected.get(f"{e.slot.row}/{e.slot.column}")
            assert same or e.found.match < 1 - 1e-4
            right += same
    assert right > 0.7 * len(expected)


@settings(max_examples=10)
@given(st.sets(st.integers(0, 19) | st.integers(23, 24), max_size=12))
def test_rows_left_out_move_no_value(gone: set[int]) -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    block = form_table(F2021, "applications").blocks[0]
    kept = []
    for index, row in enumerate(rows):
        if index < 3 or index - 3 not in gone:
            kept.append(row if index < 3 else flat(row))
    found = only_table(of_rows(kept))
    expected = expected_applications(F2021)
    for e in found.entries:
        if [row.key for row in block.rows].index(e.slot.row) in gone:
            assert e.found is None or e.found.match < 1 - 1e-4
        else:
            assert str(e.value) == expected[f"{e.slot.row}/{e.slot.column}"]


def test_every_slot_has_its_entry_in_the_order_of_the_form() -> None:
    found = only_table(table(DISCLOSURE_2021))
    assert [e.form for e in found.entries] == list(slots_of(form_table(F2021, "disclosure")))


WORDS = sorted(
    {
        label.text
        for form in FORMS
        for each in form.tables
        for block in each.blocks
        for line in (*block.rows, *block.columns)
        for label in line.labels
    }
)
CELLS = st.sampled_from([*WORDS, *"0123456789", "12", ".", ".", "/", "说明"])


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8), max_size=4)
)
def test_no_table_is_lost_whatever_it_holds(tables: list[list[list[str]]]) -> None:
    """Tables of labels thrown together: each is matched or unmatched, once, and nothing breaks."""
    pages = [page(n, of_rows(rows, n, 72)) for n, rows in enumerate(tables, 1)]
    grids = join_tables(pages, Wordings(FORMS))
    matched, unmatched = match_tables(grids, FormMatcher(FORMS))
    parts = [part.grid for candidate in matched for part in candidate.parts]
    assert sorted(map(id, [*parts, *unmatched])) == sorted(map(id, grids))
    assert sum(len(grid.parts) for grid in grids) == len(tables)
    assert len(reconstruct(pages, FormMatcher(FORMS)).reports) <= len(matched)


def test_unreadable_labels_at_the_edge_of_a_table_are_told_by_order_and_doubted() -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    changes = {
        "一、本年新收政府信息公开申请数量": ".",
        "四、结转下年度继续办理": ".",
        "自然人": ".",
    }
    found = only_table(of_rows([[changes.get(text, text) for text in row] for row in rows]))
    assert values(found) == expected_applications(F2021)
    for e in found.entries:
        assert e.found is not None
        doubtful = e.slot.row in {"new", "carried_out"} or e.slot.column == "natural_person"
        assert doubtful == (e.found.match < 1 - 1e-4)


def test_headings_read_as_numbers_are_those_beside_the_cell_in_the_corner() -> None:
    """On a bad scan 自然人 was 884, 总计 was 40: the heads ended before them, and with no columns
    below the table was lost."""
    rows = applications_rows(form_table(F2021, "applications"))
    heads = [[text if text in {"<", "^"} else "龘" for text in row] for row in rows[:3]]
    heads[1][3], heads[1][-1] = "884", "40"
    found = only_table(of_rows([*heads, *rows[3:]]))
    assert values(found) == expected_applications(F2021)
    assert all(e.found and e.found.match < 1 for e in found.entries)


@pytest.mark.parametrize("form", [F2019, F2021], ids=lambda form: form.id)
def test_a_table_with_hardly_a_legible_label_is_told_by_its_shape_and_doubted(form: Form) -> None:
    """As many rows, and cells over the same groups of them: no other form has these."""
    rows = applications_rows(form_table(form, "applications"))
    worn = [row if n in {0, 2, 9, 15, 18, 21} else illegible(row) for n, row in enumerate(rows)]
    grids = join_tables([page(1, badly_read(of_rows(worn)))], Wordings(FORMS))
    (candidate,), _ = match_tables(grids, FormMatcher(FORMS))
    found = matched_table(candidate)
    assert found.form == form.id
    assert values(found) == expected_applications(form)
    assert all(e.found and e.found.match < 1 - 1e-3 for e in found.entries)


def test_a_table_of_another_shape_with_hardly_a_legible_label_is_on_no_form() -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    worn = [row if n in {0, 2, 9, 15, 18, 21} else illegible(row) for n, row in enumerate(rows)]
    assert on_one_page(badly_read(of_rows([*worn[:10], *worn[11:]]))).reports == ()


BLURRED_LITIGATION_HEAD = """
行政复议 | < | < | < | < | 行政诉讼 | < | < | < | < | < | < | < | < | <
结果维持 | 精英以正 | 龘 | 西東市功 | 龘 | 本持复议直横起民 | < | < | < | < | 龘起明 | < | < | < | <
^ | ^ | ^ | ^ | ^ | . | . | . | 1 | 总计 | 龘 | . | . | 衣果 | 龘
"""


def blurred_litigation(head: str = BLURRED_LITIGATION_HEAD) -> ReadTable:
    return badly_read(table(head + LITIGATION_VALUES))


def test_columns_with_hardly_a_legible_heading_are_told_by_the_groups_they_stand_in() -> None:
    """On a blurred page all rulings of the litigation table were found, few labels were read."""
    found = only_table(blurred_litigation())
    assert found.table.id == "litigation"
    assert list(values(found).values()) == LITIGATION_VALUES.split(" | ")
    assert all(e.found and e.found.match < 1 - 1e-4 for e in found.entries)


def test_columns_in_other_groups_with_hardly_a_legible_heading_are_on_no_form() -> None:
    """Six columns and nine under the outer headings, where the form has five and ten."""
    first, *others = BLURRED_LITIGATION_HEAD.strip().splitlines()
    first = first.replace("| 行政诉讼 | <", "| < | 行政诉讼")
    assert on_one_page(blurred_litigation("\n".join([first, *others, ""]))).reports == ()


def test_columns_of_the_form_s_groups_whose_headings_are_surely_others_are_on_no_form() -> None:
    head = BLURRED_LITIGATION_HEAD.replace("精英以正", "土地面积").replace("西東市功", "人口")
    head = head.replace("| 1 |", "| 粮食产量 |")
    assert on_one_page(table(head + LITIGATION_VALUES)).reports == ()


MERGED_LITIGATION_HEAD = """
行政复议行政诉讼 | < | < | < | < | < | < | < | < | < | < | < | < | < | <
结果维结果纠/持正 | < | 其他结/果 | 尚未审总计结果维结果纠其他结尚未审/持正果结 | < | < | < | < | < | 总计 | 结果维/持 | 结果纠/正 | 其他结尚未审/果心 | < | <
"""  # noqa: E501


def test_headings_over_several_columns_each_for_lack_of_rulings_say_them_together() -> None:
    """Of the headings' rulings few were found; the row of values has all columns of the form."""
    found = only_table(table(MERGED_LITIGATION_HEAD + LITIGATION_VALUES))
    assert found.table.id == "litigation"
    assert list(values(found).values()) == LITIGATION_VALUES.split(" | ")


def test_as_many_columns_under_merged_headings_of_something_else_are_on_no_form() -> None:
    head = MERGED_LITIGATION_HEAD.replace("结果维", "粮食产").replace("结果纠", "土地面")
    head = head.replace("其他结尚未审", "户籍人口").replace("总计", "城镇")
    assert on_one_page(table(head + LITIGATION_VALUES)).reports == ()


def test_one_cell_in_two_rows_of_the_form_is_each_one_s_with_great_doubt() -> None:
    rows = applications_rows(form_table(F2021, "applications"))
    rows[11][5] = "^"
    found = only_table(of_rows(rows))
    merged = [e for e in found.entries if e.found and e.found.match < 0.6]
    assert {e.slot.column for e in merged} == {"legal.research"}
    assert len(merged) == 2


def test_dirt_read_as_words_in_every_blank_cell() -> None:
    """On bad paper blank cells read as characters: then no row tells where its values begin."""
    rows = [
        [cell if cell in {"<", "."} or not cell[0].isdigit() else "名人行兵" for cell in row]
        for row in rows_of(DISCLOSURE_2021)
    ]
    found = only_table(of_rows(rows))
    assert {e.found.reading.text for e in found.entries if e.found} == {"名人行兵"}
    assert all(e.found for e in found.entries)


def test_a_heading_row_without_its_rulings() -> None:
    """Cut by a page break, its columns are short and were not found."""
    rows = rows_of(DISCLOSURE_2021)
    rows[1] = ["信息内容 本年制发件数 本年废止件数 现行有效件数", "<", "<", "<"]
    found = values(only_table(of_rows(rows)))
    assert [found[f"regulations/{c}"] for c in ("issued", "repealed", "in_force")] == list("123")


def test_a_heading_cell_over_labels_and_values_is_that_of_the_values() -> None:
    rows = rows_of(DISCLOSURE_2021)
    rows[1][:2] = ["信息内容 本年制发件数", "<"]
    found = values(only_table(of_rows(rows)))
    assert found == DISCLOSURE_VALUES
    rows = statistics_rows(form_table(F2014, "statistics"))
    rows[0][1:] = ["单位 统计数", "<"]
    assert list(values(only_table(of_rows(rows))).values()) == [str(n) for n in range(58)]


def test_labels_are_not_taken_for_the_first_values_where_a_ruling_is_missing() -> None:
    """The last rows of a table, alone on a page: from their labels on, there are as many columns as
    the form has, for two of the values stand in one cell."""
    rows = applications_rows(form_table(F2021, "applications"))
    first, last = rows[:-3], [[*row[:3], *["."] * 6] for row in rows[-3:]]
    last[0][:2] = ".", "."
    between = [("某某文字", 750.0)]
    pages = [page(1, of_rows(first), lines=between), page(2, of_rows(last, 2, 72, open_top=True))]
    (found,) = reconstruct(pages, FormMatcher(FORMS)).reports[0].tables
    assert [e.found for e in found.entries][-21:] == [None] * 21


def test_a_heading_in_one_cell_with_the_value_below_moves_no_other_value() -> None:
    rows = rows_of(LITIGATION_HEAD)
    rows[1][0] += "\n1"
    found = only_table(of_rows([*rows, ["^", *LITIGATION_VALUES.split(" | ")[1:]]]))
    assert [str(e.value) for e in found.entries][1:] == [str(i) for i in range(2, 16)]
    assert found.entries[0].found is not None
    assert found.entries[0].flags == {Flag.UNEXPECTED_TEXT}
