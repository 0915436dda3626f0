"""A report judged again after people answered, as its output."""

from __future__ import annotations

from collections.abc import Sequence

import checks
from document.contract import CellOut, CheckOut, ReportOut, plain
from document.entry import Flag, Judged, Status
from document.form import Slot
from document.reading import Source
from review.evidence import Answers, Forms, rebuilt

OF_OTHER_REPORTS = {Flag.YEAR_MISMATCH, Flag.NARRATIVE_MISMATCH}
"""What a report's own numbers do not tell: kept as it was."""


def judged_again(out: ReportOut, forms: Forms, answers: Answers, target: float) -> ReportOut:
    """The report with what the arithmetic says now; what a person said stands."""
    reading = checks.jointly_read(rebuilt(out, forms, answers))
    judged = checks.judge(reading, target)
    tables = [
        table.model_copy(update={"cells": _cells(table.cells, cells, answers)})
        for table, cells in zip(out.tables, judged.judged, strict=True)
    ]
    own = {check.rule for check in judged.checks}
    others = [check for check in out.checks if check.rule not in own]
    made = [CheckOut.of(check) for check in judged.checks]
    return out.model_copy(update={"tables": tables, "checks": [*made, *others]})


def _cells(before: Sequence[CellOut], now: Sequence[Judged], answers: Answers) -> list[CellOut]:
    return [
        _cell(cell, judged, said=judged.entry.slot in answers)
        for cell, judged in zip(before, now, strict=True)
    ]


def _cell(before: CellOut, judged: Judged, *, said: bool) -> CellOut:
    entry = judged.entry
    flags = set(judged.flags) | (set(before.flags) & OF_OTHER_REPORTS)
    inferred = Flag.INFERRED in flags
    if said and not inferred:
        flags -= {Flag.LOW_CONFIDENCE, Flag.UNEXPECTED_TEXT}
    reader = before.evidence.reader if before.evidence else Source.TEXT
    return before.model_copy(
        update={
            "value": plain(entry.value),
            "source": Source.INFERRED if inferred else Source.HUMAN if said else reader,
            "confidence": judged.confidence,
            "status": Status.ACCEPTED if said and not inferred else judged.status,
            "flags": sorted(flags, key=list(Flag).index),
            "reason": entry.amended and entry.amended.reason,
        }
    )


def slot_of(table: str, cell: CellOut) -> Slot:
    """Where in the report the cell is."""
    return Slot(table, cell.row, cell.column)
