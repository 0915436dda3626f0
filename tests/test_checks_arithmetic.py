from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from checks import evaluate
from document.entry import Check
from document.reason_words import in_words
from tests.hand_filled import COLUMNS, ROWS, filled


def check(checks: tuple[Check, ...], rule: str, at: str) -> Check:
    return next(c for c in checks if c.rule == f"requests.{rule}" and at in dict(c.at).values())


def test_every_rule_is_worked_out_at_every_row_or_column() -> None:
    checks = evaluate(filled())
    assert len(checks) == len(ROWS) + 2 * len(COLUMNS)
    assert all(c.ok for c in checks)
    assert all(c.difference == 0 for c in checks)


def test_a_wrong_total_says_expected_found_and_difference() -> None:
    failed = check(evaluate(filled({("new", "sum"): "49"})), "row_total", "new")
    assert (failed.ok, failed.expected, failed.found, failed.difference) == (
        False,
        Decimal(51),
        Decimal(49),
        Decimal(-2),
    )


def test_a_total_printed_as_0_beside_10_and_1_fails() -> None:
    report = filled(
        {("granted", "person"): "10", ("granted", "legal"): "1", ("granted", "sum"): "0"}
    )
    assert check(evaluate(report), "row_total", "granted").ok is False


def test_a_blank_detail_that_can_only_be_0_holds_and_says_so() -> None:
    report = filled({("granted", "legal"): "", ("granted", "sum"): "33"})
    row = check(evaluate(report), "row_total", "granted")
    assert row.ok
    assert in_words(row.note) == "1 blank or missing cell can only be 0"
    assert row.expected is None


def test_a_blank_detail_that_may_be_anything_leaves_the_rule_open() -> None:
    row = check(evaluate(filled({("granted", "legal"): ""})), "row_total", "granted")
    assert row.ok is None
    assert row.difference is None


def test_a_blank_total_leaves_the_rule_open() -> None:
    row = check(evaluate(filled({("granted", "sum"): ""})), "row_total", "granted")
    assert row.ok is None


def test_details_above_the_total_fail_whatever_the_blank_is() -> None:
    report = filled({("granted", "legal"): "", ("granted", "sum"): "30"})
    row = check(evaluate(report), "row_total", "granted")
    assert row.ok is False
    assert row.difference == -3
    assert in_words(row.note) == "does not hold whatever 1 blank or missing cell may be"


def test_a_table_left_wholly_blank_breaks_nothing() -> None:
    blank = {(row, column): "" for row in ROWS for column in COLUMNS}
    assert {c.ok for c in evaluate(filled(blank))} == {None}


@given(
    st.sampled_from(ROWS),
    st.sampled_from(COLUMNS),
    st.integers(0, 10_000),
)
def test_any_single_wrong_cell_breaks_a_rule_in_its_row_and_in_its_column(
    row: str, column: str, wrong: int
) -> None:
    right = filled()
    printed = next(
        e.value for e in right.tables[0].entries if (e.slot.row, e.slot.column) == (row, column)
    )
    failed = [c for c in evaluate(filled({(row, column): str(wrong)})) if c.ok is False]
    if wrong == printed:
        assert failed == []
    else:
        assert any(dict(c.at).get("row") == row for c in failed)
        assert any(dict(c.at).get("column") == column for c in failed)
