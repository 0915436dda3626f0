"""Where the columns of a form are, from what stands in them on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from document.geometry import Box

Extent = tuple[float, float]


def columns_of(
    rows: Sequence[Sequence[Box]], heads: Sequence[Sequence[Box]], count: int
) -> list[Extent]:
    """From where to where each of the `count` columns is printed; empty where nothing tells.

    Told by the rows that have a value in every column, and the heads, which may be centred where
    values are not; else by the white between all values, or between these and the heads; else by
    the heads.
    """
    values = [box for row in rows for box in row]
    full, titled = ([row for row in some if len(row) == count] for some in (rows, heads))
    columns = _side_by_side(full, count)
    return (
        _wider(columns, _side_by_side(titled, count))
        or columns
        or _apart(values, count)
        or _apart([*values, *(box for head in titled for box in head)], count)
        or _side_by_side(titled, count)
    )


def _wider(columns: Sequence[Extent], heads: Sequence[Extent]) -> list[Extent]:
    """The columns with their heads; none where these do not stand over them."""
    if len(columns) != len(heads):
        return []
    both = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(columns, heads, strict=True)]
    return both if all(a[1] < b[0] for a, b in pairwise(both)) else []


def _side_by_side(rows: Sequence[Sequence[Box]], count: int) -> list[Extent]:
    """The extent of each column over rows that fill all; none if they do not agree.

    A row of which something is out of line with most of the others is left out.
    """
    if not rows:
        return []
    usual = [
        (median(row[n].x0 for row in rows), median(row[n].x1 for row in rows)) for n in range(count)
    ]
    aligned = [
        row
        for row in rows
        if all(
            box.x0 < end and box.x1 > start for box, (start, end) in zip(row, usual, strict=True)
        )
    ]
    if 2 * len(aligned) <= len(rows):
        return []
    columns = [(min(r[n].x0 for r in aligned), max(r[n].x1 for r in aligned)) for n in range(count)]
    return columns if all(a[1] < b[0] for a, b in pairwise(columns)) else []


def _apart(boxes: Iterable[Box], count: int) -> list[Extent]:
    """The stretches that the boxes cover, if they are so many."""
    stretches: list[Extent] = []
    for box in sorted(boxes):
        if stretches and box.x0 <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(stretches[-1][1], box.x1)
        else:
            stretches.append((box.x0, box.x1))
    return stretches if len(stretches) == count else []
