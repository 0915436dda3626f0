"""The likeliest misreadings behind sums that do not hold, compared with all that are possible."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.explanation_search import Explanation
from checks.explanations import Search, explained
from checks.unknowns import Sum, Unknown

BREAKS = 0.01
"""Odds that a report breaks a rule."""


def total(*parts: int, of: int) -> Sum:
    """The cell at `of` is the total of the others."""
    return Sum((*((part, -1) for part in parts), (of, 1)), BREAKS)


def best_of(cells: Sequence[Unknown], sums: Sequence[Sum]) -> Explanation:
    found = explained(cells, sums, 0.5).best
    assert found is not None
    return found


def test_numbers_that_add_up_need_no_explanation() -> None:
    found = explained([Unknown(30), Unknown(5), Unknown(35)], [total(0, 1, of=2)], 0.1)
    assert found == Search(Explanation({}, frozenset(), 1.0))


def test_a_rival_that_mends_the_sum_explains_it() -> None:
    cells = [Unknown(30), Unknown(5), Unknown(85, ((35, 0.08), (86, 0.2)))]
    assert best_of(cells, [total(0, 1, of=2)]).changed == {2: 35}


def test_a_number_nobody_named_is_worked_out() -> None:
    cells = [Unknown(30), Unknown(5), Unknown(85, other=0.05)]
    assert best_of(cells, [total(0, 1, of=2)]).changed == {2: 35}


def test_a_sum_that_nothing_mends_is_broken_by_the_report() -> None:
    best = best_of([Unknown(10), Unknown(1), Unknown(0)], [total(0, 1, of=2)])
    assert not best.changed
    assert best.broken == {0}
    assert best.odds == pytest.approx(BREAKS)


def test_a_blank_cell_may_stand_for_any_number_but_none_below_0() -> None:
    blank, sums = Unknown(None), [total(0, 1, of=2)]
    assert best_of([Unknown(30), blank, Unknown(35)], sums).odds == 1
    assert best_of([Unknown(30), blank, Unknown(25)], sums).broken == {0}


def test_one_misreading_in_two_sums_is_likelier_than_one_in_each() -> None:
    """A row and a column fail where they cross."""
    cells = [Unknown(n, other=0.01) for n in (7, 2, 3, 3, 4)]
    assert best_of(cells, [total(0, 1, of=2), total(0, 3, of=4)]).changed == {0: 1}


def test_of_what_the_best_does_the_likeliest_way_without_it_is_told() -> None:
    """85 may be 35, or the sum broken; that 30 is 80 is less likely than that."""
    cells = [Unknown(30, ((80, 1e-4),)), Unknown(5), Unknown(85, ((35, 0.08),))]
    found = explained(cells, [total(0, 1, of=2)], 1e-3)
    assert found.best is not None
    assert found.best.changed == {2: 35}
    assert [e.broken for e in found.others] == [{0}]
    assert found.rest == 0


def test_a_search_that_may_not_go_on_says_so() -> None:
    cells = [Unknown(1, ((2, 0.1),), 0.01) for _ in range(9)]
    sums = [total(0, 1, 2, of=3), total(3, 4, 5, of=6), total(6, 7, of=8)]
    first = explained(cells, sums, 1e-3, most=3)
    assert first.best is None
    assert first.odds >= best_of(cells, sums).odds, "the most that the likeliest can have"
    ended = next(
        found
        for most in range(4, 400)
        if (found := explained(cells, sums, 1e-3, most)).best is not None
    )
    assert ended.rest > 0, "the likeliest is proved, and nothing else was looked for"


PLACES = 5
unknowns = st.builds(
    Unknown,
    st.none() | st.integers(0, 3),
    st.lists(
        st.tuples(st.integers(0, 3), st.floats(0.01, 0.9)), max_size=2, unique_by=lambda r: r[0]
    ).map(tuple),
)
sums = st.lists(
    st.builds(
        Sum,
        st.dictionaries(st.integers(0, PLACES - 1), st.sampled_from((-1, 1)), min_size=2).map(
            lambda terms: tuple(terms.items())
        ),
        st.just(BREAKS),
        st.integers(-1, 1),
        st.booleans(),
    ),
    max_size=3,
)


@given(st.lists(unknowns, min_size=PLACES, max_size=PLACES), sums)
def test_the_first_explanation_is_the_likeliest_of_all(
    cells: list[Unknown], sums: list[Sum]
) -> None:
    found = explained(cells, sums, 0.1)
    assert found.best is not None
    every = [found.best, *found.others]
    odds = [explanation.odds for explanation in every]
    assert not found.rest
    assert odds == sorted(odds, reverse=True)
    assert odds[0] == pytest.approx(max(_odds_of_all(cells, sums)))
    for explanation in every:
        numbers = [explanation.changed.get(i, cell.number) for i, cell in enumerate(cells)]
        assert explanation.broken == _failing(cells, sums, numbers)
        assert explanation.odds == pytest.approx(_odds(cells, explanation.changed, sums))


@given(st.lists(unknowns, min_size=PLACES, max_size=PLACES), sums)
def test_nothing_likely_is_overlooked_that_leaves_out_a_change(
    cells: list[Unknown], sums: list[Sum]
) -> None:
    margin = 1e-3
    found = explained(cells, sums, margin)
    assert found.best is not None
    for cell, number in found.best.changed.items():
        without = [
            odds
            for changed, odds in _all_odds(cells, sums)
            if (cell, number) not in changed.items()
        ]
        told = [e.odds for e in found.others if (cell, number) not in e.changed.items()]
        if max(without) > margin * found.best.odds * 1.001:
            assert max(told) == pytest.approx(max(without))


def _odds_of_all(cells: Sequence[Unknown], sums: Sequence[Sum]) -> list[float]:
    return [odds for _, odds in _all_odds(cells, sums)]


def _all_odds(
    cells: Sequence[Unknown], sums: Sequence[Sum]
) -> Iterator[tuple[Mapping[int, int | None], float]]:
    choices = [[cell.number, *(number for number, _ in cell.rivals)] for cell in cells]
    for numbers in product(*choices):
        changed = {
            i: number
            for i, (cell, number) in enumerate(zip(cells, numbers, strict=True))
            if number != cell.number
        }
        yield changed, _odds(cells, changed, sums)


def _odds(
    cells: Sequence[Unknown], changed: Mapping[int, int | None], sums: Sequence[Sum]
) -> float:
    numbers = [changed.get(i, cell.number) for i, cell in enumerate(cells)]
    broken = len(_failing(cells, sums, numbers))
    return math.prod(dict(cells[i].rivals)[n] for i, n in changed.items()) * BREAKS**broken


def _failing(
    cells: Sequence[Unknown], sums: Sequence[Sum], numbers: Sequence[int | None]
) -> set[int]:
    return {i for i, each in enumerate(sums) if not _may_hold(each, numbers)}


def _may_hold(each: Sum, numbers: Sequence[int | None]) -> bool:
    """By trying small and large numbers for what is unknown."""
    tried = [
        [sign * n for n in ([known] if known is not None else [0, 1, 2, 3, 4, 50])]
        for known, sign in ((numbers[i], sign) for i, sign in each.terms)
    ]
    totals = {each.constant + sum(parts) for parts in product(*tried)}
    if each.at_most:
        return min(totals) <= 0
    is_open = any(numbers[i] is None for i, _ in each.terms)
    return 0 in totals or (is_open and min(totals) < 0 < max(totals))
