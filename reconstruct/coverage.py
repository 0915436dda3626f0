"""How much of its form each table of a page holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from document.grid import TableGrid
from document.report import ReadPage
from reconstruct.form_matcher import FormMatcher
from reconstruct.joined_table import JoinedCell
from reconstruct.joining import join_tables
from reconstruct.matching import Candidate, match_tables
from reconstruct.table_matching import TableMatch


@dataclass(frozen=True, slots=True)
class Coverage:
    """A grid that is on a form and the number of the form's slots that have a cell to
    themselves.

    `whole`: it has every column and, but for a page break, every row.
    """

    grid: TableGrid
    slots: int
    whole: bool


def coverage(pages: Sequence[ReadPage], matcher: FormMatcher) -> tuple[Coverage, ...]:
    """What the grids of the last of the pages cover that are on a form."""
    tables, _ = match_tables(join_tables(pages, matcher.wordings), matcher)
    return tuple(found for table in tables for found in _of_table(table, pages[-1]))


def _of_table(table: Candidate, page: ReadPage) -> Iterator[Coverage]:
    number = page.layout.number
    for part in table.parts:
        grids = [read.grid for read in part.grid.parts if read.grid.page == number]
        if not grids:
            continue
        cells = Counter(cell for cell in _cells(part) if cell.page == number)
        single = [cell.box.center for cell, count in cells.items() if count == 1]
        whole = len(single) == cells.total() and _is_whole(table, part, page)
        for grid in grids:
            yield Coverage(grid, sum(map(grid.box.holds, single)), whole)


def _cells(part: TableMatch) -> Iterator[JoinedCell]:
    """The cell of every slot that was found."""
    for block in part.blocks:
        for row in block.rows:
            for column in block.columns:
                yield part.grid.matrix[row.place][block.headings[column.place].columns.start]


def _is_whole(table: Candidate, part: TableMatch, page: ReadPage) -> bool:
    blocks = part.table.blocks
    if any(len(block.columns) < len(block.block.columns) for block in part.blocks):
        return False
    order = [(b, row) for b, block in enumerate(blocks) for row in range(len(block.rows))]
    found = sorted(
        order.index((block.number, pair.line))
        for p in table.parts
        for block in p.blocks
        for pair in block.rows
    )
    if found != list(range(found[0], found[-1] + 1)):
        return False
    grids = [read.grid for read in part.grid.parts]
    here = page.layout.grids
    begins = found[0] == 0 or grids[0].page < page.layout.number or grids[0] == here[0]
    ends = found[-1] == len(order) - 1 or grids[-1] == here[-1]
    return begins and ends
