"""A folder of outputs in numbers, and the cells and rules that are worth a look."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from document.contract import CellOut, CheckOut, FileOut, ProposalOut, ReportOut
from document.entry import Flag, Status


@dataclass(frozen=True, slots=True)
class Place:
    """A cell and where it is."""

    file: str
    agency: str | None
    year: int | None
    table: str
    cell: CellOut


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that fails and where."""

    file: str
    agency: str | None
    year: int | None
    check: CheckOut


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal about a table's grid and where."""

    file: str
    agency: str | None
    year: int | None
    proposal: ProposalOut


@dataclass(frozen=True, slots=True)
class Summary:
    """`expected_errors`: how many accepted values are wrong by their own confidences."""

    files: int
    unread: tuple[str, ...]
    reports: int
    cells: int
    accepted: int
    expected_errors: float
    flags: Counter[Flag]
    rules: Counter[bool | None]
    corrected: tuple[Place, ...]
    inferred: tuple[Place, ...]
    inconsistent: tuple[Place, ...]
    broken: tuple[Broken, ...]
    proposed: tuple[Proposed, ...] = ()

    @property
    def review(self) -> int:
        return self.cells - self.accepted

    @property
    def closure(self) -> float | None:
        """The share of rules that hold, of those that their cells leave no doubt of."""
        told = self.rules[True] + self.rules[False]
        return self.rules[True] / told if told else None


def summary(files: Sequence[FileOut]) -> Summary:
    """Everything added up, lists in the order of the files."""
    places = list(_places(files))
    accepted = [p.cell for p in places if p.cell.status is Status.ACCEPTED]
    checks = [check for file in files for report in file.reports for check in report.checks]
    return Summary(
        files=len(files),
        unread=tuple(file.source.name for file in files if not file.reports),
        reports=sum(len(file.reports) for file in files),
        cells=len(places),
        accepted=len(accepted),
        expected_errors=math.fsum(1 - cell.confidence for cell in accepted),
        flags=Counter(flag for place in places for flag in place.cell.flags),
        rules=Counter(check.ok for check in checks),
        corrected=_flagged(places, Flag.CORRECTED),
        inferred=_flagged(places, Flag.INFERRED),
        inconsistent=_flagged(places, Flag.SOURCE_INCONSISTENT),
        broken=tuple(_broken(files)),
        proposed=tuple(
            Proposed(file.source.name, report.agency, report.year, proposal)
            for file, report in _reports(files)
            for proposal in report.proposals
        ),
    )


def _places(files: Iterable[FileOut]) -> Iterator[Place]:
    for file, report in _reports(files):
        for table in report.tables:
            for cell in table.cells:
                yield Place(file.source.name, report.agency, report.year, table.id, cell)


def _broken(files: Iterable[FileOut]) -> Iterator[Broken]:
    for file, report in _reports(files):
        for check in report.checks:
            if check.ok is False:
                yield Broken(file.source.name, report.agency, report.year, check)


def _reports(files: Iterable[FileOut]) -> Iterator[tuple[FileOut, ReportOut]]:
    return ((file, report) for file in files for report in file.reports)


def _flagged(places: Iterable[Place], flag: Flag) -> tuple[Place, ...]:
    return tuple(place for place in places if flag in place.cell.flags)
