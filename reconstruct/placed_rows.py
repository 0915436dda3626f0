"""Rows of a table from the lines that a form's items were placed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from document.form import TableForm, ValueKind
from document.geometry import Box
from document.report import TextLine
from reconstruct.amounts import is_unit, parse_amount
from reconstruct.label_chains import PrintedLine
from reconstruct.printed_items import Placed

_LEVEL = 0.5
"""Share of the lower one's height by which two parts of a row stand beside each other."""

_LABEL = 0.6
"""A label less alike than this does not tell where labels end."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """What is printed in a row: its label, its values, units in a column of their own.

    It reaches from `top` to `foot`. `count`: how many columns the form has there, 0 in a caption
    and in a row that the form does not know. All boxes in upright points.
    """

    top: float
    foot: float
    label: Box | None = None
    values: tuple[Box, ...] = ()
    units: tuple[Box, ...] = ()
    count: int = 0
    is_head: bool = False

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (*self.values, *([self.label] if self.label else []))


def label_end(table: TableForm, found: Sequence[Placed]) -> float | None:
    """Where labels end: those that are like the form's, else before the headings; None without."""
    labels = [(p.likeness, p.label.box.x1) for p in found if p.label and p.item.row is not None]
    if labels:
        return max([x for likeness, x in labels if likeness >= _LABEL] or [x for _, x in labels])
    heads = [head.box for p in found for head in p.heads]
    labelled = any(row.labels for block in table.blocks for row in block.rows)
    return min(box.x0 - box.height / 2 for box in heads) if heads and labelled else None


def rows_of(
    table: TableForm, found: Sequence[Placed], lines: Sequence[PrintedLine], end: float | None
) -> list[PlacedRow]:
    """A row for each placed item, and one for each other line with values between them.

    `end`: where labels end.
    """
    at = {n: p for p in found for n in range(p.first, p.last + 1)}
    rows: list[PlacedRow] = []
    for n in range(found[0].first, found[-1].last + 1):
        p = at.get(n)
        if p is None:
            values = tuple(sorted(run.box for run in lines[n] if _is_value(run, end)))
            if values:
                _add(
                    rows,
                    PlacedRow(min(b.y0 for b in values), max(b.y1 for b in values), values=values),
                )
        elif n == p.first and (row := _row(table, p, lines[p.first : p.last + 1], end)):
            _add(rows, row)
    if found[-1].item.head and rows and (row := _row_below(table, found[-1], rows[-1], lines)):
        rows.append(row)
    return rows


def _add(rows: list[PlacedRow], row: PlacedRow) -> None:
    """The row put below the others, or beside the last one: values may stand a little higher or
    lower than their label, or than others where the page is not quite level."""
    last = rows[-1] if rows else None
    if last and not (last.label and row.label) and _are_beside(last, row):
        known = last if last.label else row
        top, foot = min(last.top, row.top), max(last.foot, row.foot)
        values = tuple(sorted((*last.values, *row.values)))
        rows[-1] = replace(known, top=top, foot=foot, values=values)
    else:
        rows.append(row)


def _are_beside(one: PlacedRow, other: PlacedRow) -> bool:
    """Whether rows stand at one height, and no value of one over or under one of the other."""
    shared = min(one.foot, other.foot) - max(one.top, other.top)
    return shared > _LEVEL * min(one.foot - one.top, other.foot - other.top) and not any(
        a.x0 < b.x1 and b.x0 < a.x1 for a in one.values for b in other.values
    )


def _row(
    table: TableForm, p: Placed, lines: Sequence[PrintedLine], end: float | None
) -> PlacedRow | None:
    runs = [run for line in lines for run in line]
    own = p.label.runs if p.label else ()
    values = [run.box for run in runs if run not in own and _is_value(run, end)]
    if p.item.head:
        values = [head.box for head in p.heads if end is None or head.box.x1 > end]
    others = [run.box for run in runs if not _is_value(run, end)]
    label = p.label.box if p.label else Box.enclosing(others) if others else None
    boxes = [*values, *([label] if label else [])]
    if p.item.head and not boxes:  # headings that nobody can read
        boxes = [run.box for run in runs]
    if not boxes:
        return None
    top, foot = min(b.y0 for b in boxes), max(b.y1 for b in boxes)
    units = tuple(run.box for run in runs if is_unit(run.text))
    count = 0 if p.item.is_caption else len(table.blocks[p.item.block or 0].columns)
    return PlacedRow(top, foot, label, tuple(sorted(values)), units, count, p.item.head)


def _row_below(
    table: TableForm, head: Placed, above: PlacedRow, lines: Sequence[PrintedLine]
) -> PlacedRow | None:
    """The row without label below the last headings: what values are there, or nothing but white.

    Strokes are easily overlooked, and too few are left of a row of them to tell it by itself.
    """
    block = table.blocks[head.item.block or 0]
    if len(block.rows) > 1 or block.rows[0].labels or not above.values:
        return None
    height = min(box.height for box in above.values)
    top, foot = above.foot + height / 2, above.foot + 2 * height
    below = lines[head.last + 1] if head.last + 1 < len(lines) else ()
    values = tuple(run.box for run in below if not _is_text(run))
    if 2 * len(values) > len(below):
        top, foot = min(b.y0 for b in values), max(b.y1 for b in values)
    elif below and min(run.box.y0 for run in below) <= foot:
        return None
    return PlacedRow(top, foot, values=values, count=len(block.columns))


def _is_text(run: TextLine) -> bool:
    return parse_amount(run.text, None, ValueKind.AMOUNT).unexpected


def _is_value(run: TextLine, end: float | None) -> bool:
    return (end is None or run.box.center[0] > end) and not is_unit(run.text)
