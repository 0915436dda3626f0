"""The command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from typer.exceptions import TyperException

from document.errors import ExitCode, GoujiError
from gouji.cli.app import app

__all__ = ["main", "run"]


def run(arguments: Sequence[str] | None = None) -> int:
    """What `gouji` does, without leaving Python; the exit code."""
    try:
        code = app(list(arguments) if arguments is not None else None, standalone_mode=False)
    except TyperException as error:
        error.show()
        return ExitCode.USAGE
    except GoujiError as error:
        print(f"gouji: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader of our output had enough
        sys.stdout = None
        return ExitCode.DONE
    return int(code or ExitCode.DONE)


def main() -> None:
    """The entry point `gouji`."""
    sys.exit(run())
