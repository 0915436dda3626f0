"""Blocks of a table that stand under each other, each in a frame of its own."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from document.geometry import Box
from document.grid import TableGrid
from document.report import ReadTable
from reconstruct import FormMatcher, load_forms, reconstruct
from reconstruct.joined_table import as_joined
from reconstruct.stacks import matched_stacks
from tests.drawn_tables import DISCLOSURE_2021, of_rows, page
from tests.test_reconstruct_matching import only_table, values
from tests.worn_tables import damaged, rows_of

FORMS = load_forms()
GAP = 12.0


def moved(grid: TableGrid, number: int, top: float) -> TableGrid:
    """The grid on another page, its top there."""
    down = top - grid.row_lines[0]
    cells = tuple(
        replace(c, box=Box(c.box.x0, c.box.y0 + down, c.box.x1, c.box.y1 + down))
        for c in grid.cells
    )
    lines = tuple(y + down for y in grid.row_lines)
    return replace(grid, page=number, row_lines=lines, cells=cells)


def blocks(*, share: float = 0.0, seed: int = 0, gap: float = GAP) -> list[ReadTable]:
    """The four blocks of the disclosure table, so many points apart, their labels worn."""
    rows = damaged(rows_of(DISCLOSURE_2021), share, random.Random(seed))
    starts = [0, 4, 7, 11, 14]
    tables, top = [], 200.0
    for start, stop in pairwise(starts):
        wide = start == 0
        own = rows[start:stop] if wide else [row[:2] for row in rows[start:stop]]
        tables.append(of_rows(own, top=top, widths=() if wide else (1, 3)))
        top = tables[-1].grid.box.y1 + gap
    return tables


@pytest.mark.parametrize("seed", range(4))
def test_blocks_in_frames_of_their_own_are_one_table_however_worn(seed: int) -> None:
    """Of few rows each, badly read: none could be told by itself."""
    found = values(only_table(*blocks(share=0.08, seed=seed)))
    assert found == values(only_table(*blocks()))
    assert found["fees/amount"] == "10.5"


def test_a_stack_goes_on_over_a_page_break() -> None:
    """The second block was joined with the third on the next page, and the first one left alone."""
    one, two, three, four = blocks(share=0.08)
    low = [
        replace(part, grid=moved(part.grid, 2, 70 + 80 * n)) for n, part in enumerate((three, four))
    ]
    out = reconstruct([page(1, one, two), page(2, *low)], FormMatcher(FORMS))
    assert not out.unmatched
    assert values(out.reports[0].tables[0]) == values(only_table(*blocks()))


def test_tables_far_apart_are_not_one() -> None:
    grids = [as_joined(table) for table in blocks(share=0.08, gap=80)]
    assert [grid for grid, _ in matched_stacks(grids, FormMatcher(FORMS))] == grids
