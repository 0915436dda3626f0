"""What `gouji digitize` leaves for the review queue."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from document.contract import FileOut
from gouji.batch import How, Job
from gouji.keeping import keep
from review.history import decisions
from review.source_paths import has_queue, remembered
from tests import batches
from tests.queue_examples import archive, file_out
from tests.test_review_queue import answer, take

READ = file_out("a.pdf")


def job(folder: Path, name: str = "a.pdf") -> Job:
    return Job(folder / "in" / name, name, folder / "out" / f"{name}.json")


def test_where_a_file_lies_is_known_afterwards(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert keep(tmp_path / "out", None, job(tmp_path), READ) is None
    assert remembered(tmp_path / "out") == {"a.pdf": tmp_path / "in" / "a.pdf"}
    assert not has_queue(tmp_path / "out"), "nobody reviewed anything yet"


def test_a_name_that_is_no_text_is_kept_too(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    name = os.fsdecode(b"latin-\xe9.pdf")
    assert keep(tmp_path / "out", None, job(tmp_path, name), READ) is None
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
    told = keep(queue.outputs, None, job(tmp_path), READ)
    # Its form is a test's own, which `gouji digitize` does not know.
    assert told is not None
    assert "--forms" in told
    assert queue.path_of("a.pdf").read_bytes() != after
