"""Which placed tables take the place of the grids that rulings drew."""

from __future__ import annotations

from collections.abc import Sequence

from document.geometry import Box
from document.grid import TableGrid
from reconstruct.coverage import Coverage
from reconstruct.placing import PlacedTable

CLEARLY_MORE = 1.1
"""By so much more of a form's slots must a grid told by text have to replace one of rulings, which
tell better where its cells end."""


def better_placed(
    grids: Sequence[TableGrid], known: Sequence[Coverage], placed: Sequence[PlacedTable]
) -> list[PlacedTable]:
    """The placed tables where no grid is, or over most of those that are and with clearly more
    slots: what is told of a table whose labels can hardly be read may be its first lines alone."""
    better = []
    for each in placed:
        there = [grid for grid in grids if grid.box.common(each.grid.box)]
        slots = sum(k.slots for k in known if k.grid in there)
        over_most = all(_stands_over_most(each.grid.box, grid) for grid in there)
        if not there or (over_most and each.slots > CLEARLY_MORE * slots):
            better.append(each)
    return better


def _stands_over_most(box: Box, grid: TableGrid) -> bool:
    inside = sum(box.holds(cell.box.center) for cell in grid.cells)
    return 2 * inside > len(grid.cells)
