"""Damaged reports made, read and scored, in worker processes of one thread each."""

from __future__ import annotations

import json
import logging
import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.accuracy.cells import CellResult, Printed, results
from benchmarks.forge.content import Split
from benchmarks.forge.damage.geometry import Warp
from benchmarks.forge.damage.levels import LEVELS, damaged
from benchmarks.forge.sheet import CleanReport, clean_reports
from gouji.pipeline import Pipeline
from gouji.settings import Settings

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Task:
    """One report to be damaged in one way."""

    level: str
    report: CleanReport


def tasks(level: str, split: Split, count: int, folder: Path) -> list[Task]:
    """The level's reports: the same at every level, so that levels can be compared.

    Where rulings are to be missing, every other report has horizontal ones and the rest none.
    """
    wanted = LEVELS[level].rulings
    steps = len(wanted)
    found = [
        report
        for start, rulings in enumerate(wanted)
        for report in clean_reports(split, range(start, count, steps), rulings, folder)
    ]
    return [Task(level, report) for report in found]


def measured(tasks: Sequence[Task]) -> Iterator[list[CellResult]]:
    """The results of each task, in order."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=spawn) as pool:
        yield from pool.map(_measure, tasks)


def _measure(task: Task) -> list[CellResult]:
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        path, maps = damaged_file(task, Path(folder))
        output = _pipeline().digitize(path).model_dump(mode="json", by_alias=True)
    found = results(task.level, task.report.name, printed_on(task.report, maps), output)
    return list(found)


def damaged_file(task: Task, folder: Path) -> tuple[Path, Sequence[Warp]]:
    """The report's file after its damage, the same each time, and where its points went."""
    target = folder / (task.report.name + LEVELS[task.level].suffix)
    return target, damaged(task.report.pdf, task.level, task.report.seed, target)


def printed_on(report: CleanReport, maps: Sequence[Warp]) -> list[Printed]:
    """The report's cells with their centres on the damaged pages."""
    cells = []
    for cell in report.cells:
        centre = np.array([cell.place.box.center])
        ((x, y),) = maps[cell.place.page - 1].place(centre).tolist()
        slot = (cell.table, cell.row, cell.column)
        cells.append(Printed(slot, cell.printed, cell.value, cell.place.page, (x, y)))
    return cells


@cache
def _pipeline() -> Pipeline:
    return Pipeline(Settings(threads=1))


def written(path: Path, cells: Sequence[CellResult]) -> None:
    """A result a line."""
    lines = (json.dumps(asdict(cell), ensure_ascii=False) for cell in cells)
    path.write_text("".join(line + "\n" for line in lines), "utf-8")


def read_back(path: Path) -> list[CellResult]:
    """What `written` wrote."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        raw = json.loads(line)
        for name in ("slot", "point", "flags", "box"):
            raw[name] = tuple(raw[name]) if raw[name] is not None else None
        found.append(CellResult(**raw))
    return found
