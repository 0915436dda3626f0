"""Lines of a table in the wrong places: told where nothing else is left, and never mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.forge.forms import slots_of as printed_slots
from benchmarks.forge.numbers import Office, numbers
from checks import evaluate, jointly_read, judge
from checks.joint_reading import JointReading
from document.entry import Entry, Flag, Found, Status
from document.form import SlotForm, TableForm, slots_of
from document.geometry import Box
from document.proposal import Cause, MoveKind, Proposal
from document.reading import Candidate, Reading, Source
from document.reason_words import in_words
from document.report import MatchedTable, Report
from reconstruct import load_forms
from tests.hand_filled import BALANCED, COLUMNS, FORM, ROWS

Value = Decimal | None
Table = list[list[Value]]

(APPLICATIONS,) = (
    table
    for form in load_forms()
    if form.id == "zfxxgk-2021"
    for table in form.tables
    if table.id == "applications"
)
KEYS = [row.key for row in APPLICATIONS.blocks[0].rows]
TOTAL, CARRIED_OUT = KEYS.index("results.total"), KEYS.index("carried_out")
BUSY = Office(3.0, 0.9)

DOUBTED, CERTAIN = 0.99, 1 - 1e-6
"""How sure it is by their labels that cells are their slots'."""


def report(values: Table, match: float = DOUBTED, form: TableForm = APPLICATIONS) -> Report:
    """The form filled in row by row, clearly read; None for blank."""
    flat = [value for row in values for value in row]
    entries = tuple(_entry(slot, v, match) for slot, v in zip(slots_of(form), flat, strict=True))
    return Report("somewhere", 2023, (1, 1), (MatchedTable("hand", form, (1, 1), entries),))


def _entry(form: SlotForm, value: Value, match: float) -> Entry:
    text = "" if value is None else str(value)
    reading = Reading(text, 1 - 1e-6, Source.OCR, (Candidate(text, 1 - 1e-6),))
    flags = frozenset({Flag.BLANK}) if value is None else frozenset()
    found = Found(1, Box(0, 0, 9, 9), reading, match)
    return Entry(form, found, value, ((value, 1 - 1e-6),), flags)


def applications(seed: int) -> Table:
    """A busy office's numbers, that add up."""
    drawn = numbers(printed_slots("zfxxgk-2021"), BUSY, Random(seed))
    columns = [column.key for column in APPLICATIONS.blocks[0].columns]
    return [[drawn["applications", row, column] for column in columns] for row in KEYS]


def balanced() -> Table:
    return [[Decimal(text) for text in BALANCED[row]] for row in ROWS]


def proposals(read: Report) -> tuple[Proposal, ...]:
    (found,) = jointly_read(read).structures
    return found.proposals


def after(read: Report, proposal: Proposal) -> Mapping[tuple[str, str], Value]:
    """What the slots say that the proposal speaks of; None where theirs was not found."""
    values = {entry.slot: entry.value for entry in read.tables[0].entries}
    for moved in proposal.moved:
        assert moved.origin is None or values[moved.origin] == moved.value
        assert values[moved.slot] != moved.value
    return {(m.slot.row, m.slot.column): m.value for m in proposal.moved}


def one_restoring(read: Report, right: Table) -> Proposal:
    """The one proposal, which puts every number that it moves where it belongs."""
    (proposal,) = proposals(read)
    slots = [(f.slot.row, f.slot.column) for f in slots_of(read.tables[0].table)]
    truth = dict(zip(slots, (value for row in right for value in row), strict=True))
    moved = {at: value for at, value in after(read, proposal).items() if value is not None}
    assert moved
    assert moved == {at: truth[at] for at in moved}
    return proposal


def swapped(values: Table, one: int, other: int) -> Table:
    rows = [list(row) for row in values]
    rows[one], rows[other] = rows[other], rows[one]
    return rows


def transposed(values: Table) -> Table:
    return [list(line) for line in zip(*values, strict=True)]


def lost(values: Table, at: int) -> Table:
    """A row that the matching lost: all after it stand one too high, and the last is blank."""
    return [*values[:at], *values[at + 1 :], [None] * len(values[0])]


def inserted(values: Table, at: int, row: Sequence[Value]) -> Table:
    """A row too many, as where a table's parts were joined: all after it stand one too low."""
    return [*values[:at], list(row), *values[at:-1]]


BLANK = [None] * len(APPLICATIONS.blocks[0].columns)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("moved", "kind"),
    [
        (lambda t: swapped(t, TOTAL, CARRIED_OUT), MoveKind.ROWS_SWAPPED),
        (lambda t: swapped(t, 0, TOTAL), MoveKind.ROWS_SWAPPED),
        (lambda t: transposed(swapped(transposed(t), 0, 6)), MoveKind.COLUMNS_SWAPPED),
        (lambda t: lost(t, TOTAL - 1), MoveKind.ROWS_SHIFTED),
        (lambda t: inserted(t, TOTAL - 1, BLANK), MoveKind.ROWS_SHIFTED),
        (lambda t: inserted(t, TOTAL, t[TOTAL - 1]), MoveKind.ROWS_SHIFTED),
    ],
)
def test_lines_in_the_wrong_place_are_proposed_to_be_moved_back(
    seed: int, moved: Callable[[Table], Table], kind: MoveKind
) -> None:
    right = applications(seed)
    read = report(moved(right))
    proposal = one_restoring(read, right)
    assert proposal.kind is kind
    assert proposal.cause is Cause.LABELS
    assert proposal.probability > 0.99
    assert len(proposal.mended) >= 2


@pytest.mark.parametrize("seed", range(3))
def test_a_row_printed_one_column_too_far_is_told_as_printed_so(seed: int) -> None:
    right = applications(seed)
    wrong = [list(row) for row in right]
    wrong[0] = [Decimal(0), *right[0][:-1]]
    proposal = one_restoring(report(wrong), right)
    assert (proposal.kind, proposal.cause) == (MoveKind.CELLS_SHIFTED, Cause.PRINT)
    words = in_words(proposal.reason)
    assert words is not None
    assert "too far right" in words
    assert "printed so" in words


@given(st.lists(st.integers(0, 50), min_size=8, max_size=8))
def test_a_table_that_adds_up_is_left_alone(parts: list[int]) -> None:
    assert not proposals(report(_balanced_of(parts), form=FORM))


@given(
    st.lists(st.integers(0, 50), min_size=8, max_size=8),
    st.integers(0, len(ROWS) - 1),
    st.integers(0, len(COLUMNS) - 1),
    st.integers(0, 99),
)
def test_one_wrong_number_is_never_a_misplaced_line(
    parts: list[int], row: int, column: int, wrong: int
) -> None:
    """It puts all its rules out by the same amount, misread or misprinted."""
    values = _balanced_of(parts)
    values[row][column] = Decimal(wrong)
    assert not proposals(report(values, form=FORM))


@given(st.lists(st.integers(0, 50), min_size=4, max_size=4))
def test_a_table_mostly_of_zeros_says_nothing(parts: list[int]) -> None:
    """One kind of applicant alone: its sums and those of the total are the same."""
    values = _balanced_of([*parts, 0, 0, 0, 0])
    assert not proposals(report(swapped(values, 4, 5), form=FORM))


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 40))
def test_applicants_that_changed_places_are_not_seen(one: int, other: int, seed: int) -> None:
    read = report(transposed(swapped(transposed(applications(seed)), one, other)))
    assert all(check.ok for check in evaluate(read))
    assert not proposals(read)


def test_of_two_moves_that_fit_alike_none_is_chosen_and_the_cells_are_doubted() -> None:
    """The total's numbers stand in two rows that no other rule speaks of."""
    form = replace(FORM, rules=FORM.rules[:2])
    values = balanced()
    values[0] = values[1] = values[4]
    values[4] = [Decimal(2), Decimal(5), Decimal(7)]
    read = report(values, form=form)
    reading = jointly_read(read)
    assert reading.structures[0].proposals == ()
    assert reading.structures[0].share > 0.99
    for judged in judge(reading).judged[0]:
        if judged.entry.slot.row == "total":
            assert judged.confidence < 0.05
            assert judged.status is Status.REVIEW


@pytest.mark.parametrize(
    ("match", "cause", "flag"),
    [
        (DOUBTED, Cause.LABELS, Flag.LOW_CONFIDENCE),
        (CERTAIN, Cause.PRINT, Flag.SOURCE_INCONSISTENT),
    ],
)
def test_labels_tell_our_mistake_from_the_printer_s(match: float, cause: Cause, flag: Flag) -> None:
    read = report(swapped(balanced(), 4, 5), match, FORM)
    reading = jointly_read(read)
    (proposal,) = reading.structures[0].proposals
    assert proposal.cause is cause
    concerned = {moved.slot for moved in proposal.moved}
    assert {slot.row for slot in concerned} == {"total", "carried_out"}
    for judged in judge(reading).judged[0]:
        if judged.entry.slot in concerned:
            assert judged.status is Status.REVIEW
            assert flag in judged.flags
            assert (in_words(judged.concern) or "").startswith("rows swapped")


def test_no_value_changes_and_no_confidence_rises() -> None:
    read = report(swapped(balanced(), 4, 5), form=FORM)
    reading = jointly_read(read)
    assert reading.structures[0].proposals
    assert reading.report == read
    for told, untold in zip(_confidences(reading), _confidences(_without(reading)), strict=True):
        assert told <= untold


def test_the_reason_names_the_lines_a_rule_and_the_labels() -> None:
    (proposal,) = proposals(report(swapped(balanced(), 4, 5), form=FORM))
    assert in_words(proposal.reason) == (
        "rows total and carried_out have changed places; 3 rules would hold, as "
        "requests.column_total at person; the labels leave room for it"
    )


def test_a_number_too_large_to_be_counted_with_is_no_evidence() -> None:
    values = swapped(balanced(), 4, 5)
    values[4][0] = Decimal(10) ** 400
    assert not proposals(report(values, form=FORM))


def _balanced_of(parts: Sequence[int]) -> Table:
    """The small form filled from four numbers for each kind of applicant."""
    columns = []
    for granted, denied, carried_in, more in (parts[:4], parts[4:]):
        total = granted + denied
        carried_out = max(carried_in - total, 0) + more
        new = total + carried_out - carried_in
        columns.append([new, carried_in, granted, denied, total, carried_out])
    rows = zip(*columns, strict=True)
    return [[Decimal(a), Decimal(b), Decimal(a + b)] for a, b in rows]


def _confidences(reading: JointReading) -> list[float]:
    return [judged.confidence for judged in judge(reading).judged[0]]


def _without(reading: JointReading) -> JointReading:
    return replace(reading, structures=())
