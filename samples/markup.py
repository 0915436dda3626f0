"""A report's content as HTML, in an office's style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import chain, takewhile

from samples.form import CORNER, Block, Line, Table
from samples.report import Report
from samples.style import Style

TAGS = {"#": "h1", "##": "h2", "###": "h3"}
GRID_COLUMNS = 4  # of the disclosure table


@dataclass(frozen=True, slots=True)
class Head:
    """A label cell: the lines it stands over and the levels of headings it takes up."""

    label: str
    level: int
    along: int
    across: int


def heads(lines: Sequence[Line], depth: int) -> list[list[Head]]:
    """For each line the label cells that begin with it; the innermost fills the levels left."""
    begun: list[list[Head]] = []
    for index, line in enumerate(lines):
        row = []
        for level, label in enumerate(line.labels):
            path = line.labels[: level + 1]
            if index and lines[index - 1].labels[: level + 1] == path:
                continue
            along = len(list(takewhile(partial(_under, path), lines[index:])))
            across = depth - level if level == len(line.labels) - 1 else 1
            row.append(Head(label, level, along, across))
        begun.append(row)
    return begun


def _under(path: tuple[str, ...], line: Line) -> bool:
    return line.labels[: len(path)] == path


def page(report: Report, style: Style) -> str:
    """The whole file as one HTML page; its style sheet is read from styles/."""
    article = ["<article>", *_body(report, style), "</article>"] * report.copies
    last = [f"<p>{_text(report.last_line, style)}</p>"] if report.last_line else []
    head = f"<title>{escape(report.name)}</title><style>\n{style.css}</style>"
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
            *(head, "</head><body>", *article, *last, "</body></html>\n"),
        ]
    )


def _body(report: Report, style: Style) -> Iterator[str]:
    tables = {table.id: table for table in report.tables}
    for line in report.text.strip().splitlines():
        mark, _, rest = line.partition(" ")
        if line.startswith("["):
            yield from _table(tables[line.strip("[]")], report, style)
        elif mark in TAGS:
            yield f"<{TAGS[mark]}>{_text(rest, style)}</{TAGS[mark]}>"
        elif mark.startswith("@"):
            yield f'<p class="{mark[1:]}">{_text(rest, style)}</p>'
        else:
            yield f"<p>{_text(line, style)}</p>"


def _table(table: Table, report: Report, style: Style) -> Iterator[str]:
    values = report.values[table.id]
    draw = _Cells(report, style)
    if table.id == "disclosure":
        parts = [draw.captioned(block, values) for block in table.blocks]
        grids = [list(chain(*parts))] if style.one_grid else parts
    else:
        grids = [draw.crossed(block, values) for block in table.blocks]
    for rows in grids:
        columns = "<col>" * _width(rows)
        yield f'<table class="{table.id}"><colgroup>{columns}</colgroup>'
        yield from (*rows, "</table>")


def _width(rows: list[str]) -> int:
    return sum(int(span) for span in re.findall(r'colspan="(\d+)"', rows[0]))


@dataclass(frozen=True, slots=True)
class _Cells:
    """Draws the rows of one report's tables."""

    report: Report
    style: Style

    def captioned(self, block: Block, values: dict[str, list[str]]) -> list[str]:
        """A block of the disclosure table: caption, column heads, rows."""
        spans = [1] * len(block.columns)
        spans[-1] += GRID_COLUMNS - 1 - len(block.columns) - block.spare
        spare = [self.value("")] * block.spare
        heading = [self.label(c.labels[-1], s) for c, s in zip(block.columns, spans, strict=True)]
        rows = [
            f'<tr class="caption">{self.label(block.caption, GRID_COLUMNS)}</tr>',
            f'<tr class="heading">{"".join([self.label("信息内容"), *heading, *spare])}</tr>',
        ]
        for row in block.rows:
            printed = zip(values[row.key], spans, strict=True)
            cells = [self.label(row.labels[-1]), *(self.value(v, s) for v, s in printed), *spare]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return rows

    def crossed(self, block: Block, values: dict[str, list[str]]) -> list[str]:
        """Rows and columns that both stand under levels of headings, and the corner's text."""
        down = max(len(line.labels) for line in block.columns)
        right = max(len(line.labels) for line in block.rows)
        corner = self.label(CORNER, right, down, "corner") if right else ""
        begun = [head for column in heads(block.columns, down) for head in column]
        rows = []
        for level in range(down):
            cells = [self.label(h.label, h.along, h.across) for h in begun if h.level == level]
            rows.append(f'<tr class="heading">{"" if level else corner}{"".join(cells)}</tr>')
        for row, labels in zip(block.rows, heads(block.rows, right), strict=True):
            cells = [self.label(h.label, h.across, h.along, f"level{h.level}") for h in labels]
            cells += [self.value(printed) for printed in values[row.key]]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return rows

    def label(self, text: str, colspan: int = 1, rowspan: int = 1, kind: str = "label") -> str:
        worded = self.report.labels.get(text, text)
        lines = _text(self.style.lines.get(worded, worded), self.style).replace("|", "<br>")
        return f'<th class="{kind}" colspan="{colspan}" rowspan="{rowspan}">{lines}</th>'

    def value(self, printed: str, colspan: int = 1) -> str:
        text = self.style.before_value + printed if printed else ""
        return f'<td colspan="{colspan}">{escape(text)}</td>'


WIDE = str.maketrans(",:;()", "，：；（）")


def _text(text: str, style: Style) -> str:
    """Escaped; with Chinese punctuation wherever a Chinese character stands beside it."""
    if style.wide_punctuation:
        text = re.sub(r"[()]|(?<=[^\x00-\x7f])[,:;]|[,:;](?=[^\x00-\x7f])", _wide, text)
    return escape(text, quote=False)


def _wide(match: re.Match[str]) -> str:
    return match[0].translate(WIDE)
