"""Tables without rulings: rows and columns from how their text is aligned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from document.geometry import Box
from document.grid import Bounds, GridCell, TableGrid
from layout.centred import Slot
from layout.columns import GUTTER, Columns, find_columns
from layout.heads import heads
from layout.label_columns import label_columns
from layout.label_rows import Cell, LabelZone, label_pieces, label_rows
from layout.text_lines import Line, lines_of_pieces, phrases


INK = 0.9
"""Height of a line of labels in characters."""


def aligned_grids(page: int, pieces: Iterable[Box], em: float) -> list[TableGrid]:
    """The tables that pieces of text make by standing in rows and columns, top to bottom.

    `page` counts from 1; `pieces`: boxes round runs of characters outside other tables, upright
    points; `em`: the size of a character in points.
    """
    return [_grid(page, columns, em) for columns in find_columns(lines_of_pieces(pieces), em)]


def _grid(page: int, columns: Columns, em: float) -> TableGrid:
    above = columns.above
    em = min(em, columns.character / INK)
    between = [(a + b) / 2 for a, b in columns.gutters]
    box = Box.enclosing([columns.box, *(b for line in above for b in line)])
    edges = box.x0 - em / 2, box.x1 + em / 2
    count = _head_lines(columns, above)
    body = columns.lines[count:]
    first = columns.first_value()
    start = between[first] if _has_labels(columns, body, between[first]) else edges[0]
    inner = label_columns([b for line in body for b in label_pieces(line, start, em)], em)
    column_lines = (edges[0], *inner, *between[first:], edges[1])
    width = len(column_lines) - 1
    captions = {n - count for n in columns.captions}
    slots, cells = _rows(body, captions, LabelZone(tuple(inner), start, em), width)
    if count or above:
        first = column_lines.index(start)
        top = heads(
            [_values(phrases(line, GUTTER * em), start) for line in above],
            [_values(line, start) for line in columns.lines[:count]],
            list(pairwise(column_lines[first:])),
            slots[0][0],
            em,
        )
        depth = len(top.levels)
        cells = [(r + depth, c, down, wide) for r, c, down, wide in cells]
        cells += [(r, c + first, down, wide) for r, c, down, wide in top.cells]
        cells += [(0, 0, depth, first)] * (first > 0)
        slots = [*top.levels, *slots]
    covered = {(r + i, c + j) for r, c, down, wide in cells for i in range(down) for j in range(wide)}
    cells += [
        (r, c, 1, 1) for r in range(len(slots)) for c in range(width) if (r, c) not in covered
    ]
    row_lines = _borders(slots, em)
    return TableGrid(page, row_lines, column_lines, _boxed(cells, row_lines, column_lines))


def _has_labels(columns: Columns, lines: Sequence[Line], end: float) -> bool:
    """Whether the first column has labels, and no numbers as the others."""
    return any(b.center[0] < end and not columns.is_number(b) for line in lines for b in line)


def _values(line: Line, start: float) -> Line:
    return [piece for piece in line if piece.center[0] >= start]


def _head_lines(columns: Columns, above: Sequence[Line]) -> int:
    """How many of the table's lines are heads: those with values before the first with digits."""
    start = columns.gutters[0][1]
    values = [_values(line, start) for line in columns.lines]
    first = next(
        (n for n, line in enumerate(values)
         if line and 2 * sum(columns.is_number(b) for b in line) >= len(line)),
        0,
    )  # fmt: skip
    count = max((n + 1 for n in range(first) if values[n]), default=0)
    if any(n < count for n in columns.captions) or (count == 1 and not above):
        return 0
    return count


def _rows(
    lines: Sequence[Line], captions: set[int], zone: LabelZone, width: int
) -> tuple[list[Slot], list[Cell]]:
    """The rows below the heads, and those of their cells that are labels or captions."""
    slots: list[Slot] = []
    cells: list[Cell] = []
    part: list[Line] = []
    for n, line in enumerate([*lines, []]):
        if line and n not in captions:
            part.append(line)
            continue
        some, labelled = label_rows(part, zone)
        cells += [(r + len(slots), c, down, wide) for r, c, down, wide in labelled]
        slots += some
        part = []
        if line:
            cells.append((len(slots), 0, 1, width))
            slots.append((min(b.y0 for b in line), max(b.y1 for b in line)))
    return slots, cells


def _borders(slots: Sequence[Slot], em: float) -> tuple[float, ...]:
    """Lines midway between rows."""
    between = [(a[1] + b[0]) / 2 for a, b in pairwise(slots)]
    lines = [slots[0][0] - em / 2, *between, slots[-1][1] + em / 2]
    for i in range(1, len(lines)):
        lines[i] = max(lines[i], lines[i - 1] + em / 20)
    return tuple(lines)


def _boxed(
    cells: Iterable[Cell], row_lines: Sequence[float], column_lines: Sequence[float]
) -> tuple[GridCell, ...]:
    return tuple(
        GridCell(
            *(row, column, down, wide),
            Box(
                *(column_lines[column], row_lines[row]),
                *(column_lines[column + wide], row_lines[row + down]),
            ),
            Bounds.ALIGNED,
        )
        for row, column, down, wide in sorted(cells)
    )
