"""`gouji doctor`: is everything there?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from document.errors import ExitCode
from gouji.doctor import examine


def doctor(
    forms: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Check this folder of forms too."),
    ] = None,
    engine_models: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Check these models, not the bundled."),
    ] = None,
) -> None:
    """Check that everything Gouji needs is there: a line each, with the next step if it is not.

    Python, packages, OpenCV and its build, forms, folders to write to, models, and a number read
    with them. Ends with 0 if all is well, else with 4.
    """
    well = True
    for finding in examine(forms, engine_models):
        typer.echo(finding.line())
        well &= finding.ok
    raise typer.Exit(ExitCode.DONE if well else ExitCode.NOTHING_READ)
