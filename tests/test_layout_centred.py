"""Labels find the rows or columns that they stand at the middle of."""

from __future__ import annotations

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from layout.centred import centred_runs


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=8))
def test_labels_at_the_middle_of_their_rows_get_them_all(parts: list[tuple[int, bool]]) -> None:
    ends = list(accumulate(rows for rows, _ in parts))
    runs = [
        run for run, (_, has_label) in zip(pairwise([0, *ends]), parts, strict=True) if has_label
    ]
    rows = [(10.0 * n, 10.0 * n + 8) for n in range(ends[-1])]
    middles = [(rows[first][0] + rows[end - 1][1]) / 2 for first, end in runs]
    found, cost = centred_runs(rows, middles, skip=0.01)
    assert len(found) == len(runs)
    assert cost <= 0.01 * (len(rows) - sum(end - first for first, end in runs)) + 1e-9


def test_a_label_of_three_lines_beside_one_number() -> None:
    lines = [(0.0, 9.0), (12.0, 21.0), (24.0, 33.0), (36.0, 45.0), (48.0, 57.0)]
    runs, _ = centred_runs(lines, [4.5, 28.5, 52.5], skip=5)
    assert runs == [(0, 1), (1, 4), (4, 5)]


def test_more_numbers_than_labels() -> None:
    assert centred_runs([(0, 9)], [4.5, 24.5], skip=5)[0] == []
    assert centred_runs([(0, 9)], [4.5, 24.5], skip=5, alone=5)[0] == [(0, 1), (1, 1)]
