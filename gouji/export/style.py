"""How cells of a workbook look, and how anything gets into one safely."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.cell.cell import Cell as PlainCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from gouji.export.long import STARTS_A_FORMULA

Cell = PlainCell | MergedCell
"""What openpyxl's sheets hand out; a merged cell can be formatted, but not written to."""

_LINE = Side(style="thin", color="808080")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
CENTERED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")
BOLD = Font(bold=True)
TITLE = Font(bold=True, size=14)
LINK = Font(color="0563C1", underline="single")
HEADING_FILL = PatternFill("solid", fgColor="EDEDED")
REVIEW_FILL = PatternFill("solid", fgColor="FFD27F")
NOTED_FILL = PatternFill("solid", fgColor="CFE5FF")

LONGEST = 32_000  # characters, a little under what a cell holds
DIGITS = 15  # what a spreadsheet's numbers keep


def put_text(cell: Cell, text: str) -> Cell:
    """Text that stays text: never a formula, an error value or a number."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST]
    cell.data_type = "s"
    if STARTS_A_FORMULA.match(text):
        cell.quotePrefix = True  # so it is still text after someone edits it
    return cell


def put_amount(cell: Cell, amount: str) -> Cell:
    """A plain decimal as a number with the decimals it has; as text where digits would be lost."""
    if len(amount.lstrip("-0.").replace(".", "")) > DIGITS:
        return put_text(cell, amount)
    cell.value = Decimal(amount)
    _, _, fraction = amount.partition(".")
    cell.number_format = f"0.{'0' * len(fraction)}" if fraction else "0"
    return cell


def put_link(cell: Cell, target: str | None = None, sheet: str | None = None) -> None:
    """Makes the cell a link to a file or a sheet of the workbook.

    Its content is left alone; openpyxl would fill it if empty.
    """
    before, kind = cell.value, cell.data_type
    location = f"'{sheet}'!A1" if sheet else None
    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=target, location=location)
    cell.value, cell.data_type = before, kind


def put_comment(cell: Cell, text: str) -> None:
    """A comment in a box large enough for it."""
    clean = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST]
    lines = sum(1 + len(line) // 45 for line in clean.splitlines())
    cell.comment = Comment(clean, "Gouji", height=min(24 + 18 * lines, 600), width=340)


def merge(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Joins the cells from (row, column) to (row, column), both counted from 1 and inclusive."""
    if first != last:
        sheet.merge_cells(
            start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1]
        )
