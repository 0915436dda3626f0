"""What the user sees while files are read: results on stdout, progress and errors on stderr."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from enum import IntEnum
from types import TracebackType
from typing import Self

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column
from rich.text import Text

from document.errors import printable
from gouji.cli.inputs import InputError

WIDTH_OF_FILES = 160
"""Columns where stdout is a file or a pipe, which have no width of their own."""


class Verbosity(IntEnum):
    QUIET = 0
    NORMAL = 1
    VERBOSE = 2


def verbosity_of(quiet: bool, verbose: bool) -> Verbosity:
    """What -q and -v ask for."""
    if quiet and verbose:
        raise InputError("-q and -v exclude each other")
    return Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL


def stdout_console() -> Console:
    """As wide as the terminal, or as wide as a file may be."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_FILES
    return console


class Screen:
    """A progress bar when stderr is a terminal and nothing else writes there; lines always, unless
    `mute` leaves stdout to others."""

    def __init__(self, verbosity: Verbosity, mute: bool = False) -> None:
        self._silent = mute or verbosity is Verbosity.QUIET
        self._stdout = stdout_console()
        self._stderr = Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=12),
            MofNCompleteColumn(),
            TextColumn("files, {task.fields[pace]}", markup=False),
            TextColumn(
                "{task.fields[pages]}",
                markup=False,
                table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
            ),
            console=self._stderr,
            expand=True,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=verbosity is not Verbosity.NORMAL or not self._stderr.is_terminal,
        )
        self._task = self._progress.add_task("Reading", total=None, pages="", pace="")
        self._pages: dict[str, tuple[int, int]] = {}
        self._shut = ExitStack()

    def __enter__(self) -> Self:
        self._shut.enter_context(self._progress)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shut.close()

    def page(self, name: str, page: int, pages: int) -> None:
        """So many pages of the file are done."""
        self._pages[name] = (page, pages)
        words = ", ".join(f"{file} page {done}/{of}" for file, (done, of) in self._pages.items())
        self._progress.update(self._task, pages=words)

    def finished(self, name: str) -> None:
        """The file is done."""
        self._pages.pop(name, None)

    def at(self, files: int, of: int, pace: str) -> None:
        """So many files are done, and how fast it goes."""
        self._progress.update(self._task, completed=files, total=of, pace=pace)

    def say(self, line: RenderableType) -> None:
        """To stdout; above the bar when both are on one terminal. Silent when quiet."""
        if self._silent:
            return
        text = Text(line) if isinstance(line, str) else line
        shared = self._stdout.is_terminal and not self._progress.disable
        wrapped = not isinstance(text, Text)  # the terminal wraps lines better
        (self._stderr if shared else self._stdout).print(text, soft_wrap=not wrapped)

    def complain(self, line: str) -> None:
        """To stderr, however quiet."""
        self._stderr.print(Text(line), soft_wrap=True)


class _Printable(logging.Formatter):
    """Line by line as a terminal may have it."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(printable, super().format(record).split("\n")))


def set_up_logging(verbosity: Verbosity) -> None:
    """Gouji's own log with -v; without it only what the user must know, which is printed."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Printable("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.CRITICAL)
    logging.getLogger("gouji").setLevel(
        logging.DEBUG if verbosity is Verbosity.VERBOSE else logging.CRITICAL
    )
