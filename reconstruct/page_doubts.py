"""Cells doubted for their page's sake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from document.entry import Entry
from document.report import ReadPage, Report

UNTOLD = 0.5
"""Chance that a cell is its slot's on a page that may lie upside down: a row of zeros and ones
reads well and adds up from below, too. Stated."""


def with_page_doubts(reports: Sequence[Report], pages: Sequence[ReadPage]) -> tuple[Report, ...]:
    """The reports, the cells of pages doubted that do not tell which way is up."""
    untold = {page.layout.number for page in pages if not page.layout.is_told}
    if not untold:
        return tuple(reports)
    return tuple(
        replace(
            report,
            tables=tuple(
                replace(table, entries=tuple(_doubted(entry, untold) for entry in table.entries))
                for table in report.tables
            ),
        )
        for report in reports
    )


def _doubted(entry: Entry, untold: set[int]) -> Entry:
    found = entry.found
    if found is None or found.page not in untold:
        return entry
    return replace(entry, found=replace(found, match=UNTOLD * found.match))
