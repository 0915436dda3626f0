"""What the arithmetic changes in a report, and what it leaves as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from checks import jointly_read, judge
from checks.arithmetic import places
from checks.reasons import reason
from document.entry import Entry, Flag, Status
from document.reading import Candidate, Reading, Source
from document.reason_words import in_words
from document.report import Report
from tests.hand_filled import COLUMNS, FORM, ROWS, filled

Place = tuple[str, str]
Candidates = Sequence[tuple[str, float]]


def read(rivals: Mapping[Place, Candidates], printed: Mapping[Place, str] | None = None) -> Report:
    """The balanced table, misprinted or not, with cells of which several candidates were read."""
    report = filled({place: c[0][0] for place, c in rivals.items()} | dict(printed or {}))
    (table,) = report.tables
    entries = tuple(
        replace(e, values=tuple((Decimal(t), p) for t, p in rivals[place]))
        if (place := (e.slot.row, e.slot.column)) in rivals
        else e
        for e in table.entries
    )
    return replace(report, tables=(replace(table, entries=entries),))


def cells(report: Report) -> Mapping[Place, Entry]:
    return {(e.slot.row, e.slot.column): e for e in report.tables[0].entries}


def changed(report: Report) -> set[Place]:
    before, after = cells(report), cells(jointly_read(report).report)
    return {place for place in before if before[place].value != after[place].value}


def test_a_report_that_adds_up_is_left_alone() -> None:
    report = filled()
    assert jointly_read(report).report == report


def test_a_misreading_gives_way_to_the_rival_that_adds_up() -> None:
    place = ("granted", "person")
    cell = cells(jointly_read(read({place: [("38", 0.7), ("33", 0.25)]})).report)[place]
    assert cell.value == 33
    assert Flag.CORRECTED in cell.flags
    assert cell.found is not None
    assert cell.found.reading.text == "38", "what was read stays"
    assert cell.amended is not None
    assert in_words(cell.amended.reason) == "34 = 33 + 1; it reads 38, the picture allows 33"


def test_a_reason_is_a_rule_that_holds() -> None:
    """The row is printed wrong; what tells is the column."""
    place = ("granted", "person")
    entries = {e.slot: e for e in filled({("granted", "sum"): "91"}).tables[0].entries}
    entry = cells(read({place: [("38", 0.4), ("33", 0.5)]}))[place]
    entries[entry.slot] = replace(entry, value=Decimal(33))
    at = [p for p in places(FORM) if entry.slot in p.slots.values()]
    told = reason(entries[entry.slot], at, entries)
    assert in_words(told) == "43 = 33 + 10; it reads 38, the picture allows 33"


def test_several_misreadings_are_told_apart() -> None:
    rivals = {
        ("granted", "person"): [("38", 0.7), ("33", 0.25)],
        ("denied", "legal"): [("0", 0.6), ("9", 0.3)],
        ("new", "sum"): [("57", 0.8), ("51", 0.15)],
    }
    assert changed(read(rivals)) == set(rivals)


def test_a_correction_that_is_hardly_supported_goes_to_review() -> None:
    place = ("granted", "person")
    reading = jointly_read(read({place: [("38", 0.85), ("33", 0.12)]}))
    (table,) = judge(reading).judged
    (cell,) = [j for j in table if j.entry.amended]
    assert cell.entry.value == 33
    assert cell.status is Status.REVIEW


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("wrong", ["0", "8", "77"])
def test_a_number_printed_wrong_stays_wrong(row: str, column: str, wrong: str) -> None:
    """Clearly read, as are all others: no picture supports anything else."""
    assert not changed(filled({(row, column): wrong}, sure=1 - 1e-6))


def test_a_rival_the_picture_hardly_allows_is_none() -> None:
    assert not changed(read({("granted", "person"): [("38", 0.999), ("33", 0.0005)]}))


def test_a_rival_that_mends_one_sum_and_not_the_other_is_none() -> None:
    """34 = 33 + 1, but 19 + 33 are no 53."""
    report = read({("granted", "person"): [("38", 0.7), ("33", 0.25)]}, {("total", "person"): "48"})
    assert ("granted", "person") not in changed(report)


def test_two_cells_swapped_in_print_stay_swapped() -> None:
    report = filled({("granted", "person"): "10", ("denied", "person"): "33"}, sure=1 - 1e-6)
    assert not changed(report)


def test_a_row_shifted_in_print_stays_shifted() -> None:
    printed = {("granted", "person"): "1", ("granted", "legal"): "34", ("granted", "sum"): "33"}
    assert not changed(filled(printed, sure=1 - 1e-6))


def test_a_blank_cell_is_no_zero_and_stays_blank() -> None:
    report = filled({("granted", "legal"): ""})
    assert jointly_read(report).report == report


def test_a_blank_that_may_be_0_is_not_inferred() -> None:
    """53 = 43 + 10 + ?: nothing is left for the cell, and nothing may be printed there."""
    assert not changed(illegible(("granted", "legal"), {("granted", "sum"): "33"}))


def test_an_illegible_cell_is_inferred_where_one_value_is_left() -> None:
    place = ("denied", "person")
    cell = cells(jointly_read(illegible(place)).report)[place]
    assert cell.value == 10
    assert Flag.INFERRED in cell.flags
    assert cell.amended is not None
    assert in_words(cell.amended.reason) == "19 = 10 + 9; illegible"


def test_an_illegible_cell_that_its_rules_tell_differently_is_not_inferred() -> None:
    """The row leaves 10, the column 20."""
    report = illegible(("denied", "person"), {("total", "person"): "53", ("total", "sum"): "63"})
    assert not changed(report)


def test_a_misprint_does_not_cost_its_neighbours_their_support() -> None:
    """All others in its row and column add up if it is what it should be."""
    place = ("granted", "sum")
    cells = judge(jointly_read(filled({place: "91"}, sure=0.9999))).judged[0]
    told = {(j.entry.slot.row, j.entry.slot.column): j for j in cells}
    assert told[place].entry.value == 91
    assert told[place].status is Status.REVIEW
    assert {j.status for at, j in told.items() if at != place} == {Status.ACCEPTED}


def illegible(place: Place, printed: Mapping[Place, str] | None = None) -> Report:
    """The balanced table with one cell in which something stands that nobody could read."""
    report = filled(printed)
    (table,) = report.tables
    blob = Reading("是", 0.01, Source.OCR, (Candidate("是", 0.01),))
    entries = tuple(
        replace(
            e,
            value=None,
            values=(),
            found=replace(e.found, reading=blob),
            flags=frozenset({Flag.UNEXPECTED_TEXT}),
        )
        if e.found and (e.slot.row, e.slot.column) == place
        else e
        for e in table.entries
    )
    return replace(report, tables=(replace(table, entries=entries),))
