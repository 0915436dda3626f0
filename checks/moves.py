"""The ways in which lines of a table can have come into each other's places: a stated, short list.

A block's cells are counted row by row, from 0. A move says, of each cell that it concerns, where
the number that belongs there stands now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from document.proposal import MoveKind

LARGEST = 1_000_000
"""Moves times cells of a block, at most; of a larger one none is tried. Applications, with 2013
moves, have 350,000."""

Line = Sequence[int]
"""The cells of a row or a column, or a single cell."""


@dataclass(frozen=True, slots=True)
class Move:
    """`origins`: where the number of each cell stands now, None where it stands nowhere. `lost`:
    cells whose own number belongs nowhere then, each with the cell that it may repeat. `lines`: the
    cells of each line that is not where it should be."""

    kind: MoveKind
    origins: tuple[tuple[int, int | None], ...]
    lost: tuple[tuple[int, int | None], ...]
    lines: tuple[tuple[int, ...], ...]


@cache
def moves(rows: int, columns: int) -> tuple[Move, ...]:
    """Every move of a block: runs of rows or columns that stand one off, or of cells in one row;
    any two rows or columns swapped."""
    if _count(rows, columns) * rows * columns > LARGEST:
        return ()
    by_row = [range(row * columns, (row + 1) * columns) for row in range(rows)]
    by_column = [range(column, rows * columns, columns) for column in range(columns)]
    found = [*_shifts(MoveKind.ROWS_SHIFTED, by_row), *_swaps(MoveKind.ROWS_SWAPPED, by_row)]
    found += _shifts(MoveKind.COLUMNS_SHIFTED, by_column)
    found += _swaps(MoveKind.COLUMNS_SWAPPED, by_column)
    if rows > 1:
        for row in by_row:
            found += _shifts(MoveKind.CELLS_SHIFTED, [[cell] for cell in row])
    return tuple(found)


def _count(rows: int, columns: int) -> int:
    """How many moves there are: of n lines, n (n − 1) runs to shift and half as many to swap."""
    lines = rows * (rows - 1) + columns * (columns - 1)
    return lines + lines // 2 + (rows * columns * (columns - 1) if rows > 1 else 0)


def _shifts(kind: MoveKind, lines: Sequence[Line]) -> Iterator[Move]:
    """Each run of two lines and more, to be moved back by one, either way."""
    for first, last in combinations(range(len(lines)), 2):
        run = lines[first : last + 1]
        before = lines[first - 1] if first else None
        after = lines[last + 1] if last + 1 < len(lines) else None
        yield _shift(kind, run, before)
        yield _shift(kind, run[::-1], after)


def _shift(kind: MoveKind, run: Sequence[Line], outside: Line | None) -> Move:
    """Each line takes the numbers of the next; those of the first are lost, the last gets none.
    The first may be `outside`, the line before it, once more."""
    taken = zip(run, [*run[1:], None], strict=True)
    first = run[0]
    return Move(
        kind,
        tuple(pair for to, origin in taken for pair in _paired(to, origin)),
        tuple(_paired(first, outside)),
        tuple(map(tuple, run)),
    )


def _swaps(kind: MoveKind, lines: Sequence[Line]) -> Iterator[Move]:
    for one, other in combinations(lines, 2):
        yield Move(
            kind, (*_paired(one, other), *_paired(other, one)), (), (tuple(one), tuple(other))
        )


def _paired(cells: Line, others: Line | None) -> Iterable[tuple[int, int | None]]:
    return zip(cells, [None] * len(cells) if others is None else others, strict=True)
