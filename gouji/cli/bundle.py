"""`gouji bundle`: what machines without internet install from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from document.output_file import shown
from gouji.bundle import Target, make


def bundle(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="A new folder for it.")
    ],
    python_version: Annotated[
        str | None,
        typer.Option(
            metavar="X.Y", help="Python of the machine it is for, if not the one that runs this."
        ),
    ] = None,
    platform: Annotated[
        str | None,
        typer.Option(
            metavar="TAG",
            help="Its platform as wheels name it, such as manylinux_2_28_aarch64: glibc 2.28 or "
            "newer, 64-bit ARM. By default glibc 2.28 on this kind of processor.",
        ),
    ] = None,
) -> None:
    """Gather all that an installation takes, for machines without internet.

    Wheels of the pinned packages and of Gouji with its models and forms, `install.sh`, and the
    hashes of every file, which `install.sh` checks. Runs in Gouji's source folder where pip has a
    package index.
    """
    target = Target.of(python_version, platform)
    typer.echo(f"Gathering packages for Python {target.python}, {target.platform} ...")
    made = make(output, target)
    typer.echo(f"{shown(output)}: {made.wheels} wheels, {made.size / 1e6:.0f} MB")
    typer.echo(f"SHA-256 of its SHA256SUMS: {made.fingerprint}")
    typer.echo("Copy the folder to the other machine and run there: sh install.sh DIR")
