"""What `gouji digitize` tells the review queue: where a file lies, and that it was read again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from document.contract import encodable
from document.errors import GoujiError, reason_of
from gouji.batch import Job
from review.source_paths import remember


def keep(outputs: Path, forms: Path | None, job: Job) -> str | None:
    """After the file's output was written: what people answered before is put into it. What the
    user must know, if anything."""
    try:
        known = remember(outputs, encodable(job.name), job.source.absolute())
        return _load_anew(outputs, forms, job) if known else None
    except (GoujiError, OSError, sqlite3.Error) as error:
        return f"answers given in reviews could not be kept: {reason_of(error)}"


def _load_anew(outputs: Path, forms: Path | None, job: Job) -> str | None:
    from reconstruct import load_forms  # noqa: PLC0415 - slow to import, and seldom needed
    from review.archive import Archive  # noqa: PLC0415 - as above
    from review.database import Database  # noqa: PLC0415 - as above
    from review.evidence import Forms  # noqa: PLC0415 - as above
    from review.loading import load  # noqa: PLC0415 - as above

    database = Database.beside(outputs)
    try:
        loaded = load(Archive(outputs, database, Forms.of(load_forms(forms))), job.target)
    finally:
        database.close()
    if loaded.problem or not loaded.outdated:
        return loaded.problem
    return (
        f"{loaded.outdated} answers were given for another content of the file, or for other "
        "cells, and are not used; `gouji history` has them"
    )
