"""`gouji digitize`: report files in, one JSON per file out."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from checks import DEFAULT_TARGET_ERROR
from document.contract import FileOut
from document.errors import ExitCode
from document.limits import SourceLimits
from document.output_file import shown
from gouji import batch, keeping
from gouji.cli.inputs import EXTENSIONS, InputError, Inputs, gather
from gouji.cli.options import (
    EngineModels,
    MoreForms,
    MostMegabytes,
    MostMegapixels,
    MostPages,
    Password,
)
from gouji.cli.pages import page_set
from gouji.cli.screen import Screen, Verbosity, set_up_logging
from gouji.cli.tally import Tally, counted, exit_code, summary
from gouji.settings import Settings

log = logging.getLogger("gouji.cli")

MOST_ROWS = 50
"""Files in the table at the end; of a larger batch it gives the total only."""


def digitize(  # noqa: PLR0913, PLR0917 - a command's options
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="IN", help="Files, folders (with all below them) or patterns."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the outputs.")],
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, help="Files to read at the same time.")
    ] = 1,
    pages: Annotated[
        str | None, typer.Option(help="Read only these pages of each file, such as 1-3,5.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print a log too.")] = False,
    target_error: Annotated[
        float,
        typer.Option(
            min=0,
            max=0.5,
            help="A cell is accepted when its chance of being wrong is at most this.",
        ),
    ] = DEFAULT_TARGET_ERROR,
    narrative: Annotated[
        bool,
        typer.Option(
            "--narrative",
            help="Compare the running text of scans with their tables, too, as on digital pages.",
        ),
    ] = False,
    password: Password = None,
    forms: MoreForms = None,
    engine_models: EngineModels = None,
    most_pages: MostPages = SourceLimits.pages,
    most_megapixels: MostMegapixels = SourceLimits.megapixels,
    most_megabytes: MostMegabytes = SourceLimits.megabytes,
) -> None:
    """Read reports and write each cell of each table, with its confidence and flags.

    The output of IN/a/b.pdf is OUT/a/b.pdf.json: the path below the folder that was given, or
    below the part of a pattern before its first wildcard; of a file that was named, its name.
    From a folder Gouji takes pdf, png, jpg, jpeg, tif, tiff, bmp and webp files, no hidden ones;
    a file that is named is read whatever it is called. Older outputs are replaced, inputs never.
    """
    if quiet and verbose:
        raise typer.BadParameter("-q and -v exclude each other.")
    verbosity = Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL
    found = gather(inputs, output)
    if not found.jobs:
        kinds = ", ".join(sorted(extension[1:] for extension in EXTENSIONS))
        raise _NothingThereError(
            f"no file to read in {', '.join(map(shown, inputs))} (looked for {kinds})"
        )
    settings = Settings(
        target_error=target_error,
        password=password,
        pages=page_set(pages) if pages else None,
        forms=forms,
        engine_models=engine_models,
        narrative=narrative,
        limits=SourceLimits(megabytes=most_megabytes, pages=most_pages, megapixels=most_megapixels),
        threads=max(1, _cores() // min(jobs, len(found.jobs))),
    )
    _writable(output)
    check_forms(forms)
    raise typer.Exit(_run(found, settings, jobs, verbosity, output))


def _cores() -> int:
    """As many as this process may use, where the system tells: containers often lend a few."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _NothingThereError(InputError):
    exit_code = ExitCode.NOTHING_READ


def make_pipeline(settings: Settings, verbosity: Verbosity) -> batch.Digitizer:
    """Runs in each worker."""
    from gouji.pipeline import Pipeline  # noqa: PLC0415 - slow to import, and only workers need it

    set_up_logging(verbosity)
    return Pipeline(settings)


def check_forms(folder: Path | None) -> None:
    """FormError before the first file is read, not in every worker."""
    if folder is not None:
        from reconstruct import load_forms  # noqa: PLC0415 - as above

        load_forms(folder)


def _run(found: Inputs, settings: Settings, workers: int, verbosity: Verbosity, out: Path) -> int:
    set_up_logging(verbosity)
    tallies: dict[batch.Job, Tally] = {}
    make = partial(make_pipeline, settings, verbosity)
    keep = partial(keeping.keep, out, settings.forms)
    with Screen(len(found.jobs), verbosity) as screen:
        for event in batch.run(found.jobs, make, workers):
            match event:
                case batch.PageRead(job, page, pages):
                    screen.page(job.name, page, pages)
                case batch.FileRead(job, result):
                    tallies[job] = _finish(job, result, screen, keep)
    rows = [(job.name, tallies[job]) for job in found.jobs]
    total = sum(tallies.values(), Tally())
    screen.say(summary(rows if len(rows) <= MOST_ROWS else [], total))
    if found.skipped:
        kinds = ", ".join(f"{kind} ({count})" for kind, count in found.skipped.most_common(5))
        screen.say(f"Left out, being of other kinds: {kinds}")
    screen.say(f"Outputs: {shown(out)} ({counted(len(rows), 'file')})")
    return exit_code(list(tallies.values()))


Keep = Callable[[batch.Job, FileOut], str | None]
"""Writes an output; what the user must know."""


def _finish(job: batch.Job, result: FileOut, screen: Screen, keep: Keep) -> Tally:
    """Writes the output and says how the file went."""
    tally = Tally.of(result)
    screen.finished(job.name)
    if result.problems and tally.gave_nothing:
        log.info("%s: nothing read", job.name)  # the problems say more
    else:
        screen.say(f"{job.name}: {tally.line()}")
    for problem in result.problems:
        at = f", page {problem.page}" if problem.page else ""
        about = "" if job.name in problem.message else f"{job.name}{at}: "
        screen.complain(f"{about}{problem.message}")
    try:
        told = keep(job, result)
    except OSError as error:
        reason = error.strerror or error
        screen.complain(f"{job.name}: {shown(job.target)} cannot be written: {reason}")
        return replace(tally, problems=tally.problems + 1)
    if told:
        screen.complain(f"{job.name}: {told}")
    return tally


def _writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{shown(folder)} cannot be made: {error.strerror}") from error
    if not os.access(folder, os.W_OK):
        raise InputError(f"{shown(folder)} cannot be written to; choose another -o")
