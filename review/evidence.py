"""A report out of its output: judged again, with what people said of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from document.contract import CellOut, FileOut, ReportOut, TableOut
from document.entry import Found
from document.errors import GoujiError
from document.form import Form, Slot, SlotForm, TableForm, slots_of
from document.geometry import Box
from document.grid import Bounds
from document.reading import Candidate, Reading
from document.report import MatchedTable, Report
from reconstruct import entries, parse_amount
from review.answers import Action, Answer, value_of

Answers = Mapping[Slot, Answer]

NOWHERE = Box(0, 0, 0, 0)
"""Where a cell is that a person saw and no grid has."""


class UnknownFormError(GoujiError):
    """An output of a form that is not at hand."""

    code = "form_unknown"


@dataclass(frozen=True, slots=True)
class Forms:
    """The tables of all forms, by form and table."""

    tables: Mapping[tuple[str, str], TableForm]

    @classmethod
    def of(cls, forms: Iterable[Form]) -> Forms:
        return cls({(form.id, table.id): table for form in forms for table in form.tables})

    def table(self, out: TableOut) -> TableForm:
        """The form of the table; UnknownFormError where it is not known or has changed since."""
        table = self.tables.get((out.form, out.id))
        if table is None:
            raise UnknownFormError(
                f"form {out.form!r} has no table {out.id!r} here; name its folder with --forms"
            )
        places = [(form.slot.row, form.slot.column) for form in slots_of(table)]
        if places != [(cell.row, cell.column) for cell in out.cells]:
            raise UnknownFormError(
                f"form {out.form!r} has changed since its table {out.id!r} was read; digitize the "
                "file again"
            )
        return table


def has_evidence(out: FileOut) -> bool:
    """Whether every cell says what it was judged by; in outputs of an older Gouji none does."""
    return all(
        cell.page is None or cell.evidence is not None
        for report in out.reports
        for table in report.tables
        for cell in table.cells
    )


def rebuilt(out: ReportOut, forms: Forms, answers: Answers) -> Report:
    """The report as it was before it was judged; where a person answered, with that for reading.

    Boxes are page points here: no rule looks at them.
    """
    tables = (_table(table, forms.table(table), answers) for table in out.tables)
    return Report(out.agency, out.year, out.pages, tuple(tables))


def _table(out: TableOut, form: TableForm, answers: Answers) -> MatchedTable:
    found = [
        _answered(cell, answers[about.slot], about, out.pages[0])
        if about.slot in answers
        else _as_read(cell)
        for cell, about in zip(out.cells, slots_of(form), strict=True)
    ]
    return MatchedTable(out.form, form, out.pages, entries(form, found))


def _answered(cell: CellOut, given: Answer, about: SlotForm, page: int) -> Found:
    """A person sees which row and column a cell is in; who reads what the reader did confirms both.
    Else it may be another cell that they read."""
    read = parse_amount(cell.read or "", about.unit, about.kind)
    confirmed = given.action is not Action.UNREADABLE and value_of(given, about) == read.value
    match = 1.0 if confirmed or cell.evidence is None else cell.evidence.match
    return Found(cell.page or page, _box(cell), given.reading(), match)


def _as_read(cell: CellOut) -> Found | None:
    evidence = cell.evidence
    if cell.page is None or evidence is None:
        return None
    reading = Reading(
        cell.read or "",
        evidence.probability,
        evidence.reader,
        _candidates(cell),
        layer=evidence.layer,
    )
    bounds = cell.bounds or Bounds.RULED
    return Found(cell.page, _box(cell), reading, evidence.match, bounds)


def _candidates(cell: CellOut) -> tuple[Candidate, ...]:
    """As written: rounded, so their sum may be a little over 1."""
    over = max(sum(p for _, p in cell.candidates), 1.0)
    return tuple(Candidate(text, p / over) for text, p in cell.candidates)


def _box(cell: CellOut) -> Box:
    return Box(*cell.bbox) if cell.bbox else NOWHERE
