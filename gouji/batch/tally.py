"""What a file gave, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields

from document.contract import FileOut
from document.entry import Status


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
