"""`gouji status` and `gouji retry`: what a batch has done, and its failures once more."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from document.errors import ExitCode
from document.output_file import shown
from gouji.batch import Batch, Job, Ledger, State
from gouji.batch.contents import is_gone
from gouji.batch.fingerprint import settings_from
from gouji.batch.ledger import Work
from gouji.cli.batching import threads_each, told, writable
from gouji.cli.digitize import LIMITS, check_forms, make_pipeline
from gouji.cli.inputs import InputError
from gouji.cli.json_log import STDOUT, JsonLog
from gouji.cli.options import Jobs, JsonLogFile, Memory, Password, Quiet, Timeout, Verbose
from gouji.cli.screen import Screen, set_up_logging, verbosity_of
from gouji.cli.tally import counted
from review.source_paths import NAME

IN_REVIEW = b'"status": "review"'
"""As it stands in an output: in a text its quotation marks would be escaped."""

Outputs = Annotated[
    Path,
    typer.Argument(
        metavar="OUT", exists=True, file_okay=False, help="Folder that `gouji digitize` wrote."
    ),
]


def status(
    outputs: Outputs,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell how many files are done, failed, quarantined or waiting, and why; cells to review.

    Waiting are files that a run was ended before, and files that could not be read or changed
    while they were read: `gouji digitize` goes on with both.
    """
    works = _works(outputs)
    review = sum(_in_review(outputs / work.target) for work in works)
    counts = Counter(work.state for work in works)
    states = (State.DONE, State.FAILED, State.QUARANTINED, State.WAITING)
    if as_json:
        troubled = [work for work in works if work.state is not State.DONE]
        typer.echo(
            json.dumps(
                {state: counts[state] for state in states}
                | {"to_review": review, "files": [_described(work) for work in troubled]},
                ensure_ascii=False,
            )
        )
        return
    parts = [f"{counts[state]} {state}" for state in states]
    typer.echo(f"{counted(len(works), 'file')}: {', '.join(parts)}")
    typer.echo(f"{counted(review, 'cell')} to review")
    for work in works:
        if work.state is not State.DONE and work.reason:
            about = "" if work.name in work.reason else f"{work.name}: "
            typer.echo(shown(f"{work.state}: {about}{work.reason}"))


def retry(  # noqa: PLR0913, PLR0917 - a command's options
    outputs: Outputs,
    jobs: Jobs = 1,
    password: Password = None,
    timeout: Timeout = LIMITS.timeout,
    memory: Memory = LIMITS.memory,
    json_log: JsonLogFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read once more what failed or was quarantined, with the options it was read with.

    Files that are no longer there are left out.
    """
    verbosity = verbosity_of(quiet, verbose)
    works = [work for work in _works(outputs) if work.is_failed and not is_gone(work.path)]
    if not works:
        typer.echo("nothing failed")
        return
    writable(outputs)
    set_up_logging(verbosity)
    limits = replace(LIMITS, timeout=timeout, memory=memory)
    codes: set[ExitCode] = set()
    with Screen(verbosity, mute=json_log == STDOUT) as screen, JsonLog(json_log) as log:
        for text, group in _by_settings(outputs, works):
            settings = settings_from(text, password, threads_each(jobs, len(group)))
            check_forms(settings.forms)
            make = partial(make_pipeline, settings, verbosity)
            batch = Batch(outputs, settings, make, jobs, limits, again=True)
            codes.add(told(batch.run(group), group, screen, log))
    raise typer.Exit(codes.pop() if len(codes) == 1 else ExitCode.SOME_FAILED)


def _works(outputs: Path) -> list[Work]:
    """What is known of every file, but of those that are gone and were never read."""
    if not (outputs / NAME).is_file():
        raise InputError(f"{shown(outputs)} has no {NAME}; `gouji digitize -o` writes one")
    works = Ledger(outputs).works().values()
    return [work for work in works if not (work.content is None and is_gone(work.path))]


def _by_settings(outputs: Path, works: Sequence[Work]) -> list[tuple[str, list[Job]]]:
    """The files in groups, each with the settings it was read with."""
    groups: dict[str, list[Job]] = defaultdict(list)
    for work in works:
        groups[work.options].append(Job(work.path, work.name, outputs / work.target))
    kept = Ledger(outputs).settings()
    return [(kept[options], group) for options, group in groups.items()]


def _described(work: Work) -> dict[str, str | None]:
    return {"file": work.name, "state": work.state, "code": work.code, "reason": work.reason}


def _in_review(output: Path) -> int:
    """Cells that wait for a person now, answers counted."""
    try:
        return output.read_bytes().count(IN_REVIEW)
    except OSError:
        return 0
