"""`gouji review`: the doubtful cells in front of people, in a browser."""

from __future__ import annotations

import getpass
import os
import socket
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from document.errors import ExitCode
from document.output_file import shown
from gouji.cli.inputs import InputError
from gouji.cli.options import MoreForms, Password, Url
from gouji.cli.tally import counted
from review.source_paths import remembered

if TYPE_CHECKING:
    from review.archive import Archive
    from review.pictures import Pages

OPEN = "open"


class _OpenByDefault(TyperGroup):
    """`gouji review OUT` is `gouji review open OUT`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = [OPEN, *args]
        return super().parse_args(ctx, args)


review = typer.Typer(
    name="review",
    cls=_OpenByDefault,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Review doubtful cells in a browser: `gouji review OUT`.",
)
people = typer.Typer(
    name="people", no_args_is_help=True, rich_markup_mode=None, help="Who may sign in to `serve`."
)
review.add_typer(people)

Outputs = Annotated[
    Path,
    typer.Argument(
        metavar="OUT", exists=True, file_okay=False, help="Folder that `gouji digitize` wrote."
    ),
]
Sources = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        file_okay=False,
        help="Folder that was digitized, if its files are no longer where they were.",
    ),
]
Sample = Annotated[
    int | None,
    typer.Option(
        min=0, help="Accepted cells to read as a proof, too; by default what the target needs."
    ),
]


@review.command(OPEN)
def open_(  # noqa: PLR0913, PLR0917 - a command's options
    outputs: Outputs,
    sources: Sources = None,
    sample: Sample = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser at once.")] = True,
    password: Password = None,
    forms: MoreForms = None,
) -> None:
    """Review the doubtful cells of OUT at this machine.

    Prints a link that opens once, for a browser on this machine alone (127.0.0.1). Answers go into
    OUT/gouji.db and into the outputs as they are given; Ctrl-C ends it, nothing is lost.
    """
    from review.web.app import Alone, create_app  # noqa: PLC0415 - slow to import

    with _archive(outputs, None, forms) as archive:
        _load(archive, sample)
        alone = Alone(_user())
        app = create_app(archive, _pictures(archive, sources, password), alone)
        listening = _listening("127.0.0.1", port)
        link = f"http://127.0.0.1:{listening.getsockname()[1]}/?token={alone.token}"
        typer.echo(f"Review: {link}")
        typer.echo("The link opens once, on this machine. Ctrl-C ends it.")
        if browser:
            webbrowser.open(link)
        _serve(app, listening)


@review.command("serve")
def serve(  # noqa: PLR0913, PLR0917 - a command's options
    outputs: Outputs,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8321,
    database: Url = None,
    sources: Sources = None,
    sample: Sample = None,
    readings: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=2,
            help="2: each cell is read by two people, blind; kept until it is set again.",
        ),
    ] = None,
    password: Password = None,
    forms: MoreForms = None,
) -> None:
    """Run the review for a team: people sign in, each gets other cells.

    Who may sign in is set with `gouji review people add`. Listens on this machine alone unless
    --host says otherwise; put a server with HTTPS in front of it before others can reach it.
    """
    from review.people import anybody  # noqa: PLC0415 - slow to import
    from review.web.app import create_app  # noqa: PLC0415 - as above

    with _archive(outputs, database, forms, readings) as archive:
        with archive.database.read() as session:
            if not anybody(session):
                raise InputError(
                    f"nobody can sign in yet; run `gouji review people add {shown(outputs)} NAME`"
                )
        _load(archive, sample)
        app = create_app(archive, _pictures(archive, sources, password))
        listening = _listening(host, port)
        address, at = listening.getsockname()[:2]
        typer.echo(f"Review: http://{address}:{at}/   Ctrl-C ends it.")
        _serve(app, listening)


@people.command("add")
def add(
    outputs: Outputs,
    name: str,
    admin: Annotated[
        bool, typer.Option(help="May see everybody's progress and manage people.")
    ] = False,
    database: Url = None,
) -> None:
    """Let somebody sign in, or give them a new password.

    The password is asked for, or taken from the environment as GOUJI_NEW_PASSWORD.
    """
    from review import people as known  # noqa: PLC0415 - slow to import

    secret = os.environ.get("GOUJI_NEW_PASSWORD") or typer.prompt(
        "Password", hide_input=True, confirmation_prompt=True
    )
    with _archive(outputs, database) as archive, archive.database.write() as session:
        known.add(session, name, secret, known.Role.ADMIN if admin else known.Role.REVIEWER)
    typer.echo(f"{name} can sign in")


@people.command("remove")
def remove(outputs: Outputs, name: str, database: Url = None) -> None:
    """Let somebody sign in no more. Their answers stay."""
    from review import people as known  # noqa: PLC0415 - slow to import

    with _archive(outputs, database) as archive, archive.database.write() as session:
        known.dismiss(session, name)
    typer.echo(f"{name} can no longer sign in")


@contextmanager
def _archive(
    outputs: Path, url: str | None, forms: Path | None = None, readings: int | None = None
) -> Iterator[Archive]:
    from reconstruct import load_forms  # noqa: PLC0415 - slow to import
    from review.archive import Archive  # noqa: PLC0415 - as above
    from review.database import Database  # noqa: PLC0415 - as above
    from review.evidence import Forms  # noqa: PLC0415 - as above

    database = Database.at(url) if url else Database.beside(outputs)
    try:
        yield Archive.of(outputs, database, Forms.of(load_forms(forms)), readings)
    finally:
        database.close()


def _load(archive: Archive, sample: int | None) -> None:
    """The outputs into the queue; says what is to be known before the first cell."""
    from review.leases import Wanted, left  # noqa: PLC0415 - slow to import
    from review.loading import load_all  # noqa: PLC0415 - as above
    from review.sampling import draw, gathering  # noqa: PLC0415 - as above

    files, lots = 0, gathering(archive, sample)
    for each in load_all(archive):
        if each.out and each.document:
            lots.add(each.document, each.out)
        files += each.problem is None
        if each.problem:
            print(f"gouji: {each.problem}", file=sys.stderr)
        if each.outdated:
            print(
                f"gouji: {each.name}: {counted(each.outdated, 'answer')} of another content of the "
                "file, or of other cells, not used; they are in its history",
                file=sys.stderr,
            )
    if not files:
        raise InputError(f"no output in {shown(archive.outputs)}; run `gouji digitize` first")
    draw(archive, sample, lots)
    with archive.database.read() as session:
        waiting = left(session, Wanted())
    typer.echo(f"{counted(files, 'file')}, {counted(waiting, 'cell')} to review")


def _pictures(archive: Archive, sources: Path | None, password: str | None) -> Pages:
    from review.pictures import Pages  # noqa: PLC0415 - slow to import

    return Pages(sources, password, remembered(archive.outputs))


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise InputError(
            f"cannot listen at {host}:{port}: {error.strerror or error}; choose another --port"
        ) from error


def _serve(app: object, listening: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415 - slow to import

    config = uvicorn.Config(app, log_level="warning", server_header=False)  # type: ignore[arg-type]
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        raise typer.Exit(ExitCode.DONE) from None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"
