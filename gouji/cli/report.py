"""`gouji report`: what a folder of outputs amounts to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from document.errors import ExitCode
from gouji.cli.inputs import InputError
from gouji.cli.outputs import read_all
from gouji.export.files import replacing, shown
from gouji.report.summary import Place, summary
from gouji.report.text import lines


def report(
    outputs: Annotated[
        Path, typer.Argument(metavar="OUT", help="Folder that `gouji digitize` wrote, or one JSON.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write an HTML page here, too.")
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Folder that was digitized, for pictures of the cells on the HTML page.",
        ),
    ] = None,
) -> None:
    """Say how much was read, how far it adds up, and what the arithmetic changed or found wrong.

    Rows and columns that would add up in other places are listed; nothing is moved.

    The HTML page is one file that needs nothing beside it; with --sources it shows the picture of
    every cell that was corrected, inferred or printed wrong.
    """
    read, failures = read_all(outputs)
    files = [file for _, file in read]
    found = summary(files)
    for line in lines(found):
        typer.echo(line)
    if output:
        from gouji.report.page import page  # noqa: PLC0415 - as below
        from gouji.report.pictures import Cutter  # noqa: PLC0415 - slow to import

        def none(_place: Place) -> bytes | None:
            return None

        text = page(found, Cutter.of(sources, files).picture if sources else none)
        try:
            with replacing(output) as part:
                part.write_text(text, "utf-8")
        except OSError as error:
            raise InputError(f"{shown(output)} cannot be written: {error.strerror}") from error
        typer.echo(shown(output))
    for failure in failures:
        print(f"gouji: {failure}", file=sys.stderr)
    raise typer.Exit(ExitCode.SOME_FAILED if failures else ExitCode.DONE)
