"""Batches in one process, for tests that need many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gouji.batch import Batch, Event, FileRead, Finished, How, Job, Limits, PageRead, Started
from gouji.batch.worker import Make
from gouji.settings import Settings
from tests.gouji_examples import ScriptedPipeline


def at_once(jobs: Sequence[Job], make: Make, workers: int, limits: Limits) -> Iterator[Event]:
    """As workers would, without any."""
    digitizer = make()
    for job in jobs:
        yield Started(job)
        yield PageRead(job, 1, 1)
        yield FileRead(job, digitizer.digitize(job.source, job.name), 0.0)


def archive(folder: Path, contents: Mapping[str, bytes]) -> Path:
    """`folder`/in with these files."""
    for name, content in contents.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_bytes(content)
    return folder / "in"


def jobs(folder: Path) -> list[Job]:
    """What `gouji digitize in -o out` would read."""
    files = sorted(path for path in (folder / "in").rglob("*") if path.is_file())
    return [job(folder, file.relative_to(folder / "in").as_posix()) for file in files]


def job(folder: Path, name: str) -> Job:
    return Job(folder / "in" / name, name, folder / "out" / f"{name}.json")


def a_batch(folder: Path, make: Make = ScriptedPipeline, *, again: bool = False) -> Batch:
    (folder / "out").mkdir(exist_ok=True)
    return Batch(folder / "out", Settings(), make, again=again, crew=at_once)


def done(folder: Path, make: Make = ScriptedPipeline, *, again: bool = False) -> dict[str, How]:
    """Runs a batch to its end: where each file's output came from."""
    told = a_batch(folder, make, again=again).run(jobs(folder))
    finished = [event for event in told if isinstance(event, Finished)]
    files = {event.job.name: event.how for event in finished}
    assert len(files) == len(finished), "once each"
    return files


def outputs(folder: Path) -> dict[str, bytes]:
    """Everything in the folder of outputs but its database."""
    return {
        path.relative_to(folder / "out").as_posix(): path.read_bytes()
        for path in (folder / "out").rglob("*")
        if path.is_file() and not path.name.startswith("gouji.db")
    }
