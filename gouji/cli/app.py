"""The commands, put together."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from gouji.cli.bundle import bundle
from gouji.cli.digitize import digitize
from gouji.cli.doctor import doctor
from gouji.cli.export import export
from gouji.cli.forms import forms
from gouji.cli.history import history
from gouji.cli.inspect import inspect
from gouji.cli.report import report
from gouji.cli.review import review
from gouji.cli.schema import schema
from gouji.cli.status import retry, status
from gouji.cli.verify import verify
from gouji.cli.watch import watch

app = typer.Typer(
    name="gouji",
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Scanned and digital statistical reports in, tables that can be trusted out.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(f"gouji {version('gouji')}")
        except PackageNotFoundError:
            typer.echo("gouji, not installed")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print it and end."),
    ] = False,
) -> None:
    """Scanned and digital statistical reports in, tables that can be trusted out."""


app.command()(digitize)
app.command()(status)
app.command()(retry)
app.command()(watch)
app.command()(export)
app.add_typer(review)
app.command()(history)
app.command()(verify)
app.command()(report)
app.command()(inspect)
app.add_typer(forms)
app.command()(doctor)
app.command()(bundle)
app.command()(schema)
