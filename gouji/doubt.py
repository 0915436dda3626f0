"""A page's cells read once more where the first reading and the arithmetic leave a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import checks
import ocr
import reconstruct
from document.entry import Entry, Status
from document.geometry import Box
from document.report import ReadPage, Report

BORNE_OUT = 0.4
"""Of the error asked for: with so much less, arithmetic bears out one reader's word. Where no rule
speaks of a cell, that is never so: `checks.beliefs.BLUNDER` is more."""


def read_again(
    page: ReadPage,
    before: Sequence[ReadPage],
    reader: ocr.PageReader,
    forms: reconstruct.FormMatcher,
    target_error: float,
) -> ReadPage:
    """The page after the second reader was asked of every cell that would not be accepted.

    `before` is the page before or nothing: rules that hold only on the next page help no cell.
    """
    doubtful = set(_doubtful([*before, page], forms, target_error))
    if not reader.ask_again(doubtful):
        return page
    return replace(page, tables=reader.tables(page.layout.grids))


def _doubtful(
    pages: Sequence[ReadPage], forms: reconstruct.FormMatcher, target_error: float
) -> Iterator[Box]:
    """Cells of the last page that are a slot's and not to be accepted, or of a table on no form.

    Whether a cell is the slot's is left aside: reading it once more does not tell.
    """
    number = pages[-1].layout.number
    found = reconstruct.reconstruct(pages, forms)
    for report in map(_matched, found.reports):
        for table in checks.judge(checks.as_read(report), BORNE_OUT * target_error).judged:
            for judged in table:
                cell = judged.entry.found
                if cell and cell.page == number and judged.status is Status.REVIEW:
                    yield cell.box
    for unmatched in found.unmatched:
        if unmatched.grid.page == number:
            yield from (cell.box for cell in unmatched.grid.cells)


def _matched(report: Report) -> Report:
    """The report if every cell were its slot's for certain."""
    tables = tuple(
        replace(table, entries=tuple(map(_entry_matched, table.entries))) for table in report.tables
    )
    return replace(report, tables=tables)


def _entry_matched(entry: Entry) -> Entry:
    return replace(entry, found=entry.found and replace(entry.found, match=1.0))
