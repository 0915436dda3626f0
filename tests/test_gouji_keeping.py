"""What `gouji digitize` leaves for the review queue."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from document.contract import FileOut
from document.output_file import read_json, write_json
from document.reading import Source
from gouji.batch import How, Job
from gouji.keeping import Outputs
from review.evidence import Forms
from review.history import decisions
from review.source_paths import has_queue, remembered, writing
from tests import batches, postgresql
from tests.queue_examples import FORMS, archive, file_out
from tests.test_review_queue import answer, take

READ = file_out("a.pdf")


def job(folder: Path, name: str = "a.pdf") -> Job:
    return Job(folder / "in" / name, name, folder / "out" / f"{name}.json")


def test_where_a_file_lies_is_known_afterwards(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert Outputs(tmp_path / "out").keep(job(tmp_path), READ) is None
    assert remembered(tmp_path / "out") == {"a.pdf": tmp_path / "in" / "a.pdf"}
    assert not has_queue(tmp_path / "out"), "nobody reviewed anything yet"


def test_a_name_that_is_no_text_is_kept_too(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    name = os.fsdecode(b"latin-\xe9.pdf")
    assert Outputs(tmp_path / "out").keep(job(tmp_path, name), READ) is None
    assert list(remembered(tmp_path / "out").values()) == [tmp_path / "in" / name]


def test_a_folder_without_outputs_remembers_nothing(tmp_path: Path) -> None:
    assert remembered(tmp_path) == {}
    assert not has_queue(tmp_path)


class Reader:
    """Reads every file as the queue's examples."""

    def digitize(
        self,
        path: Path,
        name: str | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> FileOut:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return file_out(name or path.name, sha256=digest)


def test_answers_follow_a_file_to_its_new_name(tmp_path: Path) -> None:
    folder = batches.archive(tmp_path, {"a.pdf": b"scanned"})
    batches.done(tmp_path, Reader)
    queue = archive(tmp_path / "out")
    item = take(queue, "li")[0]
    answer(queue, "li", item)
    before = queue.path_of("a.pdf").read_bytes()
    (folder / "a.pdf").rename(folder / "b.pdf")
    assert batches.done(tmp_path, Reader) == {"b.pdf": How.MOVED}
    assert batches.outputs(tmp_path) == {"b.pdf.json": before.replace(b"a.pdf", b"b.pdf")}
    (told,) = decisions(queue.database, "b.pdf")
    assert told.by == "li"
    assert remembered(tmp_path / "out") == {"b.pdf": folder / "b.pdf"}
    answer(queue, "li", take(queue, "li")[0])
    assert len(list(decisions(queue.database, "b.pdf"))) == 2


def test_answers_that_cannot_be_put_back_are_told(tmp_path: Path) -> None:
    queue = archive(tmp_path / "out", file_out("a.pdf"))
    answer(queue, "li", take(queue, "li")[0])
    after = queue.path_of("a.pdf").read_bytes()
    told = Outputs(queue.outputs).keep(job(tmp_path), READ)
    # Its form is a test's own, which `gouji digitize` does not know.
    assert told is not None
    assert "--forms" in told
    assert queue.path_of("a.pdf").read_bytes() != after


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """A queue that is not beside the outputs."""
    if postgresql.programs() is None:
        pytest.skip(postgresql.WAY_OUT)
    with postgresql.server() as made:
        yield made


def test_answers_in_a_team_s_database_come_back_at_once(
    tmp_path: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = archive(tmp_path / "out", file_out("a.pdf"), url=elsewhere)
    answer(queue, "li", take(queue, "li")[0])
    after = queue.path_of("a.pdf").read_bytes()
    monkeypatch.setattr(Forms, "of", classmethod(lambda *_: FORMS))  # a form of the test's own
    assert Outputs(queue.outputs, queue=elsewhere).keep(job(tmp_path), READ) is None
    assert queue.path_of("a.pdf").read_bytes() == after
    assert (
        Outputs(queue.outputs, queue=elsewhere).keep(job(tmp_path, "b.pdf"), file_out("b.pdf"))
        is None
    )
    queue.database.close()


def test_no_answer_is_written_over_what_is_being_digitized(tmp_path: Path, elsewhere: str) -> None:
    """An answer waits while the file is written anew, and its arithmetic is done again."""
    queue = archive(tmp_path / "out", file_out("a.pdf"), url=elsewhere)
    (item,) = take(queue, "li")
    newer = file_out("a.pdf", sha256="b" * 64)
    with writing(queue.outputs):
        late = Thread(target=answer, args=(queue, "li", item))
        late.start()
        late.join(1.5)
        assert late.is_alive()
        write_json(newer, queue.path_of("a.pdf"))
    late.join(30)
    out = read_json(queue.path_of("a.pdf"))
    assert out.source.sha256 == "b" * 64
    assert all(cell.source is not Source.HUMAN for cell in out.reports[0].tables[0].cells)
    queue.database.close()
