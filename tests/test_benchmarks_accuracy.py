"""The bench's own arithmetic, and a damaged report of every level read for real."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.accuracy.cells import Printed, results
from benchmarks.accuracy.page import contact_sheet, worst
from benchmarks.accuracy.tally import TARGETS, Tally
from benchmarks.forge.examples import load
from gouji.pipeline import Pipeline

NEW = ("applications", "new", "total")
OLD = ("applications", "carried_in", "total")
PRINTED = [Printed(NEW, "12", "12", 1, (100, 100)), Printed(OLD, "", None, 1, (100, 120))]


def output(*cells: dict[str, Any]) -> dict[str, Any]:
    return {"reports": [{"tables": [{"id": "applications", "cells": list(cells)}]}]}


def cell(slot: tuple[str, str, str], value: str | None, y: float, **more: Any) -> dict[str, Any]:
    known = {"row": slot[1], "column": slot[2], "value": value, "read": value or "", "page": 1}
    found = {"bbox": [80, y - 9, 120, y + 9], "status": "accepted", "confidence": 1.0, "flags": []}
    return known | found | more


def test_a_level_without_a_wrong_cell_has_no_picture_of_one() -> None:
    """The bench of a level that was read perfectly ended in an error."""
    found = list(results("poor", "r", PRINTED, output(cell(NEW, "12", 100), cell(OLD, None, 120))))
    assert worst(found) == []
    assert contact_sheet([], []).shape[2] == 3


def test_cells_in_their_place_with_their_value_are_located_and_exact() -> None:
    found = list(results("poor", "r", PRINTED, output(cell(NEW, "12", 100), cell(OLD, None, 120))))
    tally = Tally.of("poor", found)
    assert (tally.cells, tally.located, tally.exact, tally.silent) == (2, 2, 2, 0)
    assert tally.reached


def test_a_value_of_the_next_row_is_a_silent_error_and_not_located() -> None:
    found = list(results("poor", "r", PRINTED, output(cell(NEW, None, 120), cell(OLD, "12", 100))))
    tally = Tally.of("poor", found)
    assert (tally.located, tally.exact, tally.silent, tally.lost) == (0, 0, 2, 1)
    assert not tally.reached


def test_what_was_not_found_goes_to_review() -> None:
    tally = Tally.of("poor", list(results("poor", "r", PRINTED, output())))
    assert (tally.located, tally.exact, tally.silent, tally.review) == (0, 0, 0, 2)


def test_a_cell_over_two_rows_locates_neither() -> None:
    tall = cell(NEW, "12", 110, bbox=[80, 90, 120, 130])
    found = list(results("poor", "r", PRINTED, output(tall, cell(OLD, None, 110))))
    assert not any(result.located for result in found)


def test_a_value_accepted_twice_counts_twice() -> None:
    twice = output(cell(NEW, "12", 100), cell(NEW, "13", 300), cell(OLD, None, 120))
    tally = Tally.of("poor", list(results("poor", "r", PRINTED, twice)))
    assert (tally.cells, tally.silent) == (3, 1)


@pytest.mark.slow
@pytest.mark.parametrize("level", TARGETS)
def test_a_damaged_report_gives_no_silent_error(level: str) -> None:
    path, printed = load(level)
    read = Pipeline().digitize(path).model_dump(mode="json", by_alias=True)
    tally = Tally.of(level, list(results(level, path.stem, printed, read)))
    assert tally.silent == 0
    assert tally.located >= 0.9 * tally.cells
    assert tally.exact >= 0.9 * tally.cells
