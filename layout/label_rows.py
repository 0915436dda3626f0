"""Rows from labels and the numbers beside them; beside one number a label may have many lines."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from document.geometry import Box
from layout.centred import Slot, centred_runs
from layout.label_columns import outer_runs
from layout.text_lines import Line

WORDS = 0.8
"""In characters: pieces of one label are no further apart."""
NUMBER = 2.2
"""In characters: what is no wider may be the number before a label."""
FAR = 1.2
"""In characters: how far the number before a label may stand from it."""
SKIP = 0.5
"""In characters: a line of a label is rather a row of its own than so far off its row's middle."""

Cell = tuple[int, int, int, int]
"""Row, column, rows spanned, columns spanned."""


@dataclass(frozen=True, slots=True)
class LabelZone:
    """The columns of labels: where all but the first begin (`inner`), where values do (`end`).

    `walls`: the positions of rulings between rows, ascending, if there are any.
    """

    inner: tuple[float, ...]
    end: float
    walls: tuple[float, ...]
    em: float

    def level(self, label: Box) -> int:
        """The column of labels that it begins in."""
        return bisect_right(self.inner, label.x0)

    def reaches_values(self, label: Box) -> bool:
        """Whether no other level is to the right of the label."""
        level = self.level(label)
        return level == len(self.inner) or label.x1 > self.inner[level]


@dataclass(frozen=True, slots=True)
class _Row:
    slot: Slot
    level: int


def label_pieces(line: Line, end: float, em: float) -> Line:
    """The line's labels, which stand before the values."""
    found: Line = []
    for piece in [b for b in line if b.center[0] < end]:
        gap = (piece.x0 - found[-1].x1) / em if found else math.inf
        if gap <= WORDS or (gap <= FAR and found[-1].width <= NUMBER * em):
            found[-1] = Box.enclosing((found[-1], piece))
        else:
            found.append(piece)
    return found


def label_rows(lines: Sequence[Line], zone: LabelZone) -> tuple[list[Slot], list[Cell]]:
    """The rows that lines of text make, top to bottom, and their labels' cells."""
    labels = [b for line in lines for b in label_pieces(line, zone.end, zone.em)]
    values = [
        Box.enclosing(some)
        for line in lines
        if (some := [b for b in line if b.center[0] >= zone.end])
    ]
    own = [b for b in labels if _is_own(b, labels, values, zone)]
    own.sort(key=lambda b: b.center[1])
    outer = [b for b in labels if b not in own]
    rows = [row for part in _parts(own, values, zone.walls) for row in _rows(*part, zone)]
    return [row.slot for row in rows], _cells(rows, outer, zone)


def _is_own(label: Box, labels: Sequence[Box], values: Sequence[Box], zone: LabelZone) -> bool:
    """Whether a label is its row's own: nothing further in stands beside it or its values."""
    if zone.reaches_values(label):
        return True
    beside = [label]
    if values:
        beside.append(min(values, key=lambda v: abs(v.center[1] - label.center[1])))
    further = [b for b in labels if zone.level(b) > zone.level(label)]
    return not any(
        min(b.y1, other.y1) - max(b.y0, other.y0) > zone.em / 10
        for b in further
        for other in beside
    )


def _parts(
    own: Sequence[Box], values: Sequence[Box], walls: Sequence[float]
) -> list[tuple[list[Box], list[Box]]]:
    """Labels and values between one wall and the next."""
    parts: list[tuple[list[Box], list[Box]]] = [([], []) for _ in range(len(walls) + 1)]
    for kind, boxes in enumerate((own, values)):
        for box in boxes:
            parts[bisect_right(walls, box.center[1])][kind].append(box)
    return parts


def _rows(own: Sequence[Box], values: Sequence[Box], zone: LabelZone) -> list[_Row]:
    """Each line of values with the lines of the label it stands beside the middle of.

    Between walls, all that is beside one line of values.
    """
    last = len(zone.inner)
    if zone.walls and len(values) <= 1 and (own or values):
        parts = [*own, *values]
        slot = min(b.y0 for b in parts), max(b.y1 for b in parts)
        return [_Row(slot, min((zone.level(b) for b in own), default=last))]
    runs, _ = centred_runs(
        [(b.y0, b.y1) for b in own], [v.center[1] for v in values], SKIP * zone.em, SKIP * zone.em
    )
    beside = {run: value for run, value in zip(runs, values, strict=True) if run[1] > run[0]}
    taken = {n for first, end in beside for n in range(first, end)}
    groups = [[own[n]] for n in range(len(own)) if n not in taken]
    rows = [_Row((g[0].y0, g[0].y1), zone.level(g[0])) for g in groups]
    for (first, end), value in beside.items():
        parts = [value, *own[first:end]]
        slot = min(b.y0 for b in parts), max(b.y1 for b in parts)
        rows.append(_Row(slot, min(zone.level(b) for b in own[first:end])))
    rows += [
        _Row((value.y0, value.y1), last)
        for run, value in zip(runs, values, strict=True)
        if run[1] == run[0]
    ]
    return sorted(rows, key=lambda row: row.slot[0] + row.slot[1])


def _cells(rows: Sequence[_Row], outer: Sequence[Box], zone: LabelZone) -> list[Cell]:
    """A cell for each row's own label, and one for each outer label over its rows."""
    width = len(zone.inner) + 1
    cells = [(r, row.level, 1, width - row.level) for r, row in enumerate(rows)]
    for level in range(len(zone.inner)):
        labels = [b for b in outer if zone.level(b) == level]
        first = 0
        while first < len(rows):
            end = first
            while end < len(rows) and rows[end].level > level:
                end += 1
            here = [row.slot for row in rows[first:end]]
            cells += [(first + a, level, b - a, 1) for a, b in outer_runs(here, labels, zone.em)]
            first = end + 1
    return cells
