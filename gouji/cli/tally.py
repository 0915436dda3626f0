"""How it is told what files gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from document.errors import ExitCode
from gouji.batch.tally import Tally


def line(tally: Tally) -> str:
    """One line's worth of words."""
    if tally.gave_nothing:
        return "nothing read"
    no_form = counted(tally.unmatched, "table") + " of no known form"
    if not tally.tables:
        return no_form
    parts = [
        counted(tally.tables, "table"),
        counted(tally.cells, "cell"),
        f"{tally.accepted} accepted",
        f"{tally.review} to review",
        counted(tally.failed_checks, "failed check"),
    ]
    if tally.mismatches:
        other = "gives" if tally.mismatches == 1 else "give"
        parts.append(f"{counted(tally.mismatches, 'sentence')} {other} another number")
    if tally.unmatched:
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
