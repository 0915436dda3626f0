"""Tables drawn as text, for tests.

A line is a row, `|` parts its cells; `<` belongs to the cell on its left, `^` to the one above.
`/` in a cell is a line feed, `.` alone a blank cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from document.form import TableForm
from document.geometry import Box, Size, UprightFrame
from document.grid import GridCell, TableGrid
from document.page import PageKind, PageLayout
from document.reading import Candidate, Reading, Source
from document.report import ReadPage, ReadTable, TextLine

PAGE = Size(595, 842)
LEFT, ROW, WIDTH = 60.0, 18.0, 480.0


def read(text: str) -> Reading:
    return Reading(text, 0.999999, Source.TEXT, (Candidate(text, 0.999999),))


def table(
    art: str,
    page: int = 1,
    top: float = 200.0,
    *,
    widths: Sequence[float] = (),
    open_top: bool = False,
    open_bottom: bool = False,
) -> ReadTable:
    """The drawn table; columns of equal width unless `widths` gives their shares."""
    rows = [[cell.strip() for cell in line.split("|")] for line in art.strip().splitlines()]
    return of_rows(rows, page, top, widths=widths, open_top=open_top, open_bottom=open_bottom)


def of_rows(
    rows: Sequence[Sequence[str]],
    page: int = 1,
    top: float = 200.0,
    *,
    widths: Sequence[float] = (),
    open_top: bool = False,
    open_bottom: bool = False,
) -> ReadTable:
    count = len(rows[0])
    assert all(len(row) == count for row in rows), "every row needs as many cells as the first"
    shares = widths or [1] * count
    xs = [LEFT + WIDTH * sum(shares[:i]) / sum(shares) for i in range(count + 1)]
    ys = [top + ROW * i for i in range(len(rows) + 1)]
    cells = []
    readings = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            colspan, rowspan = 1, 1
            while c + colspan < count and row[c + colspan] == "<":
                colspan += 1
            while r + rowspan < len(rows) and rows[r + rowspan][c] == "^":
                rowspan += 1
            box = Box(xs[c], ys[r], xs[c + colspan], ys[r + rowspan])
            cells.append(GridCell(r, c, rowspan, colspan, box))
            readings.append(read("" if text == "." else text.replace("/", "\n")))
    grid = TableGrid(page, tuple(ys), tuple(xs), tuple(cells), open_top, open_bottom)
    return ReadTable(grid, tuple(readings))


def page(
    number: int,
    *tables: ReadTable,
    lines: Sequence[tuple[str, float]] = (),
) -> ReadPage:
    """A page with tables, and lines of text at the given heights (upright points)."""
    texts = [
        TextLine(text, 1.0, number, Box(80, y, 80 + 12 * max(len(text), 1), y + 12))
        for text, y in lines
    ]
    layout = PageLayout(
        number,
        PageKind.DIGITAL,
        UprightFrame.unturned(PAGE),
        tuple(part.grid for part in tables),
        lines=tuple(line.box for line in texts),
    )
    return ReadPage(layout, tables, tuple(texts))


APPLICATIONS_HEAD = [
    ["(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)", "<", "<",
     "申请人情况", "<", "<", "<", "<", "<", "<"],
    ["^", "^", "^", "自然人", "法人或其他组织", "<", "<", "<", "<", "总计"],
    ["^", "^", "^", "^", "商业\n企业", "科研\n机构", "社会公益组织", "法律服务机构", "其他", "^"],
]  # fmt: skip


def applications_rows(form: TableForm) -> list[list[str]]:
    """The applications table as printed; the value in row r, column c is r·10 + c."""
    rows = [list(row) for row in APPLICATIONS_HEAD]
    above: list[str] = []
    for number, line in enumerate(form.blocks[0].rows):
        path = [label.text for label in line.labels]
        labels = [path[i] if above[: i + 1] != path[: i + 1] else "^" for i in range(len(path))]
        labels[-1] = path[-1]
        rows.append([*labels, *["<"] * (3 - len(path)), *(str(number * 10 + c) for c in range(7))])
        above = path
    return rows


LITIGATION_HEAD = """
行政复议 | < | < | < | < | 行政诉讼 | < | < | < | < | < | < | < | < | <
结果/维持 | 结果/纠正 | 其他/结果 | 尚未/审结 | 总计 | 未经复议直接起诉 | < | < | < | < | 复议后起诉 | < | < | < | <
^ | ^ | ^ | ^ | ^ | 结果/维持 | 结果/纠正 | 其他/结果 | 尚未/审结 | 总计 | 结果/维持 | 结果/纠正 | 其他/结果 | 尚未/审结 | 总计
"""  # noqa: E501
LITIGATION_VALUES = " | ".join(str(number) for number in range(1, 16))


def litigation_parts_that_lack_rulings() -> tuple[ReadTable, ReadTable]:
    """The header on page 1 without the line after its tenth column, its values on page 2 without
    the one after their fourth."""
    head = [
        [cell.strip() for cell in line.split("|")] for line in LITIGATION_HEAD.split("\n")[1:-1]
    ]
    for row in head:
        text = row.pop(10)
        row[9] = {"总计": "总计结果\n维持", "<": text}[row[9]]
    values = LITIGATION_VALUES.split(" | ")
    values[3:5] = ["45"]
    return (
        of_rows(head, widths=[*[1] * 9, 2, *[1] * 4], open_bottom=True),
        of_rows([values], 2, 72, widths=[*[1] * 3, 2, *[1] * 10], open_top=True),
    )


DISCLOSURE_2021 = """
第二十条第（一）项 | < | < | <
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 1 | 2 | 3
行政规范性文件 | 4 | 5 | 6
第二十条第（五）项 | < | < | <
信息内容 | 本年处理决定数量 | < | <
行政许可 | 7 | < | <
第二十条第（六）项 | < | < | <
信息内容 | 本年处理决定数量 | < | <
行政处罚 | 8 | < | <
行政强制 | 9 | < | <
第二十条第（八）项 | < | < | <
信息内容 | 本年收费金额（单位：万元） | < | <
行政事业性收费 | 10.5 | < | <
"""
