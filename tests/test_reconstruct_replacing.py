"""Placed tables and the ruled grids where they stand: which of the two is kept."""

from __future__ import annotations

from itertools import pairwise

from document.geometry import Box
from document.grid import GridCell, TableGrid
from reconstruct import Coverage, PlacedTable, better_placed


def grid(top: int, rows: int, columns: int = 6) -> TableGrid:
    """Rows 20 high from `top` down."""
    row_lines = tuple(float(top + 20 * n) for n in range(rows + 1))
    column_lines = tuple(50.0 + 60 * n for n in range(columns + 1))
    cells = [
        GridCell(r, c, 1, 1, Box(x0, y0, x1, y1))
        for r, (y0, y1) in enumerate(pairwise(row_lines))
        for c, (x0, x1) in enumerate(pairwise(column_lines))
    ]
    return TableGrid(1, row_lines, column_lines, tuple(cells))


def test_a_table_is_placed_where_no_grid_is() -> None:
    placed = [PlacedTable(grid(300, 4), 15)]
    assert better_placed([grid(100, 5)], [], placed) == placed


def test_more_slots_replace_a_grid_that_lacks_rulings() -> None:
    drawn = grid(100, 5, columns=2)
    placed = [PlacedTable(grid(100, 6), 30)]
    assert better_placed([drawn], [Coverage(drawn, 8, whole=False)], placed) == placed


def test_a_ruled_grid_stays_where_hardly_more_is_placed() -> None:
    drawn = grid(100, 6)
    known = [Coverage(drawn, 28, whole=True)]
    assert better_placed([drawn], known, [PlacedTable(grid(100, 6), 30)]) == []


def test_the_first_lines_of_a_table_do_not_replace_all_its_rulings() -> None:
    """On a bad scan whose labels could not be read the ruled grid was on no form; three lines of
    it were, were placed instead, and every row below was lost."""
    assert better_placed([grid(100, 10)], [], [PlacedTable(grid(100, 3), 7)]) == []


def test_every_grid_under_a_placed_table_must_be_covered() -> None:
    above, below = grid(100, 4), grid(200, 10)
    assert better_placed([above, below], [], [PlacedTable(grid(100, 7), 30)]) == []
