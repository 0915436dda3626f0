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
Url = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar="GOUJI_DATABASE",
        help="postgresql://… if the review queue is not in OUT/gouji.db.",
    ),
]
