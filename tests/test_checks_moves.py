"""Every way in which the lines of a block can have come into each other's places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.moves import moves
from document.proposal import MoveKind

SIZES = st.tuples(st.integers(1, 6), st.integers(1, 6))


@given(SIZES)
def test_a_move_takes_no_number_twice_and_says_which_it_loses(size: tuple[int, int]) -> None:
    for move in moves(*size):
        origins = [origin for _, origin in move.origins if origin is not None]
        concerned = {to for to, _ in move.origins}
        assert len(set(origins)) == len(origins)
        assert concerned - set(origins) == {cell for cell, _ in move.lost}
        assert concerned == {cell for line in move.lines for cell in line}


@given(SIZES)
def test_no_move_is_listed_twice(size: tuple[int, int]) -> None:
    found = [frozenset(move.origins) for move in moves(*size)]
    assert len(set(found)) == len(found)


def test_two_rows_of_one_column_can_be_one_off_or_swapped() -> None:
    told = {(move.kind, move.origins) for move in moves(2, 1)}
    assert told == {
        (MoveKind.ROWS_SHIFTED, ((0, 1), (1, None))),
        (MoveKind.ROWS_SHIFTED, ((1, 0), (0, None))),
        (MoveKind.ROWS_SWAPPED, ((0, 1), (1, 0))),
    }


def test_a_block_too_large_to_be_tried_has_none() -> None:
    assert moves(25, 7)
    assert not moves(300, 50)
