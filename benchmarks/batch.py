"""`python -m benchmarks.batch MODE [NUMBER]`: what reading in a batch gains and costs.

`speed`: pages a second with one worker and with two, beside the pipeline alone in one process, and
the memory a worker takes; NUMBER copies of each scanned sample. `resume`: how long a finished batch
of NUMBER files takes to find that nothing is to be done. `memory`: of one worker over NUMBER
documents of a page. Times hold only as ratios within one run.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from document.contract import FileOut, SourceOut
from gouji.batch import Batch, Finished, Job, Limits, PageRead, Started
from gouji.batch.limits import resident
from gouji.cli.digitize import make_pipeline
from gouji.cli.screen import Verbosity
from gouji.settings import Settings

ROOT = Path(__file__).parents[1]
SCANS = sorted((ROOT / "samples").glob("*-scan.pdf"))
ONE_THREAD = Settings(threads=1)
ONE_PAGE = Settings(threads=1, pages=frozenset({2}))
SETTLED = 100
"""The memory after so many documents is what that after the others is measured by."""


@dataclass(slots=True)
class Window:
    """Pages and seconds while all workers are warm and have a file: from when as many files were
    finished as there are workers, to the start of the last. `peak`: MiB of the largest worker."""

    workers: int = 1
    pages: int = 0
    seconds: float = 0.0
    peak: float = 0.0
    _files: int = 0
    _read: int = 0
    _begin: float = 0.0

    def started(self) -> None:
        if self._files >= self.workers:
            self.pages, self.seconds = self._read, time.monotonic() - self._begin

    def page(self, *_: int) -> None:
        self._read += self._files >= self.workers
        self.peak = max([self.peak, *workers_memory()])

    def finished(self) -> None:
        self._files += 1
        if self._files == self.workers:
            self._begin = time.monotonic()

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


def workers_memory() -> list[float]:
    """MiB of each."""
    return [resident(child.pid or 0) or 0.0 for child in multiprocessing.active_children()]


def speed(folder: Path, copies: int) -> Iterator[str]:
    """A line for the bare pipeline, and one for each number of workers."""
    jobs = archive(folder, copies * len(SCANS))
    alone, reader = Window(), make_pipeline(ONE_THREAD, Verbosity.QUIET)
    for job in jobs:
        alone.started()
        reader.digitize(job.source, job.name, alone.page)
        alone.finished()
    yield f"pipeline alone: {alone.rate:.3f} pages/s"
    one, two = batch(folder / "1", jobs, 1), batch(folder / "2", jobs, 2)
    yield f"1 worker: {one.rate:.3f} pages/s, {one.peak:.0f} MiB at most"
    yield f"2 workers: {two.rate:.3f} pages/s, {two.peak:.0f} MiB at most each"
    yield f"1 worker beside the pipeline alone: {100 * (alone.rate / one.rate - 1):+.1f} % time"
    yield f"2 workers read {two.rate / one.rate:.2f} times as many pages as 1"


def batch(outputs: Path, jobs: Sequence[Job], workers: int) -> Window:
    """A batch into an empty folder."""
    outputs.mkdir()
    window = Window(workers)
    placed = [Job(job.source, job.name, outputs / f"{job.name}.json") for job in jobs]
    make = partial(make_pipeline, ONE_THREAD, Verbosity.QUIET)
    for event in Batch(outputs, ONE_THREAD, make, workers).run(placed):
        match event:
            case Started():
                window.started()
            case PageRead():
                window.page()
            case Finished():
                window.finished()
    return window


def memory(folder: Path, documents: int) -> Iterator[str]:
    """The most that one worker has after any document, among the first and the others."""
    jobs = archive(folder, documents)
    (folder / "out").mkdir()
    make = partial(make_pipeline, ONE_PAGE, Verbosity.QUIET)
    limits = Limits(files=documents + 1)
    after = [
        max(workers_memory(), default=0.0)
        for event in Batch(folder / "out", ONE_PAGE, make, limits=limits).run(jobs)
        if isinstance(event, Finished)
    ]
    for first in range(0, documents, SETTLED):
        last = min(first + SETTLED, documents)
        yield f"documents {first + 1}-{last}: {max(after[first:last]):.0f} MiB at most"
    growth = max(after[SETTLED:]) / max(after[:SETTLED]) - 1
    yield f"growth after the first {SETTLED}: {100 * growth:+.1f} %"


class StandIn:
    """Reads nothing, at once."""

    def digitize(
        self,
        path: Path,
        name: str | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> FileOut:
        if on_page:
            on_page(1, 1)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        source = SourceOut(name=name or path.name, sha256=digest, pages=1)
        return FileOut(source=source, reports=[], unmatched=[], problems=[])


def resume(folder: Path, files: int) -> Iterator[str]:
    """The batch by stand-ins, then the command as its user gives it."""
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    jobs = []
    for number in range(files):
        name = f"{number % 100}/{number}.pdf"
        path = folder / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%%PDF-1.7 %d" % number)
        jobs.append(Job(path, name, folder / "out" / f"{name}.json"))
    begin = time.monotonic()
    for _ in Batch(folder / "out", Settings(), StandIn, 2).run(jobs):
        pass
    yield f"{files} files by stand-ins: {time.monotonic() - begin:.1f} s"
    for which in ("first", "second"):
        begin = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "gouji", "digitize", "in", "-o", "out"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            check=False,
            text=True,
        )
        if f"{files} files done before" not in done.stdout:
            raise RuntimeError(f"something was read: {done.stdout}")
        yield f"{which} time again: {time.monotonic() - begin:.1f} s"


def archive(folder: Path, files: int) -> list[Job]:
    """Scanned samples over and over, no two alike."""
    (folder / "in").mkdir()
    jobs = []
    for number in range(files):
        sample = SCANS[number % len(SCANS)]
        name = f"{number}-{sample.name}"
        (folder / "in" / name).write_bytes(sample.read_bytes() + b"\n%% %d\n" % number)
        jobs.append(Job(folder / "in" / name, name, folder / "out" / f"{name}.json"))
    return jobs


MODES: dict[str, tuple[Callable[[Path, int], Iterator[str]], int]] = {
    "speed": (speed, 6),
    "resume": (resume, 10_000),
    "memory": (memory, 1000),
}


def main() -> None:
    """One mode, in a folder of its own."""
    measure, number = MODES[sys.argv[1]]
    with tempfile.TemporaryDirectory() as name:
        for line in measure(Path(name), int(sys.argv[2]) if len(sys.argv) > 2 else number):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
