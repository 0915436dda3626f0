"""One sheet per table: headings merged like on the paper form, doubtful cells coloured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from document.contract import CellOut, CheckOut, TableOut, UnmatchedOut
from document.entry import Status
from gouji.export import style
from gouji.export.headings import depth, headings
from gouji.export.links import PageLink
from gouji.export.reasons import doubtful, failed_at, reasons

TOP = 4
"""The row where the table begins; above are its title and its place in the file."""
MOST_ROWS, MOST_COLUMNS = 5_000, 500


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """Rows of a table that follow each other and have the same columns."""

    rows: tuple[tuple[CellOut, ...], ...]

    @property
    def row_labels(self) -> list[list[str]]:
        return [row[0].row_label for row in self.rows]

    @property
    def column_labels(self) -> list[list[str]]:
        return [cell.column_label for cell in self.rows[0]]

    @property
    def units(self) -> list[str]:
        """Each row's unit, or units."""
        return [" / ".join(dict.fromkeys(cell.unit or "" for cell in row)) for row in self.rows]


def blocks_of(cells: Iterable[CellOut]) -> list[SheetBlock]:
    """The cells, row by row, with those rows together that share a heading."""
    rows = [tuple(row) for _, row in groupby(cells, key=lambda cell: cell.row)]
    return [
        SheetBlock(tuple(block))
        for _, block in groupby(rows, key=lambda row: [(c.column, c.column_label) for c in row])
    ]


def fill_table(
    sheet: Worksheet, table: TableOut, checks: Sequence[CheckOut], link: PageLink
) -> None:
    """Draws the table from row TOP down."""
    blocks = blocks_of(table.cells)
    left = max((depth(block.row_labels) for block in blocks), default=0)
    row = TOP
    for block in blocks:
        head = depth(block.column_labels)
        corner = left > 0 and head > 0
        shared = set(block.units) if corner else set()
        unit = shared.pop() if len(shared) == 1 else None
        if corner:
            _heading(sheet, (row, 1), (row + head - 1, left), f"单位：{unit}" if unit else "")
        for h in headings(block.column_labels, head, stretch_leaf=False):
            start, end = (row + h.outer, left + 1 + h.first), (row + h.inner, left + 1 + h.last)
            _heading(sheet, start, end, h.text)
        row += head
        labels = [path or [""] for path in block.row_labels] if left else []
        for h in headings(labels, left, stretch_leaf=True):
            _heading(
                sheet, (row + h.first, h.outer + 1), (row + h.last, h.inner + 1), h.text, left=True
            )
        for line, cells in enumerate(block.rows):
            for index, cell in enumerate(cells):
                place = sheet.cell(row + line, left + 1 + index)
                _value(place, cell, failed_at(cell, table, checks), link)
            if unit is None:
                words = block.units[line]
                style.put_text(sheet.cell(row + line, left + 1 + len(cells)), words)
        row += len(block.rows)
    _widths(sheet, left, max((len(b.rows[0]) for b in blocks), default=0))
    if len(blocks) == 1:
        sheet.freeze_panes = sheet.cell(TOP + depth(blocks[0].column_labels), left + 1)


def fill_unmatched(sheet: Worksheet, table: UnmatchedOut) -> None:
    """A table of no known form, cell by cell as it stands on the page."""
    covered: set[tuple[int, int]] = set()
    for cell in table.cells:
        rows = range(cell.row, cell.row + cell.rowspan)
        columns = range(cell.column, cell.column + cell.colspan)
        if rows.stop > MOST_ROWS or columns.stop > MOST_COLUMNS:
            style.put_text(sheet.cell(TOP, 1), "Too large for a sheet; see the JSON file.")
            return
        places = {(r, c) for r in rows for c in columns}
        if places & covered:  # only a damaged file says so; a spreadsheet would not open it
            continue
        covered |= places
        first, last = (TOP + rows.start, columns.start + 1), (TOP + rows.stop - 1, columns.stop)
        place = sheet.cell(*first)
        place.border, place.alignment = style.BORDER, style.CENTERED
        style.put_text(place, cell.text)
        style.merge(sheet, first, last)
    _widths(sheet, 0, max((c for _, c in covered), default=0) + 1)


def _heading(
    sheet: Worksheet, first: tuple[int, int], last: tuple[int, int], text: str, left: bool = False
) -> None:
    cell = sheet.cell(*first)
    cell.border, cell.fill = style.BORDER, style.HEADING_FILL
    cell.alignment = style.LEFT if left else style.CENTERED
    style.put_text(cell, text)
    style.merge(sheet, first, last)


def _value(place: Cell, cell: CellOut, failed: Sequence[CheckOut], link: PageLink) -> None:
    """The number; where there is none, what stands on the page; nothing for nothing."""
    if cell.value is not None:
        style.put_amount(place, cell.value)
    elif cell.read:
        style.put_text(place, cell.read)
    place.border, place.alignment = style.BORDER, style.RIGHT
    if not doubtful(cell):
        return
    place.fill = style.REVIEW_FILL if cell.status is Status.REVIEW else style.NOTED_FILL
    style.put_comment(place, reasons(cell, failed))
    target = link.to(cell.page)
    if target:
        style.put_link(place, target)


def _widths(sheet: Worksheet, labels: int, values: int) -> None:
    for column in range(1, labels + values + 1):
        width = 12 if column > labels else 34 if column == labels else 16
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
