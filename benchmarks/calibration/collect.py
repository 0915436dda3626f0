"""Damaged reports before any arithmetic, with what is printed: read once, judged often."""

from __future__ import annotations

import logging
import multiprocessing
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.accuracy.cells import Printed
from benchmarks.accuracy.measure import WORKERS, Task, damaged_file, printed_on, tasks
from benchmarks.forge.content import Split
from document.contract import SourceOut
from document.geometry import UprightFrame
from document.report import Report
from gouji.pipeline import Pipeline
from gouji.settings import Settings


@dataclass(frozen=True, slots=True)
class Unjudged:
    """What was reconstructed of one damaged file; `frames` by page number."""

    level: str
    name: str
    printed: tuple[Printed, ...]
    source: SourceOut
    reports: tuple[Report, ...]
    frames: dict[int, UprightFrame]


def collected(split: Split, levels: Sequence[str], count: int, folder: Path) -> Iterator[Unjudged]:
    """`count` reports a level, read in worker processes; those that are in the folder are taken."""
    chosen = [
        (task, folder / level / f"{task.report.name}.pickle")
        for level in levels
        for task in tasks(level, split, count, folder / "clean")
    ]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=spawn) as pool:
        missing = [pair for pair in chosen if not pair[1].exists()]
        for _ in pool.map(_collect, missing):
            pass
    for _, stored in chosen:
        yield pickle.loads(stored.read_bytes())  # written by this program


def _collect(wanted: tuple[Task, Path]) -> None:
    task, stored = wanted
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        path, maps = damaged_file(task, Path(folder))
        trace = _pipeline().trace(path)
    found = Unjudged(
        task.level,
        task.report.name,
        tuple(printed_on(task.report, maps)),
        trace.source,
        trace.reconstruction.reports,
        {page.layout.number: page.layout.frame for page in trace.pages},
    )
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(pickle.dumps(found))


@cache
def _pipeline() -> Pipeline:
    return Pipeline(Settings(threads=1))
