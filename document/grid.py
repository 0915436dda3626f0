"""A table's grid of cells on one page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from document.geometry import Box


class Bounds(StrEnum):
    """How a cell's bounds are known: drawn, from how the text is aligned, or from the form."""

    RULED = "ruled"
    ALIGNED = "aligned"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and the rows and columns it spans, counted from 0; its box in upright points."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box
    bounds: Bounds = Bounds.RULED

    def __post_init__(self) -> None:
        if min(self.row, self.column) < 0 or min(self.rowspan, self.colspan) < 1:
            raise ValueError(f"a cell that spans nothing: {self}")


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table as its rulings divide it: cells that cover every row and column exactly once.

    `row_lines` (rows + 1 of them) and `column_lines` (columns + 1) are the rulings' positions in
    upright points, ascending. `open_top` and `open_bottom`: the page break cut the table there, no
    ruling closes it.
    """

    page: int
    row_lines: tuple[float, ...]
    column_lines: tuple[float, ...]
    cells: tuple[GridCell, ...]
    open_top: bool = False
    open_bottom: bool = False

    def __post_init__(self) -> None:
        covered = [
            (row, column)
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        ]
        whole = {(r, c) for r in range(self.rows) for c in range(self.columns)}
        if len(covered) != len(whole) or set(covered) != whole:
            raise ValueError("the cells of a grid cover each row and column exactly once")

    @property
    def rows(self) -> int:
        return len(self.row_lines) - 1

    @property
    def columns(self) -> int:
        return len(self.column_lines) - 1

    @property
    def box(self) -> Box:
        return Box(
            self.column_lines[0], self.row_lines[0], self.column_lines[-1], self.row_lines[-1]
        )
