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
