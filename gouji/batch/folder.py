"""The folder of outputs: one batch at a time, nothing left of one that was killed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from document.errors import ExitCode, GoujiError
from document.output_file import shown
from gouji.keeping import MARK

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
"""Errors that no other output would be spared."""


class TakenError(GoujiError):
    """Another batch writes there."""

    exit_code = ExitCode.USAGE
    code = "taken"


class StoppedError(GoujiError):
    """Nothing more can be written; what is done is kept."""

    exit_code = ExitCode.STOPPED
    code = "stopped"


@contextmanager
def taken(outputs: Path) -> Iterator[None]:
    """Nobody else may begin a batch there meanwhile, where the system can hold that (not Windows,
    nor every network folder). TakenError."""
    if os.name != "posix":
        yield
        return
    import fcntl  # noqa: PLC0415 - not on every system

    descriptor = os.open(outputs, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise TakenError(
            f"another run writes to {shown(outputs)}; wait for its end, or choose another -o"
        ) from None
    except OSError:
        pass  # a network folder without locks
    try:
        yield
    finally:
        os.close(descriptor)


def sweep(targets: Iterable[Path]) -> None:
    """Takes away what a killed batch left half written beside these outputs."""
    for folder in {target.parent for target in targets}:
        for part in folder.glob(f".gouji-{MARK}*.part"):
            part.unlink(missing_ok=True)


def stopped(outputs: Path, error: OSError) -> StoppedError:
    """What to tell when nothing more can be written."""
    return StoppedError(
        f"stopped: {shown(outputs)} cannot be written to ({error.strerror or error}). What is done "
        "is kept; free some space, or see to the disk, and run the same command again to go on"
    )
