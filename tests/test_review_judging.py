"""A report judged again from its output, with what people answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from document.contract import CellOut, FileOut, ReportOut
from document.entry import Flag, Status
from document.form import Slot, slots_of
from document.reading import Source
from gouji.pipeline import Pipeline
from reconstruct import load_forms
from review.answers import Action, Answer, NoNumberError, answer
from review.evidence import Forms, UnknownFormError
from review.items import cells_of
from review.judging import judged_again
from tests.hand_filled import FORM
from tests.queue_examples import BLURRED, FORMS, TRUTH, Place, file_out

SAMPLES = Path(__file__).parent.parent / "samples"


def said(**answers: str) -> dict[Slot, Answer]:
    """Answers by row and column, `granted__person="33"`."""
    return {
        Slot(FORM.id, *place.split("__")): Answer(Action.VALUE, text)
        for place, text in answers.items()
    }


def cells(report: ReportOut) -> dict[Place, CellOut]:
    return {(slot.row, slot.column): cell for slot, cell in cells_of(report)}


def doubtful(report: ReportOut) -> set[Place]:
    return {place for place, cell in cells(report).items() if cell.status is Status.REVIEW}


def report_of(out: FileOut) -> ReportOut:
    return out.reports[0]


@pytest.mark.parametrize("name", ["ouhai_2023.pdf", "neijiang_gaoxin_2019.pdf"])
def test_an_output_judged_again_says_what_it_said(name: str) -> None:
    """All that a judgement rests on is in the output."""
    out = Pipeline().digitize(SAMPLES / name)
    forms = Forms.of(load_forms())
    assert out.reports
    for report in out.reports:
        assert judged_again(report, forms, {}, 1e-4) == report


def test_so_does_one_with_misread_cells() -> None:
    out = report_of(file_out("a.pdf"))
    assert doubtful(out)
    assert judged_again(out, FORMS, {}, 1e-4) == out


def test_answers_settle_cells_that_they_tell_of() -> None:
    before = report_of(file_out("a.pdf"))
    assert doubtful(before) == BLURRED.keys()
    after = judged_again(before, FORMS, said(granted__person="33", carried_out__sum="7"), 1e-4)
    assert doubtful(after) == set()
    assert {place: cell.value for place, cell in cells(after).items()} == TRUTH
    sources = {place: cell.source for place, cell in cells(after).items() if place in BLURRED}
    assert list(sources.values()).count(Source.HUMAN) == 2


def test_what_a_person_says_stands_and_what_was_read_stays() -> None:
    before = report_of(file_out("a.pdf"))
    after = cells(judged_again(before, FORMS, said(granted__person="77"), 1e-4))
    cell = after["granted", "person"]
    assert (cell.value, cell.read, cell.source) == ("77", "38", Source.HUMAN)
    assert cell.status is Status.ACCEPTED
    assert Flag.SOURCE_INCONSISTENT in cell.flags, "it does not add up, and says so"
    assert cell.candidates == cells(before)["granted", "person"].candidates


def test_an_answer_taken_away_again_leaves_no_trace() -> None:
    before = report_of(file_out("a.pdf"))
    after = judged_again(before, FORMS, said(granted__person="33"), 1e-4)
    assert judged_again(after, FORMS, {}, 1e-4) == before


def test_an_unreadable_cell_is_inferred_where_one_value_is_left() -> None:
    slot = Slot(FORM.id, "granted", "person")
    before = report_of(file_out("a.pdf", {}))
    after = judged_again(before, FORMS, {slot: Answer(Action.UNREADABLE)}, 1e-4)
    cell = cells(after)["granted", "person"]
    assert (cell.value, cell.source) == ("33", Source.INFERRED)
    assert cell.read == "33"


def test_an_unreadable_cell_that_no_rule_tells_stays_without_a_value() -> None:
    slots = [Slot(FORM.id, row, "person") for row in ("granted", "denied")]
    slots += [Slot(FORM.id, row, "sum") for row in ("granted", "denied")]
    before = report_of(file_out("a.pdf", {}))
    answers = {slot: Answer(Action.UNREADABLE) for slot in slots}
    after = cells(judged_again(before, FORMS, answers, 1e-4))
    cell = after["granted", "person"]
    assert (cell.value, cell.source, cell.status) == (None, Source.HUMAN, Status.ACCEPTED)
    assert Flag.BLANK not in cell.flags


def test_confirmed_cells_vouch_for_their_rows_and_columns() -> None:
    """Rows and columns told by the text alone: all are in doubt; two corners tell."""
    before = report_of(file_out("a.pdf", {}, match=0.998))
    assert len(doubtful(before)) > 10
    corners = said(new__person=TRUTH["new", "person"], carried_out__sum=TRUTH["carried_out", "sum"])
    assert doubtful(judged_again(before, FORMS, corners, 1e-4)) == set()


def test_who_reads_another_number_confirms_no_row() -> None:
    """It may be another row's number that they read."""
    before = report_of(file_out("a.pdf", {}, match=0.998))
    corners = said(new__person="45", carried_out__sum="8")
    after = judged_again(before, FORMS, corners, 1e-4)
    assert len(doubtful(after)) >= len(doubtful(before)) - 2


def test_what_cannot_stand_in_the_cell_is_refused() -> None:
    (form,) = [form for form in slots_of(FORM) if form.slot == Slot(FORM.id, "new", "person")]
    for text in ("1O", "十二", "3 4", "1,23", "-", ""):
        if text in {"-", ""}:
            assert answer(Action.VALUE, text, form) == Answer(Action.BLANK)
            continue
        with pytest.raises(NoNumberError, match="is not a number that this cell can hold"):
            answer(Action.VALUE, text, form)


def test_an_output_of_an_unknown_form_says_what_to_do() -> None:
    with pytest.raises(UnknownFormError, match="--forms"):
        judged_again(report_of(file_out("a.pdf")), Forms({}), {}, 1e-4)
