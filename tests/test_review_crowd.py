"""Many reviewers at one queue, killed at random: no answer is lost, none counts twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from document.output_file import read_json
from document.reading import Source
from review.archive import Archive
from review.database import Database
from review.deciding import RECORDED
from review.items import State, cells_of
from review.leases import Wanted, left
from review.loading import load_all
from review.sampling import draw
from review.tables import Decision, Item
from tests import postgresql
from tests.queue_examples import FORMS, TRUTH, archive, file_out

REVIEWERS = 8
ROOT = Path(__file__).parent.parent


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'gouji.db'}"
    elif postgresql.programs() is None:
        pytest.skip(postgresql.WAY_OUT)
    else:
        with postgresql.server() as made:
            yield made


def waiting(queue: Archive) -> int:
    with queue.database.read() as session:
        return left(session, Wanted())


def crowd(queue: Archive, url: str, logs: Path, kills: int, patience: float) -> int:
    """Reviewers at work until the queue is empty; some are killed under way, others come. How many
    were killed: one whenever so many items are left as was drawn before."""
    chance = random.Random(kills)
    moments = sorted(chance.sample(range(waiting(queue)), kills))
    names = iter(range(10_000))
    crew: list[subprocess.Popen[bytes]] = []
    ends = time.monotonic() + patience
    try:
        while items := waiting(queue):
            assert time.monotonic() < ends, f"{items} items left"
            crew = [each for each in crew if each.poll() is None]
            while len(crew) < REVIEWERS:
                name = f"reviewer {next(names)}"
                command = [sys.executable, "-m", "tests.hurried_reviewer", str(queue.outputs)]
                command += [url, name, str(logs / name)]
                crew.append(subprocess.Popen(command, cwd=ROOT))
            time.sleep(chance.uniform(0.2, 0.6))
            if moments and items <= moments[-1]:
                chance.choice(crew).kill()
                moments.pop()
                with queue.database.write() as session:  # as if two minutes had passed
                    for item in session.scalars(select(Item).where(Item.lease_by.is_not(None))):
                        item.lease_until = 0.0
    finally:
        for each in crew:
            each.wait(60)
    return kills - len(moments)


def check(queue: Archive, logs: Path) -> None:
    """Every answer that a reviewer saw taken is there, and each item has one that counts."""
    noted = [line.split() for log in logs.iterdir() for line in log.read_text().splitlines()]
    with queue.database.read() as session:
        decisions = {each.id: each for each in session.scalars(select(Decision))}
        items = {each.id: each for each in session.scalars(select(Item))}
    assert len({int(number) for number, _, _ in noted}) == len(noted)
    for number, of, refused in noted:
        decision = decisions[int(number)]
        assert (decision.item_id, decision.outcome != RECORDED) == (int(of), refused == "True")
    recorded = Counter(each.item_id for each in decisions.values() if each.outcome == RECORDED)
    assert set(recorded.values()) == {1}, "nobody's answer was replaced"
    assert recorded.keys() == {each.id for each in items.values()}
    for item in items.values():
        assert item.state == State.DONE
        assert item.answer_id is not None
        assert decisions[item.answer_id].item_id == item.id


def check_outputs(queue: Archive, files: int) -> None:
    """Every answer is in the outputs, too: what a kill left out comes with the next one."""
    with queue.database.read() as session:
        answered = Counter(session.scalars(select(Item.document_id)))
    humans = 0
    for number in range(files):
        for slot, cell in cells_of(read_json(queue.path_of(f"{number}.pdf")).reports[0]):
            humans += cell.source is Source.HUMAN
            assert cell.value == TRUTH[slot.row, slot.column]
    assert humans == answered.total()


@pytest.mark.parametrize("each", [8, pytest.param(500, marks=pytest.mark.slow)])
def test_answers_of_many_reviewers_who_may_vanish(each: int, url: str, tmp_path: Path) -> None:
    """`each`: items a reviewer."""
    items = REVIEWERS * each
    files = items // 15
    outputs = [file_out(f"{number}.pdf", {}) for number in range(files)]
    queue = archive(tmp_path / "out", *outputs, url=url)
    assert draw(queue, items) == items
    logs = tmp_path / "logs"
    logs.mkdir()
    assert crowd(queue, url, logs, kills=max(items // 50, 3), patience=40 + items)
    check(queue, logs)
    again = Archive(queue.outputs, Database.at(url), FORMS)
    assert all(loaded.problem is None for loaded in load_all(again))
    check_outputs(again, files)
