"""How the scales are fitted and how far confidences hold."""

from __future__ import annotations

import math
from random import Random
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.accuracy.cells import CellResult
from benchmarks.calibration.diagrams import reliability, risk_coverage
from benchmarks.calibration.fit import SCALES, Case, fitted
from benchmarks.calibration.misreadings import LIKE
from benchmarks.calibration.page import page
from benchmarks.calibration.reliability import Bin, bins, coverage, expected_error
from checks.beliefs import Kind, Scale

CHANCES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def cell(confidence: float, right: bool, flags: tuple[str, ...] = ()) -> CellResult:
    return CellResult(
        level="poor",
        report="a",
        slot=("applications", "new", "total"),
        printed="3",
        value="3",
        read="3",
        found="3" if right else "8",
        located=True,
        accepted=confidence >= 0.9999,
        confidence=confidence,
        flags=flags,
        page=1,
        point=(1.0, 1.0),
        box=None,
    )


def test_a_scale_is_found_again_from_cases_drawn_by_it() -> None:
    scale, chance = Scale(-1.0, 0.7, 0.5), Random(1)
    cases = []
    for _ in range(40_000):
        stated, around = math.exp(chance.uniform(-9, -0.5)), math.exp(chance.uniform(-9, -2))
        wrong = chance.random() < scale.error(stated, around)
        cases.append(Case("poor", Kind.NUMBER, stated, around, 1.0, 0.0, wrong, False))
    start, slope, share = fitted(cases)[Kind.NUMBER]
    assert start == pytest.approx(scale.start, abs=0.2)
    assert slope == pytest.approx(scale.slope, abs=0.04)
    assert share == pytest.approx(scale.share, abs=0.04)


def test_without_cases_a_scale_changes_nothing() -> None:
    assert fitted([])[Kind.NUMBER] == [0.0, 1.0, 0.0]


def test_cells_that_are_right_as_often_as_they_say_have_no_calibration_error() -> None:
    assert expected_error([cell(1.0, True)] * 50) == 0
    half = [cell(0.5, i % 2 == 0) for i in range(400)]
    assert expected_error(half) == pytest.approx(0, abs=1e-9)
    assert expected_error([cell(0.9, False)] * 50) == pytest.approx(0.9)


@given(CHANCES)
def test_every_cell_is_in_one_bin(chances: list[tuple[float, bool]]) -> None:
    found = bins([cell(*each) for each in chances])
    assert sum(each.cells for each in found) == len(chances)
    assert sum(each.wrong for each in found) == sum(not right for _, right in chances)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_bound_is_no_less_than_what_was_seen(counts: tuple[int, int]) -> None:
    wrong, cells = counts
    assert wrong / cells - 1e-9 <= Bin(0.1, wrong, cells).most <= 1


@given(CHANCES, st.floats(1e-6, 1), st.floats(1e-6, 1))
def test_a_looser_target_accepts_no_less(
    chances: list[tuple[float, bool]], a: float, b: float
) -> None:
    cells, (tight, loose) = [cell(*each) for each in chances], sorted((a, b))
    assert np.all(np.array(coverage(cells, tight)) <= coverage(cells, loose))


def test_the_diagrams_are_pictures_with_a_panel_for_each_level() -> None:
    levels = {"office": [cell(0.99999, True)], "bad": [cell(0.9, False), cell(0.2, True)]}
    for draw in (reliability, risk_coverage):
        text = draw(levels)
        ET.fromstring(text)
        assert ">office<" in text
        assert ">bad<" in text


def test_the_page_tells_cells_that_were_amended_and_how_many_of_them_are_right() -> None:
    cells = [cell(0.99999, True, ("corrected",)), cell(0.5, False, ("inferred",)), cell(1.0, True)]
    text = page(SCALES, {"poor": cells}, [], [], "")
    (row,) = [line for line in text.splitlines() if line.startswith("| poor | 3 |")]
    assert row.split(" | ")[-2:] == ["2", "1 |"]


def test_damaged_digits_are_taken_for_others() -> None:
    assert all(digit not in others for digit, others in LIKE.items())
