"""A batch: every file gets its answer, whatever happens to the process that reads it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from pathlib import Path

from document.contract import FileOut
from gouji import batch
from tests.gouji_examples import ScriptedPipeline


def read(
    folder: Path, contents: Mapping[str, str], workers: int, patience: float = 60
) -> dict[str, FileOut]:
    jobs = []
    for name, content in contents.items():
        (folder / name).write_text(content)
        jobs.append(batch.Job(folder / name, name, folder / f"{name}.json"))
    events = list(batch.run(jobs, ScriptedPipeline, workers, patience))
    done = [event for event in events if isinstance(event, batch.FileRead)]
    assert len(done) == len(jobs)
    return {event.job.name: event.result for event in done}


def test_a_dying_worker_costs_only_its_file(tmp_path: Path) -> None:
    contents = {"a.pdf": "", "b.pdf": "killed", "c.pdf": "", "d.pdf": "crashes", "e.pdf": ""}
    results = read(tmp_path, contents, workers=2)
    assert {name for name, result in results.items() if result.problems} == {"b.pdf", "d.pdf"}
    killed, crashed = results["b.pdf"].problems[0], results["d.pdf"].problems[0]
    assert killed.code == crashed.code == "worker_died"
    assert "b.pdf: its worker was killed" in killed.message
    assert "exit code 7" in crashed.message
    assert results["b.pdf"].source.sha256 is not None
    assert results["b.pdf"].source.pages == 0


def test_a_file_that_never_ends_is_given_up(tmp_path: Path) -> None:
    # Patience must do for a worker's start on a busy machine.
    results = read(tmp_path, {"a.pdf": "hangs", "b.pdf": ""}, 1, patience=4)
    assert results["a.pdf"].problems[0].code == "timed_out"
    assert not results["b.pdf"].problems


def test_errors_in_the_reader_become_problems(tmp_path: Path) -> None:
    results = read(tmp_path, {"a.pdf": "bug", "b.pdf": "huge", "c.pdf": ""}, 1)
    bug = results["a.pdf"].problems[0]
    assert (bug.code, "ZeroDivisionError: a bug" in bug.message) == ("internal_error", True)
    assert "\n" not in bug.message
    assert results["b.pdf"].problems[0].code == "out_of_memory"
    assert not results["c.pdf"].problems


def test_pages_are_reported_before_their_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("")
    job = batch.Job(tmp_path / "a.pdf", "a.pdf", tmp_path / "a.json")
    first, second = batch.run([job], ScriptedPipeline)
    assert first == batch.PageRead(job, 1, 1)
    assert isinstance(second, batch.FileRead)


def test_leaving_early_ends_the_workers(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("hangs")
    job = batch.Job(tmp_path / "a.pdf", "a.pdf", tmp_path / "a.json")
    events = batch.run([job], ScriptedPipeline)
    next(events)
    events.close()  # type: ignore[attr-defined]  # a generator, which Iterator does not say
    assert not multiprocessing.active_children()
