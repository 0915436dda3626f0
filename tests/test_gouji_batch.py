"""A batch: every file gets its answer, whatever happens to the process that reads it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from document.contract import FileOut, SourceOut
from gouji import batch
from gouji.batch.crew import NoWorkersError
from gouji.batch.limits import resident
from tests.gouji_examples import ScriptedPipeline

ROOT = Path(__file__).parents[1]


def jobs(folder: Path, contents: Mapping[str, str]) -> list[batch.Job]:
    for name, content in contents.items():
        (folder / name).write_text(content)
    return [batch.Job(folder / name, name, folder / f"{name}.json") for name in contents]


def events(
    folder: Path,
    contents: Mapping[str, str],
    workers: int = 1,
    limits: batch.Limits | None = None,
) -> list[batch.Event]:
    return list(batch.run(jobs(folder, contents), ScriptedPipeline, workers, limits))


def read(told: list[batch.Event]) -> dict[str, batch.FileRead]:
    done = [event for event in told if isinstance(event, batch.FileRead)]
    files = {event.job.name: event for event in done}
    assert len(files) == len(done), "once each"
    return files


def names(told: list[batch.Event], kind: type[batch.Event]) -> list[str]:
    return [event.job.name for event in told if isinstance(event, kind)]


def test_a_dying_worker_costs_only_its_file(tmp_path: Path) -> None:
    contents = {"a.pdf": "", "b.pdf": "killed", "c.pdf": "", "d.pdf": "crashes", "e.pdf": ""}
    told = events(tmp_path, contents, workers=2)
    files = read(told)
    assert {name for name, file in files.items() if file.quarantined} == {"b.pdf", "d.pdf"}
    assert {name for name, file in files.items() if file.result.problems} == {"b.pdf", "d.pdf"}
    killed, crashed = (files[name].result.problems[0] for name in ("b.pdf", "d.pdf"))
    assert killed.code == crashed.code == "worker_died"
    assert "b.pdf: its worker was killed" in killed.message
    assert "exit code 7" in crashed.message
    assert files["b.pdf"].result.source.sha256 is not None
    assert files["b.pdf"].result.source.pages == 0


def test_a_suspect_is_tried_once_more_when_all_others_are_read(tmp_path: Path) -> None:
    contents = {"a.pdf": "crashes once", "b.pdf": "crashes", "c.pdf": "", "d.pdf": "slow"}
    told = events(tmp_path, contents, workers=2)
    assert sorted(names(told, batch.TriedAgain)) == ["a.pdf", "b.pdf"]
    assert sorted(names(told, batch.FileRead)[:2]) == ["c.pdf", "d.pdf"], "good files do not wait"
    files = read(told)
    assert not files["a.pdf"].result.problems
    assert [name for name, file in files.items() if file.quarantined] == ["b.pdf"]


def test_a_file_that_never_ends_is_given_up(tmp_path: Path) -> None:
    for limits in (batch.Limits(patience=0.5), batch.Limits(timeout=0.5)):
        files = read(events(tmp_path, {"a.pdf": "hangs", "b.pdf": ""}, 1, limits))
        assert files["a.pdf"].result.problems[0].code == "timed_out"
        assert files["a.pdf"].quarantined
        assert not files["b.pdf"].result.problems


@pytest.mark.skipif(resident(os.getpid()) is None, reason="the system does not tell memory")
def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    limits = batch.Limits(memory=300, timeout=30)
    files = read(events(tmp_path, {"a.pdf": "hoards", "b.pdf": ""}, 1, limits))
    (problem,) = files["a.pdf"].result.problems
    assert problem.code == "out_of_memory"
    assert "took more than 300 MiB" in problem.message
    assert not files["b.pdf"].result.problems


def test_errors_in_the_reader_become_problems(tmp_path: Path) -> None:
    files = read(events(tmp_path, {"a.pdf": "bug", "b.pdf": "huge", "c.pdf": ""}))
    bug = files["a.pdf"].result.problems[0]
    assert (bug.code, "ZeroDivisionError: a bug" in bug.message) == ("internal_error", True)
    assert "\n" not in bug.message
    assert files["b.pdf"].result.problems[0].code == "out_of_memory"
    assert not any(file.quarantined for file in files.values())
    assert not files["c.pdf"].result.problems


def test_a_file_is_started_then_its_pages_then_itself(tmp_path: Path) -> None:
    (job,) = jobs(tmp_path, {"a.pdf": ""})
    first, second, third = batch.run([job], ScriptedPipeline)
    assert first == batch.Started(job)
    assert second == batch.PageRead(job, 1, 1)
    assert isinstance(third, batch.FileRead)


def test_leaving_early_ends_the_workers(tmp_path: Path) -> None:
    running = batch.run(jobs(tmp_path, {"a.pdf": "hangs"}), ScriptedPipeline)
    next(running)
    running.close()  # type: ignore[attr-defined]  # a generator, which Iterator does not say
    assert not multiprocessing.active_children()


class Numbered(ScriptedPipeline):
    """Says in its outputs which process read them."""

    def digitize(
        self,
        path: Path,
        name: str | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> FileOut:
        source = SourceOut(name=name or path.name, sha256=None, pages=os.getpid())
        return super().digitize(path, name, on_page).model_copy(update={"source": source})


def test_a_worker_is_replaced_after_so_many_files(tmp_path: Path) -> None:
    waiting = jobs(tmp_path, {f"{number}.pdf": "" for number in range(5)})
    files = read(list(batch.run(waiting, Numbered, 1, batch.Limits(files=2))))
    readers = [files[job.name].result.source.pages for job in waiting]
    assert readers[0] == readers[1] != readers[2] == readers[3] != readers[4]


def dies() -> ScriptedPipeline:
    os._exit(9)


def test_workers_that_cannot_start_end_the_batch(tmp_path: Path) -> None:
    with pytest.raises(NoWorkersError, match="gouji doctor"):
        list(batch.run(jobs(tmp_path, {"a.pdf": ""}), dies))
    assert not multiprocessing.active_children()


ORPHANED = """
import os, sys
from pathlib import Path
from document.contract import FileOut, SourceOut
from gouji import batch
from tests.gouji_examples import ScriptedPipeline

if __name__ == "__main__":
    job = batch.Job(Path(sys.argv[1]), "a.pdf", Path("a.json"))
    for event in batch.run([job], ScriptedPipeline):
        print(*(child.pid for child in __import__("multiprocessing").active_children()), flush=True)
"""


def test_a_worker_does_not_outlive_a_killed_batch(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("hangs")
    (tmp_path / "program.py").write_text(ORPHANED)
    command = [sys.executable, str(tmp_path / "program.py"), str(tmp_path / "a.pdf")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while resident(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not resident(worker)
