"""Workbooks: an index, a sheet per table, and the checks that failed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from document.contract import FileOut, ReportOut
from document.entry import Status
from document.output_file import replacing
from gouji.export import style
from gouji.export.links import PageLink
from gouji.export.reasons import is_about
from gouji.export.sheets import fill_table, fill_unmatched
from gouji.export.wording import Wording

INDEX_HEADINGS = (
    "Sheet", "File", "Agency", "Year", "Table", "Form", "Pages", "Cells", "To review",
    "Failed checks",
)  # fmt: skip
CHECK_HEADINGS = (
    "File", "Agency", "Year", "Check", "At", "Expected", "Found", "Difference", "Note", "Sentence",
)  # fmt: skip
PROBLEM_HEADINGS = ("File", "Page", "Problem", "What")
Value = str | int | None


def write_workbook(
    files: Iterable[FileOut],
    path: Path,
    wording: Wording | None = None,
    sources: Path | None = None,
) -> None:
    """`sources` is the folder that was digitized, for the links. OSError if it cannot be."""
    wording = wording or Wording()
    book = Workbook()
    index = book.worksheets[0]
    index.title = "Index"
    _head(index, INDEX_HEADINGS)
    failed: list[Sequence[Value]] = []
    problems: list[Sequence[Value]] = []
    for file in files:
        link = PageLink.beside(path, file.source.name, sources)
        for report in file.reports:
            _add_report(book, file, report, link, wording)
            failed += _failed_checks(file, report)
        for table in file.unmatched:
            sheet = _sheet(book, f"page {table.page}")
            _title(sheet, "Table of no known form", file.source.name, link, table.page)
            fill_unmatched(sheet, table)
            row = (sheet.title, file.source.name, None, None, None, None, str(table.page))
            _index_row(index, (*row, len(table.cells)))
        problems += [(file.source.name, p.page, p.code, p.message) for p in file.problems]
    _legend(index)
    for title, headings, rows in (
        ("Failed checks", CHECK_HEADINGS, failed),
        ("Problems", PROBLEM_HEADINGS, problems),
    ):
        if rows:
            sheet = book.create_sheet(title, index=1)
            _head(sheet, headings)
            for line in rows:
                _row(sheet, line)
    with replacing(path) as part, part.open("wb") as stream:
        book.save(stream)


def _add_report(
    book: Workbook, file: FileOut, report: ReportOut, link: PageLink, wording: Wording
) -> None:
    for table in report.tables:
        sheet = _sheet(book, table.id)
        words = (report.agency, str(report.year) if report.year else None, wording.title(table))
        _title(sheet, " · ".join(filter(None, words)), file.source.name, link, table.pages[0])
        fill_table(sheet, table, report.checks, link, wording)
        failed = sum(c.ok is False and is_about(c, table) for c in report.checks)
        review = sum(cell.status is Status.REVIEW for cell in table.cells)
        pages = "–".join(dict.fromkeys(map(str, table.pages)))
        row = (sheet.title, file.source.name, report.agency, report.year, table.id, table.form)
        _index_row(book.worksheets[0], (*row, pages, len(table.cells), review, failed))


def _failed_checks(file: FileOut, report: ReportOut) -> list[Sequence[Value]]:
    return [
        (
            file.source.name,
            report.agency,
            report.year,
            check.rule,
            ", ".join(f"{key} {line}" for key, line in check.at.items()),
            check.expected,
            check.found,
            check.difference,
            check.note,
            check.quote.text if check.quote else None,
        )
        for check in report.checks
        if check.ok is False
    ]


def _sheet(book: Workbook, name: str) -> Worksheet:
    """A new sheet; the number makes its title unique, and Excel takes its length and letters."""
    clean = re.sub(r"[^\w .-]", "_", name)[:24]
    sheet: Worksheet = book.create_sheet(f"{len(book.worksheets)} {clean}")
    return sheet


def _title(sheet: Worksheet, words: str, name: str, link: PageLink, page: int) -> None:
    style.put_text(sheet.cell(1, 1), words).font = style.TITLE
    below = style.put_text(sheet.cell(2, 1), f"{name}, page {page}")
    target = link.to(page)
    if target:
        style.put_link(below, target)
        below.font = style.LINK


def _head(sheet: Worksheet, headings: Sequence[str]) -> None:
    for column, text in enumerate(headings, 1):
        cell = style.put_text(sheet.cell(1, column), text)
        cell.font, cell.fill, cell.border = style.BOLD, style.HEADING_FILL, style.BORDER
        wide = text in ("File", "Agency", "Check", "What", "Note", "Sentence")
        sheet.column_dimensions[get_column_letter(column)].width = 30 if wide else 14
    sheet.freeze_panes = "A2"


def _row(sheet: Worksheet, values: Sequence[Value]) -> int:
    row = sheet.max_row + 1
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        if isinstance(value, int):
            cell.value = value
        elif value is not None:
            style.put_text(cell, value)
    return row


def _index_row(index: Worksheet, values: Sequence[Value]) -> None:
    row = _row(index, values)
    first = index.cell(row, 1)
    style.put_link(first, sheet=str(values[0]))
    first.font = style.LINK


def _legend(index: Worksheet) -> None:
    row = index.max_row + 2
    for fill, words in (
        (style.REVIEW_FILL, "To review: the comment says why, the link leads to the page."),
        (style.NOTED_FILL, "Accepted, with something to know: the comment says what."),
    ):
        index.cell(row, 1).fill = fill
        style.put_text(index.cell(row, 2), words)
        row += 1
