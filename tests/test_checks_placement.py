"""Rows and columns that are vouched for by sums across them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks import evaluate
from checks.placement import AT_AN_END, MOVED_WITHIN, misplacement
from document.entry import Check
from document.form import Slot
from document.report import Report
from tests.hand_filled import COLUMNS, FORM, filled

CANCELLED = 0.001


def shifts(
    report: Report, ignored: Sequence[tuple[str, str]] = ()
) -> Mapping[tuple[str, str], float]:
    """How probable misplacements are left, where some cells say nothing about it."""
    checks = evaluate(report)
    holding: dict[Slot, list[Check]] = {}
    for check in checks:
        for slot in check.slots:
            if check.ok and (slot.row, slot.column) not in ignored:
                holding.setdefault(slot, []).append(check)
    failing = [check for check in checks if check.ok is False]
    found = misplacement(report.tables[0], holding, failing, lambda _slot, _check: CANCELLED)
    return {(slot.row, slot.column): odds for slot, odds in found.items()}


def test_sums_down_and_across_vouch_for_every_cell() -> None:
    assert set(shifts(filled()).values()) == {MOVED_WITHIN}


def test_a_row_that_says_nothing_is_vouched_for_between_two_that_do() -> None:
    quiet = [("granted", column) for column in COLUMNS]
    assert shifts(filled(), quiet)[("granted", "person")] == MOVED_WITHIN


def test_a_row_at_the_end_is_vouched_for_less() -> None:
    quiet = [("carried_out", column) for column in COLUMNS]
    assert shifts(filled(), quiet)[("carried_out", "person")] == AT_AN_END


def test_where_no_sum_across_holds_nothing_is_vouched_for() -> None:
    """Two rows have changed places: their own sums hold, those down the columns do not."""
    swapped = {
        **{("total", c): v for c, v in zip(COLUMNS, ("5", "2", "7"), strict=True)},
        **{("carried_out", c): v for c, v in zip(COLUMNS, ("43", "10", "53"), strict=True)},
    }
    assert set(shifts(filled(swapped)).values()) == {1.0}


def test_one_wrong_cell_is_no_shifted_row() -> None:
    found = shifts(filled({("new", "person"): "47"}))
    assert found[("denied", "person")] == MOVED_WITHIN


def test_a_table_without_rules_is_not_vouched_for() -> None:
    quiet = [(row.key, column.key) for b in FORM.blocks for row in b.rows for column in b.columns]
    assert set(shifts(filled(), quiet).values()) == {1.0}
