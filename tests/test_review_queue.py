"""The queue: who gets which cell, whose answer counts, and that none is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError as DatabaseRefusal

from document.contract import CellOut, FileOut
from document.entry import Status
from document.output_file import read_json, write_json
from document.reading import Source
from review import answering, leases, sampling
from review.answering import Answered, Said
from review.answers import Action, NoNumberError
from review.archive import Archive
from review.database import Database
from review.deciding import overlap
from review.history import decisions
from review.items import State, cells_of
from review.leases import HELD, Holder, Wanted
from review.loading import load, load_all
from review.tables import Decision, Item
from tests.queue_examples import BLURRED, FORMS, TRUTH, Place, archive, file_out


def take(queue: Archive, by: str, now: float = 0.0, count: int = 1, **wanted: object) -> list[Item]:
    with queue.database.write() as session:
        holder = Holder(by, now, queue.readings)
        return list(leases.take(session, holder, Wanted(**wanted), count))  # type: ignore[arg-type]


def answer(
    queue: Archive, by: str, item: Item, text: str | None = None, at: float = 0.0
) -> Answered:
    """What is printed there, unless they say something else."""
    number = TRUTH[item.row, item.column] if text is None else text
    return answering.give(queue, item.id, Said(by, item.version, Action.VALUE, number, 1.5, at))


def items(queue: Archive) -> dict[Place, Item]:
    with queue.database.read() as session:
        return {(item.row, item.column): item for item in session.scalars(select(Item))}


def states(queue: Archive) -> list[str]:
    return sorted(item.state for item in items(queue).values())


def cell(queue: Archive, place: Place, name: str = "a.pdf") -> CellOut:
    (found,) = [
        each
        for slot, each in cells_of(read_json(queue.path_of(name)).reports[0])
        if (slot.row, slot.column) == place
    ]
    return found


@pytest.fixture
def queue(tmp_path: Path) -> Archive:
    return archive(tmp_path / "out", file_out("a.pdf"))


def test_every_doubtful_cell_waits(queue: Archive) -> None:
    assert items(queue).keys() == BLURRED.keys()
    assert states(queue) == [State.OPEN] * 4


def test_two_people_get_two_cells(queue: Archive) -> None:
    mine, yours = take(queue, "li", count=2), take(queue, "wang", count=4)
    assert len(mine) == len(yours) == 2
    assert not {item.id for item in mine} & {item.id for item in yours}
    assert take(queue, "zhao") == []


def test_who_comes_back_gets_their_own_cells_again(queue: Archive) -> None:
    first = take(queue, "li", now=0, count=2)
    again = take(queue, "li", now=10, count=3)
    assert [item.id for item in again[:2]] == [item.id for item in first]


def test_a_lease_that_nobody_renewed_is_another_s(queue: Archive) -> None:
    (mine,) = take(queue, "li", now=0)
    yours = take(queue, "wang", now=HELD + 1, count=4)
    assert mine.id in {item.id for item in yours}
    with queue.database.write() as session:
        found = session.get_one(Item, mine.id)
        assert not leases.renew(session, found, Holder("li", HELD + 2))
        assert leases.renew(session, found, Holder("wang", HELD + 2))


def test_a_lease_lasts_as_long_as_it_is_renewed(queue: Archive) -> None:
    (mine,) = take(queue, "li", now=0)
    for now in (100.0, 200.0, 300.0):
        with queue.database.write() as session:
            assert leases.renew(session, session.get_one(Item, mine.id), Holder("li", now))
        assert mine.id not in {item.id for item in take(queue, "wang", now=now + 1, count=4)}


def test_what_is_given_back_is_free(queue: Archive) -> None:
    mine = take(queue, "li", count=4)
    with queue.database.write() as session:
        for item in mine:
            leases.release(session.get_one(Item, item.id), "li")
    assert len(take(queue, "wang", count=4)) == 4


def test_one_table_or_flag_can_be_worked_through(queue: Archive) -> None:
    assert take(queue, "li", table="requests")
    assert take(queue, "li", table="other") == []
    assert len(take(queue, "wang", flag="corrected", count=4, now=1)) == 3


def test_an_answer_goes_into_the_output(queue: Archive) -> None:
    (item,) = take(queue, "li")
    done = answer(queue, "li", item)
    after = cell(queue, (item.row, item.column))
    assert not done.refused
    assert (after.source, after.status) == (Source.HUMAN, Status.ACCEPTED)
    assert after.value == TRUTH[item.row, item.column]


def test_answers_settle_other_cells(queue: Archive) -> None:
    first, second = take(queue, "li", count=2)
    assert answer(queue, "li", first).refreshed.settled == 0
    assert answer(queue, "li", second).refreshed.settled == 2
    assert states(queue) == [State.DONE, State.DONE, State.SETTLED, State.SETTLED]
    assert take(queue, "wang") == []
    assert {place: cell(queue, place).value for place in TRUTH} == TRUTH


def test_the_second_of_two_people_is_told_and_their_answer_is_kept(queue: Archive) -> None:
    (item,) = take(queue, "li", now=0)
    (same,) = take(queue, "wang", now=HELD + 1, item=item.id)
    assert not answer(queue, "wang", same).refused
    late = answer(queue, "li", item, "99")
    assert (late.refused, late.other) == (True, "wang")
    assert cell(queue, (item.row, item.column)).value == TRUTH[item.row, item.column]
    told = list(decisions(queue.database, "a.pdf"))
    assert [(each.by, each.remark) for each in told] == [
        ("wang", ""),
        ("li", " (too late: another was first)"),
    ]


def test_who_looks_at_a_cell_that_the_arithmetic_settled_is_told(queue: Archive) -> None:
    every = {item.id: item for item in take(queue, "li", count=4)}
    for _ in range(2):
        answer(queue, "li", every.pop(min(every)))
    late = answer(queue, "li", every.popitem()[1])
    assert (late.refused, late.other) == (True, None)


def test_an_answer_can_be_taken_back(queue: Archive) -> None:
    before = queue.path_of("a.pdf").read_bytes()
    first, second = take(queue, "li", count=2)
    answer(queue, "li", first)
    answer(queue, "li", second)
    assert answering.take_back(queue, "wang", 1.0) is None, "of others nobody takes back"
    assert answering.take_back(queue, "li", 1.0)
    assert states(queue).count(State.OPEN) == 3, "what it settled is open again, too"
    assert answering.take_back(queue, "li", 2.0)
    assert answering.take_back(queue, "li", 3.0) is None
    assert queue.path_of("a.pdf").read_bytes() == before
    assert [each.remark for each in decisions(queue.database, "a.pdf")] == [
        " (taken back)",
        " (taken back)",
        "",
        "",
    ]


def test_decisions_can_be_added_and_nothing_else(queue: Archive) -> None:
    (item,) = take(queue, "li")
    answer(queue, "li", item)
    for change in ("UPDATE decision SET text = '1'", "DELETE FROM decision"):
        with pytest.raises(DatabaseRefusal, match="for ever"), queue.database.write() as session:
            session.execute(text(change))


def test_a_decision_says_what_was_on_the_screen(queue: Archive) -> None:
    (item,) = take(queue, "li")
    answer(queue, "li", item)
    with queue.database.read() as session:
        (decision,) = session.scalars(select(Decision))
    seen = BLURRED[item.row, item.column]
    assert decision.shown["read"] == seen[0][0]
    assert decision.shown["candidates"] == [list(each) for each in seen]
    assert (decision.by, decision.seen, decision.seconds) == ("li", 0, 1.5)


def test_what_is_no_number_is_refused_and_changes_nothing(queue: Archive) -> None:
    (item,) = take(queue, "li")
    with pytest.raises(NoNumberError):
        answer(queue, "li", item, "1O")
    assert states(queue) == [State.OPEN] * 4
    assert not list(decisions(queue.database, "a.pdf"))


def digitized_again(queue: Archive, **changes: object) -> int:
    """As `gouji digitize` writes it; how many answers were found to be of something else."""
    write_json(file_out("a.pdf", **changes), queue.path_of("a.pdf"))  # type: ignore[arg-type]
    loaded = load(queue, queue.path_of("a.pdf"))
    assert loaded.problem is None
    return loaded.outdated


def test_digitizing_again_keeps_the_answers(queue: Archive) -> None:
    (item,) = take(queue, "li")
    answer(queue, "li", item)
    after = queue.path_of("a.pdf").read_bytes()
    assert digitized_again(queue) == 0
    assert queue.path_of("a.pdf").read_bytes() == after


def test_a_better_reading_keeps_them_too(queue: Archive) -> None:
    (item,) = take(queue, "li")
    answer(queue, "li", item)
    assert digitized_again(queue, seen={}) == 0
    assert cell(queue, (item.row, item.column)).source is Source.HUMAN
    assert states(queue) == [State.DONE] + [State.SETTLED] * 3


def test_answers_of_another_content_of_the_file_are_told_and_not_used(queue: Archive) -> None:
    (item,) = take(queue, "li")
    answer(queue, "li", item)
    assert digitized_again(queue, sha256="b" * 64) == 1
    assert cell(queue, (item.row, item.column)).source is Source.OCR
    assert states(queue) == [State.OPEN] * 4
    (told,) = decisions(queue.database, "a.pdf")
    assert told.remark == " (of another content of the file)"
    assert digitized_again(queue) == 0, "and used again for the content that they are of"
    assert cell(queue, (item.row, item.column)).source is Source.HUMAN


def test_loading_twice_changes_nothing(queue: Archive) -> None:
    answer(queue, "li", take(queue, "li")[0])
    before = {place: (item.state, item.version) for place, item in items(queue).items()}
    assert all(each.problem is None for each in load_all(queue))
    assert {place: (item.state, item.version) for place, item in items(queue).items()} == before


def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The outputs that are read from now on."""
    every: list[Path] = []

    def counted(path: Path) -> FileOut:
        every.append(path)
        return read_json(path)

    monkeypatch.setattr("review.archive.read_json", counted)
    return every


def started_again(queue: Archive, sample: int | None = None) -> Archive:
    """As `gouji review` does."""
    again = Archive(queue.outputs, queue.database, queue.forms)
    lots = sampling.gathering(again, sample)
    for each in load_all(again):
        assert each.problem is None
        if each.out and each.document:
            lots.add(each.document, each.out)
    sampling.draw(again, sample, lots)
    return again


def test_an_output_that_is_as_it_was_left_is_not_read_again(
    queue: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(queue, "li", take(queue, "li")[0])
    before = items(started_again(queue, 3))
    every = reads(monkeypatch)
    assert items(started_again(queue, 3)).keys() == before.keys()
    assert every == []


def test_an_output_is_read_once_at_most_sample_and_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    every = reads(monkeypatch)
    monkeypatch.setattr("review.archive.MOST_KEPT", 1)
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        write_json(file_out(name), folder / f"{name}.json")
    queue = started_again(Archive(folder, Database.beside(folder), FORMS), 6)
    assert sorted(path.name for path in every) == ["a.pdf.json", "b.pdf.json", "c.pdf.json"]
    drawn = [item for item in take(queue, "li", count=20) if item.sample]
    assert len(drawn) == 6
    every.clear()
    write_json(file_out("d.pdf"), folder / "d.pdf.json")
    started_again(queue, 6)
    assert [path.name for path in every] == ["d.pdf.json"]


def test_what_was_written_by_another_is_read_again(
    queue: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(queue, "li", take(queue, "li")[0])
    started_again(queue, 0)
    write_json(file_out("a.pdf"), queue.path_of("a.pdf"))
    every = reads(monkeypatch)
    again = started_again(queue, 0)
    assert len(every) >= 1
    cells = again.output("a.pdf").reports[0].tables[0].cells
    assert sum(cell.source is Source.HUMAN for cell in cells) == 1


def test_an_output_that_lies_elsewhere_than_its_name_says_is_not_loaded(queue: Archive) -> None:
    path = queue.outputs / "b.pdf.json"
    out = json.loads(queue.path_of("a.pdf").read_text("utf-8"))
    for name in ("../a.pdf", "/etc/passwd", "c.pdf", "a\\..\\b.pdf"):
        out["source"]["name"] = name
        path.write_text(json.dumps(out), "utf-8")
        assert "not where" in (load(queue, path).problem or "")


def test_an_output_of_an_older_gouji_is_told_and_left_alone(queue: Archive) -> None:
    """Judged again, its cells would seem not to have been found."""
    out = json.loads(queue.path_of("a.pdf").read_text("utf-8"))
    out["source"]["name"] = "b.pdf"
    for each in out["reports"][0]["tables"][0]["cells"]:
        del each["evidence"]
    path = queue.path_of("b.pdf")
    path.write_text(json.dumps(out), "utf-8")
    assert "digitize it again" in (load(queue, path).problem or "")
    assert len(items(queue)) == 4


def test_what_nobody_could_read_is_like_nothing_else(tmp_path: Path) -> None:
    unread = {("new", "person"): [("□", 0.2)], ("new", "legal"): [("", 0.6), ("5", 0.3)]}
    queue = archive(tmp_path / "out", file_out("a.pdf", unread))
    with queue.database.write() as session:
        alike = leases.take_alike(session, Holder("li", 0.0), Wanted(), 9)
    assert [(item.row, item.column) for item in alike] == [("new", "legal")]


def twice_read(tmp_path: Path) -> Archive:
    return archive(tmp_path / "out", file_out("a.pdf"), readings=2)


def test_two_readers_who_agree_decide(tmp_path: Path) -> None:
    queue = twice_read(tmp_path)
    (item,) = take(queue, "li")
    answer(queue, "li", item)
    assert cell(queue, (item.row, item.column)).source is Source.OCR, "one is not enough"
    assert item.id not in {each.id for each in take(queue, "li", count=4)}, "nobody reads twice"
    (same,) = take(queue, "wang", now=HELD + 1, item=item.id)
    answer(queue, "wang", same)
    assert cell(queue, (item.row, item.column)).source is Source.HUMAN


def test_where_two_readers_disagree_a_third_decides(tmp_path: Path) -> None:
    queue = twice_read(tmp_path)
    (item,) = take(queue, "li")
    for number, (who, said) in enumerate({"li": "38", "wang": "33", "zhao": "33"}.items()):
        (same,) = take(queue, who, now=number * (HELD + 1), item=item.id)
        assert same.state == State.OPEN
        answer(queue, who, same, said)
    after = cell(queue, (item.row, item.column))
    assert (after.value, after.source) == ("33", Source.HUMAN)


def test_the_sample_is_of_accepted_cells_and_looks_like_the_others(queue: Archive) -> None:
    assert sampling.draw(queue, 5) == 5
    drawn = {place: item for place, item in items(queue).items() if item.sample}
    assert len(drawn) == 5
    assert not drawn.keys() & BLURRED.keys()
    assert len(take(queue, "li", count=20)) == 9
    assert sampling.draw(queue, 5) == 0, "the same cells"
    assert sampling.draw(queue, 7) == 2


def test_a_cell_of_the_sample_waits_for_a_person_whatever_is_settled(queue: Archive) -> None:
    sampling.draw(queue, 3)
    doubtful = [item for item in take(queue, "li", count=20) if not item.sample]
    for item in sorted(doubtful, key=lambda item: item.id)[:2]:
        answer(queue, "li", item)
    assert {item.state for item in items(queue).values() if item.sample} == {State.OPEN}


def test_the_size_of_the_sample_follows_from_the_target() -> None:
    assert sampling.size_for(1_000_000, 1e-4) == 30_000
    assert sampling.size_for(2_000, 1e-4) == 100, "people have the doubtful ones to read, too"
    assert sampling.size_for(0, 1e-4) == 0


@pytest.mark.parametrize(
    ("other", "share"),
    [((0, 0, 10, 10), 1.0), ((0, 0, 10, 5), 0.5), ((20, 20, 30, 30), 0.0), ((10, 0, 20, 10), 0.0)],
)
def test_how_far_two_boxes_are_the_same(
    other: tuple[float, float, float, float], share: float
) -> None:
    assert overlap((0, 0, 10, 10), other) == pytest.approx(share)
