"""Tables that no ruling draws, made of the lines of text that a form says stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from document.form import Form, TableForm
from document.geometry import Box
from document.grid import Bounds, GridCell, TableGrid
from document.report import TextLine
from reconstruct.amounts import is_unit
from reconstruct.column_placing import column_lines
from reconstruct.label_chains import PrintedLine
from reconstruct.line_placing import Placed, items_of_table, placed

_INK = 0.9
"""Height of a line of labels in characters."""

_LEAST = 3
"""A table with fewer of its rows and headings on the page is left alone."""

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


def placed_tables(
    page: int, lines: Sequence[PrintedLine], forms: Sequence[Form], before: Sequence[TableGrid] = ()
) -> tuple[TableGrid, ...]:
    """The grids of the tables on the page, on the form that most speaks for.

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
    grids = []
    for number, items in groupby(found, key=lambda p: p.item.table):
        inside = [p for p in items if p.item.block is not None]
        mine, table = _between_labels(inside), form.tables[number]
        begins = mine and mine[-1] is found[-1] and mine[-1].item.head
        if begins or len(mine) >= min(_LEAST, len(items_of_table(table, number)) - 1):
            grids.append(_grid(page, table, mine, lines, em, before))
    return tuple(grid for grid in grids if grid)


def _between_labels(found: Sequence[Placed]) -> list[Placed]:
    """Without rows of unknown label before the first known line and after the last."""
    known = [n for n, p in enumerate(found) if p.likeness or p.item.row == 0]
    return list(found[known[0] : known[-1] + 1]) if known else []


def _grid(
    page: int,
    table: TableForm,
    found: Sequence[Placed],
    lines: Sequence[PrintedLine],
    em: float,
    before: Sequence[TableGrid],
) -> TableGrid | None:
    labels = [p.label.box.x1 for p in found if p.label and p.item.row is not None]
    sure = [
        p.label.box.x1
        for p in found
        if p.label and p.item.row is not None and p.likeness >= _LABEL
    ]
    label_end = max(sure or labels, default=None)
    rows = _rows(table, found, lines, label_end)
    boxes = [box for row in rows for box in (*row.values, *([row.label] if row.label else []))]
    values = [box.x0 for row in rows if row.count and not row.is_head for box in row.values]
    if not boxes:
        return None
    start = min(values, default=label_end or min(b.x0 for b in boxes))
    left_of = [
        run.box.x1
        for p in found
        for line in lines[p.first : p.last + 1]
        for run in line
        if is_unit(run.text) and run.box.x1 < start
    ]
    start = (start + max([*left_of, *([label_end] if label_end else [])], default=start - em)) / 2
    end = max(box.x1 for box in boxes) + em / 2
    columns: dict[int, tuple[float, ...]] = {}
    for count in {row.count for row in rows} - {0}:
        some = [row for row in rows if row.count == count]
        found_lines = column_lines(
            [row.values for row in some if not row.is_head],
            [row.values for row in some if row.is_head],
            count,
            start,
            end,
        ) or _as_before(before, count, start, end)
        if found_lines:
            columns[count] = found_lines
    rows = [row for row in rows if not row.count or row.count in columns]
    if not columns:
        return None
    left = None if label_end is None else min(box.x0 for box in boxes) - em / 2
    return _assembled(page, rows, columns, left, em)


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
    return rows


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
    before: Sequence[TableGrid], count: int, start: float, end: float
) -> tuple[float, ...] | None:
    """The columns of the table on the page before that has as many, if they are here too."""
    for grid in reversed(before):
        lines = grid.column_lines[-count - 1 :]
        if len(lines) == count + 1 and lines[0] <= start < lines[1] and lines[-2] < end:
            return (start, *lines[1:-1], max(end, lines[-1]))
    return None


def _assembled(
    page: int,
    rows: Sequence[_Row],
    columns: dict[int, tuple[float, ...]],
    left: float | None,
    em: float,
) -> TableGrid:
    """The grid of these rows; cells of rows with fewer columns span several."""
    inner = sorted({line for lines in columns.values() for line in lines[1:-1]})
    start = min(lines[0] for lines in columns.values())
    end = max(lines[-1] for lines in columns.values())
    across = [*([left] if left is not None else []), start, *inner, end]
    down = _row_lines(rows, em)
    width = len(across) - 1
    first = 0 if left is None else 1
    cells: list[GridCell] = []
    for n, row in enumerate(rows):
        if not row.count:
            spans = [(0, width)]
        else:
            places = [first, *(across.index(x) for x in columns[row.count][1:-1]), width]
            spans = [*([(0, 1)] if first else []), *pairwise(places)]
        cells += [
            GridCell(n, a, 1, b - a, Box(across[a], down[n], across[b], down[n + 1]), Bounds.ALIGNED)
            for a, b in spans
        ]
        if row.count and row.label and first:
            label = cells[-len(spans)]
            x0 = max(row.label.x0 - em / 2, label.box.x0)
            x1 = max(min(row.label.x1 + em / 2, label.box.x1), x0)
            cells[-len(spans)] = replace(label, box=Box(x0, down[n], x1, down[n + 1]))
    return TableGrid(page, tuple(down), tuple(across), tuple(cells))


def _row_lines(rows: Sequence[_Row], em: float) -> list[float]:
    """Lines midway between the rows."""
    between = [(a.foot + b.top) / 2 for a, b in pairwise(rows)]
    lines = [rows[0].top - em / 2, *between, rows[-1].foot + em / 2]
    for n in range(1, len(lines)):
        lines[n] = max(lines[n], lines[n - 1] + em / 20)
    return lines
