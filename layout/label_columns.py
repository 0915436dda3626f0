"""Levels of labels side by side, and the rows that each label of an outer level stands for."""

from __future__ import annotations

from collections.abc import Sequence

from document.geometry import Box
from layout.centred import Run, Slot, centred_runs

ALIGNED = 0.5
"""In characters: labels of one level begin so near each other."""
BEFORE = 0.3
"""In characters: how far before its labels a level begins."""
OWN_LINE = 0.9
"""In characters: lines of one label are no further apart, written downwards either."""
NOBODY = 1.0
"""In characters: a row without an outer label is no better than a label so far off its middle."""


def label_columns(labels: Sequence[Box], em: float) -> list[float]:
    """Where the levels of labels but the first begin, left to right, in points.

    A level begins where at least two labels begin side by side while others end before it.
    """
    found: list[float] = []
    for label in sorted(labels):
        start = label.x0 - BEFORE * em
        if found and start - found[-1] <= 2 * ALIGNED * em:
            continue
        level = [b for b in labels if abs(b.x0 - label.x0) <= ALIGNED * em]
        outer = [b for b in labels if b.x1 <= start and (not found or b.x0 >= found[-1])]
        if len(level) < 2 or not outer:
            continue
        top, foot = min(b.y0 for b in level), max(b.y1 for b in level)
        if any(top - em <= b.center[1] <= foot + em for b in outer):
            found.append(start)
    return found


def outer_runs(rows: Sequence[Slot], labels: Sequence[Box], em: float) -> list[Run]:
    """The rows [first, end) that outer labels stand for; those of no label make runs as well.

    `rows`: top and foot of consecutive rows whose own labels begin further in; `labels`: the pieces
    of the outer labels beside them. A label stands at the middle of its rows or at their top.
    """
    if not rows:
        return []
    blocks = _blocks(labels, em)
    blocks = [b for b in blocks if rows[0][0] - em <= b.center[1] <= rows[-1][1] + em]
    if not blocks:
        return [(0, len(rows))]
    middle, cost = centred_runs(rows, [b.center[1] for b in blocks], NOBODY * em)
    at_top, cost_at_top = _runs_from_top(rows, blocks)
    runs = at_top if not middle or cost_at_top < cost else middle
    return _completed(runs, len(rows))


def _blocks(labels: Sequence[Box], em: float) -> list[Box]:
    """Lines of labels under each other made one."""
    blocks: list[Box] = []
    for label in sorted(labels, key=lambda b: b.y0):
        if blocks and label.y0 - blocks[-1].y1 <= OWN_LINE * em:
            blocks[-1] = Box.enclosing((blocks[-1], label))
        else:
            blocks.append(label)
    return blocks


def _runs_from_top(rows: Sequence[Slot], blocks: Sequence[Box]) -> tuple[list[Run], float]:
    """Runs that begin at the row in whose line the label begins."""
    starts, cost = [], 0.0
    for block in blocks:
        off = [abs(row[0] - block.y0) for row in rows]
        starts.append(off.index(min(off)))
        cost += min(off)
    if len(set(starts)) < len(starts):
        return [], float("inf")
    return list(zip(starts, [*starts[1:], len(rows)], strict=True)), cost + starts[0]


def _completed(runs: Sequence[Run], count: int) -> list[Run]:
    """The runs, and between them runs of what they leave."""
    found: list[Run] = []
    end = 0
    for run in [*runs, (count, count)]:
        if run[0] > end:
            found.append((end, run[0]))
        if run[1] > run[0]:
            found.append(run)
        end = run[1]
    return found
