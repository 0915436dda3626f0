"""A file's pages as read, and the reports made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from document.entry import Check, Entry, Judged
from document.form import TableForm
from document.geometry import Box
from document.grid import TableGrid
from document.page import PageKind, PageLayout
from document.proposal import Proposal
from document.reading import Reading


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A grid with one reading per cell, in the order of `grid.cells`."""

    grid: TableGrid
    readings: tuple[Reading, ...]

    def __post_init__(self) -> None:
        if len(self.readings) != len(self.grid.cells):
            raise ValueError("one reading per cell")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text outside the tables; its box in upright points."""

    text: str
    probability: float
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with everything on it read that was asked for.

    `lines` are for the report's title; all there are on a digital page. `prose`: those of a scan
    once more, as far as they were asked for, with no figure in them that only one reader saw.
    """

    layout: PageLayout
    tables: tuple[ReadTable, ...]
    lines: tuple[TextLine, ...] = ()
    prose: tuple[TextLine, ...] = ()

    @property
    def text(self) -> tuple[TextLine, ...]:
        """The lines that tell what the page says in words."""
        return self.lines if self.layout.kind is PageKind.DIGITAL else self.prose

    def without_picture(self) -> ReadPage:
        """The same page with less memory."""
        return replace(self, layout=self.layout.without_picture())


@dataclass(frozen=True, slots=True)
class MatchedTable:
    """A table of a form with an entry for every slot, found or not, in the form's order."""

    form: str
    table: TableForm
    pages: tuple[int, int]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One body's report of one year; pages are the first and the last.

    `text`: the lines outside its tables that were read, in reading order and standard characters.
    """

    agency: str | None
    year: int | None
    pages: tuple[int, int]
    tables: tuple[MatchedTable, ...]
    text: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """What the pages of one file amount to; `unmatched` are tables that fit no form."""

    reports: tuple[Report, ...]
    unmatched: tuple[ReadTable, ...]


@dataclass(frozen=True, slots=True)
class JudgedReport:
    """A report with the arithmetic done and a judgement of every entry, table by table;
    `proposals`: cells that would add up in other places."""

    report: Report
    judged: tuple[tuple[Judged, ...], ...]
    checks: tuple[Check, ...]
    proposals: tuple[Proposal, ...] = ()
