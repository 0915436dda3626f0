"""`gouji verify`: what only the whole batch can tell."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from checks.years import Filed, Pair, Place, YearCheck, pairs, with_years
from document.contract import CheckOut, FileOut
from document.errors import ExitCode
from document.output_file import shown, write_json
from gouji.cli.inputs import InputError
from gouji.cli.outputs import read_all
from gouji.cli.tally import counted


def verify(
    outputs: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of outputs.")],
) -> None:
    """Compare the reports of each body year by year, over a whole folder of outputs.

    A year's 结转下年度 must be the next one's 上年结转, for every kind of applicant; what is in
    force must be what was, and what was issued, without what was repealed. Mismatches are listed.
    They and all other comparisons go into the later report's `checks`; cells that do not agree are
    flagged `year_mismatch` in both. No value and no status is changed. Run again, it starts afresh.
    """
    read, failures = read_all(outputs)
    filed = [
        Filed(file.source.name, number, report)
        for _, file in read
        for number, report in enumerate(file.reports)
    ]
    found = [(pair, pair.checks()) for pair in pairs(filed)]
    try:
        for path, file in read:
            if (after := _marked(file, found)) != file:
                write_json(after, path)
    except OSError as error:
        raise InputError(f"the outputs cannot be written: {error}") from error
    for failure in failures:
        print(f"gouji: {failure}", file=sys.stderr)
    _tell(len(filed), found)
    raise typer.Exit(ExitCode.SOME_FAILED if failures else ExitCode.DONE)


def _marked(file: FileOut, found: Sequence[tuple[Pair, Sequence[YearCheck]]]) -> FileOut:
    """The file's reports with what was found of them, and nothing of what was found before."""
    checks: dict[int, list[CheckOut]] = defaultdict(list)
    flagged: dict[int, set[Place]] = defaultdict(set)
    for pair, told in found:
        for each in told:
            if pair.after.file == file.source.name:
                checks[pair.after.number].append(each.check)
            for filed, place in ((pair.before, each.before), (pair.after, each.after)):
                if each.check.ok is False and filed.file == file.source.name:
                    flagged[filed.number].add(place)
    reports = [
        with_years(report, checks[number], flagged[number])
        for number, report in enumerate(file.reports)
    ]
    return file.model_copy(update={"reports": reports})


def _tell(reports: int, found: Sequence[tuple[Pair, Sequence[YearCheck]]]) -> None:
    answers = [each.check.ok for _, told in found for each in told]
    for pair, told in found:
        for each in told:
            if each.check.ok is False:
                typer.echo(_line(pair, each))
    typer.echo(
        f"{counted(reports, 'report')}, {counted(len(found), 'pair')} of consecutive years: "
        f"{answers.count(True)} comparisons hold, {answers.count(False)} do not, "
        f"{answers.count(None)} are left open by cells without a number"
    )


def _line(pair: Pair, told: YearCheck) -> str:
    check, after, before = told.check, pair.after.report, pair.before.report
    row, column = told.after[1:]
    return (
        f"{shown(pair.after.file)}: {after.agency} {after.year}: {told.after[0]} {row}/{column} is "
        f"{check.found}, {check.expected} by {before.year} ({shown(pair.before.file)})"
    )
