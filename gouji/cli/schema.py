"""`gouji schema`: the shape of the outputs, for programs that read them."""

from __future__ import annotations

import typer

from gouji.schema import shipped


def schema() -> None:
    """Print the JSON Schema of the outputs (gouji/1)."""
    typer.echo(shipped(), nl=False)
