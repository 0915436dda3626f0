"""What comes first in the queue: the answer that is likely to settle most."""

from __future__ import annotations

from document.contract import ReportOut
from document.entry import Status
from document.form import Slot
from review.answers import Action, Answer
from review.gains import gains
from review.items import cells_of
from review.judging import judged_again
from tests.hand_filled import FORM
from tests.queue_examples import FORMS, TRUTH, Place, file_out


def gain(out: ReportOut) -> dict[Place, int]:
    doubtful = [slot for slot, cell in cells_of(out) if cell.status is Status.REVIEW]
    return {(slot.row, slot.column): n for slot, n in gains(out, FORMS, doubtful).items()}


def test_a_cell_that_shares_its_rules_with_more_doubtful_ones_comes_first() -> None:
    """`granted` and `total` are in one sum, `carried_out` with `total` in another."""
    places = [("granted", "person"), ("total", "person"), ("carried_out", "person")]
    doubtful = [Slot(FORM.id, *place) for place in [*places, ("new", "legal")]]
    told = gains(file_out("a.pdf").reports[0], FORMS, doubtful)
    found = {(slot.row, slot.column): number for slot, number in told.items()}
    assert found["total", "person"] == 2
    assert found["granted", "person"] == found["carried_out", "person"] == 1
    assert found["new", "legal"] == 0


def test_where_rows_and_columns_are_in_doubt_the_far_corner_comes_second() -> None:
    out = file_out("a.pdf", {}, match=0.998).reports[0]
    first = {Slot(FORM.id, "new", "person"): Answer(Action.VALUE, TRUTH["new", "person"])}
    found = gain(judged_again(out, FORMS, first, 1e-4))
    far = found["carried_out", "sum"]
    assert far == max(found.values())
    assert list(found.values()).count(far) == 1
