"""A grid from rows of print: where its columns are, and its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

from document.geometry import Box
from document.grid import Bounds, GridCell, TableGrid
from reconstruct.column_placing import Extent, columns_of
from reconstruct.placed_rows import PlacedRow

TELLING = 3
"""Fewer columns than these tell nothing of another page's."""

_BEFORE = 0.6
"""In characters: a column of values begins no further before them, for labels may be longer on the
table's next page."""

_NEAR = 0.3
"""In characters: values begin no nearer to their label."""

OVER = 0.3
"""In characters: a line between columns may reach so far into what is printed on the next page,
which is not straightened alike."""

_MOST_LEVELS = 4
"""So many levels of labels a form has at most; labels that begin at more places are centred."""


@dataclass(frozen=True, slots=True)
class ColumnLines:
    """Lines between columns, in points: `left` of the labels, before the `units` if they have a
    column, and those of the values, by the number of columns that rows have."""

    left: float
    units: float | None
    values: Mapping[int, tuple[float, ...]]

    @property
    def start(self) -> float:
        return min(lines[0] for lines in self.values.values())

    @property
    def end(self) -> float:
        return max(lines[-1] for lines in self.values.values())


def column_lines(
    rows: Sequence[PlacedRow], label_end: float | None, before: Sequence[TableGrid], em: float
) -> ColumnLines | None:
    """Where the columns are; None where nothing tells.

    `before`: the grids of the page before, for a table that goes on; `em`: a character in points.
    """
    boxes = [box for row in rows for box in row.boxes]
    extents = {count: _extents(rows, count) for count in sorted({r.count for r in rows} - {0})}
    known = [extent for columns in extents.values() for extent in columns]
    values = [box.x0 for row in rows if row.count for box in row.values]
    first = min((x for x, _ in known), default=min(values, default=max(b.x1 for b in boxes)))
    heads = [min(row.values).x0 for row in rows if row.is_head and len(row.values) == row.count]
    first = min([first, *heads])
    units = [box for row in rows for box in row.units if box.x1 < first]
    beside = [box.x1 for box in units]
    beside += [label_end] if label_end is not None and label_end < first else []
    labels = max(beside, default=-inf if label_end is None else first - em)
    start = (first + labels) / 2
    start = start if units else max(start, first - _BEFORE * em)
    right = max([*(box.x1 for box in boxes), *(x for _, x in known)]) + em / 2
    for columns in extents.values():
        before_first, after_last = _ends(columns)
        place = max(before_first, labels + _NEAR * em)
        start = place if place < first else min(start, place)
        right = max(right, after_last)
    goes_on = [
        (g.column_lines[-n - 1], g.column_lines[-1])
        for g in before[-1:]
        for n in extents
        if n < len(g.column_lines) and not heads
    ]
    start = min([x for x, _ in goes_on if labels < x < first], default=start)
    right = max([right, *(x for _, x in goes_on)])
    left = start if label_end is None else min(box.x0 for box in boxes) - em / 2
    lines: dict[int, tuple[float, ...]] = {}
    for count, columns in extents.items():
        here = (start, *_between(columns), right) if columns else ()
        tells = count >= TELLING or not values
        above = _as_before(before, count, columns, labels, em) if tells else None
        if above:
            left, here = min(left, above[0]), (min(start, above[1][0]), *above[1][1:])
        if here:
            lines[count] = here
    has_units = 2 * len(units) >= len(rows)
    unit = min(box.x0 for box in units) - em / 4 if has_units else None
    return ColumnLines(left, unit, _agreeing(lines, rows, em)) if lines else None


def _agreeing(
    lines: Mapping[int, tuple[float, ...]], rows: Sequence[PlacedRow], em: float
) -> dict[int, tuple[float, ...]]:
    """The lines, those of rows with fewer or more columns the same as in most rows where they are
    no column apart."""
    usual = lines[max(lines, key=lambda count: sum(row.count == count for row in rows))]

    def agreed(line: float) -> float:
        nearest = min(usual, key=lambda x: abs(x - line))
        return nearest if abs(nearest - line) < em else line

    moved = {count: tuple(agreed(line) for line in own) for count, own in lines.items()}
    return {
        count: there if all(a < b for a, b in pairwise(there)) else lines[count]
        for count, there in moved.items()
    }


def _between(columns: Sequence[Extent]) -> list[float]:
    return [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]


def _ends(columns: Sequence[Extent]) -> Extent:
    """Where the first column begins and the last ends if they are as wide as those between them,
    which may be far from what is printed; anywhere where none is between two."""
    lines = _between(columns)
    if len(lines) < TELLING - 1:
        return inf, -inf
    width = median(b - a for a, b in pairwise(lines))
    return lines[0] - width, lines[-1] + width


def _extents(rows: Sequence[PlacedRow], count: int) -> list[Extent]:
    some = [row for row in rows if row.count == count]
    return columns_of(
        [row.values for row in some if not row.is_head],
        [row.values for row in some if row.is_head],
        count,
    )


def _as_before(
    before: Sequence[TableGrid], count: int, columns: Sequence[Extent], label_end: float, em: float
) -> tuple[float, tuple[float, ...]] | None:
    """The left edge and the columns of the last table on the page before, if it has as many.

    They begin right of where labels end, and part the `columns` found here, if any.
    """
    for grid in before[-1:]:
        lines = grid.column_lines[-count - 1 :]
        if len(grid.column_lines) < count + 2:
            continue
        parted = all(
            a[1] - OVER * em < line < b[0] + OVER * em
            for (a, b), line in zip(pairwise(columns), lines[1:-1], strict=False)
        )
        if parted and label_end < lines[0] + em:
            return grid.column_lines[0], lines
    return None


def grid_of(
    page: int, rows: Sequence[PlacedRow], columns: ColumnLines, em: float
) -> TableGrid | None:
    """The grid of these rows; cells of rows with fewer columns span several.

    None where the columns of some rows contradict those of others.
    """
    levels = _levels(rows, columns, em)
    inner = {line for lines in columns.values.values() for line in lines[1:-1]}
    units = [x for x in (columns.units,) if x and levels and levels[-1] < x < columns.start]
    across = [*levels, *units, columns.start, *sorted(inner), columns.end]
    if any(a >= b for a, b in pairwise(across)):
        return None
    down = _row_lines(rows, em)
    cells: list[GridCell] = []
    for n, row in enumerate(rows):
        places = [0, len(across) - 1]
        if row.count:
            inside = [across.index(x) for x in columns.values[row.count][1:-1]]
            places = [
                *(len(levels) for _ in units),
                across.index(columns.start),
                *inside,
                places[1],
            ]
            if levels and row.label:
                places = [max(bisect_right(levels, row.label.x0) - 1, 0), *places]
            places = [*([0] if places[0] else []), *places]
        cells += [
            GridCell(
                *(n, a, 1, b - a),
                Box(across[a], down[n], across[b], down[n + 1]),
                Bounds.ALIGNED,
            )
            for a, b in pairwise(places)
        ]
    return TableGrid(page, tuple(down), tuple(across), tuple(cells))


def _levels(rows: Sequence[PlacedRow], columns: ColumnLines, em: float) -> list[float]:
    """Where labels begin, those of groups first; one place where they are not aligned."""
    if columns.left >= columns.start:
        return []
    levels = [columns.left]
    for x in sorted(row.label.x0 - em / 4 for row in rows if row.count and row.label):
        if x > levels[-1] + em:
            levels.append(x)
    aligned = len(levels) <= _MOST_LEVELS and levels[-1] < columns.start - em
    return levels if aligned else [columns.left]


def _row_lines(rows: Sequence[PlacedRow], em: float) -> list[float]:
    """Lines midway between the rows."""
    between = [(a.foot + b.top) / 2 for a, b in pairwise(rows)]
    lines = [rows[0].top - em / 2, *between, rows[-1].foot + em / 2]
    for n in range(1, len(lines)):
        lines[n] = max(lines[n], lines[n - 1] + em / 20)
    return lines
