"""Reports filled in by hand, with a text that speaks of their numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from document.entry import Entry, Found, Judged, Status
from document.form import Form, slots_of
from document.geometry import Box
from document.reading import Reading, Source
from document.report import JudgedReport, MatchedTable, Report, TextLine
from reconstruct import load_forms

LEFT, RIGHT, EM, LEADING = 60.0, 540.0, 12.0, 20.0
"""Points: the margins, the size of a character, from one line to the next."""


@cache
def form(name: str) -> Form:
    return next(each for each in load_forms() if each.id == name)


def prose(*paragraphs: str, page: int = 1) -> tuple[TextLine, ...]:
    """Paragraphs as they are printed, two characters in; `|` breaks a line at the right margin.

    A full line above them shows where the margins are.
    """
    lines = [TextLine("为民服务。", 1.0, page, Box(LEFT, 0, RIGHT, EM))]
    for paragraph in paragraphs:
        *full, last = unicodedata.normalize("NFKC", paragraph).split("|")
        for i, text in enumerate([*full, last]):
            left, top = LEFT if i else LEFT + 2 * EM, LEADING * len(lines)
            right = RIGHT if i < len(full) else min(left + EM * len(text), RIGHT - 3 * EM)
            lines.append(TextLine(text, 1.0, page, Box(left, top, right, top + EM)))
    return tuple(lines)


def told_report(
    text: Sequence[TextLine],
    values: Mapping[str, str | None] | None = None,
    form_id: str = "zfxxgk-2021",
    year: int | None = 2023,
    confidence: float = 1 - 1e-6,
) -> JudgedReport:
    """A report whose cells say 0 but for `values`, by `table row column`; None for a blank."""
    said = dict(values or {})
    tables, judged = [], []
    for table in form(form_id).tables:
        entries = []
        for slot in slots_of(table):
            at = slot.slot
            printed = said.pop(f"{at.table} {at.row} {at.column}", "0")
            found = Found(1, Box(0, 0, 9, 9), Reading(printed or "", 1.0, Source.TEXT), 1.0)
            entries.append(Entry(slot, found, None if printed is None else Decimal(printed)))
        tables.append(MatchedTable(form_id, table, (1, 1), tuple(entries)))
        judged.append(tuple(Judged(e, confidence, Status.ACCEPTED, frozenset()) for e in entries))
    assert not said, f"no such cells: {said}"
    report = Report("某街道办事处", year, (1, 1), tuple(tables), tuple(text))
    return JudgedReport(report, tuple(judged), ())
