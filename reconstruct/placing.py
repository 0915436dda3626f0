"""Tables that no ruling draws, made of the lines of text that a form says stand in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from document.form import Form, TableForm
from document.geometry import Box
from document.grid import Bounds, GridCell, TableGrid
from document.report import TextLine
from reconstruct.amounts import is_unit
from reconstruct.column_placing import columns_of
from reconstruct.label_chains import PrintedLine
from reconstruct.line_placing import Placed, placed

_INK = 0.9
"""Height of a line of labels in characters."""

_LEAST = 3
"""A table with fewer of its rows and headings on the page is left alone."""

_TELLING = 3
"""Fewer columns than these tell nothing of another page's."""

_MOST_LEVELS = 4
"""So many levels of labels a form has at most; labels that begin at more places are centred."""

_LABEL = 0.6
"""A label less alike than this does not tell where labels end."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What is printed in a row: its label's box, its values' boxes, from `top` to `foot`.

    `count`: how many columns the form has there, 0 in a caption and in a row that it does not know.
    """

    top: float
    foot: float
    label: Box | None
    values: tuple[Box, ...]
    count: int
    is_head: bool

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (*self.values, *([self.label] if self.label else []))


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """The grid of a table and how many of the form's slots it has."""

    grid: TableGrid
    slots: int


def placed_tables(
    page: int, lines: Sequence[PrintedLine], forms: Sequence[Form], before: Sequence[TableGrid] = ()
) -> tuple[PlacedTable, ...]:
    """The tables on the page, on the form that most speaks for.

    `lines`: what is printed outside other tables, top to bottom. `before`: grids of the page
    before, for a table that goes on without headings.
    """
    heights = [run.box.height for line in lines for run in line if run.text]
    if not heights:
        return ()
    em = median(heights) / _INK
    found, _, form = max(
        ((*placed(form, lines, em), form) for form in forms), key=lambda each: each[1]
    )
    tables = []
    for number, items in groupby(found, key=lambda p: p.item.table):
        inside = [p for p in items if p.item.block is not None]
        mine, table = _between_labels(inside), form.tables[number]
        if mine and _is_table(table, mine, before):
            tables.append(_table(page, table, mine, lines, em, before))
    return tuple(found for found in tables if found)


def _is_table(table: TableForm, found: Sequence[Placed], before: Sequence[TableGrid]) -> bool:
    """Whether enough of the table is there; of one that goes on, a row without label is."""
    if len(found) >= _LEAST or any(len(p.heads) >= _TELLING for p in found):
        return True
    first = found[0].item
    block = table.blocks[first.block or 0]
    goes_on = first.row is not None and not block.rows[first.row].labels
    return goes_on and any(len(grid.column_lines) > len(block.columns) for grid in before[-1:])


def _between_labels(found: Sequence[Placed]) -> list[Placed]:
    """Without rows of unknown label before the first known line and after the last."""
    known = [n for n, p in enumerate(found) if p.likeness or p.item.row == 0]
    return list(found[known[0] : known[-1] + 1]) if known else []


def _table(
    page: int,
    table: TableForm,
    found: Sequence[Placed],
    lines: Sequence[PrintedLine],
    em: float,
    before: Sequence[TableGrid],
) -> PlacedTable | None:
    label_end = _label_end(table, found)
    rows = _rows(table, found, lines, label_end)
    boxes = [box for row in rows for box in row.boxes]
    counts = sorted({row.count for row in rows} - {0})
    extents = {
        count: columns_of(
            [row.values for row in rows if row.count == count and not row.is_head],
            [row.values for row in rows if row.count == count and row.is_head],
            count,
        )
        for count in counts
    }
    known = [extent for columns in extents.values() for extent in columns]
    if not boxes or not (known or before):
        return None
    values = [box.x0 for row in rows if row.count for box in row.values]
    first = min((x for x, _ in known), default=min(values, default=max(b.x1 for b in boxes)))
    units = [
        run.box
        for p in found
        for line in lines[p.first : p.last + 1]
        for run in line
        if is_unit(run.text) and run.box.x1 < first
    ]
    edges = [x for x in (*(box.x1 for box in units), label_end) if x is not None and x < first]
    start = (first + max(edges, default=first - em)) / 2
    left = start if label_end is None else min(box.x0 for box in boxes) - em / 2
    right = max([*(box.x1 for box in boxes), *(x for _, x in known)]) + em / 2
    columns: dict[int, tuple[float, ...]] = {}
    for count in counts:
        inner = [(a[1] + b[0]) / 2 for a, b in pairwise(extents[count])]
        here = (start, *inner, right) if extents[count] else ()
        if above := _as_before(before, count, here or (start, right), em):
            left, *here = above
        if here:
            columns[count] = tuple(here)
    if not columns:
        return None
    rows = [row for row in rows if not row.count or row.count in columns]
    slots = sum(row.count for row in rows if not row.is_head)
    inner = [] if 2 * len(units) < len(rows) else [min(box.x0 for box in units) - em / 4]
    return PlacedTable(_assembled(page, rows, columns, left, inner, em), slots)


def _label_end(table: TableForm, found: Sequence[Placed]) -> float | None:
    """Where labels end: those that are like the form's, else before the headings; None without."""
    labels = [(p.likeness, p.label.box.x1) for p in found if p.label and p.item.row is not None]
    sure = [x for likeness, x in labels if likeness >= _LABEL]
    if labels:
        return max(sure or [x for _, x in labels])
    heads = [head.box for p in found for head in p.heads]
    labelled = any(row.labels for block in table.blocks for row in block.rows)
    return min(box.x0 - box.height / 2 for box in heads) if heads and labelled else None


def _rows(
    table: TableForm,
    found: Sequence[Placed],
    lines: Sequence[PrintedLine],
    label_end: float | None,
) -> list[_Row]:
    """A row for each placed item, and one for each line with values between them."""
    at = {n: p for p in found for n in range(p.first, p.last + 1)}
    rows: list[_Row] = []
    for n in range(found[0].first, found[-1].last + 1):
        p = at.get(n)
        if p is None:
            values = tuple(run.box for run in lines[n] if _is_value(run, label_end))
            if not values:
                continue
            top, foot = min(b.y0 for b in values), max(b.y1 for b in values)
            if rows and rows[-1].top <= (top + foot) / 2 <= rows[-1].foot and not rows[-1].values:
                rows[-1] = replace(rows[-1], values=values)
            else:
                rows.append(_Row(top, foot, None, values, 0, False))
        elif n == p.first:
            row = _row(table, p, lines[p.first : p.last + 1], label_end)
            rows += [row] if row else []
    if found[-1].item.head and rows and (blank := _blank_row(table, found[-1], rows[-1], lines)):
        rows.append(blank)
    return rows


def _blank_row(
    table: TableForm, head: Placed, above: _Row, lines: Sequence[PrintedLine]
) -> _Row | None:
    """The row without label below the last headings, where nothing but white is left of it."""
    block = table.blocks[head.item.block or 0]
    height = min(box.height for box in above.values)
    top, foot = above.foot + height / 2, above.foot + 2 * height
    clear = head.last + 1 >= len(lines) or min(r.box.y0 for r in lines[head.last + 1]) > foot
    if len(block.rows) == 1 and not block.rows[0].labels and above.values and clear:
        return _Row(top, foot, None, (), len(block.columns), False)
    return None


def _row(
    table: TableForm, p: Placed, lines: Sequence[PrintedLine], label_end: float | None
) -> _Row | None:
    runs = [run for line in lines for run in line]
    own = p.label.runs if p.label else ()
    values = [run.box for run in runs if run not in own and _is_value(run, label_end)]
    if p.item.head:
        values = [head.box for head in p.heads if label_end is None or head.box.x1 > label_end]
    others = [run.box for run in runs if not _is_value(run, label_end)]
    label = p.label.box if p.label else Box.enclosing(others) if others else None
    boxes = [*values, *([label] if label else [])]
    if not boxes:
        return None
    is_caption = p.item.row is None and not p.item.head
    count = 0 if is_caption else len(table.blocks[p.item.block].columns)
    top, foot = min(b.y0 for b in boxes), max(b.y1 for b in boxes)
    return _Row(top, foot, label, tuple(sorted(values)), count, p.item.head)


def _is_value(run: TextLine, label_end: float | None) -> bool:
    beyond = label_end is None or run.box.center[0] > label_end
    return beyond and not is_unit(run.text)


def _as_before(
    before: Sequence[TableGrid], count: int, found: Sequence[float], em: float
) -> list[float] | None:
    """The left edge and the columns of the last table on the page before, if it has as many.

    They are where those that were `found` here are, or, where no columns were, begin near.
    """
    for grid in before[-1:]:
        lines = grid.column_lines[-count - 1 :]
        if count < _TELLING or len(grid.column_lines) < count + 2:
            continue
        if len(found) == len(lines):
            near = all(abs(a - b) < em for a, b in zip(found[1:-1], lines[1:-1], strict=True))
        else:
            near = abs(found[0] - lines[0]) < lines[1] - lines[0]
        if near:
            return [grid.column_lines[0], *lines]
    return None


def _assembled(
    page: int,
    rows: Sequence[_Row],
    columns: dict[int, tuple[float, ...]],
    left: float,
    units: Sequence[float],
    em: float,
) -> TableGrid:
    """The grid of these rows; cells of rows with fewer columns span several.

    `units`: where a column of units begins, if there is one.
    """
    start = min(lines[0] for lines in columns.values())
    end = max(lines[-1] for lines in columns.values())
    levels = _levels([row.label.x0 for row in rows if row.count and row.label], left, start, em)
    inner = sorted({line for lines in columns.values() for line in lines[1:-1]})
    units = [x for x in units if levels and levels[-1] < x < start]
    across = [*levels, *units, start, *inner, end]
    down = _row_lines(rows, em)
    cells: list[GridCell] = []
    for n, row in enumerate(rows):
        places = [0, len(across) - 1]
        if row.count:
            inside = [across.index(x) for x in columns[row.count][1:-1]]
            places = [*(len(levels) for _ in units), across.index(start), *inside, places[1]]
            if levels and row.label:
                places = [max(bisect_right(levels, row.label.x0) - 1, 0), *places]
            places = [*([0] if places[0] else []), *places]
        cells += [
            GridCell(n, a, 1, b - a, Box(across[a], down[n], across[b], down[n + 1]), Bounds.ALIGNED)
            for a, b in pairwise(places)
        ]
    return TableGrid(page, tuple(down), tuple(across), tuple(cells))


def _levels(labels: Sequence[float], left: float, start: float, em: float) -> list[float]:
    """Where labels begin, those of groups first; one place where they are not aligned."""
    if left >= start:
        return []
    levels = [left]
    for x in sorted(labels):
        if x - em / 4 > levels[-1] + em:
            levels.append(x - em / 4)
    return levels if len(levels) <= _MOST_LEVELS and levels[-1] < start - em else [left]


def _row_lines(rows: Sequence[_Row], em: float) -> list[float]:
    """Lines midway between the rows."""
    between = [(a.foot + b.top) / 2 for a, b in pairwise(rows)]
    lines = [rows[0].top - em / 2, *between, rows[-1].foot + em / 2]
    for n in range(1, len(lines)):
        lines[n] = max(lines[n], lines[n - 1] + em / 20)
    return lines
