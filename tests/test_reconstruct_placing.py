"""Tables without rulings: a form's lines found in what is printed, and the grid made of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.geometry import Box
from document.grid import GridCell, TableGrid
from document.report import TextLine
from reconstruct import PlacedTable, load_forms, placed_tables
from reconstruct.column_placing import columns_of

FORMS = load_forms()
F2014, F2019, F2021 = FORMS
EM = 10.0
PITCH = 16.0

Line = list[TextLine]
Places = dict[float, str]
"""Texts by where their middle stands across the page."""


def run(text: str, x: float, y: float, *, left: bool = False) -> TextLine:
    """A run of characters whose middle, or left edge, is at x."""
    width = EM * sum(0.5 if c.isascii() else 1.0 for c in text)
    x0 = x if left else x - width / 2
    return TextLine(text, 0.99, 1, Box(x0, y - 4.5, x0 + width, y + 4.5))


def lines_of(*rows: tuple[str, Places] | Line) -> list[Line]:
    """Each row a label that begins at 50 and texts centred where they are told."""
    found: list[Line] = []
    for n, row in enumerate(rows):
        y = 100 + PITCH * n
        if isinstance(row, list):
            found.append(row)
            continue
        label, values = row
        first = [run(label, 50, y, left=True)] if label else []
        found.append([*first, *(run(text, x, y) for x, text in values.items())])
    return found


def at(y: int, *runs: tuple[str, float]) -> Line:
    return [run(text, x, 100 + PITCH * y) for text, x in runs]


def only(lines: Sequence[Line], before: Sequence[TableGrid] = ()) -> PlacedTable:
    (found,) = placed_tables(1, lines, FORMS, before)
    return found


def texts(grid: TableGrid, lines: Sequence[Line]) -> list[list[str]]:
    """What stands in each row's cells, left to right."""
    return [
        [
            "".join(r.text for line in lines for r in line if cell.box.holds(r.box.center))
            for cell in grid.cells
            if cell.row == row
        ]
        for row in range(grid.rows)
    ]


DISCLOSURE: tuple[tuple[str, Places], ...] = (
    ("", {300: "第二十条第(一)项"}),
    ("信息内容", {200: "本年制发件数", 320: "本年废止件数", 440: "现行有效件数"}),
    ("规章", {225: "12", 345: "0", 465: "3"}),
    ("行政规范性文件", {225: "7", 345: "15547", 465: "21"}),
    ("", {300: "第二十条第(五)项"}),
    ("信息内容", {320: "本年处理决定数量"}),
    ("行政许可", {320: "84"}),
)
"""Values stand to the right of their headings' middle."""


def test_each_value_has_a_cell_in_its_row_and_under_its_heading() -> None:
    lines = lines_of(*DISCLOSURE)
    found = only(lines)
    printed = [[text for text in row if text] for row in texts(found.grid, lines)]
    assert printed == [[t for t in (label, *values.values()) if t] for label, values in DISCLOSURE]
    assert found.slots == 7


def test_a_heading_beside_its_right_aligned_values_makes_no_column() -> None:
    grid = only(lines_of(*DISCLOSURE[:4])).grid
    assert grid.columns <= 5  # one or two levels of labels, three of values


def test_a_label_on_several_lines_is_one_row_and_its_values_stand_beside_the_middle() -> None:
    columns = {300.0 + 30 * n: str(n) for n in range(7)}
    labels = [row.labels[-1].text for row in F2021.tables[1].blocks[0].rows]
    first = lines_of(*((label, columns) for label in labels[:3]))
    label = [
        [run("(二)部分公开(区分处理的,", 50, 145, left=True)],
        [run(text, x, 151) for x, text in columns.items()],
        [run("只计这一情形,不计其他情形)", 50, 157, left=True)],
    ]
    last = [run(labels[4], 50, 175, left=True), *(run(t, x, 175) for x, t in columns.items())]
    lines = [*first, *label, last]
    found = only(lines)
    assert (found.grid.rows, found.slots) == (5, 35)
    assert texts(found.grid, lines)[3][-7:] == list("0123456")


def test_a_row_whose_label_nobody_can_read_is_told_by_its_neighbours() -> None:
    lines = lines_of(*DISCLOSURE[:3], ("#%&", {225: "7", 345: "15547", 465: "21"}))
    rows = [row.labels[-1].text for row in F2014.tables[0].blocks[0].rows]
    worn = [
        (("#%" if n == 4 else label), {400.0: "条", 480.0: "5"}) for n, label in enumerate(rows[:9])
    ]
    assert only(lines).slots == 3  # the last row: nothing follows that would tell
    assert only(lines_of(*worn)).slots == 9


def test_units_have_a_column_of_their_own() -> None:
    rows = [row.labels[-1].text for row in F2014.tables[0].blocks[0].rows][:6]
    lines = lines_of(*((label, {400.0: "条", 480.0: "5"}) for label in rows))
    assert [row[-2:] for row in texts(only(lines).grid, lines)] == [["条", "5"]] * 6


HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def downwards(words: Sequence[str], left: float, step: float) -> list[Line]:
    """Headings one character a line, in the middle of the highest."""
    longest = max(map(len, words))
    return [
        at(n, *((word[i], left + step * w) for w, word in enumerate(words)
                if 0 <= (i := n - (longest - len(word)) // 2) < len(word)))
        for n in range(longest)
    ]  # fmt: skip


def test_blank_columns_are_told_by_their_headings_written_downwards() -> None:
    labels = [row.labels[-1].text for row in F2021.tables[1].blocks[0].rows][:6]
    rows = [[run(label, 50, 220 + PITCH * n, left=True)] for n, label in enumerate(labels)]
    found = only([*downwards(HEADS, 330, 24), *rows])
    assert found.slots == 42
    values = [cell.box for cell in found.grid.cells if cell.row == 3][-7:]
    assert all(box.x0 < 330 + 24 * n < box.x1 for n, box in enumerate(values))


def test_a_table_that_goes_on_without_headings_has_the_columns_of_the_page_before() -> None:
    labels = [row.labels[-1].text for row in F2021.tables[1].blocks[0].rows]
    heads = lines_of(("", {300.0 + 70 * n: head for n, head in enumerate(HEADS)}))
    before = only(heads).grid
    sparse = lines_of(*((label, {302.0: "3", 718.0: "3"}) for label in labels[:5]))
    found = only(sparse, [before])
    assert found.slots == 35
    assert found.grid.column_lines[-8:] == before.column_lines[-8:]


def test_a_lone_row_with_all_its_values_goes_on_with_the_table_before() -> None:
    labels = [row.labels[-1].text for row in F2021.tables[1].blocks[0].rows]
    before = only(lines_of(("", {300.0 + 70 * n: head for n, head in enumerate(HEADS)}))).grid
    last = lines_of((labels[-1], {300.0 + 70 * n: "0" for n in range(7)}))
    assert only(last, [before]).slots == 7
    assert placed_tables(1, last, FORMS) == ()
    assert placed_tables(1, lines_of((labels[-1], {300: "0"})), FORMS, [before]) == ()


def test_a_lone_row_goes_on_with_a_table_that_lost_some_of_its_rulings() -> None:
    """Its first values of 15, and its last, are where the first and last columns are; each ruling
    that was found stands between two of them."""
    row = [line for line in lines_of(("", {75.0 + 30 * n: "0" for n in range(15)})) if line]
    lines = [60.0 + 30 * n for n in range(16)]

    def above(column_lines: Sequence[float]) -> TableGrid:
        down = 700.0, 730.0
        cells = tuple(
            GridCell(0, n, 1, 1, Box(a, down[0], b, down[1]))
            for n, (a, b) in enumerate(pairwise(column_lines))
        )
        return TableGrid(1, down, tuple(column_lines), cells)

    worn = [lines[0], *lines[2:6], *lines[9:14], lines[15]]
    found = only(row, [above(worn)])
    assert found.slots == 15
    assert all(texts_ == ["0"] * 15 for texts_ in texts(found.grid, row))
    others = (
        [lines[0], lines[5], lines[10], lines[15]],  # of too few columns
        [*worn[:5], 285.0, *worn[5:]],  # a ruling where a value stands
        [*worn[:5], 265.0, 275.0, *worn[5:]],  # two between the same two
        [lines[0] - 40, *worn[1:]],  # begins with a column more
        [*worn[:-1], lines[15] + 40],
        worn[1:],  # begins with a column fewer
    )
    for other in others:
        assert placed_tables(1, row, FORMS, [above(other)]) == ()


def test_a_lone_row_of_one_value_goes_on_with_no_table() -> None:
    label = F2014.tables[0].blocks[0].rows[0].labels[-1].text
    before = only(lines_of(*DISCLOSURE)).grid
    for row in ((label, {480.0: "5"}), ("", {480.0: "5"}), (label, {})):
        lines = [line for line in lines_of(row) if line]
        assert placed_tables(1, lines, FORMS, [before]) == ()


def test_the_row_that_a_page_ends_with_below_its_headings_is_a_table() -> None:
    row = F2014.tables[0].blocks[0].rows[0].labels[-1].text
    heads = ("统计指标", {400.0: "单位", 480.0: "统计数"})
    assert only(lines_of(heads, (row, {400.0: "条", 480.0: "5"}))).slots == 1


def test_what_stands_a_little_higher_or_lower_than_its_label_is_its_row() -> None:
    labels = [row.labels[-1].text for row in F2021.tables[1].blocks[0].rows][:3]
    lines: list[Line] = []
    for n, label in enumerate(labels):
        y = 100 + PITCH * n
        higher = [run(str(c), 300 + 30.0 * c, y - 2) for c in range(4)]
        lower = [run(str(c), 300 + 30.0 * c, y + 2) for c in range(4, 7)]
        lines += [higher, [run(label, 50, y, left=True)], lower]
    found = only(lines)
    assert (found.grid.rows, found.slots) == (3, 21)
    assert all(row[-7:] == list("0123456") for row in texts(found.grid, lines))


def test_a_first_column_of_values_is_as_wide_as_the_others() -> None:
    labels = [row.labels[-1].text for row in F2021.tables[1].blocks[0].rows][4:8]
    lines = lines_of(*((label, {320.0 + 40 * n: "0" for n in range(7)}) for label in labels))
    columns = only(lines).grid.column_lines[-8:]
    assert abs(columns[0] - 300) < 1
    assert abs(columns[-1] - 580) < 1


def test_a_stray_unit_does_not_widen_the_first_column_of_values() -> None:
    labels = [row.labels[-1].text for row in F2021.tables[1].blocks[0].rows][4:8]
    lines = lines_of(*((label, {320.0 + 40 * n: "0" for n in range(7)}) for label in labels))
    lines[2].insert(1, run("件", 220, lines[2][0].box.center[1]))
    columns = only(lines).grid.column_lines[-8:]
    assert abs(columns[0] - 300) < 1


def test_rows_with_fewer_columns_have_their_lines_where_the_others_have_them() -> None:
    rows = [{300.0: "12", 400.0: "5", 500.0: "7"}] * 2
    block = F2019.tables[0].blocks[1]
    heads = {300.0 + 100 * n: c.labels[-1].text for n, c in enumerate(block.columns)}
    lines = lines_of(
        ("信息内容", heads),
        *((row.labels[-1].text, values) for row, values in zip(block.rows, rows, strict=True)),
        ("信息内容", {300.0: "上一年项目数量", 406.0: "本年增/减"}),
        ("行政事业性收费", {300.0: "3", 406.0: "4"}),
    )
    inner = [x for x in only(lines).grid.column_lines if 330 < x < 530]
    assert len(inner) == 2


def test_strokes_for_blanks_do_not_tell_the_size_of_type() -> None:
    labels = [row.labels[-1].text for row in F2021.tables[1].blocks[0].rows][:4]
    lines: list[Line] = []
    for n, label in enumerate(labels):
        y = 100 + 2 * PITCH * n
        strokes = [Box(300 + 30.0 * c, y + 5, 304 + 30.0 * c, y + 6) for c in range(7)]
        half = len(label) // 2
        lines += [
            [run(label[:half], 50, y, left=True)],
            [TextLine("·", 0.5, 1, box) for box in strokes],
            [run(label[half:], 50, y + 13, left=True)],
        ]
    found = only(lines)
    assert (found.grid.rows, found.slots) == (4, 28)


def test_a_value_column_begins_halfway_to_its_units_wherever_its_values_stand() -> None:
    rows = [row.labels[-1].text for row in F2014.tables[0].blocks[0].rows][:6]
    grid = only(lines_of(*((label, {400.0: "条", 540.0: "5"}) for label in rows))).grid
    assert 405 < grid.column_lines[-2] < 475


LITIGATION = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3


@pytest.mark.parametrize("values", ["0" * 15, ""])
def test_a_row_without_label_is_told_by_the_headings_over_it(values: str) -> None:
    heads = {60.0 + 45 * n: head for n, head in enumerate(LITIGATION)}
    lines = lines_of(("", heads), ("", {60.0 + 45 * n: v for n, v in enumerate(values)}))
    found = only([line for line in lines if line])
    assert found.slots == 15
    assert all(len(texts_) == 15 for texts_ in texts(found.grid, lines))


def test_headings_in_a_line_of_headings_are_no_rows() -> None:
    """其他 and 总计 are rows of another table; before a row's label little stands."""
    left: Places = {72: "结果维结果纠", 135: "其他结", 166: "尚未审"}
    below: Places = {81: "持", 112: "正", 144: "果", 175: "结", 202: "总计"}
    for x in (228, 386):
        below |= {x: "结果维结果纠", x + 63: "其他结", x + 95: "尚未审", x + 131: "总计"}
    xs = [84 + 31.4 * n for n in range(15)]
    values: Places = dict.fromkeys(xs, "0")
    lines = [
        [
            TextLine(text, 0.99, 1, Box(x, 100 + 12 * n, x + 9 * len(text), 109 + 12 * n))
            for x, text in words.items()
        ]
        for n, words in enumerate((left, below, values))
    ]
    found = only(lines)
    assert found.slots == 15
    assert texts(found.grid, lines)[-1] == ["0"] * 15


def test_a_first_column_without_labels_is_as_wide_as_the_others() -> None:
    """Its values stand to the right, and a heading that nobody can read tells nothing."""
    heads = {60.0 + 45 * n: head for n, head in enumerate(LITIGATION) if n != 7}
    lines = lines_of(("", heads), ("", {75.0 + 45 * n: "0" for n in range(15)}))
    columns = only(lines).grid.column_lines
    assert abs(columns[0] - 52.5) < 1


def test_of_a_row_of_strokes_below_headings_a_few_are_enough() -> None:
    heads = {60.0 + 45 * n: head for n, head in enumerate(LITIGATION)}
    lines = lines_of(("", heads), ("", {60.0 + 45 * n: "/" for n in (1, 4, 5, 9, 12)}))
    found = only(lines)
    assert (found.grid.rows, found.slots) == (2, 15)
    prose = lines_of(("", heads), ("五、存在的主要问题及改进情况", {}))
    assert only(prose).slots == 0


def test_prose_that_names_a_row_is_no_table() -> None:
    prose = lines_of(
        ("本年新收政府信息公开申请数量共计十二件,其中予以公开七件,部分公开三件,不予公开两件。", {}),
        ("行政许可工作稳步推进,行政处罚依法依规开展,规章和行政规范性文件按时公开发布。", {}),
        ("下一步将进一步加强信访举报投诉类申请的办理,提高总计水平和其他处理能力等。", {}),
    )
    assert placed_tables(1, prose, FORMS) == ()


def test_nothing_printed_is_no_table() -> None:
    assert placed_tables(1, [], FORMS) == ()


@st.composite
def columns(draw: st.DrawFn) -> tuple[list[tuple[float, float]], list[list[Box]]]:
    """Columns with white between them, and rows of boxes, some of them not in every column."""
    count = draw(st.integers(2, 12))
    extents = [(100 + 40.0 * n, 130 + 40.0 * n) for n in range(count)]
    rows = draw(
        st.lists(
            st.lists(st.tuples(st.booleans(), st.floats(0, 20)), min_size=count, max_size=count),
            min_size=1,
            max_size=8,
        )
    )
    boxes = [
        [
            Box(x0 + off, 10, x0 + off + 10, 20)
            for (x0, _), (here, off) in zip(extents, row, strict=True)
            if here or n == 0
        ]
        for n, row in enumerate(rows)
    ]
    return extents, boxes


@given(columns())
def test_columns_lie_where_their_values_stand(
    drawn: tuple[list[tuple[float, float]], list[list[Box]]],
) -> None:
    extents, rows = drawn
    found = columns_of(rows, [], len(extents))
    if found:
        assert all(a0 >= x0 and a1 <= x1 for (a0, a1), (x0, x1) in zip(found, extents, strict=True))


def test_a_column_has_its_heading_where_values_stand_to_the_left_of_it() -> None:
    rows = [[Box(100 + 40.0 * n, 30, 104 + 40.0 * n, 40) for n in range(4)]] * 3
    heads = [Box(106 + 40.0 * n, 10, 130 + 40.0 * n, 20) for n in range(4)]
    assert columns_of(rows, [heads], 4) == [(100 + 40.0 * n, 130 + 40.0 * n) for n in range(4)]
