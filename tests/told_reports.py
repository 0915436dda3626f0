"""Reports filled in by hand, with a text that speaks of their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from document.entry import Entry, Found, Judged, Status
from document.form import Form, slots_of
from document.geometry import Box
from document.reading import Reading, Source
from document.report import JudgedReport, MatchedTable, Report, TextLine
from reconstruct import load_forms

LINE, HIGH, LEFT, EM = 600.0, 12.0, 60.0, 12.0
"""Points: a full line's end, a line's height, where lines begin, a character's size."""


@cache
def form(name: str) -> Form:
    return next(each for each in load_forms() if each.id == name)


def prose(*paragraphs: str, page: int = 1) -> tuple[TextLine, ...]:
    """Paragraphs a line each, the first line of each indented; `|` breaks a line at the margin."""
    lines: list[TextLine] = []
    for paragraph in paragraphs:
        parts = paragraph.split("|")
        for i, text in enumerate(parts):
            left = LEFT if i else LEFT + 2 * EM
            right = LINE if i + 1 < len(parts) else min(LINE, left + EM * len(text)) - 3 * EM
            top = 20.0 * len(lines)
            box = Box(left, top, max(right, left + EM), top + HIGH)
            lines.append(TextLine(text, 1.0, page, box))
    edge = TextLine(
        "一二三", 1.0, page, Box(LEFT, 20.0 * len(lines), LINE, 20.0 * len(lines) + HIGH)
    )
    return (*lines, edge)


def judged_report(
    text: Sequence[TextLine],
    values: Mapping[str, str | None] | None = None,
    *,
    form_id: str = "zfxxgk-2021",
    year: int | None = 2023,
    confidence: float = 1 - 1e-6,
) -> JudgedReport:
    """A report whose cells say 0, but for those in `values`, by `table row column`."""
    said = dict(values or {})
    tables, judged = [], []
    for table in form(form_id).tables:
        entries = []
        for slot in slots_of(table):
            key = f"{slot.slot.table} {slot.slot.row} {slot.slot.column}"
            printed = said.pop(key, "0")
            reading = Reading(printed or "", 1.0, Source.TEXT)
            value = None if printed is None else Decimal(printed)
            entries.append(Entry(slot, Found(1, Box(0, 0, 9, 9), reading, 1.0), value))
        tables.append(MatchedTable(form_id, table, (1, 1), tuple(entries)))
        judged.append(tuple(Judged(e, confidence, Status.ACCEPTED, frozenset()) for e in entries))
    assert not said, f"no such cells: {said}"
    report = Report("某街道办事处", year, (1, 1), tuple(tables), tuple(text))
    return JudgedReport(report, tuple(judged), ())
