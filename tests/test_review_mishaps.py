"""What may go wrong around the queue: files read again, servers killed, outputs gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from document.output_file import write_json
from document.reading import Source
from review import answering, deciding, leases, sampling
from review.answering import Said, Shown
from review.answers import Action
from review.archive import Archive
from review.history import decisions
from review.items import Refreshed, State
from review.leases import HELD, Holder
from review.loading import load, load_all
from review.pictures import Pages
from review.progress import agreement
from review.proof import proof
from review.tables import Decision, Item
from tests.queue_examples import TRUTH, archive, file_out, scan
from tests.test_review_queue import answer, cell, digitized_again, items, states, take


@pytest.fixture
def queue(tmp_path: Path) -> Archive:
    return archive(tmp_path / "out", file_out("a.pdf"))


def digitized_behind_its_back(queue: Archive, **changes: object) -> None:
    """Another process wrote the output, and the queue was not told."""
    write_json(file_out("a.pdf", **changes), queue.path_of("a.pdf"))  # type: ignore[arg-type]


def humans(queue: Archive) -> set[tuple[str, str]]:
    report = queue.output("a.pdf").reports[0]
    return {(c.row, c.column) for c in report.tables[0].cells if c.source is Source.HUMAN}


def test_who_saw_the_cell_of_an_older_content_is_refused(queue: Archive) -> None:
    (item,) = take(queue, "li")
    digitized_again(queue, sha256="b" * 64)
    assert answer(queue, "li", item, "99").refused
    assert humans(queue) == set()


def test_answers_of_an_older_content_do_not_get_into_a_newer_one(queue: Archive) -> None:
    """Digitized again while the server runs."""
    first, second = take(queue, "li", count=2)
    answer(queue, "li", first, "99")
    digitized_behind_its_back(queue, sha256="b" * 64)
    assert answer(queue, "li", second, "77").refused
    assert humans(queue) == set()
    assert states(queue) == [State.OPEN] * 4


def test_a_file_digitized_under_an_answer_is_loaded_first(queue: Archive) -> None:
    """The output changes between the answer and its arithmetic."""
    (item,) = take(queue, "li")
    said = Said("li", item.version, Action.VALUE, "33", None, 0.0)
    recorded = answering.record(queue, item.id, said)
    digitized_behind_its_back(queue, sha256="b" * 64)
    answering.settled(queue, recorded.document)
    assert humans(queue) == set()
    assert load(queue, queue.path_of("a.pdf")).problem is None
    assert humans(queue) == set()


def killed_after(queue: Archive, item: Item, text: str) -> None:
    """An answer was recorded, and the server died before it was in the output."""
    said = Said("li", item.version, Action.VALUE, text, None, 0.0)
    assert not answering.record(queue, item.id, said).refused


def again(queue: Archive) -> Archive:
    """The review started again."""
    made = Archive.of(queue.outputs, queue.database, queue.forms)
    assert [each.problem for each in load_all(made)] == [None]
    return made


def test_an_answer_that_a_kill_kept_from_the_output_comes_with_the_next_start(
    queue: Archive,
) -> None:
    (item,) = take(queue, "li")
    place = (item.row, item.column)
    killed_after(queue, item, "33")
    assert humans(queue) == set()
    assert humans(again(queue)) == {place}


def test_so_does_an_answer_taken_back(queue: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    (item,) = take(queue, "li")
    answer(queue, "li", item, "99")
    with monkeypatch.context() as killed:
        killed.setattr(answering, "settled", lambda *_: Refreshed())
        assert answering.take_back(queue, "li", 1.0)
    assert humans(queue), "killed before the arithmetic"
    assert humans(again(queue)) == set()
    (later,) = take(queue, "li", item=item.id)
    killed_after(queue, later, "38")
    after = again(queue)
    assert cell(after, (item.row, item.column)).value == "38"


def test_a_failing_disk_loses_no_answer(queue: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (item,) = take(queue, "li")
    with monkeypatch.context() as broken:
        broken.setattr(Archive, "write", full)
        assert not answer(queue, "li", item).refused
    assert humans(queue) == set()
    assert humans(again(queue)) == {(item.row, item.column)}


def test_an_answer_over_an_inferred_number_survives_the_same_reading_again(
    tmp_path: Path,
) -> None:
    queue = archive(tmp_path / "out", file_out("a.pdf", {}))
    sampling.draw(queue, 18)
    (item,) = [i for i in items(queue).values() if (i.row, i.column) == ("new", "person")]
    said = Said("li", item.version, Action.UNREADABLE, "", None, 0.0)
    assert not answering.give(queue, item.id, said).refused
    assert cell(queue, ("new", "person")).source is Source.INFERRED
    changed = items(queue)["new", "person"]
    answer(queue, "li", changed, "47")
    digitized_again(queue, seen={})
    assert cell(queue, ("new", "person")).value == "47"


def test_a_group_s_answer_is_of_the_value_that_was_shown(queue: Archive) -> None:
    (item,) = take(queue, "li")
    said = Said("li", item.version, Action.VALUE, "12", None, 0.0)
    assert answering.record(queue, item.id, said, of=Shown("12")).refused
    assert states(queue) == [State.OPEN] * 4
    value = items(queue)[item.row, item.column].value
    said = Said("li", item.version, Action.VALUE, value or "", None, 0.0)
    assert not answering.record(queue, item.id, said, of=Shown(value)).refused


def test_a_digitize_in_between_does_not_make_one_reading_enough(tmp_path: Path) -> None:
    queue = archive(tmp_path / "out", file_out("a.pdf"))
    queue = Archive.of(queue.outputs, queue.database, queue.forms, 2)
    (item,) = take(queue, "li")
    answer(queue, "li", item)
    assert Archive.of(queue.outputs, queue.database, queue.forms).readings == 2
    digitized_again(Archive.of(queue.outputs, queue.database, queue.forms), seen={})
    assert humans(queue) == set()


def test_who_read_a_cell_cannot_keep_others_from_it(tmp_path: Path) -> None:
    queue = archive(tmp_path / "out", file_out("a.pdf"), readings=2)
    (item,) = take(queue, "li")
    answer(queue, "li", item)
    with queue.database.write() as session:
        found = session.get_one(Item, item.id)
        assert not leases.renew(session, found, Holder("li", 0.0, 2))
    assert take(queue, "wang", item=item.id)


def test_a_file_whose_output_is_gone_holds_up_nobody(tmp_path: Path) -> None:
    queue = archive(tmp_path / "out", file_out("a.pdf"), file_out("b.pdf"))
    path = queue.path_of("a.pdf")
    content = path.read_bytes()
    path.unlink()
    assert [each.problem for each in load_all(queue)] == [None]
    with queue.database.read() as session:
        states = [item.state for item in session.scalars(select(Item))]
    assert sorted(states) == [State.GONE] * 4 + [State.OPEN] * 4
    path.write_bytes(content)
    assert all(each.problem is None for each in load_all(queue))
    with queue.database.read() as session:
        assert {item.state for item in session.scalars(select(Item))} == {State.OPEN}


def test_an_answer_sent_twice_is_one(queue: Archive) -> None:
    """Its reply was lost on the way."""
    (item,) = take(queue, "li")
    first, second = (answer(queue, "li", item) for _ in range(2))
    assert (second.decision, second.refused) == (first.decision, False)
    assert len(list(decisions(queue.database, "a.pdf"))) == 1


def test_an_answer_that_came_too_late_and_twice_is_told_once(queue: Archive) -> None:
    (item,) = take(queue, "li")
    (same,) = take(queue, "wang", now=HELD + 1, item=item.id)
    answer(queue, "wang", same)
    first, second = (answer(queue, "li", item, "99") for _ in range(2))
    assert first.refused
    assert (second.decision, second.refused) == (first.decision, True)


def test_an_undo_sent_twice_takes_back_one_answer(queue: Archive) -> None:
    for item in take(queue, "li", count=2):
        answer(queue, "li", item)
    first, second = (answering.take_back(queue, "li", 1.0, "request-1") for _ in range(2))
    assert first is not None
    assert second is not None
    assert (first.decision, first.item) == (second.decision, second.item)
    assert states(queue).count(State.DONE) == 1
    other = answering.take_back(queue, "li", 2.0, "request-2")
    assert other is not None
    assert other.item != first.item
    assert states(queue).count(State.DONE) == 0
    assert answering.take_back(queue, "li", 3.0, "request-3") is None


def test_what_is_gone_stands_in_no_undo_s_way(tmp_path: Path) -> None:
    queue = archive(tmp_path / "out", file_out("a.pdf"), file_out("b.pdf"))
    every = take(queue, "li", count=8)
    older, newer = (next(i for i in every if i.document_id == number) for number in (1, 2))
    answer(queue, "li", older)
    answer(queue, "li", newer)
    write_json(file_out("b.pdf", sha256="c" * 64), queue.path_of("b.pdf"))
    assert load(queue, queue.path_of("b.pdf")).outdated == 1
    undone = answering.take_back(queue, "li", 1.0)
    assert undone is not None
    assert undone.item == older.id


def test_a_clock_set_back_frees_what_was_leased(queue: Archive) -> None:
    take(queue, "li", now=10_000.0, count=4)
    assert len(take(queue, "wang", now=10_000.0 - 3600, count=4)) == 4
    assert HELD < 3600


def test_25_10_is_25_1() -> None:
    assert deciding.number_of("25.10") == deciding.number_of("25.1")
    said = [
        Decision(id=n, item_id=1, by=by, action="value", value=value)
        for n, (by, value) in enumerate([("li", "25.10"), ("wang", "25.1")])
    ]
    assert agreement(said) == {"li": 1.0, "wang": 1.0}


def test_the_sample_s_numbers_flags_and_order_are_like_all_others(tmp_path: Path) -> None:
    blank = {("new", "legal"): [("", 0.999999)]}
    queue = archive(tmp_path / "out", file_out("a.pdf", blank), file_out("b.pdf"))
    sampling.draw(queue, 20)
    with queue.database.read() as session:
        every = session.scalars(select(Item).order_by(Item.id)).all()
    drawn = [item.sample for item in every]
    assert drawn != sorted(drawn)
    assert drawn != sorted(drawn, reverse=True)
    for item in every:
        assert (" blank " in item.flags) == (item.value is None)


def test_an_error_is_of_the_output_that_there_is(tmp_path: Path) -> None:
    """The first reading was wrong and accepted; the second was right before anybody looked."""
    wrong = {place: [(text, 0.999998)] for place, text in TRUTH.items()}
    queue = archive(tmp_path / "out", file_out("a.pdf", wrong))
    sampling.draw(queue, 18)
    with queue.database.write() as session:
        for item in session.scalars(select(Item)):
            item.accepted_value = "1"
    digitized_again(queue, seen={})
    answer(queue, "li", take(queue, "li")[0])
    with queue.database.read() as session:
        assert proof(session).wrong == ()


def test_a_picture_is_of_the_content_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    scan(path)
    pages = Pages(tmp_path)
    first = pages._digest(path)
    assert pages.page("a.png", first, 1)
    path.write_bytes(path.read_bytes() + b" ")
    assert pages.page("a.png", pages._digest(path), 1) is not pages.page("a.png", first, 1)
