"""What was done with which file, in OUT/gouji.db: how a batch knows where it was.

A row is written after its output, in one transaction with the file's place. Before an output may be
replaced its row says `waiting`: a batch that is killed between the two does the file again.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from document.errors import ExitCode, GoujiError, reason_of
from document.output_file import shown
from gouji.batch.contents import Content, Stamp
from gouji.batch.tally import Tally
from review.source_paths import NAME, remember

_TABLES = """
CREATE TABLE IF NOT EXISTS work (
  target BLOB PRIMARY KEY, name TEXT NOT NULL, path BLOB NOT NULL, sha256 TEXT,
  size INTEGER, stamp TEXT, options TEXT NOT NULL, state TEXT NOT NULL, code TEXT, reason TEXT,
  output TEXT NOT NULL, tally TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS work_options (digest TEXT PRIMARY KEY, settings TEXT NOT NULL);
"""


class State(StrEnum):
    """`waiting`: to be read, for the first time or anew; `moved`: done under another name."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    QUARANTINED = "quarantined"
    MOVED = "moved"


class LedgerError(GoujiError):
    """OUT/gouji.db cannot be had."""

    exit_code = ExitCode.STOPPED
    code = "ledger"


@dataclass(frozen=True, slots=True)
class Work:
    """One output. `target`: its path below OUT; `path`: of the file it was made from; `content`:
    what that was, None before it was read; `options`: the fingerprint of all else it depends on;
    `code`, `reason`: of the first problem; `output`: the SHA-256 of what was written, empty where
    people's answers are in it."""

    target: Path
    name: str
    path: Path
    content: Content | None = None
    options: str = ""
    state: State = State.WAITING
    code: str | None = None
    reason: str | None = None
    output: str = ""
    tally: Tally = field(default_factory=Tally)

    @property
    def is_failed(self) -> bool:
        """Whether it would fail again, if nothing else changed."""
        return self.state in {State.FAILED, State.QUARANTINED}

    def now(self, path: Path, content: Content) -> Work:
        """The same of the file as it is found now."""
        return replace(self, path=path.absolute(), content=content)

    def waiting(self, code: str | None = None, reason: str | None = None) -> Work:
        """The same, to be read again."""
        return replace(self, state=State.WAITING, code=code, reason=reason)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Of one folder of outputs. Every method raises LedgerError where the database fails."""

    outputs: Path

    def works(self) -> dict[Path, Work]:
        """All there is, by target, in the order of their names."""
        with self._writing() as database:
            rows = database.execute(f"SELECT {', '.join(_COLUMNS)} FROM work ORDER BY name")
            return {work.target: work for work in map(_work, rows)}

    def write(self, works: Iterable[Work]) -> None:
        """All or none."""
        with self._writing() as database:
            for work in works:
                write(database, work)

    def refresh(self, works: Iterable[Work]) -> None:
        """The same for files that may lie elsewhere now."""
        with self._writing() as database:
            for work in works:
                write(database, work)
                remember(database, work.name, work.path)

    def remove(self, target: Path) -> None:
        """An output that was moved: it is gone, then nothing is known of it. Where it cannot be
        taken away, the next batch tries."""
        key = (os.fsencode(target), State.MOVED)
        with self._writing() as database:
            moved = database.execute("SELECT 1 FROM work WHERE target = ? AND state = ?", key)
            if moved.fetchone() is None:
                return  # the move itself could not be written
        try:
            (self.outputs / target).unlink(missing_ok=True)
        except OSError:
            return
        with self._writing() as database:
            database.execute("DELETE FROM work WHERE target = ? AND state = ?", key)

    def keep_settings(self, options: str, settings: str) -> None:
        with self._writing() as database:
            row = (options, settings)
            database.execute("INSERT OR REPLACE INTO work_options VALUES (?, ?)", row)

    def settings(self) -> Mapping[str, str]:
        """What `keep_settings` kept."""
        with self._writing() as database:
            return dict(database.execute("SELECT digest, settings FROM work_options"))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.outputs / NAME, timeout=30)) as database:
                database.execute("PRAGMA journal_mode=WAL")
                database.executescript(_TABLES)
                with database:
                    yield database
        except sqlite3.Error as error:
            raise LedgerError(
                f"{shown(self.outputs / NAME)} cannot be used ({reason_of(error)}), and without it "
                "nobody knows what is done; see to it, or choose another -o. It holds the answers "
                "given in a review, too"
            ) from error


def write(database: sqlite3.Connection, work: Work) -> None:
    """In the transaction that is open. The answers in a review's queue are not touched."""
    content = work.content
    row = (
        os.fsencode(work.target),
        work.name,
        os.fsencode(work.path),
        content and content.sha256,
        content and content.size,
        content and content.stamp and json.dumps(content.stamp),
        work.options,
        work.state,
        work.code,
        work.reason,
        work.output,
        json.dumps(asdict(work.tally)),
    )
    marks = ", ".join("?" * len(_COLUMNS))
    database.execute(f"INSERT OR REPLACE INTO work ({', '.join(_COLUMNS)}) VALUES ({marks})", row)


_COLUMNS = (
    "target", "name", "path", "sha256", "size", "stamp", "options", "state", "code", "reason",
    "output", "tally",
)  # fmt: skip


def _work(row: tuple[Any, ...]) -> Work:
    target, name, path, sha256, size, stamp, options, state, code, reason, output, tally = row
    known = Stamp(*json.loads(stamp)) if stamp else None
    return Work(
        target=Path(os.fsdecode(target)),
        name=name,
        path=Path(os.fsdecode(path)),
        content=Content(sha256, size, known) if sha256 else None,
        options=options,
        state=State(state),
        code=code,
        reason=reason,
        output=output,
        tally=Tally(**json.loads(tally)),
    )
