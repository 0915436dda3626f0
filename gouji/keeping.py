"""Outputs, written so that the review queue knows: where a file lies, that it was read again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from document.contract import FileOut, encodable
from document.errors import GoujiError, reason_of
from document.output_file import write_json
from gouji.batch import Job
from review.source_paths import remember, writing


def keep(
    outputs: Path, forms: Path | None, job: Job, result: FileOut, url: str | None = None
) -> str | None:
    """Writes the file's output and puts into it what people answered before, in the queue beside
    the outputs or in the one at `url`. What the user must know, if anything. OSError if the output
    cannot be written."""
    try:
        with writing(outputs) as database:
            write_json(result, job.target)
            known = remember(database, encodable(job.name), job.source.absolute())
    except sqlite3.Error as error:
        write_json(result, job.target)
        return (
            f"{outputs / 'gouji.db'} cannot be used ({reason_of(error)}): answers given in a "
            "review come back when it is started again"
        )
    return _loaded_anew(outputs, forms, job, url) if known or url else None


def _loaded_anew(outputs: Path, forms: Path | None, job: Job, url: str | None) -> str | None:
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - slow to import, seldom needed

    from reconstruct import load_forms  # noqa: PLC0415 - as above
    from review.archive import Archive  # noqa: PLC0415 - as above
    from review.database import Database  # noqa: PLC0415 - as above
    from review.evidence import Forms  # noqa: PLC0415 - as above
    from review.loading import knows, load  # noqa: PLC0415 - as above

    try:
        database = Database.at(url) if url else Database.beside(outputs)
        try:
            if not knows(database, encodable(job.name)):
                return None
            archive = Archive.of(outputs, database, Forms.of(load_forms(forms)))
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
