"""`gouji inspect`: what was found on a page, drawn over its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from document.output_file import replacing, shown
from gouji.cli.inputs import InputError
from gouji.cli.options import EngineModels, MoreForms, Password
from gouji.cli.pages import page_set
from gouji.settings import Settings


def inspect(  # noqa: PLR0913, PLR0917 - a command's options
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report: a PDF or a picture.")],
    page: Annotated[int, typer.Option("--page", min=1, help="The page to draw.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The PNG to write.")],
    pages: Annotated[
        str | None,
        typer.Option(help="Read only these pages; a table needs all pages it runs over."),
    ] = None,
    password: Password = None,
    forms: MoreForms = None,
    engine_models: EngineModels = None,
) -> None:
    """Draw a page as Gouji saw it: upright, each cell outlined, readings and flags in it.

    Green cells are accepted, orange ones to review, blue ones labels, purple ones belong to a
    table of no known form. The reading is in the cell's top left corner, its flags at the bottom;
    where it was understood as something else the two are joined by "=". Cells that no ruling bounds
    are outlined in dashes: short ones where the text shows their bounds, long ones where the form
    does. A □ in a label is a character that was not read; the rest told which label it is. Chinese
    readings are drawn where the system has a Chinese font.
    """
    if output.suffix.lower() != ".png":
        raise InputError(f"{shown(output)}: the drawing is a PNG; name it *.png")
    if not file.is_file():
        raise InputError(f"{shown(file)} is not there or no file; check the path")
    if output.exists() and output.samefile(file):
        raise InputError(
            f"{shown(output)} is the input and would be overwritten; choose another -o"
        )
    wanted = page_set(pages) | {page} if pages else None
    settings = Settings(pages=wanted, password=password, forms=forms, engine_models=engine_models)
    try:
        _inspect(file, page, output, settings)
    except OSError as error:
        raise InputError(f"{shown(output)} cannot be written: {error.strerror}") from error
    typer.echo(shown(output))


def _inspect(file: Path, number: int, output: Path, settings: Settings) -> None:
    import layout  # noqa: PLC0415 - slow to import, and `gouji --help` needs none of it
    from gouji import draw  # noqa: PLC0415 - as above
    from gouji.pipeline import Pipeline  # noqa: PLC0415 - as above

    trace = Pipeline(settings).trace(file)
    page = next((page for page in trace.pages if page.layout.number == number), None)
    if page is None:
        trouble = [p.message for p in trace.problems if p.page == number]
        pages = trace.source.pages
        raise InputError(trouble[0] if trouble else f"{shown(file)} has {pages} pages, no {number}")
    with layout.open_source(file, settings.password, settings.limits) as source:
        picture = draw.upright(source.render(number, draw.DPI), page.layout.frame, draw.DPI)
    marks = draw.marks_of(page, trace.reports, trace.reconstruction.unmatched)
    with replacing(output) as part, part.open("wb") as stream:
        draw.draw_page(picture, draw.DPI / 72, marks).save(stream, "PNG")
