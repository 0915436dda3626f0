"""Where a form expects the lines of a grid, and the grid has them otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from document.geometry import Box


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a form says of the cells in a box: these lines divide them; without any, they are one.

    All in upright points of `page`. The box follows the edges of cells. `row_lines` (y) and
    `column_lines` (x), ascending, lie inside it: where a line of the grid is, or about where one
    must have been. Cells that reach out of the box are not meant.
    """

    page: int
    box: Box
    row_lines: tuple[float, ...] = ()
    column_lines: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for lines, start, end in (
            (self.row_lines, self.box.y0, self.box.y1),
            (self.column_lines, self.box.x0, self.box.x1),
        ):
            if list(lines) != sorted(set(lines)) or not all(start < v < end for v in lines):
                raise ValueError(f"lines expected outside their box or out of order: {self}")
