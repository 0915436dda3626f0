"""`gouji digitize`: report files in, one JSON per file out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from checks import DEFAULT_TARGET_ERROR
from document.errors import ExitCode
from document.limits import SourceLimits
from document.output_file import shown
from gouji.batch import Batch, Digitizer, Limits
from gouji.cli.batching import threads_each, told, writable
from gouji.cli.inputs import EXTENSIONS, InputError, gather
from gouji.cli.json_log import STDOUT, JsonLog
from gouji.cli.options import (
    EngineModels,
    Jobs,
    JsonLogFile,
    Memory,
    MoreForms,
    MostMegabytes,
    MostMegapixels,
    MostPages,
    Password,
    Quiet,
    Timeout,
    Url,
    Verbose,
)
from gouji.cli.pages import page_set
from gouji.cli.screen import Screen, Verbosity, set_up_logging, verbosity_of
from gouji.cli.tally import counted
from gouji.settings import Settings

LIMITS = Limits()


def digitize(  # noqa: PLR0913, PLR0917 - a command's options
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="IN", help="Files, folders (with all below them) or patterns."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the outputs.")],
    jobs: Jobs = 1,
    pages: Annotated[
        str | None, typer.Option(help="Read only these pages of each file, such as 1-3,5.")
    ] = None,
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
    database: Url = None,
    again: Annotated[bool, typer.Option("--again", help="Read what is done already, too.")] = False,
    timeout: Timeout = LIMITS.timeout,
    memory: Memory = LIMITS.memory,
    json_log: JsonLogFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read reports and write each cell of each table, with its confidence and flags.

    The output of IN/a/b.pdf is OUT/a/b.pdf.json: the path below the folder that was given, or
    below the part of a pattern before its first wildcard; of a file that was named, its name.
    From a folder Gouji takes pdf, png, jpg, jpeg, tif, tiff, bmp and webp files, no hidden ones;
    a file that is named is read whatever it is called. Inputs are never written to.

    Run again it goes on: what is done is not read again until its file, the options, forms, models
    or Gouji itself have changed (docs/batch.md).
    """
    verbosity = verbosity_of(quiet, verbose)
    found = gather(inputs, output)
    if not found.jobs:
        kinds = ", ".join(sorted(extension[1:] for extension in EXTENSIONS))
        missing = f"no file to read in {', '.join(map(shown, inputs))} (looked for {kinds})"
        raise _NothingThereError("; ".join([missing, *found.unreadable]))
    settings = Settings(
        target_error=target_error,
        password=password,
        pages=page_set(pages) if pages else None,
        forms=forms,
        engine_models=engine_models,
        narrative=narrative,
        limits=SourceLimits(megabytes=most_megabytes, pages=most_pages, megapixels=most_megapixels),
        threads=threads_each(jobs, len(found.jobs)),
    )
    writable(output)
    check_forms(forms)
    set_up_logging(verbosity)
    batch = Batch(
        output,
        settings,
        partial(make_pipeline, settings, verbosity),
        jobs,
        replace(LIMITS, timeout=timeout, memory=memory),
        again,
        queue=database,
    )
    with Screen(verbosity, mute=json_log == STDOUT) as screen, JsonLog(json_log) as log:
        code = told(batch.run(found.jobs), found.jobs, screen, log)
        if found.skipped:
            kinds = ", ".join(f"{kind} ({count})" for kind, count in found.skipped.most_common(5))
            screen.say(f"Left out, being of other kinds: {kinds}")
        for trouble in found.unreadable:
            screen.complain(f"{trouble}; what is in it was left out")
        screen.say(f"Outputs: {shown(output)} ({counted(len(found.jobs), 'file')})")
    raise typer.Exit(ExitCode.SOME_FAILED if found.unreadable and not code else code)


class _NothingThereError(InputError):
    exit_code = ExitCode.NOTHING_READ


def make_pipeline(settings: Settings, verbosity: Verbosity) -> Digitizer:
    """Runs in each worker."""
    from gouji.pipeline import Pipeline  # noqa: PLC0415 - slow to import, and only workers need it

    set_up_logging(verbosity)
    return Pipeline(settings)


def check_forms(folder: Path | None) -> None:
    """FormError before the first file is read, not in every worker."""
    if folder is not None:
        from reconstruct import load_forms  # noqa: PLC0415 - as above

        load_forms(folder)
