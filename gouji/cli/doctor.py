"""`gouji doctor`: is everything there?"""

from __future__ import annotations

import typer

from document.errors import ExitCode
from gouji.cli.options import EngineModels, MoreForms
from gouji.doctor import examine


def doctor(forms: MoreForms = None, engine_models: EngineModels = None) -> None:
    """Check that everything Gouji needs is there: a line each, with the next step if it is not.

    Python, packages, OpenCV and its build, forms (those of --forms too), folders to write to, the
    models, and a number read with them. Ends with 0 if all is well, else with 4.
    """
    well = True
    for finding in examine(forms, engine_models):
        typer.echo(finding.line())
        well &= finding.ok
    raise typer.Exit(ExitCode.DONE if well else ExitCode.NOTHING_READ)
