"""Whatever people do in whatever order: the queue's promises hold."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from document.output_file import read_json
from document.reading import Source
from review import answering, leases
from review.answering import Said
from review.answers import Action
from review.archive import Archive
from review.deciding import RECORDED, UNDO
from review.items import State, cells_of
from review.leases import HELD, Holder, Wanted
from review.tables import Decision, Item
from tests.queue_examples import TRUTH, archive, file_out

PEOPLE = st.sampled_from(["li", "wang", "zhao"])


class Queue(RuleBasedStateMachine):
    """`seen`: items as somebody has them on the screen, of whatever age."""

    seen = Bundle("seen")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gouji-queue-"))
        self.queue: Archive = archive(self.folder, file_out("a.pdf"))
        self.now = 0.0
        self.given: dict[int, Any] = {}

    def teardown(self) -> None:
        if hasattr(self, "queue"):
            self.queue.database.close()
            shutil.rmtree(self.folder)

    @rule(target=seen, who=PEOPLE)
    def take(self, who: str) -> tuple[str, int, int] | None:
        with self.queue.database.write() as session:
            items = leases.take(session, Holder(who, self.now), Wanted(), 1)
        return (who, items[0].id, items[0].version) if items else None

    @rule(held=seen, text=st.sampled_from(["right", "33", "0", "1234"]))
    def answer(self, held: tuple[str, int, int] | None, text: str) -> None:
        if held is None:
            return
        who, number, version = held
        with self.queue.database.read() as session:
            before = session.get_one(Item, number)
        said = TRUTH[before.row, before.column] if text == "right" else text
        given = Said(who, version, Action.VALUE, said, None, self.now)
        done = answering.give(self.queue, number, given)
        if done.decision in self.given:  # sent twice
            assert self.given[done.decision] == (who, number, said)
        else:
            assert done.refused == (before.version != version), "only of what was seen"
        self.given[done.decision] = (who, number, said)

    @rule(who=PEOPLE)
    def undo(self, who: str) -> None:
        own = [number for number, (by, _, _) in self.given.items() if by == who]
        done = answering.take_back(self.queue, who, self.now)
        assert done is None or own, "nobody takes back what others said"

    @rule(seconds=st.sampled_from([1.0, HELD / 2, HELD + 1]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def no_answer_is_lost(self) -> None:
        if hasattr(self, "queue"):
            with self.queue.database.read() as session:
                kept = {each.id: each for each in session.scalars(select(Decision))}
            for number, (who, item, said) in self.given.items():
                assert (kept[number].by, kept[number].item_id) == (who, item)
                assert kept[number].text == said

    @invariant()
    def what_is_done_has_the_last_answer_that_stands(self) -> None:
        if not hasattr(self, "queue"):
            return
        with self.queue.database.read() as session:
            decisions = session.scalars(select(Decision).order_by(Decision.id)).all()
            items = session.scalars(select(Item)).all()
        undone = {each.undoes for each in decisions if each.action == UNDO}
        out = read_json(self.queue.path_of("a.pdf"))
        cells = dict(cells_of(out.reports[0]))
        for item in items:
            standing = [
                each.id
                for each in decisions
                if each.item_id == item.id and each.outcome == RECORDED
                if each.action != UNDO and each.id not in undone
            ]
            assert item.answer_id == max(standing, default=None)
            assert (item.state == State.DONE) == bool(standing)
            (cell,) = [c for s, c in cells.items() if (s.row, s.column) == (item.row, item.column)]
            assert (cell.source is Source.HUMAN) == bool(standing)


TestQueue = Queue.TestCase
TestQueue.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
