"""A worker process: spawned, not forked, because the readers run threads."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from document.contract import FileOut
from document.errors import reason_of
from gouji.batch.job import Digitizer, Job
from gouji.batch.limits import Limits
from gouji.output import TOO_BIG

log = logging.getLogger("gouji.batch")

READY = "ready"
KILLED = -9
"""Exit code of a process that the system ended, as it does when memory runs out."""

STARTING = Limits()
"""What a worker may take before it has a file, however little a file may."""

Make = Callable[[], Digitizer]
Page = tuple[int, int]


@dataclass(slots=True)
class Worker:
    """The parent's end: a process, the pipe to it, and what it is doing.

    It has no job before it is `ready`, so that a file's time begins when the forms are loaded. A
    broken pipe is how the parent learns that the worker died.
    """

    process: BaseProcess
    connection: Connection
    ready: bool = False
    job: Job | None = None
    files: int = 0
    began: float = field(default_factory=time.monotonic)
    heard: float = field(default_factory=time.monotonic)

    @classmethod
    def start(cls, make: Make) -> Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, make), daemon=True)
        with _ignoring_interrupts():
            process.start()
        theirs.close()  # or a dead worker's pipe would never break
        return cls(process, ours)

    @property
    def busy(self) -> bool:
        """Whether something is to be heard of it."""
        return self.job is not None or not self.ready

    def begin(self, job: Job) -> None:
        self.job, self.files = job, self.files + 1
        self.began = self.heard = time.monotonic()
        with suppress(OSError):  # it died between two files; the pipe will say so
            self.connection.send(job)

    def messages(self) -> Iterator[Page | FileOut]:
        """What it has told since; EOFError or OSError when it is dead."""
        while self.busy and self.connection.poll():
            message = self.connection.recv()
            self.heard = time.monotonic()
            if message == READY:
                self.ready = True
            else:
                yield message

    def broken(self, limits: Limits) -> tuple[str, str] | None:
        """Code and reason, if its file has taken too much; so may its start."""
        now = time.monotonic()
        return (limits if self.job else STARTING).broken(
            now - self.began, now - self.heard, self.process.pid
        )

    def death(self) -> tuple[str, str]:
        """Code and reason of its end, which its pipe told."""
        self.process.join(5)
        exitcode = self.process.exitcode
        if exitcode == KILLED:
            return "worker_died", f"its worker was killed: probably {TOO_BIG}"
        how = f"signal {-exitcode}" if exitcode and exitcode < 0 else f"exit code {exitcode}"
        told = f"its worker crashed ({how}); the file may be damaged, try to repair it"
        return "worker_died", told

    def dismiss(self) -> None:
        """An idle worker leaves when its pipe closes; a busy one is not asked."""
        if self.busy:
            self.process.kill()  # before the pipe closes, or it would complain of that
        self.connection.close()
        self.process.join(5)
        self.process.kill()


def work(connection: Connection, make: Make) -> None:
    """A worker's life: a job in, page counts and a FileOut out, until the pipe closes."""
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    digitizer: Digitizer | None = None
    with suppress(Exception):  # a file will say what fails
        digitizer = make()
    with suppress(EOFError, OSError):  # the parent is gone, and nobody waits for an answer
        connection.send(READY)
        while True:
            job: Job = connection.recv()
            try:
                digitizer = digitizer or make()
                result = digitizer.digitize(
                    job.source, job.name, lambda page, pages: connection.send((page, pages))
                )
            except MemoryError:
                result = job.failed("out_of_memory", TOO_BIG)
            except Exception as error:
                log.info("%s", job.name, exc_info=True)
                result = job.failed(
                    "internal_error",
                    f"Gouji failed on it ({reason_of(error)}); run it alone with -v and report "
                    "that",
                )
            connection.send(result)


def _leave_with_parent() -> None:
    """A file that never ends must not outlive a parent that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


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
