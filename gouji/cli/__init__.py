"""The command line."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from document.errors import ExitCode, GoujiError, reason_of
from gouji.cli.app import app

__all__ = ["main", "run"]

log = logging.getLogger("gouji.cli")


def run(arguments: Sequence[str] | None = None) -> int:
    """What `gouji` does, without leaving Python; the exit code."""
    try:
        app(None if arguments is None else list(arguments), prog_name="gouji")
    except SystemExit as end:
        if end.code == ExitCode.INTERRUPTED:
            print(
                "gouji: interrupted; what is done is kept: the same command goes on from there",
                file=sys.stderr,
            )
        return end.code if isinstance(end.code, int) else ExitCode.DONE
    except GoujiError as error:
        print(f"gouji: {error}", file=sys.stderr)
        return error.exit_code
    except Exception as error:  # a fault of ours, still one line; -v has the rest
        log.debug("unexpected", exc_info=True)
        print(f"gouji: failed inside Gouji ({reason_of(error)}); please report it", file=sys.stderr)
        return ExitCode.NOTHING_READ
    return ExitCode.DONE


def main() -> None:
    """The entry point `gouji`."""
    sys.exit(run())
