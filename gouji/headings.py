"""Which lines outside the tables are worth reading: those that may say whose report of when."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from document.geometry import Box
from document.page import PageKind, PageLayout
from document.report import Report

TITLE_SIZE, LARGEST = 1.25, 4.0
"""A line this much taller than the page's usual line may be a title; what is larger yet is none of
the print, but the shadow of an edge or the like."""

MOST_TITLES = 6
"""Where more lines are so tall, they are the page's text; what is lower stands in its tables."""

OPENINGS = (2, 4, 6)
"""Lines at the top of a page read, in turn, where no title names the year: a line of text costs as
much as thirty numbers."""

MOST_LINES = 16
SHORT = 0.5
"""Of the longest line's width: so short is a heading. The first of them end a report's opening."""

FULL = 0.75
"""A page whose text ends above this share of its height ends something; the next begins afresh."""


def title_lines(page: PageLayout) -> tuple[Box, ...]:
    """All lines of a digital page, which cost nothing; of a scan those as large as titles."""
    if page.kind is PageKind.DIGITAL or not page.lines:
        return page.lines
    level = [line for line in page.lines if line.width > line.height]
    tall = _tall(level)
    return _tall(tall) if len(tall) > MOST_TITLES else tall


def _tall(lines: Sequence[Box]) -> tuple[Box, ...]:
    """Those as large as titles among these."""
    usual = median([line.height for line in lines] or [0.0])
    low, high = TITLE_SIZE * usual, LARGEST * usual
    return tuple(line for line in lines if low <= line.height <= high)


def opening_lines(page: PageLayout, count: int) -> tuple[Box, ...]:
    """The first `count` lines above the page's tables, and those after them that are headings."""
    first_table = min((grid.box.y0 for grid in page.grids), default=page.frame.upright.height)
    above = [line for line in page.lines if line.y0 < first_table]
    longest = max((line.width for line in above), default=0.0)
    headings = (line for line in above[count:MOST_LINES] if line.width <= SHORT * longest)
    return (*above[:count], *headings)


def opening_pages(reports: Sequence[Report], pages: Sequence[PageLayout]) -> set[int]:
    """Where reports whose year no title told may begin: on the first page of all, or on a page
    between the tables of one report and the next whose forerunner is not full."""
    numbers: set[int] = set()
    after = 0
    for report in reports:
        first = min(table.pages[0] for table in report.tables)
        if report.year is None:
            numbers |= {
                page.number
                for before, page in zip([None, *pages], pages, strict=False)
                if after <= page.number <= first and (before is None or not _is_full(before))
            }
        after = max(table.pages[1] for table in report.tables)
    return numbers


def _is_full(page: PageLayout) -> bool:
    height = page.frame.upright.height
    body = [line.y1 for line in page.lines if line.y1 < 0.9 * height]
    return max([*body, *(grid.box.y1 for grid in page.grids)], default=0.0) > FULL * height
