"""A folder of outputs in numbers, and the cells and rules that are worth a look."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from document.contract import CellOut, CheckOut, FileOut, ProposalOut, ReportOut
from document.entry import Flag, Status

if TYPE_CHECKING:  # its database is slow to import, and every command would
    from review.proof import Proof, Wrong


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
    """A check that fails and where."""

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
    """`expected_errors`: how many accepted values are wrong by their own confidences. `sentences`
    that repeat a cell are counted apart from `rules`; `otherwise`: those with another number;
    `silent`: the cells of the sample in `proof` that people read otherwise."""

    files: int
    unread: tuple[str, ...]
    reports: int
    cells: int
    accepted: int
    expected_errors: float
    flags: Counter[Flag]
    rules: Counter[bool | None]
    sentences: Counter[bool | None]
    corrected: tuple[Place, ...]
    inferred: tuple[Place, ...]
    inconsistent: tuple[Place, ...]
    broken: tuple[Broken, ...]
    otherwise: tuple[Broken, ...]
    proposed: tuple[Proposed, ...] = ()
    proof: Proof | None = None
    silent: tuple[Place, ...] = ()

    @property
    def review(self) -> int:
        return self.cells - self.accepted

    @property
    def closure(self) -> float | None:
        """The share of rules that hold, of those that their cells leave no doubt of."""
        told = self.rules[True] + self.rules[False]
        return self.rules[True] / told if told else None


def summary(files: Sequence[FileOut], proof: Proof | None = None) -> Summary:
    """Everything added up, lists in the order of the files."""
    places = list(_places(files))
    accepted = [p.cell for p in places if p.cell.status is Status.ACCEPTED]
    broken = list(_broken(files))
    checks = [check for file in files for report in file.reports for check in report.checks]
    return Summary(
        files=len(files),
        unread=tuple(file.source.name for file in files if not file.reports),
        reports=sum(len(file.reports) for file in files),
        cells=len(places),
        accepted=len(accepted),
        expected_errors=math.fsum(1 - cell.confidence for cell in accepted),
        flags=Counter(flag for place in places for flag in place.cell.flags),
        rules=Counter(check.ok for check in checks if check.quote is None),
        sentences=Counter(check.ok for check in checks if check.quote),
        corrected=_flagged(places, Flag.CORRECTED),
        inferred=_flagged(places, Flag.INFERRED),
        inconsistent=_flagged(places, Flag.SOURCE_INCONSISTENT),
        broken=tuple(each for each in broken if each.check.quote is None),
        otherwise=tuple(each for each in broken if each.check.quote),
        proposed=tuple(
            Proposed(file.source.name, report.agency, report.year, proposal)
            for file, report in _reports(files)
            for proposal in report.proposals
        ),
        proof=proof,
        silent=tuple(_silent(files, proof.wrong if proof else ())),
    )


def _places(files: Iterable[FileOut]) -> Iterator[Place]:
    for file, report in _reports(files):
        for table in report.tables:
            for cell in table.cells:
                yield Place(file.source.name, report.agency, report.year, table.id, cell)


def _silent(files: Sequence[FileOut], wrong: Sequence[Wrong]) -> Iterator[Place]:
    """The cells, as they are now that people answered."""
    reports = {
        (file.source.name, number): report
        for file in files
        for number, report in enumerate(file.reports)
    }
    for each in wrong:
        if report := reports.get((each.file, each.report)):
            for table in report.tables:
                for cell in table.cells:
                    if (table.id, cell.row, cell.column) == (each.table, each.row, each.column):
                        yield Place(each.file, report.agency, report.year, table.id, cell)


def _broken(files: Iterable[FileOut]) -> Iterator[Broken]:
    for file, report in _reports(files):
        for check in report.checks:
            if check.ok is False:
                yield Broken(file.source.name, report.agency, report.year, check)


def _reports(files: Iterable[FileOut]) -> Iterator[tuple[FileOut, ReportOut]]:
    return ((file, report) for file in files for report in file.reports)


def _flagged(places: Iterable[Place], flag: Flag) -> tuple[Place, ...]:
    return tuple(place for place in places if flag in place.cell.flags)
