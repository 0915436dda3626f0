"""Which lines outside the tables are worth reading: those that may say whose report of when."""

from __future__ import annotations

from statistics import median

from document.geometry import Box
from document.page import PageKind, PageLayout

OPENING_LINES = 12
"""Lines read at the top of the first page: title, dates, the first sentences of the text."""

PAGE_OPENING_LINES = 8
"""Lines read at the top of any other page that begins with text: another report may begin here."""

TITLE_SIZE = 1.25
"""A line this much taller than the page's usual line may be the title of another report."""


def heading_lines(page: PageLayout) -> tuple[Box, ...]:
    """All lines of a digital page, which cost nothing; of a scan the opening and large lines."""
    if page.kind is PageKind.DIGITAL or not page.lines:
        return page.lines
    first_table = min((grid.box.y0 for grid in page.grids), default=page.frame.upright.height)
    above = [line for line in page.lines if line.y0 < first_table]
    opening = above[: OPENING_LINES if page.number == 1 else PAGE_OPENING_LINES]
    usual = median(line.height for line in page.lines)
    large = [line for line in page.lines if line.height >= TITLE_SIZE * usual]
    return tuple(sorted({*opening, *large}, key=lambda line: (line.y0, line.x0)))
