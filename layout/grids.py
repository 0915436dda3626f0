"""Rulings to grids: connected rulings → row and column lines → edges → cells with their spans.

Distances are told in terms of `tolerance`, how far a ruling may lie from where it should.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from document.geometry import Box
from document.grid import GridCell, TableGrid
from layout.rulings import Ruling, bands, mean_position, merged
from layout.spans import RULED, Lattice, Shares, groups, spans

TOLERANCE = 2.0
REACH = 3.0
"""A gap or an overshoot of so many tolerances still counts as touching."""
SLIVER = 0.25
"""Lines closer than this share of a typical row's height are one line drawn twice."""
MOST_LINES = 400
"""More lines than this in one direction are a hatching or an attack, not a table."""
MOST_RULINGS = 600
"""Of more rulings in one direction only the longest are looked at."""

log = logging.getLogger("gouji.layout")


def find_grids(
    page: int, rulings: Sequence[Ruling], tolerance: float = TOLERANCE
) -> tuple[TableGrid, ...]:
    """The tables that the rulings draw, top to bottom; frames round a single cell are left out.

    `page` counts from 1; `rulings` and `tolerance` are in upright points. A table cut by the page
    break, its vertical rulings running on past the last (first) horizontal one, is closed where
    they end and marked open; one without outer left or right ruling is closed where its horizontal
    rulings end.
    """
    whole = merged(rulings, tolerance, REACH * tolerance)
    grids = [
        grid for table in touching(whole, tolerance) if (grid := _grid(page, table, tolerance))
    ]
    return tuple(sorted(grids, key=lambda g: (g.box.y0, g.box.x0)))


def touching(rulings: Sequence[Ruling], tolerance: float) -> list[list[Ruling]]:
    """Rulings in groups that cross or touch: tables, and rulings by themselves."""
    longest = sorted(range(len(rulings)), key=lambda i: -rulings[i].length)
    across = [(1, i) for i in longest if rulings[i].horizontal][:MOST_RULINGS]
    down = [(0, i) for i in longest if not rulings[i].horizontal][:MOST_RULINGS]
    if not across or not down:
        return []
    h = np.array([_numbers(rulings[i]) for _, i in across])[:, None]
    v = np.array([_numbers(rulings[i]) for _, i in down])[None]
    reach = REACH * tolerance + np.maximum(h[..., 3], v[..., 3]) / 2
    meet = (
        (v[..., 0] >= h[..., 1] - reach)
        & (v[..., 0] <= h[..., 2] + reach)
        & (h[..., 0] >= v[..., 1] - reach)
        & (h[..., 0] <= v[..., 2] + reach)
    )
    links = [(across[i], down[j]) for i, j in zip(*np.nonzero(meet), strict=True)]
    return [[rulings[i] for _, i in sorted(group)] for group in groups(across + down, links)]


def _numbers(ruling: Ruling) -> tuple[float, float, float, float]:
    return ruling.position, ruling.start, ruling.end, ruling.width


def _grid(page: int, rulings: Sequence[Ruling], tolerance: float) -> TableGrid | None:
    across = [r for r in rulings if r.horizontal]
    down = [r.transposed() for r in rulings if not r.horizontal]
    if not across or not down or len(rulings) < 3:
        return None
    reach = REACH * tolerance
    sliver = _sliver(_lines(across, tolerance), down, tolerance)
    row_lines, column_lines = _lines(across, sliver), _lines(down, sliver)
    row_lines, open_top, open_bottom = _closed(row_lines, down, reach)
    column_lines, _, _ = _closed(column_lines, across, reach)
    if max(len(row_lines), len(column_lines)) > MOST_LINES:
        log.debug("page %d: %d rulings are too many for a table", page, len(rulings))
        return None
    row_lines, column_lines, lattice = _lattice(row_lines, column_lines, across, down, reach)
    if lattice.rows * lattice.columns < 2:
        return None
    if min(row_lines[-1] - row_lines[0], column_lines[-1] - column_lines[0]) < reach:
        return None
    cells = _cells(row_lines, column_lines, lattice)
    return TableGrid(page, row_lines, column_lines, cells, open_top, open_bottom)


def _sliver(rows: Sequence[float], down: Sequence[Ruling], tolerance: float) -> float:
    """How close two lines must be to be one: a share of the row in which the table's middle lies.

    Rows count by their height, so that the narrow gaps of double rulings do not count at all.
    """
    ends = [min(r.start for r in down), max(r.end for r in down)]
    lines = sorted([*rows, *ends])
    heights = sorted(b - a for a, b in pairwise(lines))
    middle = np.searchsorted(np.cumsum(heights), sum(heights) / 2)
    return min(max(SLIVER * heights[middle], tolerance), REACH * tolerance)


def _lines(rulings: Sequence[Ruling], apart: float) -> tuple[float, ...]:
    """Positions of the lines the rulings lie on; two rulings at most `apart` share one."""
    lines = [Ruling(True, mean_position(band), 0, sum(r.length for r in band))
             for band in bands(rulings, apart)]  # fmt: skip
    return tuple(line.position for line in lines)


def _closed(
    lines: tuple[float, ...], crossing: Sequence[Ruling], reach: float
) -> tuple[tuple[float, ...], bool, bool]:
    """Lines with a first and a last one added where the rulings that cross them run on further.

    A single ruling may be stray, so they run on as far as two of them reach.
    """
    starts, ends = sorted(r.start for r in crossing), sorted(r.end for r in crossing)
    start, end = starts[:2][-1], ends[-2:][0]
    before, after = start < lines[0] - reach, end > lines[-1] + reach
    return ((start,) * before + lines + (end,) * after), before, after


def _lattice(
    row_lines: tuple[float, ...],
    column_lines: tuple[float, ...],
    across: Sequence[Ruling],
    down: Sequence[Ruling],
    reach: float,
) -> tuple[tuple[float, ...], tuple[float, ...], Lattice]:
    """How much of each edge is ruled; lines that divide no two cells are dropped."""
    while True:
        above = _shares(row_lines, column_lines, across, reach)
        left = _shares(column_lines, row_lines, down, reach)
        rows, columns = _dividing(row_lines, above), _dividing(column_lines, left)
        if (rows, columns) == (row_lines, column_lines):
            return rows, columns, Lattice(above, left.T)
        row_lines, column_lines = rows, columns


def _dividing(lines: tuple[float, ...], shares: Shares) -> tuple[float, ...]:
    divides: npt.NDArray[np.bool_] = np.any(shares >= RULED, axis=1)
    divides[[0, -1]] = True
    return tuple(line for line, keep in zip(lines, divides, strict=True) if keep)


def _shares(
    lines: Sequence[float], crossing: Sequence[float], rulings: Sequence[Ruling], reach: float
) -> Shares:
    """(lines, crossing - 1): the share of each line between two crossing lines that is ruled."""
    marks, positions = np.array(crossing), np.array(lines)
    shares = np.zeros((len(lines), len(crossing) - 1))
    for i, ruled in enumerate(_by_line(positions, rulings, reach)):
        for piece in merged(ruled, np.inf, reach):
            start, end = (_snapped(v, marks, reach) for v in (piece.start, piece.end))
            common = np.minimum(end, marks[1:]) - np.maximum(start, marks[:-1])
            shares[i] += np.clip(common, 0, None) / np.diff(marks)
    return shares


def _by_line(lines: Shares, rulings: Sequence[Ruling], reach: float) -> list[list[Ruling]]:
    ruled: list[list[Ruling]] = [[] for _ in lines]
    for ruling in rulings:
        distances = np.abs(lines - ruling.position)
        nearest = int(distances.argmin())
        if distances[nearest] <= reach:
            ruled[nearest].append(ruling)
    return ruled


def _snapped(value: float, marks: Shares, reach: float) -> float:
    nearest = float(marks[np.abs(marks - value).argmin()])
    return nearest if abs(nearest - value) <= reach else value


def _cells(
    row_lines: Sequence[float], column_lines: Sequence[float], lattice: Lattice
) -> tuple[GridCell, ...]:
    return tuple(
        GridCell(
            row=s.row,
            column=s.column,
            rowspan=s.row_end - s.row,
            colspan=s.column_end - s.column,
            box=Box(
                column_lines[s.column], row_lines[s.row],
                column_lines[s.column_end], row_lines[s.row_end],
            ),
        )
        for s in spans(lattice)
    )  # fmt: skip
