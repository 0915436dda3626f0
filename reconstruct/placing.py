"""Tables that no ruling draws, made of the lines of text that a form says stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from document.form import Form, TableForm
from document.geometry import Box
from document.grid import TableGrid
from reconstruct.joined_table import is_label, says_number
from reconstruct.label_chains import MOST_LINES, PrintedLine
from reconstruct.line_placing import placed
from reconstruct.placed_grid import OVER, TELLING, column_lines, grid_of
from reconstruct.placed_rows import label_end, rows_of
from reconstruct.printed_items import Placed, PrintedText

_INK = 0.9
"""Height of a line of labels in characters."""

_LEAST = 3
"""A table with fewer of its rows and headings on the page is left alone."""

_ENOUGH = 0.5
"""Share of a row's columns of which the grid on the page before has a line, at least."""


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
    heights = [run.box.height for line in lines for run in line if _is_as_high_as_type(run.text)]
    if not heights:
        return ()
    em = median(heights) / _INK
    text = PrintedText.of(lines, em)
    found, _, form = max(((*placed(form, text), form) for form in forms), key=lambda each: each[1])
    tables: list[PlacedTable] = []
    for number, items in groupby(found, key=lambda p: p.item.table):
        table = form.tables[number]
        mine = _between_labels(table, _with_heads(table, list(items)))
        if not mine or not _is_table(table, mine, lines, before, em):
            continue
        end = label_end(table, mine)
        rows = rows_of(table, mine, lines, end)
        columns = column_lines(rows, end, before, em) if rows else None
        if columns:
            rows = [row for row in rows if not row.count or row.count in columns.values]
            grid = grid_of(page, rows, columns, em)
            slots = sum(row.count for row in rows if not row.is_head)
            tables += [PlacedTable(grid, slots)] if grid else []
    return tuple(tables)


def _is_as_high_as_type(text: str) -> bool:
    """Whether it is words or a number; strokes for blanks are lower."""
    return says_number(text) or (is_label(text) and len(text) > 1)


def _with_heads(table: TableForm, found: Sequence[Placed]) -> list[Placed]:
    """Without the title; between it and a row without label stand headings, read or not."""
    inside = [p for p in found if p.item.block is not None]
    number = inside[0].item.row if inside else None
    if number is None or len(inside) == len(found):
        return inside
    first = inside[0]
    row = table.blocks[first.item.block or 0].rows[number]
    above = found[0].last + 1, first.first - 1
    if row.labels or not 0 <= above[1] - above[0] < MOST_LINES:
        return inside
    return [Placed(replace(first.item, row=None, head=True), *above, 0.0), *inside]


def _between_labels(table: TableForm, found: Sequence[Placed]) -> list[Placed]:
    """Without rows of unknown label before the first known line and after the last."""
    known = [n for n, p in enumerate(found) if p.likeness or not _is_labelled(table, p)]
    return list(found[known[0] : known[-1] + 1]) if known else []


def _is_labelled(table: TableForm, p: Placed) -> bool:
    row = p.item.row
    return row is not None and bool(table.blocks[p.item.block or 0].rows[row].labels)


def _is_table(
    table: TableForm,
    found: Sequence[Placed],
    lines: Sequence[PrintedLine],
    before: Sequence[TableGrid],
    em: float,
) -> bool:
    """Whether enough of the table is there; of one that goes on, a row with all its values is."""
    if len(found) >= _LEAST or any(len(p.heads) >= TELLING for p in found):
        return True
    first, last = found[0], found[-1].item
    if first.item.head and last.row is not None:
        return True
    columns = len(table.blocks[first.item.block or 0].columns)
    if columns < TELLING:
        return False
    longest = max(lines[first.first : first.last + 1], key=len)
    goes_on = any(
        len(grid.column_lines) > columns
        or (len(longest) == columns and _parts(grid, [run.box for run in longest], em))
        for grid in before[-1:]
    )
    return goes_on and (not _is_labelled(table, first) or len(longest) > columns)


def _parts(grid: TableGrid, row: Sequence[Box], em: float) -> bool:
    """Whether the grid, some of whose rulings were not found, has the row's columns: its sides are
    where those of the row's columns would be, each of its other lines is between two values."""
    centers = [box.center[0] for box in row]
    step, over = median(b - a for a, b in pairwise(centers)), OVER * em
    ends = [max(box.center[0], box.x1 - over) for box in row]
    starts = [min(box.center[0], box.x0 + over) for box in row]
    gaps = list(zip([centers[0] - step, *ends], [*starts, centers[-1] + step], strict=True))
    places = [
        next((n for n, (a, b) in enumerate(gaps) if a < line < b), None)
        for line in grid.column_lines
    ]
    return (
        None not in places
        and len(set(places)) == len(places) > _ENOUGH * len(row)
        and (places[0], places[-1]) == (0, len(row))
    )
