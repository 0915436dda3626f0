"""A report's content as HTML in an office's style, a link over every slot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain

from benchmarks.forge.columns import Columns, breadth, fitted
from benchmarks.forge.content import Content
from benchmarks.forge.forms import Key
from benchmarks.forge.styles import OfficeStyle, Rulings
from samples.form import CORNER, Block, Line, Table
from samples.markup import GRID_COLUMNS, Head, heads

SLOT_HOST = "https://slot.invalid/"
"""Where the links over the slots point: table, row and column follow."""


def page(content: Content, style: OfficeStyle, rulings: Rulings) -> str:
    """The whole report as one HTML page."""
    draw = _Drawing(content, style)
    tables = {table.id: table for table in content.tables}
    gaps = iter(style.gaps)
    body: list[str] = []
    for tag, text in content.passages:
        if tag == "table":
            body.append(f'<div style="height: {next(gaps)}px"></div>')
            body += draw.table(tables[text])
        else:
            body.append(f"<{tag}>{escape(text, quote=False)}</{tag}>")
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
            f"<title>report</title><style>\n{style.css(rulings)}\n</style></head><body>",
            *body,
            "</body></html>\n",
        )
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws one report's tables."""

    content: Content
    style: OfficeStyle

    def table(self, table: Table) -> Iterator[str]:
        """A table of the form: one grid, or one per block."""
        if table.id == "statistics":
            (block,) = table.blocks
            yield from self.grid(table.id, self.listed(block), self.three_columns())
        elif table.id == "disclosure":
            parts = [list(self.captioned(block)) for block in table.blocks]
            grids = [list(chain(*parts))] if self.style.one_grid else parts
            for rows in grids:
                yield from self.grid(table.id, rows, self.four_columns())
        else:
            (block,) = table.blocks
            yield from self.grid(
                table.id, self.crossed(table.id, block), self.many(table.id, block)
            )

    def grid(self, kind: str, rows: Sequence[str], columns: Columns) -> Iterator[str]:
        widths = "".join(f'<col style="width: {width:.1f}px">' for width in columns.widths)
        across = " across" if kind == "applications" else ""
        look = f"width: {sum(columns.widths):.1f}px; font-size: {columns.size}px"
        yield f'<table class="{kind}{across}" style="{look}"><colgroup>{widths}</colgroup>'
        yield from (*rows, "</table>")

    def four_columns(self) -> Columns:
        total, share = self.style.width(), self.style.label_share
        others = (total * (1 - share) / (GRID_COLUMNS - 1),) * (GRID_COLUMNS - 1)
        return Columns((total * share, *others), self.style.table_size)

    def three_columns(self) -> Columns:
        total = self.style.width()
        return Columns((total * 0.66, total * 0.12, total * 0.22), self.style.table_size)

    def many(self, kind: str, block: Block) -> Columns:
        """The columns of a table of counts, wide enough for its widest."""
        printed = (cell.printed for key, cell in self.content.cells.items() if key[0] == kind)
        depth = max(len(line.labels) for line in block.rows)
        narrow = 4.5 if self.style.heads == "level" else 2.2
        across = kind == "applications" and self.style.across
        return fitted(
            self.style.width(across),
            self.style.table_size,
            self.style.padding[1],
            (*(narrow,) * (depth - 1), 17.0) if depth else (),
            (len(block.columns), breadth(printed)),
        )

    def captioned(self, block: Block) -> Iterator[str]:
        """A block of the disclosure table: caption, column heads, rows."""
        spans = [1] * len(block.columns)
        spans[-1] += GRID_COLUMNS - 1 - len(block.columns) - block.spare
        spare = "<td></td>" * block.spare
        yield f'<tr class="caption">{self.label(block.caption, GRID_COLUMNS)}</tr>'
        named = (self.label(c.labels[-1], s) for c, s in zip(block.columns, spans, strict=True))
        yield f'<tr class="heading">{self.label("信息内容")}{"".join(named)}{spare}</tr>'
        for row in block.rows:
            values = (
                self.value(("disclosure", row.key, column.key), span)
                for column, span in zip(block.columns, spans, strict=True)
            )
            yield f"<tr>{self.label(row.labels[-1])}{''.join(values)}{spare}</tr>"

    def crossed(self, table: str, block: Block) -> list[str]:
        """Rows and columns that both stand under levels of headings, and the corner's text."""
        down = max(len(line.labels) for line in block.columns)
        right = max(len(line.labels) for line in block.rows)
        corner = self.label(CORNER, right, down) if right else ""
        begun = [head for column in heads(block.columns, down) for head in column]
        rows = []
        for level in range(down):
            named = (self.label(h.label, h.along, h.across) for h in begun if h.level == level)
            rows.append(f'<tr class="heading">{"" if level else corner}{"".join(named)}</tr>')
        for row, labels in zip(block.rows, heads(block.rows, right), strict=True):
            values = (self.value((table, row.key, column.key)) for column in block.columns)
            rows.append(f"<tr>{''.join(map(self.head, labels))}{''.join(values)}</tr>")
        return rows

    def listed(self, block: Block) -> list[str]:
        """The list of 2014: every label on a line of its own, with its unit and its number."""
        rows = [
            f'<tr class="heading">{"".join(map(self.label, ("统计指标", "单位", "统计数")))}</tr>'
        ]
        own = {row.labels: row for row in block.rows}
        done: set[tuple[str, ...]] = set()
        for row in block.rows:
            for depth in range(1, len(row.labels) + 1):
                path = row.labels[:depth]
                if path not in done:
                    done.add(path)
                    rows.append(self.list_line(path, own.get(path)))
        return rows

    def list_line(self, path: tuple[str, ...], row: Line | None) -> str:
        indent = f"padding-left: {len(path) - 0.5:.1f}em"
        label = f'<th class="own" style="{indent}">{self.text(path[-1])}</th>'
        if row is None:
            return f'<tr>{label}<td class="unit">——</td><td>——</td></tr>'
        key = ("statistics", row.key, "count")
        return f'<tr>{label}<td class="unit">{self.content.units[key]}</td>{self.value(key)}</tr>'

    def head(self, head: Head) -> str:
        """A label beside rows; where it stands over several, as the style writes such."""
        if head.along == 1:
            return self.label(head.label, head.across, 1, "own")
        plain = self.text(head.label)
        if self.style.heads == "vertical":
            plain = f'<span class="down">{plain}</span>'
        elif self.style.heads == "stacked":
            plain = "<br>".join(self.content.labels[head.label].replace("|", ""))
        return f'<th colspan="{head.across}" rowspan="{head.along}">{plain}</th>'

    def label(self, text: str, colspan: int = 1, rowspan: int = 1, kind: str = "label") -> str:
        spans = f'colspan="{colspan}" rowspan="{rowspan}"'
        return f'<th class="{kind}" {spans}>{self.text(text)}</th>'

    def text(self, label: str) -> str:
        worded = self.content.labels.get(label, label)
        return escape(worded, quote=False).replace("|", "<br>")

    def value(self, key: Key, colspan: int = 1) -> str:
        """The cell of a slot; the link over it tells its place on the printed page."""
        link = f'<a href="{SLOT_HOST}{"/".join(key)}"></a>'
        return f'<td colspan="{colspan}">{link}{escape(self.content.cells[key].printed)}</td>'
