"""Rulings that nothing joins, but that are of one table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from document.geometry import Box
from layout.rulings import Ruling, bands, mean_position
from layout.spans import groups

SAME_LINE = 0.2
"""In characters: rulings no further apart lie on one line of the table."""
APART = 4.0
"""In characters: two parts of a table are no further apart, rows of two lines of text included."""


def continued(tables: Sequence[Sequence[Ruling]], em: float) -> list[list[Ruling]]:
    """The tables; as one those that follow each other as parts of one, for what joins them may be
    weak."""
    found: list[list[Ruling]] = []
    for table in sorted(tables, key=_top):
        before = next((t for t in reversed(found) if _go_on(t, table, em)), None)
        if before is None:
            found.append(list(table))
        else:
            before += table
    return found


def side_by_side(tables: Sequence[Sequence[Ruling]], em: float) -> list[list[Ruling]]:
    """The tables; as one those that have rulings on one line."""
    numbers = [(n, 0) for n in range(len(tables))]
    of = {ruling: n for n, table in enumerate(tables) for ruling in table if ruling.horizontal}
    links = [
        ((of[one], 0), (of[other], 0))
        for line in bands(of, SAME_LINE * em)
        for one, other in pairwise(line)
    ]
    return [[r for n, _ in sorted(group) for r in tables[n]] for group in groups(numbers, links)]


def _go_on(table: Sequence[Ruling], below: Sequence[Ruling], em: float) -> bool:
    """Whether the part below has the same columns, or one of both has none and is no wider."""
    if _top(below) - max(r.box.y1 for r in table) > APART * em:
        return False
    near = SAME_LINE * em
    columns = [
        [mean_position(band) for band in bands((r for r in part if not r.horizontal), em)]
        for part in (table, below)
    ]
    if not all(columns):
        boxes = [Box.enclosing(r.box for r in part) for part in (table, below)]
        ends = ((len(at), box.x0, box.x1) for at, box in zip(columns, boxes, strict=True))
        (_, x0, x1), (_, outer_x0, outer_x1) = sorted(ends, key=lambda e: (e[0], e[2] - e[1]))
        return x0 >= outer_x0 - near and x1 <= outer_x1 + near
    return len(columns[0]) == len(columns[1]) and all(
        abs(a - b) <= near for a, b in zip(*columns, strict=True)
    )


def _top(table: Sequence[Ruling]) -> float:
    return min(r.box.y0 for r in table)
