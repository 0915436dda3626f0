"""A proposal about a table's grid, from the page as read to the output."""

from __future__ import annotations

from random import Random

import checks
import reconstruct
from benchmarks.forge.forms import slots_of
from benchmarks.forge.numbers import Office, numbers
from document.contract import ReportOut, SourceOut
from document.entry import Flag, Status
from document.geometry import UprightFrame
from document.proposal import Cause, MoveKind
from gouji.output import file_out
from tests.drawn_tables import PAGE, applications_rows, of_rows, page

FORMS = reconstruct.load_forms()
FORM = next(form for form in FORMS if form.id == "zfxxgk-2021")
APPLICATIONS = next(table for table in FORM.tables if table.id == "applications")
COLUMNS = [column.key for column in APPLICATIONS.blocks[0].columns]
ROWS = [row.key for row in APPLICATIONS.blocks[0].rows]

NUMBERS = numbers(slots_of(FORM.id), Office(2.0, 0.35), Random(3))
PRINTED = [[str(NUMBERS["applications", row, column]) for column in COLUMNS] for row in ROWS]


def digitized(values: list[list[str]]) -> ReportOut:
    """The table printed with these values, as Gouji's output has it."""
    drawn = applications_rows(APPLICATIONS)
    for row, texts in zip(drawn[-len(ROWS) :], values, strict=True):
        row[-len(COLUMNS) :] = texts
    found = reconstruct.reconstruct([page(1, of_rows(drawn))], reconstruct.FormMatcher(FORMS))
    judged = [checks.judge(checks.jointly_read(report)) for report in found.reports]
    frames = {1: UprightFrame(PAGE, PAGE, (1, 0, 0, 0, 1, 0, 0, 0, 1))}
    source = SourceOut(name="a.pdf", sha256=None, pages=1)
    (report,) = file_out(source, judged, found.unmatched, (), frames).reports
    return report


def test_a_table_that_adds_up_has_no_proposal() -> None:
    assert digitized(PRINTED).proposals == []


def test_two_rows_that_changed_places_are_told_and_stay() -> None:
    total, carried_out = ROWS.index("results.total"), ROWS.index("carried_out")
    values = list(PRINTED)
    values[total], values[carried_out] = values[carried_out], values[total]
    report = digitized(values)
    (proposal,) = report.proposals
    assert (proposal.kind, proposal.cause) == (MoveKind.ROWS_SWAPPED, Cause.PRINT)
    cells = {(cell.row, cell.column): cell for cell in report.tables[0].cells}
    assert [cells["results.total", column].value for column in COLUMNS] == values[total]
    for move in proposal.moves:
        assert move.origin is not None
        assert cells[move.origin.row, move.origin.column].value == move.value
        cell = cells[move.to.row, move.to.column]
        assert cell.status is Status.REVIEW
        assert Flag.SOURCE_INCONSISTENT in cell.flags
        assert cell.reason
        assert cell.reason.startswith("rows swapped in print? ")
    assert {rule.rule for rule in proposal.mends} <= {check.rule for check in report.checks}
