"""Cells of a page that may lie upside down."""

from __future__ import annotations

from dataclasses import replace

import checks
from document.entry import Status
from reconstruct import FormMatcher, load_forms, reconstruct
from tests.drawn_tables import LITIGATION_HEAD, page, table

FORMS = FormMatcher(load_forms())
VALUES = "1 | 0 | 0 | 0 | 1 | 0 | 586 | 3 | 4 | 593 | 1 | 0 | 0 | 0 | 1"


def accepted(*, is_told: bool) -> int:
    """How many of a litigation table's clear and consistent cells are accepted."""
    read = page(1, table(LITIGATION_HEAD.strip() + "\n" + VALUES))
    read = replace(read, layout=replace(read.layout, is_told=is_told))
    (report,) = reconstruct([read], FORMS).reports
    judged = checks.judge(checks.as_read(report), 1e-4)
    return sum(cell.status is Status.ACCEPTED for part in judged.judged for cell in part)


def test_nothing_is_accepted_from_a_page_that_may_lie_upside_down() -> None:
    """Though all sums hold: those of zeros and ones hold from below, too."""
    assert accepted(is_told=True) > 0
    assert accepted(is_told=False) == 0
