"""What happens in a batch, for machines: a JSON object a line, written at once."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from document.errors import reason_of
from document.output_file import shown
from gouji.batch import Finished, PageRead, Planned, Started, State, Tally, Told, TriedAgain
from gouji.batch.folder import StoppedError
from gouji.cli.inputs import InputError

STDOUT = Path("-")


class JsonLog:
    """The log as a context; None for none. InputError where it cannot be opened."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stream: TextIO | None = None
        self._shut = ExitStack()

    def __enter__(self) -> Self:
        if self._path == STDOUT:
            self._stream = sys.stdout
        elif self._path is not None:
            try:
                stream = self._path.open("a", encoding="utf-8")
            except OSError as error:
                raise InputError(
                    f"{shown(self._path)} cannot be written to: {error.strerror}; choose another "
                    "--json-log"
                ) from error
            self._stream = self._shut.enter_context(stream)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._write("stopped", reason="interrupted")
        elif isinstance(error, Exception):
            self._write("stopped", reason=reason_of(error))
        with suppress(OSError):  # of what could not be written, which was told
            self._shut.close()

    def batch(self, files: int) -> None:
        self._write("batch", files=files)

    def tell(self, told: Told) -> None:
        """One happening, in one line or more."""
        match told:
            case Planned(done, outdated):
                self._write("planned", done=done, outdated=outdated)
            case Started(job):
                self._write("started", file=job.name)
            case PageRead(job, page, pages):
                self._write("page", file=job.name, page=page, pages=pages)
            case TriedAgain(job, reason):
                self._write("again", file=job.name, reason=reason)
            case Finished():
                self._finished(told)

    def finished(self, total: Tally, exit_code: int, seconds: float) -> None:
        tally = asdict(total)
        self._write("finished", exit=exit_code, seconds=round(seconds, 3), tally=tally)

    def _finished(self, file: Finished) -> None:
        name = file.job.name
        for problem in file.problems:
            told = {"code": problem.code, "message": problem.message}
            self._write("problem", file=name, page=problem.page, **told)
        if file.told:
            self._write("problem", file=name, page=None, code="output", message=file.told)
        if file.state is State.QUARANTINED and file.problems:
            self._write("quarantined", file=name, reason=file.problems[0].message)
        self._write(
            "file",
            file=name,
            how=file.how,
            state=file.state,
            pages=file.pages,
            seconds=round(file.seconds, 3),
            tally=asdict(file.tally),
        )

    def _write(self, event: str, **about: Any) -> None:
        if self._stream is not None:
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            line = json.dumps({"event": event, "at": at, **about}, ensure_ascii=False)
            try:
                self._stream.write(line + "\n")
                self._stream.flush()
            except OSError as failure:
                self._stream = None
                raise StoppedError(
                    f"stopped: the log cannot be written to ({failure.strerror}). What is done is "
                    "kept; run it again to go on"
                ) from failure
