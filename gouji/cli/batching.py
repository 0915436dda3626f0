"""A batch told as it goes: what `gouji digitize` and `gouji retry` share."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from document.errors import ExitCode
from document.output_file import shown
from gouji.batch import (
    Finished,
    How,
    Job,
    PageRead,
    Planned,
    State,
    Tally,
    Told,
    TriedAgain,
)
from gouji.cli.inputs import InputError
from gouji.cli.json_log import JsonLog
from gouji.cli.pace import Pace
from gouji.cli.screen import Screen
from gouji.cli.tally import counted, exit_code, line, summary

MOST_ROWS = 50
"""Files in the table at the end; of a larger batch it gives the total only."""


def told(
    run: Generator[Told, None, None],
    jobs: Sequence[Job],
    screen: Screen,
    log: JsonLog,
    *,
    table: bool = True,
) -> ExitCode:
    """The run of a batch with these jobs: every file on the screen and in the log, then all of them
    in a table."""
    begin, tallies, pace = time.monotonic(), dict[Job, Tally](), Pace(to_go=len(jobs))
    review = failed = 0
    log.batch(len(jobs))
    with closing(run) as events:
        for event in events:
            log.tell(event)
            pace = replace(pace, seconds=time.monotonic() - begin)
            match event:
                case Planned(done, outdated):
                    _say_planned(screen, done, outdated)
                case PageRead(job, page, pages):
                    screen.page(job.name, page, pages)
                    pace = replace(pace, pages=pace.pages + 1)
                case TriedAgain(job, reason):
                    screen.say(
                        f"{job.name}: {reason}; it is tried once more when all others are read"
                    )
                case Finished(job, how, state, tally):
                    tallies[job] = tally
                    review += tally.review
                    read = how is How.READ
                    pace = replace(pace, files=pace.files + read, to_go=len(jobs) - len(tallies))
                    failed += state is not State.DONE and how is How.BEFORE
                    screen.finished(job.name)
                    if how is not How.BEFORE:
                        _say_finished(screen, event)
            screen.at(len(tallies), len(jobs), f"{pace.line()}, {review} to review")
    total = sum(tallies.values(), Tally())
    code = exit_code(list(tallies.values()))
    rows = [(job.name, tallies[job]) for job in jobs]
    if table:
        screen.say(summary(rows if len(rows) <= MOST_ROWS else [], total))
    if failed:
        screen.say(
            f"{counted(failed, 'file')} failed before and would again: `gouji status` tells why, "
            "`gouji retry` reads them anew"
        )
    log.finished(total, code, time.monotonic() - begin)
    return code


def _say_planned(screen: Screen, done: int, outdated: int) -> None:
    if done:
        screen.say(f"{counted(done, 'file')} done before")
    if outdated:
        screen.say(
            f"{counted(outdated, 'file')} done with other options, forms or models, or by another "
            "Gouji: read again"
        )


def _say_finished(screen: Screen, file: Finished) -> None:
    name, after = file.job.name, {How.MOVED: " (renamed)", How.COPIED: " (a duplicate)"}
    if not (file.problems and file.tally.gave_nothing):  # the problems say more
        screen.say(f"{name}: {line(file.tally)}{after.get(file.how, '')}")
    for problem in file.problems:
        at = f", page {problem.page}" if problem.page else ""
        about = "" if name in problem.message else f"{name}{at}: "
        screen.complain(f"{about}{problem.message}")
    if file.state is State.QUARANTINED:
        screen.complain(f"{name}: quarantined; `gouji retry` reads it anew")
    if file.told:
        screen.complain(f"{name}: {file.told}")


def threads_each(workers: int, files: int) -> int:
    """Of one worker: the cores are shared out."""
    return max(1, _cores() // max(1, min(workers, files)))


def _cores() -> int:
    """As many as this process may use, where the system tells: containers often lend a few."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def writable(folder: Path) -> None:
    """InputError where no output could be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{shown(folder)} cannot be made: {error.strerror}") from error
    if not os.access(folder, os.W_OK):
        raise InputError(f"{shown(folder)} cannot be written to; choose another -o")
