"""Workers side by side: a file that kills its reader kills nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import wait

from document.contract import FileOut
from document.errors import GoujiError
from gouji.batch.job import Event, FileRead, Job, PageRead, Started, TriedAgain
from gouji.batch.limits import Limits
from gouji.batch.worker import Make, Worker

TICK = 0.2
"""Seconds between two looks at a worker's time and memory."""

TRIES = 3
"""Workers in a row that may die before they had a file; then none will live."""


class NoWorkersError(GoujiError):
    """Nothing can be read here, whatever the file."""

    code = "no_workers"


@dataclass(frozen=True, slots=True)
class _Lost:
    """The file took its worker along."""

    job: Job
    code: str
    reason: str
    seconds: float


def run(
    jobs: Iterable[Job], make: Make, workers: int = 1, limits: Limits | None = None
) -> Iterator[Event]:
    """Reads every job and tells what happens as it happens; results in the order they come.

    `make` is called once in each worker and must be picklable. A file that takes its worker along
    is tried once more, when all others are read, with no other beside it; if it does so again it is
    quarantined. Leaving the iteration early, by Ctrl-C or otherwise, ends the workers at once.
    NoWorkersError where workers do not even start.
    """
    limits = limits or Limits()
    suspects = []
    with closing(_Crew(make, limits)) as crew:
        for event in crew.read(deque(jobs), workers):
            if isinstance(event, _Lost):
                suspects.append(event.job)
                yield TriedAgain(event.job, event.reason)
            else:
                yield event
    for job in suspects:
        with closing(_Crew(make, limits)) as crew:
            for event in crew.read(deque([job]), 1):
                if isinstance(event, _Lost):
                    result = job.failed(event.code, event.reason)
                    yield FileRead(job, result, event.seconds, quarantined=True)
                else:
                    yield event


class _Crew:
    def __init__(self, make: Make, limits: Limits) -> None:
        self._make, self._limits = make, limits
        self._workers: list[Worker] = []
        self._stillborn = 0

    def read(self, waiting: deque[Job], size: int) -> Iterator[Event | _Lost]:
        while waiting or any(worker.job for worker in self._workers):
            self._staff(len(waiting), size)
            for worker in self._workers:
                if waiting and not worker.busy:
                    job = waiting.popleft()
                    worker.begin(job)
                    yield Started(job)
            wait([worker.connection for worker in self._workers if worker.busy], timeout=TICK)
            for worker in list(self._workers):
                yield from self._news(worker)

    def _staff(self, waiting: int, size: int) -> None:
        """The worn out go; their replacements start while they read their last file, for that
        takes seconds."""
        for worker in [w for w in self._workers if self._worn(w) and not w.busy]:
            self._dismiss(worker)
        fit = [worker for worker in self._workers if not self._worn(worker)]
        wanted = min(size, waiting + sum(worker.job is not None for worker in fit))
        for _ in range(wanted - len(fit)):
            self._workers.append(Worker.start(self._make))

    def _worn(self, worker: Worker) -> bool:
        return worker.files >= self._limits.files

    def _news(self, worker: Worker) -> Iterator[Event | _Lost]:
        """What the worker has told since, or that it is dead or was killed."""
        try:
            for message in worker.messages():
                assert worker.job is not None
                if isinstance(message, FileOut):
                    job, worker.job = worker.job, None
                    yield FileRead(job, message, worker.heard - worker.began)
                else:
                    yield PageRead(worker.job, *message)
            ending = worker.broken(self._limits) if worker.busy else None
        except (EOFError, OSError):
            ending = worker.death()
        self._stillborn = 0 if worker.ready else self._stillborn
        if ending:
            yield from self._lost(worker, *ending)

    def _lost(self, worker: Worker, code: str, reason: str) -> Iterator[_Lost]:
        job, seconds = worker.job, worker.heard - worker.began
        self._dismiss(worker)
        if job:
            yield _Lost(job, code, reason, seconds)
            return
        self._stillborn += 1
        if self._stillborn == TRIES:
            raise NoWorkersError(
                f"{TRIES} workers ended before they had a file ({code}); `gouji doctor` says "
                "what is missing"
            )

    def _dismiss(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.dismiss()

    def close(self) -> None:
        """Ends all workers at once."""
        for worker in self._workers:
            worker.dismiss()
