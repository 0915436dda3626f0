"""Clean reports with their truth: printed once, kept in a folder, told by seed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.forge.chromium import Printer, printer
from benchmarks.forge.content import Split, chance, content
from benchmarks.forge.markup import page
from benchmarks.forge.places import Place, places
from benchmarks.forge.styles import OfficeStyle, Rulings
from benchmarks.forge.typefaces import require
from document.geometry import Box

__all__ = ["CleanReport", "Place", "TrueCell", "clean_reports", "load"]


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A slot, what is printed there, its worth in the slot's unit (None: blank), its place."""

    table: str
    row: str
    column: str
    printed: str
    value: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class CleanReport:
    """A printed report, undamaged: its file and every cell of its tables."""

    name: str
    form: str
    seed: int
    split: Split
    rulings: Rulings
    pdf: Path
    pages: int
    cells: tuple[TrueCell, ...]


def clean_reports(
    split: Split, seeds: Iterable[int], rulings: Rulings, folder: Path, *, misprint: bool = False
) -> Iterator[CleanReport]:
    """The reports of the seeds, printed into the folder unless they are there already.

    TypefaceError or RuntimeError where a typeface or Chromium is missing. Chromium starts with the
    first report that is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as running:
        started = cache(lambda: running.enter_context(printer()))
        for seed in seeds:
            yield _report(_Order(split, seed, rulings, misprint), folder, started)


def load(truth: Path) -> CleanReport:
    """A report from the truth beside its PDF."""
    data = json.loads(truth.read_text(encoding="utf-8"))
    cells = tuple(_cell(line[:5], line[5], line[6:]) for line in data.pop("cells"))
    return CleanReport(pdf=truth.with_suffix(".pdf"), cells=cells, **data)


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be printed."""

    split: Split
    seed: int
    rulings: Rulings
    misprint: bool


def _report(order: _Order, folder: Path, started: Callable[[], Printer]) -> CleanReport:
    """One report; its name holds the hash of all that is printed."""
    split, seed, rulings = order.split, order.seed, order.rulings
    said = content(split, seed, misprint=order.misprint)
    style = OfficeStyle.drawn(split, chance(split, seed, "style"))
    html = page(said, style, rulings)
    name = f"{split}-{seed:05d}-{rulings}-{hashlib.sha256(html.encode()).hexdigest()[:12]}"
    truth, pdf = folder / f"{name}.json", folder / f"{name}.pdf"
    if not truth.exists():  # written last: where it is, the PDF is whole
        require(style.faces.families)
        started().print_pdf(html, pdf)
        at, pages = places(pdf, said.cells)
        cells = tuple(
            TrueCell(*key, written.printed, written.value, at[key])
            for key, written in said.cells.items()
        )
        report = CleanReport(name, said.form, seed, split, rulings, pdf, pages, cells)
        truth.write_text(_as_json(report), encoding="utf-8")
    return load(truth)


def _as_json(report: CleanReport) -> str:
    """The report without its path, a cell a line."""
    data: dict[str, Any] = {
        key: value for key, value in asdict(report).items() if key not in {"pdf", "cells"}
    }
    cells = [
        [c.table, c.row, c.column, c.printed, c.value, c.place.page, *_corners(c.place.box)]
        for c in report.cells
    ]
    lines = ",\n".join(json.dumps(cell, ensure_ascii=False) for cell in cells)
    return json.dumps(data)[:-1] + ', "cells": [\n' + lines + "\n]}\n"


def _corners(box: Box) -> tuple[float, ...]:
    return tuple(round(edge, 2) for edge in (box.x0, box.y0, box.x1, box.y1))


def _cell(said: list[Any], page: int, box: list[float]) -> TrueCell:
    table, row, column, printed, value = said
    return TrueCell(table, row, column, printed, value, Place(page, Box(*box)))
