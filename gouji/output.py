"""From judged reports to the output contract: page points instead of upright ones, text amounts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from document.contract import (
    CellOut,
    CheckOut,
    EvidenceOut,
    FileOut,
    ProblemOut,
    ProposalOut,
    QuoteOut,
    ReportOut,
    SourceOut,
    TableOut,
    UnmatchedCellOut,
    UnmatchedOut,
)
from document.entry import Found, Judged, Quote
from document.errors import Problem
from document.geometry import Box, UprightFrame
from document.reading import Reading, Source
from document.report import JudgedReport, MatchedTable, ReadTable
from document.verdict import verdict

TOO_BIG = "not enough memory to read it; try -j 1, or --pages to read it in parts"

Frames = Mapping[int, UprightFrame]
"""Each page's way from upright to page points, by page number."""


def file_out(
    source: SourceOut,
    reports: Sequence[JudgedReport],
    unmatched: Sequence[ReadTable],
    problems: Sequence[Problem],
    frames: Frames,
) -> FileOut:
    """One file's whole output."""
    return FileOut(
        source=source,
        reports=[_report(report, frames) for report in reports],
        unmatched=[_unmatched(table, frames[table.grid.page]) for table in unmatched],
        problems=[ProblemOut(code=p.code, page=p.page, message=p.message) for p in problems],
    )


def nothing_out(path: Path, name: str, problem: Problem) -> FileOut:
    """The output of a file that gave nothing but a problem."""
    source = SourceOut(name=name, sha256=_sha256_of(path), pages=0)
    return file_out(source, (), (), (problem,), {})


def _sha256_of(path: Path) -> str | None:
    """None where the file cannot be read; a pipe or a device, which may never end, is not tried."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def _report(judged: JudgedReport, frames: Frames) -> ReportOut:
    report = judged.report
    return ReportOut(
        agency=report.agency,
        year=report.year,
        pages=report.pages,
        tables=[
            _table(table, cells, frames)
            for table, cells in zip(report.tables, judged.judged, strict=True)
        ],
        checks=[
            CheckOut.of(check, _quote(check.quote, frames) if check.quote else None)
            for check in judged.checks
        ],
        proposals=[ProposalOut.of(proposal) for proposal in judged.proposals],
    )


def _table(table: MatchedTable, cells: Sequence[Judged], frames: Frames) -> TableOut:
    return TableOut(
        id=table.table.id,
        form=table.form,
        pages=table.pages,
        cells=[_cell(cell, frames) for cell in cells],
    )


def _cell(judged: Judged, frames: Frames) -> CellOut:
    entry = judged.entry
    found = entry.found
    return CellOut(
        row=entry.slot.row,
        column=entry.slot.column,
        row_label=list(entry.form.row_labels),
        column_label=list(entry.form.column_labels),
        unit=entry.form.unit,
        read=None if found is None else found.reading.text,
        page=None if found is None else found.page,
        bbox=None if found is None else _bbox(found.box, frames[found.page]),
        bounds=None if found is None else found.bounds,
        candidates=[] if found is None else _candidates(found.reading),
        evidence=None if found is None else _evidence(found),
        **verdict(judged, Source.TEXT if found is None else found.reading.source),
    )


def _evidence(found: Found) -> EvidenceOut:
    return EvidenceOut(
        reader=found.reading.source,
        probability=_rounded(found.reading.probability),
        match=_rounded(found.match),
        layer=found.reading.layer,
    )


def _candidates(reading: Reading) -> list[tuple[str, float]]:
    return [(c.text, _rounded(c.probability)) for c in reading.candidates]


def _rounded(probability: float) -> float:
    return float(f"{probability:.6g}") if probability < 0.5 else round(probability, 9)


def _bbox(box: Box, frame: UprightFrame) -> tuple[float, float, float, float]:
    on_page = frame.on_page(box)
    x0, y0, x1, y1 = (round(value, 2) for value in (on_page.x0, on_page.y0, on_page.x1, on_page.y1))
    return x0, y0, x1, y1


def _quote(quote: Quote, frames: Frames) -> QuoteOut:
    bbox = _bbox(quote.box, frames[quote.page])
    return QuoteOut(text=quote.text, page=quote.page, bbox=bbox)


def _unmatched(table: ReadTable, frame: UprightFrame) -> UnmatchedOut:
    return UnmatchedOut(
        page=table.grid.page,
        bbox=_bbox(table.grid.box, frame),
        cells=[
            UnmatchedCellOut(
                row=cell.row,
                column=cell.column,
                rowspan=cell.rowspan,
                colspan=cell.colspan,
                text=reading.text,
                confidence=reading.probability,
                bbox=_bbox(cell.box, frame),
                bounds=cell.bounds,
            )
            for cell, reading in zip(table.grid.cells, table.readings, strict=True)
        ],
    )
