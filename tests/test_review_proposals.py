"""Proposals to move numbers of a table, before a person: applied, declined, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from document.contract import CellOut, FileOut
from document.entry import Status
from document.output_file import read_json, write_json
from document.reading import Source
from review import answering, moving
from review.answering import Answered
from review.answers import Action
from review.archive import Archive
from review.history import decisions
from review.items import State, cells_of
from review.loading import load
from review.moving import Verdict
from review.proposals import proposed
from review.showing import shown
from review.tables import Item
from tests.hand_filled import COLUMNS
from tests.queue_examples import TRUTH, Place, archive, file_out

SWAPPED: Mapping[Place, list[tuple[str, float]]] = {
    (row, column): [(TRUTH[other, column], 0.999999)]
    for row, other in (("total", "carried_out"), ("carried_out", "total"))
    for column in COLUMNS
}
"""Two rows have changed places: every number is clearly read."""


@pytest.fixture
def queue(tmp_path: Path) -> Archive:
    return archive(tmp_path / "out", swapped())


def swapped(sha256: str = "a" * 64) -> FileOut:
    return file_out("a.pdf", SWAPPED, sha256=sha256, match=0.99)


def an_item(queue: Archive) -> int:
    """Of the first cell that a proposal speaks of."""
    with queue.database.read() as session:
        query = select(Item.id).where(Item.row == "total").order_by(Item.place)
        return session.scalars(query).first() or 0


def seen(queue: Archive, item: int) -> str:
    """The proposal's id, as it is on a screen."""
    with queue.database.read() as session:
        view = shown(session, queue, session.get_one(Item, item)).proposal
    assert view is not None
    return view.id


def decide(
    queue: Archive, item: int, proposal: str, *, apply: bool, request: str = "request-1"
) -> Answered:
    return moving.give(queue, item, Verdict("li", proposal, apply, request, 3.0, 1.0))


def cells(queue: Archive) -> dict[Place, CellOut]:
    report = read_json(queue.path_of("a.pdf")).reports[0]
    return {(slot.row, slot.column): cell for slot, cell in cells_of(report)}


def test_a_person_sees_what_would_move_with_the_lines_labels(queue: Archive) -> None:
    with queue.database.read() as session:
        item = session.get_one(Item, an_item(queue))
        english = shown(session, queue, item).proposal
        chinese = shown(session, queue, item, "zh").proposal
    assert english is not None
    assert chinese is not None
    assert "have changed places" in english.reason
    assert "互换" in chinese.reason
    for move in english.moves:
        assert move.before == SWAPPED[move.row, move.column][0][0]
        assert move.after == TRUTH[move.row, move.column]


def test_applied_every_number_is_where_it_belongs_and_said_by_a_person(queue: Archive) -> None:
    item = an_item(queue)
    assert not decide(queue, item, seen(queue, item), apply=True).refused
    after = cells(queue)
    assert {place: cell.value for place, cell in after.items()} == TRUTH
    for place in SWAPPED:
        assert (after[place].source, after[place].status) == (Source.HUMAN, Status.ACCEPTED)
        assert after[place].read == SWAPPED[place][0][0], "what stands there is not touched"
    assert not read_json(queue.path_of("a.pdf")).reports[0].proposals
    told = [each.what for each in decisions(queue.database, "a.pdf")]
    assert len(told) == len(SWAPPED)
    assert all("moved from" in what for what in told)


def test_one_undo_takes_all_of_it_back(queue: Archive) -> None:
    before = queue.path_of("a.pdf").read_bytes()
    item = an_item(queue)
    decide(queue, item, seen(queue, item), apply=True)
    assert answering.take_back(queue, "li", 2.0, "undo-1234")
    assert queue.path_of("a.pdf").read_bytes() == before
    assert answering.take_back(queue, "li", 3.0, "undo-5678") is None
    again = decide(queue, item, seen(queue, item), apply=True, request="request-2")
    assert not again.refused


def test_the_same_request_twice_is_one(queue: Archive) -> None:
    item = an_item(queue)
    proposal = seen(queue, item)
    first, second = (decide(queue, item, proposal, apply=True) for _ in range(2))
    assert not second.refused
    assert len(list(decisions(queue.database, "a.pdf"))) == len(SWAPPED)
    assert first.item == second.item


def test_declined_it_is_not_proposed_again_and_each_cell_is_asked_for_itself(
    queue: Archive,
) -> None:
    item = an_item(queue)
    values = {place: cell.value for place, cell in cells(queue).items()}
    assert not decide(queue, item, seen(queue, item), apply=False).refused
    out = read_json(queue.path_of("a.pdf")).reports[0]
    assert not out.proposals
    after = cells(queue)
    assert {place: cell.value for place, cell in after.items()} == values
    assert all(cell.source is not Source.HUMAN for cell in after.values())
    assert {
        place for place, cell in after.items() if cell.status is Status.REVIEW
    } >= SWAPPED.keys()
    with queue.database.read() as session:
        assert session.get_one(Item, item).state == State.OPEN
    (told,) = decisions(queue.database, "a.pdf")
    assert "left the numbers" in told.what


def test_a_decline_outlives_the_same_reading_again_and_no_other(queue: Archive) -> None:
    item = an_item(queue)
    decide(queue, item, seen(queue, item), apply=False)
    write_json(swapped(), queue.path_of("a.pdf"))
    assert load(queue, queue.path_of("a.pdf")).problem is None
    assert not read_json(queue.path_of("a.pdf")).reports[0].proposals
    write_json(swapped("b" * 64), queue.path_of("a.pdf"))
    assert load(queue, queue.path_of("a.pdf")).problem is None
    assert read_json(queue.path_of("a.pdf")).reports[0].proposals


def test_a_decline_is_taken_back_like_an_answer(queue: Archive) -> None:
    before = queue.path_of("a.pdf").read_bytes()
    item = an_item(queue)
    decide(queue, item, seen(queue, item), apply=False)
    assert answering.take_back(queue, "li", 2.0)
    assert queue.path_of("a.pdf").read_bytes() == before


def test_who_saw_the_cells_before_another_answered_one_is_refused(queue: Archive) -> None:
    item = an_item(queue)
    old = seen(queue, item)
    with queue.database.read() as session:
        other = session.get_one(Item, item)
    said = answering.Said("wang", other.version, Action.VALUE, "5", 1.0, 0.0)
    assert not answering.give(queue, item, said).refused
    assert decide(queue, item, old, apply=True).refused
    assert len(list(decisions(queue.database, "a.pdf"))) == 1


def test_a_cell_that_no_proposal_speaks_of_has_none(queue: Archive) -> None:
    report = queue.output("a.pdf").reports[0]
    with queue.database.read() as session:
        for item in session.scalars(select(Item)):
            assert (proposed(session, item, report) is not None) == (
                (item.row, item.column) in SWAPPED
            )
