"""What can go wrong, told so that the reader knows what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line answers the shell."""

    DONE = 0
    USAGE = 2
    SOME_FAILED = 3
    NOTHING_READ = 4
    STOPPED = 5
    INTERRUPTED = 130


class GoujiError(Exception):
    """A failure the user can mend; the message names the thing, the cause and the next step."""

    exit_code = ExitCode.NOTHING_READ
    code = "failed"


class SourceError(GoujiError):
    """A file that cannot be opened as a document. `code` goes into its `problems` entry."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class FormError(GoujiError):
    """A form file that is wrong; the message names file and line."""

    exit_code = ExitCode.USAGE
    code = "form_invalid"


def printable(text: str) -> str:
    """The text on one line, as a terminal may have it: control characters, and those that turn
    the direction of writing, as escapes. Files choose their names, and what libraries quote."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def reason_of(error: Exception) -> str:
    """What an unexpected error says, on one line: its kind and its message's first line."""
    return printable(f"{type(error).__name__}: {error}".splitlines()[0])


@dataclass(frozen=True, slots=True)
class Problem:
    """A trouble with a file or a page that did not stop the rest; page counts from 1."""

    code: str
    message: str
    page: int | None = None
