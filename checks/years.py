"""Year against year: what a body carries over to the next one, and what stays in force.

A year's 结转下年度 is the next one's 上年结转, applicant by applicant; what is in force is what
was, and what was issued, without what was repealed. Bodies revise their numbers, so a mismatch is
told and nothing is corrected.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from document.contract import CellOut, CheckOut, ReasonOut, ReportOut, plain
from document.entry import Flag
from document.reason import ReasonCode, because
from document.reason_words import in_words

CARRIED = "applications.carried_from_year_before"
IN_FORCE = "disclosure.in_force_from_year_before"
RULES = (CARRIED, IN_FORCE)

SHORTEST = 5
"""Characters: a name of fewer is no part of a longer one that could be told from others."""

Cells = Mapping[tuple[str, str], CellOut]
Place = tuple[str, str, str]
"""Table, row, column."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report and where it is: the file's name, and its number in the file, from 0."""

    file: str
    number: int
    report: ReportOut


@dataclass(frozen=True, slots=True)
class YearCheck:
    """A check of the later report, and the cells of both that it speaks of."""

    check: CheckOut
    before: Place
    after: Place


@dataclass(frozen=True, slots=True)
class Pair:
    """One body's reports of two years, the second right after the first."""

    before: Filed
    after: Filed

    def checks(self) -> list[YearCheck]:
        """What the two must have in common, as far as both have it."""
        return [*self._carried(), *self._in_force()]

    def _carried(self) -> Iterator[YearCheck]:
        old, new = (_cells(filed.report, "applications") for filed in (self.before, self.after))
        for (row, column), cell in new.items():
            if row == "carried_in" and ("carried_out", column) in old:
                expected = _value(old["carried_out", column])
                check = self._check(CARRIED, (row, column), expected, _value(cell))
                before, after = (("applications", r, column) for r in ("carried_out", row))
                yield YearCheck(check, before, after)

    def _in_force(self) -> Iterator[YearCheck]:
        old, new = (_cells(filed.report, "disclosure") for filed in (self.before, self.after))
        for (row, column), cell in new.items():
            if column == "in_force" and (row, column) in old:
                expected = _in_force(old[row, column], new[row, "issued"], new[row, "repealed"])
                check = self._check(IN_FORCE, (row, column), expected, _value(cell))
                place = ("disclosure", row, column)
                yield YearCheck(check, place, place)

    def _check(
        self, rule: str, at: tuple[str, str], expected: Decimal | None, found: Decimal | None
    ) -> CheckOut:
        difference = None if expected is None or found is None else found - expected
        year, file = self.before.report.year, self.before.file
        note = because(ReasonCode.YEAR_BEFORE, year=year, file=file)
        return CheckOut(
            rule=rule,
            at=dict(zip(("row", "column"), at, strict=True)),
            expected=plain(expected),
            found=plain(found),
            difference=plain(difference),
            ok=None if difference is None else difference == 0,
            note=in_words([note]),
            why=ReasonOut.all_of([note]),
        )


def _in_force(before: CellOut, issued: CellOut, repealed: CellOut) -> Decimal | None:
    was, more, less = _value(before), _value(issued), _value(repealed)
    if was is None or more is None or less is None:
        return None
    return was + more - less


def pairs(filed: Iterable[Filed]) -> Iterator[Pair]:
    """The reports of each body in consecutive years. Where a body has several of one year, none of
    that year is compared: which one counts is not told."""
    for reports in _by_body(filed).values():
        years: dict[int, list[Filed]] = defaultdict(list)
        for each in reports:
            if each.report.year is not None:
                years[each.report.year].append(each)
        for year, after in sorted(years.items()):
            before = years.get(year - 1, [])
            if len(before) == len(after) == 1:
                yield Pair(before[0], after[0])


def with_years(report: ReportOut, checks: Sequence[CheckOut], mismatched: Set[Place]) -> ReportOut:
    """The report with these comparisons after its own checks and these cells flagged, in place of
    what an earlier comparison told."""
    own = [check for check in report.checks if check.rule not in RULES]
    tables = [
        table.model_copy(
            update={
                "cells": [
                    _flagged(cell, (table.id, cell.row, cell.column) in mismatched)
                    for cell in table.cells
                ]
            }
        )
        for table in report.tables
    ]
    return report.model_copy(update={"tables": tables, "checks": [*own, *checks]})


def _flagged(cell: CellOut, mismatched: bool) -> CellOut:
    others = [flag for flag in cell.flags if flag is not Flag.YEAR_MISMATCH]
    flags = [*others, Flag.YEAR_MISMATCH] if mismatched else others
    return cell.model_copy(update={"flags": sorted(flags, key=list(Flag).index)})


def _by_body(filed: Iterable[Filed]) -> Mapping[str, list[Filed]]:
    """The reports of each body. 桃城区教育局 is 衡水市桃城区教育局 if no other's name ends so."""
    named: dict[str, list[Filed]] = defaultdict(list)
    for each in filed:
        if each.report.agency:
            named[_folded(each.report.agency)].append(each)
    found: dict[str, list[Filed]] = defaultdict(list)
    for name, reports in named.items():
        longer = [other for other in named if other != name and other.endswith(name)]
        told = len(name) >= SHORTEST and len(longer) == 1
        found[longer[0] if told else name] += reports
    return found


def _folded(name: str) -> str:
    """Without spaces and punctuation, full-width letters as plain ones."""
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum())


def _cells(report: ReportOut, table: str) -> Cells:
    return {
        (cell.row, cell.column): cell
        for each in report.tables
        if each.id == table
        for cell in each.cells
    }


def _value(cell: CellOut) -> Decimal | None:
    return None if cell.value is None else Decimal(cell.value)
