"""Where the page break cut: two parts of a table stitched row to row, cell to cell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from document.reading import Reading
from reconstruct.joined_table import JoinedCell, JoinedTable
from reconstruct.labels import normalise, similarity
from reconstruct.wordings import Wordings

_TOLERANCE = 0.012
"""How far two rulings may lie apart and be one, as a share of the table's width."""

_ROOM = 0.3
"""The same as a share of the narrower column beside it: lines drawn in the white between numbers
were up to 0.28 of it off those of the header on the page before, and no column is so narrow."""

_SHARED = 0.75
"""The share of the inner rulings of the part with fewer that must be the other's too: of a row and
a header of 15 columns, each of which lost rulings on a scan at 150 dpi, 11 of 12 were."""

_SAME_WIDTH = 0.06
_SAME_TEXT = 0.95
_KNOWN = 0.9
Cells = list[JoinedCell]


def common_columns(a: JoinedTable, b: JoinedTable) -> tuple[float, ...] | None:
    """The column rulings of both parts, 0 … 1; None if they are not parts of one table.

    The rulings of one are among those of the other (spans hide some), or most of them are: on a
    poor scan each part may lack rulings that the other has.
    """
    if min(a.columns, b.columns) < 2 or abs(a.width / b.width - 1) > _SAME_WIDTH:
        return None
    sparse, rich = sorted((a, b), key=lambda table: table.columns)
    places = _places(sparse.column_lines, rich.column_lines)
    shared = [place for place in places if place is not None]
    inner = sparse.columns - 1
    if len(set(shared)) < len(shared) or len(shared) - 2 < _SHARED * inner:
        return None
    own = [at for at, place in zip(sparse.column_lines, places, strict=True) if place is None]
    return tuple(sorted([*rich.column_lines, *own]))


def stitched(
    a: JoinedTable, b: JoinedTable, columns: tuple[float, ...], wordings: Wordings
) -> JoinedTable:
    """Both parts as one table of these `common_columns`.

    A header that b repeats, and a row cut in two, stand there once.
    """
    upper = _on_columns(a, columns)
    lower = _without_rows(_on_columns(b, columns), _repeated_header(a, b))
    if _row_is_cut(upper, lower, a, b, wordings):
        upper, lower = _mended(upper, lower)
    rows = _height(upper)
    lower = [replace(cell, row=cell.row + rows) for cell in lower]
    cells = _with_spans_closed(upper, lower, rows, wordings)
    width = (a if a.columns >= b.columns else b).width
    return JoinedTable(max(_height(cells), 1), columns, width, tuple(cells), a.parts + b.parts)


def stacked(tables: Sequence[JoinedTable]) -> JoinedTable:
    """Tables of the same width, each under the one before, as one table with the columns of all."""
    lines = sorted({line for table in tables for line in table.column_lines})
    columns = lines[:1]
    for line in lines[1:]:
        if line - columns[-1] > _TOLERANCE:
            columns.append(line)
    columns[-1] = 1.0
    cells: Cells = []
    for table in tables:
        rows = _height(cells)
        cells += [replace(c, row=c.row + rows) for c in _on_columns(table, columns)]
    parts = tuple(part for table in tables for part in table.parts)
    return JoinedTable(_height(cells), tuple(columns), tables[0].width, tuple(cells), parts)


def _places(lines: Sequence[float], among: Sequence[float]) -> list[int | None]:
    """For each line the number of the one among others that it is; None if it is none of them."""
    nearest, back = _nearest(lines, among), _nearest(among, lines)
    steps = [math.inf, *(b - a for a, b in pairwise(among)), math.inf]
    return [
        n
        if (off := abs(among[n] - line)) <= _TOLERANCE
        or (back[n] == i and off <= _ROOM * min(steps[n : n + 2]))
        else None
        for i, (line, n) in enumerate(zip(lines, nearest, strict=True))
    ]


def _nearest(lines: Sequence[float], among: Sequence[float]) -> list[int]:
    """For each line the number of the one among others that is nearest."""
    return [min(range(len(among)), key=lambda i: abs(among[i] - line)) for line in lines]


def _on_columns(table: JoinedTable, columns: Sequence[float]) -> Cells:
    """The table's cells on columns that have all its rulings."""
    places = _nearest(table.column_lines, columns)
    return [
        replace(
            cell,
            column=places[cell.column],
            colspan=places[cell.column + cell.colspan] - places[cell.column],
        )
        for cell in table.cells
    ]


def _repeated_header(a: JoinedTable, b: JoinedTable) -> int:
    """How many of b's first rows repeat a's; rows with numbers are no header."""
    for row in range(min(a.rows, b.rows)):
        above, below = a.row_cells(row), b.row_cells(row)
        if any(cell.is_number for cell in below) or _row_likeness(above, below) < _SAME_TEXT:
            return row
    return min(a.rows, b.rows)


def _row_likeness(above: Sequence[JoinedCell], below: Sequence[JoinedCell]) -> float:
    return similarity("".join(c.text for c in above), "".join(c.text for c in below))


def _without_rows(cells: Cells, count: int) -> Cells:
    """Without the first rows; a cell that reaches over them keeps the rest of its span."""
    kept: Cells = []
    for cell in cells:
        hidden = min(max(count - cell.row, 0), cell.rowspan)
        if hidden < cell.rowspan:
            kept.append(replace(cell, row=max(cell.row - count, 0), rowspan=cell.rowspan - hidden))
    return kept


def _row_is_cut(
    upper: Cells, lower: Cells, a: JoinedTable, b: JoinedTable, wordings: Wordings
) -> bool:
    """Whether a's last row and b's first are two halves of one.

    No column may carry text on both sides, but for a label that goes on: its halves together are a
    label that the forms know, and neither half is. Two empty halves say nothing.
    """
    pairs = _pairs(upper, lower)
    if not pairs or not all(
        x.rowspan == 1 or y.rowspan == 1 or x.blank or y.blank for x, y in pairs
    ):
        return False
    row = [(x, y) for x, y in pairs if x.rowspan == 1 and y.rowspan == 1]
    both = [(x, y) for x, y in row if not x.blank and not y.blank]
    if not row or not all(_goes_on(x, y, wordings) for x, y in both):
        return False
    values_above = any(x.is_number for x, _ in row)
    values_below = any(y.is_number for _, y in row)
    label_below = any(y.is_label for _, y in row)
    if values_above and values_below:
        return False
    if not values_below and not label_below:
        return all(y.blank for _, y in row) and (
            a.parts[-1].grid.open_bottom or b.parts[0].grid.open_top
        )
    label_above = any(x.is_label for x, _ in row)
    return bool(both) or (label_above and values_below and not label_below)


def _pairs(upper: Cells, lower: Cells) -> list[tuple[JoinedCell, JoinedCell]]:
    """Cells that touch at the seam and have the same columns; empty if the columns differ."""
    bottom = _height(upper)
    above = {(c.column, c.colspan): c for c in upper if c.row + c.rowspan == bottom}
    below = {(c.column, c.colspan): c for c in lower if c.row == 0}
    if above.keys() != below.keys():
        return []
    return [(above[key], below[key]) for key in sorted(above)]


def _goes_on(x: JoinedCell, y: JoinedCell, wordings: Wordings) -> bool:
    """Whether the text of y ends a label that x begins."""
    if not (x.is_label or y.is_label):
        return False
    whole = wordings.known(x.text + y.text)
    return whole >= _KNOWN and whole > max(wordings.known(x.text), wordings.known(y.text))


def _mended(upper: Cells, lower: Cells) -> tuple[Cells, Cells]:
    """The halves of the cut row made one row, the last of the upper part."""
    halves = {id(x): y for x, y in _pairs(upper, lower) if x.rowspan == 1 or y.rowspan == 1}
    mended = [_one_row(cell, halves[id(cell)]) if id(cell) in halves else cell for cell in upper]
    gone = {id(y) for y in halves.values() if y.rowspan == 1}
    rest = _without_rows([cell for cell in lower if id(cell) not in gone], 1)
    return mended, rest


def _one_row(x: JoinedCell, y: JoinedCell) -> JoinedCell:
    """One cell of two halves: where only one has text, it is that one."""
    if y.blank:
        return x
    if x.blank:
        return replace(x, page=y.page, box=y.box, reading=y.reading)
    return replace(x, reading=_joined_text(x.reading, y.reading))


def _joined_text(x: Reading, y: Reading) -> Reading:
    return Reading(f"{x.text}\n{y.text}", min(x.probability, y.probability), x.source)


def _with_spans_closed(upper: Cells, lower: Cells, seam: int, wordings: Wordings) -> Cells:
    """Label cells that the page break cut through made whole."""
    below = {(c.column, c.colspan): c for c in lower if c.row == seam}
    last_label = max((c.column for c in below.values() if c.is_label), default=0)
    cells: Cells = []
    closed: set[int] = set()
    for cell in upper:
        other = below.get((cell.column, cell.colspan))
        if (
            other is not None
            and cell.row + cell.rowspan == seam
            and cell.column < last_label
            and _same_span(cell, other, wordings)
        ):
            closed.add(id(other))
            reading = cell.reading
            if not other.blank and not _same_label(cell, other):
                reading = _joined_text(reading, other.reading)
            cells.append(replace(cell, rowspan=cell.rowspan + other.rowspan, reading=reading))
        else:
            cells.append(cell)
    return cells + [cell for cell in lower if id(cell) not in closed]


def _same_span(x: JoinedCell, y: JoinedCell, wordings: Wordings) -> bool:
    if not x.is_label:
        return False
    return y.blank or _same_label(x, y) or _goes_on(x, y, wordings)


def _same_label(x: JoinedCell, y: JoinedCell) -> bool:
    return normalise(x.text) == normalise(y.text)


def _height(cells: Iterable[JoinedCell]) -> int:
    return max((cell.row + cell.rowspan for cell in cells), default=0)
