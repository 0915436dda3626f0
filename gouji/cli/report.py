"""`gouji report`: what a folder of outputs amounts to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from document.errors import ExitCode
from document.output_file import replacing, shown
from gouji.cli.inputs import InputError
from gouji.cli.options import Url
from gouji.cli.outputs import read_all
from gouji.report.summary import summary
from gouji.report.text import lines
from review.source_paths import has_queue

if TYPE_CHECKING:
    from review.proof import Proof


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
            help="Folder that was digitized, if its files are no longer where they were.",
        ),
    ] = None,
    database: Url = None,
) -> None:
    """Say how much was read, how far it adds up, and what the arithmetic changed or found wrong.

    Rows and columns that would add up in other places are listed; nothing is moved.

    Once people have read accepted cells in `gouji review`, the measured rate of silent errors comes
    with its bound. The HTML page is one file that needs nothing beside it; it shows the picture of
    every cell that was corrected, inferred or printed wrong, where the digitized files are there.
    """
    read, failures = read_all(outputs)
    files = [file for _, file in read]
    found = summary(files, _proof(outputs, database))
    for line in lines(found):
        typer.echo(line)
    if output:
        from gouji.report.page import page  # noqa: PLC0415 - as below
        from gouji.report.pictures import Cutter  # noqa: PLC0415 - slow to import

        text = page(found, Cutter.of(outputs, sources, files).picture)
        try:
            with replacing(output) as part:
                part.write_text(text, "utf-8")
        except OSError as error:
            raise InputError(f"{shown(output)} cannot be written: {error.strerror}") from error
        typer.echo(shown(output))
    for failure in failures:
        print(f"gouji: {failure}", file=sys.stderr)
    raise typer.Exit(ExitCode.SOME_FAILED if failures else ExitCode.DONE)


def _proof(outputs: Path, url: str | None) -> Proof | None:
    """What the queue's random sample shows; None where there is no queue."""
    from review.database import Database  # noqa: PLC0415 - slow to import
    from review.proof import proof  # noqa: PLC0415 - as above

    if url is None and not has_queue(outputs):
        return None
    database = Database.at(url) if url else Database.beside(outputs)
    try:
        with database.read() as session:
            return proof(session)
    finally:
        database.close()
