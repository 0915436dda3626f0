"""What becomes of numbers that are printed wrong."""

from __future__ import annotations

import logging
import multiprocessing
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.accuracy.measure import WORKERS, Task, damaged_file
from benchmarks.forge.content import content
from benchmarks.forge.sheet import clean_reports
from document.entry import Flag
from gouji.pipeline import Pipeline
from gouji.settings import Settings

LEVELS = ("office", "poor", "bad")
AMENDED = {Flag.CORRECTED, Flag.INFERRED}


@dataclass(frozen=True, slots=True)
class Planted:
    """A level's misprinted cells that were found on the page; `kept`: not amended; `reports`: those
    with such cells; `told`: those with at least one of them flagged."""

    level: str
    reports: int
    told: int
    cells: int
    kept: int
    flagged: int

    def row(self) -> str:
        """The level's line of the table."""
        counts = (self.reports, self.told, self.cells, self.kept, self.flagged)
        return f"| {self.level} | " + " | ".join(map(str, counts)) + " |"


def planted(count: int, folder: Path) -> list[Planted]:
    """`count` reports of the held-out split a level."""
    clean = list(clean_reports("test", range(count), "full", folder / "misprinted", misprint=True))
    spawn = multiprocessing.get_context("spawn")
    found = []
    with ProcessPoolExecutor(WORKERS, mp_context=spawn) as pool:
        for level in LEVELS:
            cells = list(pool.map(_misprinted, [Task(level, report) for report in clean]))
            every = [cell for report in cells for cell in report]
            kept, flagged = (sum(cell[i] for cell in every) for i in (0, 1))
            told = sum(any(flagged for _, flagged in report) for report in cells)
            found.append(Planted(level, sum(map(bool, cells)), told, len(every), kept, flagged))
    return found


def _misprinted(task: Task) -> list[tuple[bool, bool]]:
    """Of each misprinted cell, whether it was kept, and whether flagged."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        path, _ = damaged_file(task, Path(folder))
        output = _pipeline().digitize(path).model_dump(mode="json", by_alias=True)
    report = task.report
    right = content(report.split, report.seed).cells
    wrong = {
        (cell.table, cell.row, cell.column)
        for cell in report.cells
        if right[cell.table, cell.row, cell.column].value != cell.value
    }
    return [
        (AMENDED.isdisjoint(cell["flags"]), bool(cell["flags"]) or _is_in(failing, table, cell))
        for read in output["reports"]
        for failing in [[check for check in read["checks"] if check["ok"] is False]]
        for table in read["tables"]
        for cell in table["cells"]
        if (table["id"], cell["row"], cell["column"]) in wrong and cell["bbox"]
    ]


def _is_in(
    failing: Iterable[Mapping[str, Any]], table: Mapping[str, Any], cell: Mapping[str, Any]
) -> bool:
    """Whether one of the failing rules speaks of the cell's row or column."""
    lines = {("row", cell["row"]), ("column", cell["column"])}
    return any(
        check["rule"].split(".")[0] == table["id"] and lines & set(check["at"].items())
        for check in failing
    )


@cache
def _pipeline() -> Pipeline:
    return Pipeline(Settings(threads=1))
