"""Outputs, written so that the review queue knows: where a file lies, that it was read again."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from document.contract import FileOut, encodable
from document.errors import GoujiError, reason_of
from document.output_file import write_json
from review.source_paths import remember, writing

if TYPE_CHECKING:
    from gouji.batch import Job

MARK = "batch-"
"""In the names of files that are not whole yet."""

Note = Callable[[sqlite3.Connection, str], None]
"""What else is written in the same transaction, given the SHA-256 of the output."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """A folder of outputs and its review queue. `forms`: a folder with more forms; `queue`: the URL
    of the queue's database where it is not in the folder's own."""

    folder: Path
    forms: Path | None = None
    queue: str | None = None

    def keep(self, job: Job, result: FileOut, note: Note | None = None) -> str | None:
        """Writes the file's output and puts into it what people answered before. What the user must
        know, if anything. OSError if the output cannot be written."""
        try:
            with writing(self.folder) as database:
                digest = write_json(result, job.target, MARK)
                if note:
                    note(database, digest)
                known = remember(database, encodable(job.name), job.source.absolute())
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
                raise OSError(errno.ENOSPC, reason_of(error)) from error
            write_json(result, job.target, MARK)
            return (
                f"{self.folder / 'gouji.db'} cannot be used ({reason_of(error)}): answers given in "
                "a review come back when it is started again"
            )
        return self._loaded_anew(job) if known or self.queue else None

    def _loaded_anew(self, job: Job) -> str | None:
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - slow to import, seldom needed

        from reconstruct import load_forms  # noqa: PLC0415 - as above
        from review.archive import Archive  # noqa: PLC0415 - as above
        from review.database import Database  # noqa: PLC0415 - as above
        from review.evidence import Forms  # noqa: PLC0415 - as above
        from review.loading import knows, load  # noqa: PLC0415 - as above

        try:
            database = Database.at(self.queue) if self.queue else Database.beside(self.folder)
            try:
                if not knows(database, encodable(job.name)):
                    return None
                archive = Archive.of(self.folder, database, Forms.of(load_forms(self.forms)))
                loaded = load(archive, job.target)
            finally:
                database.close()
        except (GoujiError, SQLAlchemyError) as error:
            return f"answers given in reviews could not be kept: {reason_of(error)}"
        if loaded.problem or not loaded.outdated:
            return loaded.problem
        return (
            f"{loaded.outdated} answers were given for another content of the file, or for other "
            "cells, and are not used; `gouji history` has them"
        )
