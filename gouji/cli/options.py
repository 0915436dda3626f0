"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

MoreForms = Annotated[
    Path | None,
    typer.Option("--forms", exists=True, file_okay=False, help="Folder with more forms (*.toml)."),
]
EngineModels = Annotated[
    Path | None,
    typer.Option(
        "--engine-models",
        exists=True,
        file_okay=False,
        help="Folder whose rec/ has another PaddleOCR model: inference.onnx, inference.yml.",
    ),
]
MostPages = Annotated[
    int, typer.Option(min=1, help="Pages that a file may have; one with more is refused.")
]
MostMegapixels = Annotated[
    int,
    typer.Option(min=1, max=178, help="Million pixels that a picture file may have on a page."),
]
MostMegabytes = Annotated[
    int, typer.Option(min=1, help="Size that a file may have, in million bytes.")
]
Password = Annotated[
    str | None,
    typer.Option("--password", help="Password of encrypted PDFs.", envvar="GOUJI_PASSWORD"),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Files to read at the same time.")]
Timeout = Annotated[
    float,
    typer.Option(min=1, help="Seconds that a file may take; then its worker is killed."),
]
Memory = Annotated[
    int,
    typer.Option(min=200, help="MiB of memory that a worker may take; then it is killed."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print a log too.")]
JsonLogFile = Annotated[
    Path | None,
    typer.Option(
        "--json-log",
        dir_okay=False,
        allow_dash=True,
        help="Add what happens to this file, a JSON object a line; - for standard output.",
    ),
]
Url = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar="GOUJI_DATABASE",
        help="postgresql://… if the review queue is not in OUT/gouji.db.",
    ),
]
