from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import evaluate, jointly_read, judge
from checks.beliefs import beliefs
from document.entry import Flag, Judged, Status
from document.reading import Source
from document.report import Report
from tests.hand_filled import COLUMNS, ROWS, filled

Place = tuple[str, str]


def judged(report: Report, target_error: float = 1e-4) -> Mapping[Place, Judged]:
    cells = judge(jointly_read(report), target_error).judged[0]
    return {(j.entry.slot.row, j.entry.slot.column): j for j in cells}


def test_a_report_that_adds_up_is_accepted_whole() -> None:
    assert {j.status for j in judged(filled()).values()} == {Status.ACCEPTED}


def test_rules_that_hold_lift_a_doubtful_reading() -> None:
    cell = judged(filled(doubts={("granted", "person"): 0.8}))[("granted", "person")]
    assert cell.status is Status.ACCEPTED
    assert cell.confidence > 0.9999


def test_a_misread_cell_in_failing_rules_goes_to_review() -> None:
    cell = judged(filled({("granted", "person"): "38"}, {("granted", "person"): 0.9}))[
        ("granted", "person")
    ]
    assert cell.status is Status.REVIEW
    assert Flag.LOW_CONFIDENCE in cell.flags


def test_even_a_sure_misreading_goes_to_review_when_its_rules_fail() -> None:
    cell = judged(filled({("granted", "person"): "38"}))[("granted", "person")]
    assert cell.status is Status.REVIEW


def test_a_clearly_printed_wrong_total_is_kept_and_laid_to_the_report() -> None:
    place = ("granted", "sum")
    cells = judged(filled({place: "0"}, source=Source.TEXT, sure=1 - 1e-9))
    assert Flag.SOURCE_INCONSISTENT in cells[place].flags
    assert cells[place].status is Status.ACCEPTED
    assert cells[place].entry.value == 0
    others = [cells[(row, c)].flags for row in ROWS for c in COLUMNS if (row, c) != place]
    assert not any(Flag.SOURCE_INCONSISTENT in flags for flags in others)


def test_a_blank_cell_lends_no_support() -> None:
    """33 = 33 + nothing may be 33 = 33 + a 0 that was overlooked."""
    blank = {("granted", "legal"): "", ("granted", "sum"): "33", ("total", "legal"): ""}
    place = ("granted", "person")
    open_rules, all_known = (
        judged(filled(printed, {place: 0.01}))[place].confidence for printed in (blank, {})
    )
    assert 1 - open_rules > 2 * (1 - all_known)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_surer_reading_is_never_less_confident(a: float, b: float) -> None:
    low, high = sorted((a, b))
    place = ("denied", "legal")
    assert (
        judged(filled(doubts={place: low}))[place].confidence
        <= judged(filled(doubts={place: high}))[place].confidence
    )


@given(st.floats(1e-6, 0.5))
def test_accepted_means_the_chance_of_error_is_within_the_target(target: float) -> None:
    for cell in judged(filled({("new", "sum"): "49"}, sure=0.97), target).values():
        assert (cell.status is Status.ACCEPTED) == (1 - cell.confidence <= target)


@pytest.mark.parametrize("row", ROWS)
def test_no_misreading_of_one_digit_is_accepted(row: str) -> None:
    """Whatever single cell is misread, however sure the reader was."""
    for column in COLUMNS:
        for wrong in ("0", "3", "8", "99"):
            report = filled({(row, column): wrong}, sure=0.9999)
            if all(c.ok for c in evaluate(report)):
                continue
            assert judged(report)[(row, column)].status is Status.REVIEW


def test_a_sum_of_one_part_says_less_than_a_sum_of_several() -> None:
    """Both 6 of 6 = 6 + 0 may be misread alike; of 12 = 6 + 6 hardly all three."""
    doubts = {("new", "person"): 0.99}
    single = {("new", "person"): "51", ("new", "legal"): "0"}
    alike = judged(filled(single, doubts, sure=0.99999))[("new", "person")]
    several = judged(filled(doubts=doubts, sure=0.99999))[("new", "person")]
    assert 1 - alike.confidence > 10 * (1 - several.confidence)


def test_two_that_say_the_same_on_one_side_cannot_hide_each_other() -> None:
    """Of 12 = 6 + 6 a 6 misread alike twice breaks the sum; of 6 = 6 + 0 it would hold."""
    place, doubts = ("new", "person"), {("new", "person"): 0.99}
    side = {("new", "person"): "6", ("new", "legal"): "6", ("new", "sum"): "12"}
    across = {("new", "person"): "6", ("new", "legal"): "0", ("new", "sum"): "6"}
    same_side, both_sides = (
        judged(filled(printed, doubts, sure=0.99999))[place].confidence
        for printed in (side, across)
    )
    assert 1 - both_sides > 3 * (1 - same_side)


def test_sums_that_cross_speak_for_a_table_of_which_every_cell_is_in_doubt() -> None:
    """A sum of doubtful cells says little; that all of them hold says much."""
    doubtful = {(row, column): 0.3 for row in ROWS for column in COLUMNS}
    alone = beliefs(filled(doubts=doubtful))
    for cell in judged(filled(doubts=doubtful)).values():
        assert alone[cell.entry.slot].right < 0.95
        assert cell.confidence > 0.999
