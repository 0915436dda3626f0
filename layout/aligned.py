"""Tables without rulings: rows and columns from how their text is aligned."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from document.geometry import Box
from document.grid import Bounds, GridCell, TableGrid
from layout.centred import Slot
from layout.columns import GUTTER, INK, Columns, find_columns, is_number, label_height
from layout.crowded import parted
from layout.heads import heads
from layout.label_columns import label_columns
from layout.label_rows import Cell, LabelZone, label_pieces, label_rows
from layout.rulings import Ruling
from layout.scan_lines import TextInk
from layout.text_lines import Line, lines_of_pieces, phrases, text_pieces

EDGE = 0.25
"""In characters: pieces so low, and so near a ruling, are what is left of it."""
LOWEST = 0.4
"""Height of a digit, at least, as a share of that of labels."""
ACROSS = 0.6
"""Share of the values' width that a ruling between two rows runs through, at least."""


def with_aligned(
    ruled: Sequence[TableGrid], page: int, text: TextInk, rulings: Iterable[Ruling]
) -> tuple[TableGrid, ...]:
    """The tables that rulings draw, and those of the text outside them that is aligned.

    A ruled table's cell with several numbers is parted along lines of the table, where that parts
    them. Rulings that only part rows draw a table of one column; then the text says what columns
    it has.
    """
    em = text.em / text.scale
    level = [r for r in rulings if r.horizontal]
    pieces = [
        piece
        for piece in text_pieces(text)
        if not (piece.height < EDGE * em and any(_is_part(piece, r, em) for r in level))
    ]
    better = [_parted(grid, pieces, em) for grid in ruled]
    return tuple(better)
    whole = [grid for grid in better if grid.columns > 1]
    outside = [b for b in pieces if not any(grid.box.holds(b.center) for grid in whole)]
    aligned = aligned_grids(page, outside, level, em)
    rest = [
        grid
        for grid in better
        if grid.columns == 1 and not any(grid.box.common(other.box) for other in aligned)
    ]
    return tuple(sorted([*whole, *rest, *aligned], key=lambda g: (g.box.y0, g.box.x0)))


def _parted(grid: TableGrid, pieces: Sequence[Box], em: float) -> TableGrid:
    """The grid, cells with several numbers parted; numbers are low or narrow pieces of text."""
    if all(cell.rowspan == cell.colspan == 1 for cell in grid.cells):
        return grid
    inside = [b for b in pieces if grid.box.holds(b.center)]
    character = label_height(inside, em)
    words = [b for line in lines_of_pieces(inside) for b in phrases(line, GUTTER * em)]
    numbers = [b for b in words if b.height > LOWEST * character and is_number(b, character)]
    return parted(grid, numbers, [b for b in words if b not in numbers], em)


def _is_part(piece: Box, ruling: Ruling, em: float) -> bool:
    """Whether a low piece is what is left of a ruling."""
    return ruling.box.grown(em, EDGE * em).holds(piece.center)


def aligned_grids(
    page: int, pieces: Iterable[Box], level: Sequence[Ruling], em: float
) -> list[TableGrid]:
    """The tables that pieces of text make by standing in rows and columns, top to bottom.

    `page` counts from 1; `pieces`: boxes round runs of characters outside other tables, upright
    points; `level`: the horizontal rulings there; `em`: the size of a character in points.
    """
    columns = find_columns(lines_of_pieces(pieces), em)
    return [_grid(page, some, level, em) for some in columns]


def _grid(page: int, columns: Columns, level: Sequence[Ruling], em: float) -> TableGrid:
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
    walls = _walls(level, (max(start, edges[0]), box.x1))
    slots, cells = _rows(body, captions, LabelZone(tuple(inner), start, walls, em), column_lines)
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
    covered = {
        (r + i, c + j) for r, c, down, wide in cells for i in range(down) for j in range(wide)
    }
    cells += [
        (r, c, 1, 1) for r in range(len(slots)) for c in range(width) if (r, c) not in covered
    ]
    row_lines = _borders(slots, em)
    return TableGrid(page, row_lines, column_lines, _boxed(cells, row_lines, column_lines))


def _walls(level: Sequence[Ruling], values: Slot) -> tuple[float, ...]:
    """Where rulings part rows: they run through most of the values."""
    start, end = values
    return tuple(
        sorted(
            r.position
            for r in level
            if min(r.end, end) - max(r.start, start) > ACROSS * (end - start)
        )
    )


def _has_labels(columns: Columns, lines: Sequence[Line], end: float) -> bool:
    """Whether the first column has labels, and no numbers as the others."""
    return any(b.center[0] < end and not columns.is_number(b) for line in lines for b in line)


def _values(line: Line, start: float) -> Line:
    return [piece for piece in line if piece.center[0] >= start]


def _head_lines(columns: Columns, above: Sequence[Line]) -> int:
    """How many of the table's lines are heads: those with values before the first with digits."""
    start = columns.gutters[columns.first_value()][1]
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
    lines: Sequence[Line], captions: set[int], zone: LabelZone, column_lines: Sequence[float]
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
        if captions:
            labelled += _wide_values(part, len(some), zone, column_lines)
        cells += [(r + len(slots), c, down, wide) for r, c, down, wide in labelled]
        slots += some
        part = []
        if line:
            cells.append((len(slots), 0, 1, len(column_lines) - 1))
            slots.append((min(b.y0 for b in line), max(b.y1 for b in line)))
    return slots, cells


def _wide_values(
    lines: Sequence[Line], rows: int, zone: LabelZone, column_lines: Sequence[float]
) -> list[Cell]:
    """Values under a caption that span all columns of values, for they stand in one of them."""
    first = bisect_right(column_lines, zone.end) - 1
    width = len(column_lines) - 1 - first
    used = {
        bisect_right(column_lines, b.center[0]) for line in lines for b in _values(line, zone.end)
    }
    return [(row, first, 1, width) for row in range(rows)] if len(used) == 1 else []


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
