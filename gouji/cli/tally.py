"""What a file gave, in numbers, and how that is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from rich import box
from rich.table import Table
from rich.text import Text

from document.contract import FileOut
from document.entry import Status
from document.errors import ExitCode


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one file, or of many added up. `unmatched` tables fit no form; `mismatches`:
    sentences that give another number than the table."""

    tables: int = 0
    unmatched: int = 0
    cells: int = 0
    accepted: int = 0
    review: int = 0
    failed_checks: int = 0
    mismatches: int = 0
    problems: int = 0

    @classmethod
    def of(cls, result: FileOut) -> Tally:
        tables = [table for report in result.reports for table in report.tables]
        cells = [cell for table in tables for cell in table.cells]
        failed = [c for report in result.reports for c in report.checks if c.ok is False]
        accepted = sum(cell.status is Status.ACCEPTED for cell in cells)
        return cls(
            tables=len(tables),
            unmatched=len(result.unmatched),
            cells=len(cells),
            accepted=accepted,
            review=len(cells) - accepted,
            failed_checks=sum(c.quote is None for c in failed),
            mismatches=sum(c.quote is not None for c in failed),
            problems=len(result.problems),
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def gave_nothing(self) -> bool:
        return not self.tables and not self.unmatched

    def line(self) -> str:
        """One line's worth of words."""
        if self.gave_nothing:
            return "nothing read"
        no_form = counted(self.unmatched, "table") + " of no known form"
        if not self.tables:
            return no_form
        parts = [
            counted(self.tables, "table"),
            counted(self.cells, "cell"),
            f"{self.accepted} accepted",
            f"{self.review} to review",
            counted(self.failed_checks, "failed check"),
        ]
        if self.mismatches:
            other = "gives" if self.mismatches == 1 else "give"
            parts.append(f"{counted(self.mismatches, 'sentence')} {other} another number")
        if self.unmatched:
            parts.append(f"besides {no_form}")
        return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """1 table, 2 tables."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def exit_code(tallies: Sequence[Tally]) -> ExitCode:
    """A file with an entry in `problems` has failed; one without any table has given nothing."""
    if all(tally.gave_nothing for tally in tallies):
        return ExitCode.NOTHING_READ
    return ExitCode.SOME_FAILED if any(tally.problems for tally in tallies) else ExitCode.DONE


def summary(rows: Iterable[tuple[str, Tally]], total: Tally) -> Table:
    """The table at the end, file by file, with the total below where there are several."""
    listed = list(rows)
    table = Table(show_footer=len(listed) != 1, box=box.SIMPLE, pad_edge=False)
    table.add_column("File", Text("Total"), overflow="fold", min_width=20)
    columns = [
        ("Tables", "tables"),
        ("Cells", "cells"),
        ("Accepted", "accepted"),
        ("To\nreview", "review"),
        ("Failed\nchecks", "failed_checks"),
    ]
    if total.unmatched:
        columns.insert(1, ("Of no\nform", "unmatched"))
    if total.problems:
        columns.append(("Problems", "problems"))
    for heading, attribute in columns:
        table.add_column(heading, f"{getattr(total, attribute)}", justify="right")
    for name, tally in listed:
        numbers = [f"{getattr(tally, attribute)}" for _, attribute in columns]
        table.add_row(Text(name), *numbers)
    return table
