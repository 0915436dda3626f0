"""`gouji history`: what people answered of a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from document.output_file import read_json, shown
from gouji.cli.inputs import InputError
from gouji.cli.options import Url


def history(
    output: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", exists=True, dir_okay=False, help="The file's output, OUT/a/b.pdf.json."
        ),
    ],
    database: Url = None,
) -> None:
    """Print every decision on a file's cells: when, who, what was read, what they answered.

    Answers that were taken back, came too late, or were given for another content of the file stay
    in the list and say so.
    """
    from review.database import Database  # noqa: PLC0415 - slow to import
    from review.history import decisions  # noqa: PLC0415 - as above

    name = read_json(output).source.name
    found = Database.at(database) if database else Database.beside(_folder(output, name))
    lines = 0
    for each in decisions(found, name):
        at = datetime.fromtimestamp(each.at).astimezone().strftime("%Y-%m-%d %H:%M:%S%z")
        typer.echo(shown(f"{at}  {each.by}  {each.place}: {each.what}{each.remark}"))
        lines += 1
    found.close()
    if not lines:
        typer.echo(f"{shown(name)}: nobody decided anything yet")


def _folder(output: Path, name: str) -> Path:
    """The folder of outputs: the output's path without the source's name."""
    below = PurePosixPath(f"{name}.json").parts
    path = output.absolute()
    if path.parts[1:][-len(below) :] != below:
        raise InputError(
            f"{shown(output)} was copied from elsewhere: its queue is in the folder where it was "
            f"written as {shown(name)}.json; give that file, or --database"
        )
    folder = path.parents[len(below) - 1]
    if not (folder / "gouji.db").is_file():
        raise InputError(
            f"{shown(folder)} has no gouji.db; nothing was reviewed there, or give --database"
        )
    return folder
