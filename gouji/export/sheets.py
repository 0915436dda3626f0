"""One sheet per table: headings merged like on the paper form, doubtful cells coloured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from document.contract import CellOut, CheckOut, TableOut, UnmatchedOut
from document.entry import Status
from gouji.export import style
from gouji.export.headings import depth, headings
from gouji.export.links import PageLink
from gouji.export.reasons import doubtful, failed_at, reasons
from gouji.export.style import Cell
from gouji.export.wording import Wording

TOP = 4
"""The row where the table begins; above are its title and its place in the file."""
MOST_ROWS, MOST_COLUMNS = 5_000, 500


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """Rows of a table that follow each other and have the same caption and columns."""

    caption: str
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


def blocks_of(table: TableOut, wording: Wording) -> list[SheetBlock]:
    """The cells, row by row, with those rows together that share a heading."""
    rows = [tuple(row) for _, row in groupby(table.cells, key=lambda cell: cell.row)]
    return [
        SheetBlock(caption, tuple(block))
        for (caption, _), block in groupby(
            rows,
            key=lambda row: (
                wording.caption(table, row[0].row),
                [(cell.column, cell.column_label) for cell in row],
            ),
        )
    ]


def fill_table(
    sheet: Worksheet,
    table: TableOut,
    checks: Sequence[CheckOut],
    link: PageLink,
    wording: Wording,
) -> None:
    """Draws the table from row TOP down."""
    blocks = blocks_of(table, wording)
    left = max((depth(block.row_labels) for block in blocks), default=0)
    wide = max((len(block.rows[0]) for block in blocks), default=0)
    row = TOP
    for block in blocks:
        if block.caption:
            _heading(sheet, (row, 1), (row, left + wide), block.caption)
            row += 1
        unit = _head(sheet, row, left, block)
        row += depth(block.column_labels)
        labels = [path or [""] for path in block.row_labels] if left else []
        for h in headings(labels, left):
            first, last = (row + h.first, h.outer + 1), (row + h.last, h.inner + 1)
            _heading(sheet, first, last, h.text, style.LEFT)
        for line, cells in enumerate(block.rows, row):
            for column, cell in enumerate(cells, left + 1):
                failed = failed_at(cell, table, checks)
                _value(sheet.cell(line, column), cell, failed, link)
            if unit is None:
                style.put_text(sheet.cell(line, left + wide + 1), block.units[line - row])
        row += len(block.rows)
    _widths(sheet, left, wide)
    if len(blocks) == 1:
        sheet.freeze_panes = sheet.cell(row - len(blocks[0].rows), left + 1).coordinate


def _head(sheet: Worksheet, row: int, left: int, block: SheetBlock) -> str | None:
    """The column headings, with the unit in the corner; None if it has to go beside the rows."""
    height = depth(block.column_labels)
    for h in headings(block.column_labels, height):
        first, last = (row + h.outer, left + 1 + h.first), (row + h.inner, left + 1 + h.last)
        _heading(sheet, first, last, h.text)
    if not (height and left):
        return None
    units = set(block.units)
    unit = units.pop() if len(units) == 1 else None
    _heading(sheet, (row, 1), (row + height - 1, left), f"单位：{unit}" if unit else "")
    return unit


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
    sheet: Worksheet,
    first: tuple[int, int],
    last: tuple[int, int],
    text: str,
    alignment: Alignment = style.CENTERED,
) -> None:
    cell = sheet.cell(*first)
    cell.border, cell.fill = style.BORDER, style.HEADING_FILL
    cell.alignment = alignment
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
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
