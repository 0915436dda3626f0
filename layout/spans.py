"""Which elementary cells of a lattice belong together, as rectangles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Shares = npt.NDArray[np.float64]
Place = tuple[int, int]

RULED = 0.5
"""Share of an edge that must be covered for it to divide two cells."""

MOST_PLACES = 300_000
"""Elementary cells looked at, each time its shape is cut: two seconds' work, no table needs it."""


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """How much of each elementary edge is ruled, between 0 and 1.

    `above`: (rows + 1, columns), the edge over each elementary cell, and under the last row.
    `left`: (rows, columns + 1), the edge left of each, and right of the last column.
    """

    above: Shares
    left: Shares

    @property
    def rows(self) -> int:
        return len(self.left)

    @property
    def columns(self) -> int:
        return len(self.above.T)

    def transposed(self) -> Lattice:
        return Lattice(self.left.T, self.above.T)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Rows [row, row_end) and columns [column, column_end)."""

    row: int
    column: int
    row_end: int
    column_end: int

    @property
    def area(self) -> int:
        return (self.row_end - self.row) * (self.column_end - self.column)


def spans(lattice: Lattice) -> tuple[Span, ...]:
    """Rectangles that cover the lattice exactly once, top to bottom and left to right.

    Elementary cells join where no ruling divides them. Where that gives a shape other than a
    rectangle, a piece of ruling is missing or stray: the shape is cut along the line that is ruled
    best, again and again until only rectangles are left. A lattice that takes too many
    cuts is broken up into its elementary cells.
    """
    places = {(r, c) for r in range(lattice.rows) for c in range(lattice.columns)}
    shapes = _connected(places, lattice)
    found: list[Span] = []
    seen = 0
    while shapes:
        shape = shapes.pop()
        around = _around(shape)
        seen += len(shape)
        if around.area == len(shape):
            found.append(around)
        elif seen > MOST_PLACES:
            found += [Span(r, c, r + 1, c + 1) for r, c in shape]
        else:
            shapes += _cut(shape, around, lattice)
    return tuple(sorted(found))


def groups(members: Iterable[Place], links: Iterable[tuple[Place, Place]]) -> list[set[Place]]:
    """The members in sets that links connect."""
    neighbours: dict[Place, list[Place]] = {member: [] for member in members}
    for one, other in links:
        neighbours[one].append(other)
        neighbours[other].append(one)
    found = []
    while neighbours:
        frontier = [next(iter(neighbours))]
        group = set(frontier)
        while frontier:
            for place in neighbours.pop(frontier.pop()):
                if place not in group:
                    group.add(place)
                    frontier.append(place)
        found.append(group)
    return found


def _connected(places: set[Place], lattice: Lattice) -> list[set[Place]]:
    below = (
        ((r, c), (r + 1, c))
        for r, c in places
        if (r + 1, c) in places and lattice.above[r + 1, c] < RULED
    )
    beside = (
        ((r, c), (r, c + 1))
        for r, c in places
        if (r, c + 1) in places and lattice.left[r, c + 1] < RULED
    )
    return groups(sorted(places), [*below, *beside])


def _cut(shape: set[Place], around: Span, lattice: Lattice) -> list[set[Place]]:
    """What is left of a shape when the line through it is drawn that is ruled best."""
    _, in_rows, line = max(_cuts(around, lattice))
    axis = 0 if in_rows else 1
    parts = ({p for p in shape if p[axis] < line}, {p for p in shape if p[axis] >= line})
    return [piece for part in parts for piece in _connected(part, lattice)]


def _around(shape: set[Place]) -> Span:
    rows, columns = zip(*shape, strict=True)
    return Span(min(rows), min(columns), max(rows) + 1, max(columns) + 1)


def _cuts(around: Span, lattice: Lattice) -> list[tuple[float, bool, int]]:
    """Every line through the span: how well ruled, whether it divides rows, which."""
    rows, columns = slice(around.row, around.row_end), slice(around.column, around.column_end)
    across = [
        (float(lattice.above[line, columns].mean()), True, line)
        for line in range(around.row + 1, around.row_end)
    ]
    down = [
        (float(lattice.left[rows, line].mean()), False, line)
        for line in range(around.column + 1, around.column_end)
    ]
    return across + down
