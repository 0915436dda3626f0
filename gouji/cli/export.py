"""`gouji export`: the outputs of `gouji digitize` in other shapes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from document.contract import FileOut
from document.errors import ExitCode
from document.output_file import shown
from gouji.cli.inputs import InputError
from gouji.cli.outputs import read_all
from gouji.cli.tally import counted


class Shape(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"


def export(
    outputs: Annotated[
        Path, typer.Argument(metavar="OUT", help="Folder that `gouji digitize` wrote, or one JSON.")
    ],
    to: Annotated[Shape, typer.Option("--to", help="The shape to write.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; for xlsx one workbook of everything."),
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Folder that was digitized, so that the workbook's links find the pages.",
        ),
    ] = None,
    forms: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Folder with more forms, for the titles and captions in the workbook.",
        ),
    ] = None,
) -> None:
    """Turn outputs into workbooks for people, or into one long table for programs.

    xlsx: one workbook beside each JSON (a/b.pdf.xlsx), or everything in the one named with -o. It
    has an index, a sheet per table laid out like the form, and the failed checks. Cells to review
    are orange, accepted cells with a flag blue; each has a comment saying why and a link to the
    page. The links are relative: give --sources, or put the workbook into the digitized folder.

    csv, parquet: one row per cell, to OUT/cells.csv or OUT/cells.parquet unless -o names a file.
    In csv a text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    read, failures = read_all(outputs)
    if output and output.is_dir():
        raise InputError(f"{shown(output)} is a folder; -o names a file")
    try:
        if to is Shape.XLSX:
            written = _write_workbooks(read, output, forms, sources)
        else:
            written = [_write_long(read, outputs, to, output)]
    except OSError as error:
        raise InputError(f"the export cannot be written: {error}") from error
    for failure in failures:
        print(f"gouji: {failure}", file=sys.stderr)
    for path in written:
        typer.echo(shown(path))
    typer.echo(f"{counted(len(read), 'file')} exported")
    raise typer.Exit(ExitCode.SOME_FAILED if failures else ExitCode.DONE)


def _write_workbooks(
    read: list[tuple[Path, FileOut]], target: Path | None, forms: Path | None, sources: Path | None
) -> list[Path]:
    """One beside each JSON, or one of everything at `target`; the paths written."""
    from gouji.export.wording import Wording  # noqa: PLC0415 - as above
    from gouji.export.workbook import write_workbook  # noqa: PLC0415 - slow to import
    from reconstruct import load_forms  # noqa: PLC0415 - as above

    wording = Wording.of(load_forms(forms))
    if target:
        write_workbook([result for _, result in read], target, wording, sources)
        return [target]
    written = [path.with_suffix(".xlsx") for path, _ in read]
    for path, (_, result) in zip(written, read, strict=True):
        write_workbook([result], path, wording, sources)
    return written


def _write_long(
    read: list[tuple[Path, FileOut]], outputs: Path, shape: Shape, target: Path | None
) -> Path:
    """One table of everything; the path written."""
    from gouji.export import long  # noqa: PLC0415 - slow to import

    beside = outputs / "cells.json" if outputs.is_dir() else outputs
    path = target or beside.with_suffix(f".{shape}")
    results = [result for _, result in read]
    if shape is Shape.CSV:
        long.write_csv(results, path)
    else:
        long.write_parquet(results, path)
    return path
