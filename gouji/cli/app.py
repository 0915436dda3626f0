"""The commands, put together."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from gouji.cli.digitize import digitize
from gouji.cli.export import export
from gouji.cli.schema import schema

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
        typer.echo(f"gouji {version('gouji')}")
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
app.command()(export)
app.command()(schema)
