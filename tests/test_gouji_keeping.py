"""What `gouji digitize` leaves for the review queue."""

from __future__ import annotations

import os
from pathlib import Path

from gouji.batch import Job
from gouji.keeping import keep
from review.source_paths import has_queue, remembered
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


def test_answers_that_cannot_be_put_back_are_told(tmp_path: Path) -> None:
    queue = archive(tmp_path / "out", file_out("a.pdf"))
    answer(queue, "li", take(queue, "li")[0])
    after = queue.path_of("a.pdf").read_bytes()
    told = keep(queue.outputs, None, job(tmp_path), READ)
    # Its form is a test's own, which `gouji digitize` does not know.
    assert told is not None
    assert "--forms" in told
    assert queue.path_of("a.pdf").read_bytes() != after
