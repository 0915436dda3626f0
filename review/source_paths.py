"""Where each digitized file lies, kept in OUT/gouji.db by `gouji digitize`.

In plain SQL: digitizing one page does not wait for what the queue itself stands on. A team whose
queue is in PostgreSQL finds the paths here, too.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

NAME = "gouji.db"

_TABLE = "CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, path BLOB NOT NULL)"
"""Paths as the system has them: not all are text."""


@contextmanager
def writing(outputs: Path) -> Iterator[sqlite3.Connection]:
    """While an output is written: no reviewer's answer goes into the older one meanwhile.
    sqlite3.Error where the database cannot be had."""
    with closing(sqlite3.connect(outputs / NAME, timeout=30, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute(_TABLE)
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")


def remember(database: sqlite3.Connection, name: str, path: Path) -> bool:
    """Notes where the file lies; whether a queue knows the file, so that its output must be loaded
    anew."""
    database.execute("INSERT OR REPLACE INTO source VALUES (?, ?)", (name, os.fsencode(path)))
    if not _has_queue(database):
        return False
    known = database.execute("SELECT 1 FROM document WHERE name = ?", (name,))
    return known.fetchone() is not None


def renamed(database: sqlite3.Connection, old: str, new: str) -> None:
    """The file's answers go on under its new name, where a queue is kept here."""
    database.execute("DELETE FROM source WHERE name = ?", (old,))
    if _has_queue(database):
        taken = database.execute("SELECT 1 FROM document WHERE name = ?", (new,))
        if taken.fetchone() is None:
            database.execute("UPDATE document SET name = ? WHERE name = ?", (new, old))


def remembered(outputs: Path) -> dict[str, Path]:
    """Every file's place by its name; empty where nothing was noted."""
    if not (outputs / NAME).is_file():
        return {}
    with _opened(outputs) as database:
        database.execute(_TABLE)
        known = database.execute("SELECT name, path FROM source")
        return {name: Path(os.fsdecode(path)) for name, path in known}


def has_queue(outputs: Path) -> bool:
    """Whether anything was ever put in front of people there."""
    if not (outputs / NAME).is_file():
        return False
    with _opened(outputs) as database:
        return _has_queue(database)


def _has_queue(database: sqlite3.Connection) -> bool:
    tables = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'document'")
    return tables.fetchone() is not None


@contextmanager
def _opened(outputs: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(outputs / NAME, timeout=30)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        with database:
            yield database
