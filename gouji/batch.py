"""Many files, each read in a worker process: a file that kills its reader kills nothing else.

Workers are spawned, not forked, because the readers run threads. Each has a pipe to the parent; a
broken pipe is how the parent learns that the worker died. The parent alone writes outputs.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from document.contract import FileOut
from document.errors import Problem, reason_of
from gouji.output import TOO_BIG, nothing_out

log = logging.getLogger("gouji.batch")

PATIENCE = 600.0
"""Seconds a worker may be silent, which is one page's time; a looping file ends here."""

KILLED = -9
"""Exit code of a process that the system ended, as it does when memory runs out."""


class Digitizer(Protocol):
    """What a worker holds: the pipeline, or in tests something that behaves like it."""

    def digitize(
        self,
        path: Path,
        name: str | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> FileOut: ...


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, its name in the output, and where the output goes."""

    source: Path
    name: str
    target: Path


@dataclass(frozen=True, slots=True)
class PageRead:
    """`page` pages of `pages` are done."""

    job: Job
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class FileRead:
    """The file is done, for better or worse."""

    job: Job
    result: FileOut


Event = PageRead | FileRead


def run(
    jobs: Sequence[Job],
    make: Callable[[], Digitizer],
    workers: int = 1,
    patience: float = PATIENCE,
) -> Iterator[Event]:
    """Reads every job and tells what happens as it happens; results in the order they come.

    `make` is called once in each worker and must be picklable. Leaving the iteration early, by
    Ctrl-C or otherwise, ends the workers at once.
    """
    waiting, crew = deque(jobs), list[_Worker]()
    try:
        while waiting or any(worker.job for worker in crew):
            crew = [worker for worker in crew if worker.process.is_alive() or worker.job]
            for worker in crew:
                if waiting and worker.job is None:
                    worker.begin(waiting.popleft())
            if waiting and len(crew) < workers:
                crew.append(_Worker.start(make))
                continue
            busy = [worker for worker in crew if worker.job]
            wait([worker.connection for worker in busy], timeout=min(patience, 1.0))
            for worker in busy:
                yield from worker.news(patience)
    finally:
        for worker in crew:
            worker.dismiss()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    job: Job | None = None
    heard: float = field(default_factory=time.monotonic)

    @classmethod
    def start(cls, make: Callable[[], Digitizer]) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, make), daemon=True)
        with _ignoring_interrupts():
            process.start()
        theirs.close()  # or a dead worker's pipe would never break
        return cls(process, ours)

    def begin(self, job: Job) -> None:
        self.job, self.heard = job, time.monotonic()
        try:
            self.connection.send(job)
        except OSError:
            log.debug("worker died between two files")  # news() will find the broken pipe

    def news(self, patience: float) -> Iterator[Event]:
        """What the worker has told since, or that it is dead or stuck."""
        assert self.job is not None
        try:
            while self.job and self.connection.poll():
                message = self.connection.recv()
                self.heard = time.monotonic()
                if isinstance(message, FileOut):
                    job, self.job = self.job, None
                    yield FileRead(job, message)
                else:
                    yield PageRead(self.job, *message)
        except (EOFError, OSError):
            yield self._lost(*_death(self._exitcode()))
        if self.job and time.monotonic() - self.heard > patience:
            yield self._lost(
                "timed_out", f"gave up after {patience:.0f} s on one page; is the file damaged?"
            )

    def _lost(self, code: str, reason: str) -> FileRead:
        assert self.job is not None
        self.process.kill()
        self.process.join(5)
        job, self.job = self.job, None
        return FileRead(job, _failed(job, code, reason))

    def _exitcode(self) -> int | None:
        self.process.join(5)
        return self.process.exitcode

    def dismiss(self) -> None:
        """An idle worker leaves when its pipe closes; a busy one is not asked."""
        if self.job:
            self.process.kill()  # before the pipe closes, or it would complain of that
        self.connection.close()
        self.process.join(5)
        self.process.kill()


def _work(connection: Connection, make: Callable[[], Digitizer]) -> None:
    """A worker's life: a job in, page counts and a FileOut out, until the pipe closes."""
    digitizer: Digitizer | None = None
    while True:
        try:
            job: Job = connection.recv()
        except EOFError:
            return
        try:
            digitizer = digitizer or make()
            result = digitizer.digitize(
                job.source, job.name, lambda page, pages: connection.send((page, pages))
            )
        except MemoryError:
            result = _failed(job, "out_of_memory", TOO_BIG)
        except Exception as error:
            log.info("%s", job.name, exc_info=True)
            reason = (
                f"Gouji failed on it ({reason_of(error)}); run it alone with -v and report that"
            )
            result = _failed(job, "internal_error", reason)
        connection.send(result)


def _failed(job: Job, code: str, reason: str) -> FileOut:
    return nothing_out(job.source, job.name, Problem(code, f"{job.name}: {reason}"))


def _death(exitcode: int | None) -> tuple[str, str]:
    if exitcode == KILLED:
        return "worker_died", f"its worker was killed: probably {TOO_BIG}"
    how = f"signal {-exitcode}" if exitcode and exitcode < 0 else f"exit code {exitcode}"
    return "worker_died", f"its worker crashed ({how}); the file may be damaged, try to repair it"


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """What is started in here inherits deafness to Ctrl-C, which is the parent's to hear."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
