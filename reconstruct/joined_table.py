"""A table as one grid, whatever pages it is printed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import median

from document.form import ValueKind
from document.geometry import Box
from document.grid import Bounds, GridCell
from document.reading import Reading
from document.report import ReadTable
from reconstruct.amounts import is_unit, parse_amount
from reconstruct.labels import normalise

_LEGIBLE = 0.8
"""A label that is read with less probability may be anything."""

_WORD = re.compile(r"[㐀-鿿]|[A-Za-z]{2}")


@dataclass(frozen=True, eq=False)
class JoinedCell:
    """A cell, the rows and columns of the joined table it spans, and where it is printed.

    `box` is in upright points of `page`; of a cell cut by a page break, that of one of its halves.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    page: int
    box: Box
    reading: Reading
    bounds: Bounds = Bounds.RULED

    @classmethod
    def of(cls, cell: GridCell, page: int, reading: Reading) -> JoinedCell:
        span = cell.row, cell.column, cell.rowspan, cell.colspan
        return cls(*span, page, cell.box, reading, cell.bounds)

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @cached_property
    def is_number(self) -> bool:
        """The text gives a number in some unit."""
        return says_number(self.text)

    @cached_property
    def is_label(self) -> bool:
        """The text has words and is no number."""
        return is_label(self.text)

    @property
    def is_legible(self) -> bool:
        """It is read so surely that it says what is printed."""
        return self.reading.probability >= _LEGIBLE

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.rowspan)

    @property
    def columns(self) -> range:
        return range(self.column, self.column + self.colspan)


@lru_cache(maxsize=8192)
def says_number(text: str) -> bool:
    """Whether the text is a number, in any unit, with or without a remark."""
    return any(
        parse_amount(text, unit, ValueKind.SIGNED).value is not None for unit in (None, "元")
    )


@lru_cache(maxsize=8192)
def is_label(text: str) -> bool:
    """Whether the text has words and is neither a number nor a mark for blank."""
    return bool(
        _WORD.search(normalise(text))
        and not says_number(text)
        and not parse_amount(text, None, ValueKind.SIGNED).blank
    )


@dataclass(frozen=True, eq=False)
class JoinedTable:
    """Rows × columns of cells, each covered exactly once, and the grids it was joined from.

    `column_lines` are the rulings' positions from 0 (left edge) to 1 (right edge); `width` is the
    table's, in points.
    """

    rows: int
    column_lines: tuple[float, ...]
    width: float
    cells: tuple[JoinedCell, ...]
    parts: tuple[ReadTable, ...]

    @property
    def columns(self) -> int:
        return len(self.column_lines) - 1

    @property
    def pages(self) -> tuple[int, int]:
        return self.parts[0].grid.page, self.parts[-1].grid.page

    @cached_property
    def matrix(self) -> tuple[tuple[JoinedCell, ...], ...]:
        """The cell that covers each row and column."""
        at = {(r, c): cell for cell in self.cells for r in cell.rows for c in cell.columns}
        return tuple(
            tuple(at[row, column] for column in range(self.columns)) for row in range(self.rows)
        )

    @cached_property
    def usual_height(self) -> float:
        """The median height of cells of one row, in points; 0 where there is none."""
        heights = [cell.box.height for cell in self.cells if cell.rowspan == 1]
        return median(heights) if heights else 0.0

    @cached_property
    def row_labels(self) -> tuple[tuple[str, ...], ...]:
        """The label texts of each row, left to right; a printed unit is none of them."""
        return tuple(
            without_units([cell.text for cell in self.row_cells(row) if cell.is_label])
            for row in range(self.rows)
        )

    def has_own_label(self, row: int) -> bool:
        """Whether a label stands in the row that is not of several rows."""
        return any(cell.is_label and cell.rowspan == 1 for cell in self.row_cells(row))

    def is_legible(self, row: int) -> bool:
        """Whether the longest label of the row's own, which its unit is not, is read so surely that
        it says what is printed."""
        own = [cell for cell in self.row_cells(row) if cell.is_label and cell.rowspan == 1]
        longest = max((len(normalise(cell.text)) for cell in own), default=0)
        return any(cell.is_legible for cell in own if len(normalise(cell.text)) == longest)

    def row_cells(self, row: int) -> tuple[JoinedCell, ...]:
        """The cells that cover a row, each once, left to right."""
        return tuple(dict.fromkeys(self.matrix[row]))


def without_units(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts but those that are a unit, unless there is nothing else."""
    words = tuple(text for text in texts if not is_unit(text))
    return words or tuple(texts)


def as_joined(table: ReadTable) -> JoinedTable:
    """A table that stands on one page."""
    grid = table.grid
    left, width = grid.column_lines[0], max(grid.box.width, 1e-9)
    return JoinedTable(
        grid.rows,
        tuple((line - left) / width for line in grid.column_lines),
        width,
        tuple(
            JoinedCell.of(cell, grid.page, reading)
            for cell, reading in zip(grid.cells, table.readings, strict=True)
        ),
        (table,),
    )
