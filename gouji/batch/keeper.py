"""What was read, into its output and the ledger; or why not."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from document.contract import FileOut, ProblemOut, encodable
from document.errors import GoujiError
from document.output_file import read_json, shown
from gouji.batch.contents import Content, still
from gouji.batch.folder import FULL, stopped
from gouji.batch.job import FileRead, Job
from gouji.batch.ledger import Ledger, State, Work, write
from gouji.batch.plan import Reading
from gouji.batch.tally import Tally
from gouji.keeping import Outputs
from review.source_paths import renamed

PASSING = frozenset({"file_unreadable", "engine_failed", "changed"})
"""Problems of the moment: the next run reads the file again."""


class How(StrEnum):
    """Where an output came from; `before`: an earlier run."""

    READ = "read"
    BEFORE = "before"
    MOVED = "moved"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Finished:
    """A file's output is there, or cannot be. `problems`: what is to be told of it now; `told`:
    what else the user must know."""

    job: Job
    how: How
    state: State
    tally: Tally
    pages: int = 0
    seconds: float = 0.0
    problems: tuple[ProblemOut, ...] = ()
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Keeper:
    """Writes outputs below a folder; `options`: the fingerprint of what they depend on."""

    outputs: Outputs
    options: str
    ledger: Ledger

    def read(self, event: FileRead, reading: Reading) -> Finished:
        """A file that was read. StoppedError, LedgerError where nothing can be written."""
        job, result, digest = event.job, event.result, event.result.source.sha256
        content = still(job.source, digest, reading.stamp) if digest else None
        if digest and content is None:
            result = job.failed("changed", "it changed while it was read; the next run reads it")
        first = next(iter(result.problems), None)
        state = State.QUARANTINED if event.quarantined else State.FAILED if first else State.DONE
        work = replace(
            reading.waiting(self.outputs.folder),
            code=first.code if first else None,
            reason=encodable(first.message) if first else None,
        )
        finished = Finished(
            job, How.READ, state, Tally.of(result), result.source.pages, event.seconds,
            tuple(result.problems),
        )  # fmt: skip
        if content is None or any(problem.code in PASSING for problem in result.problems):
            return self._put_off(replace(finished, state=State.FAILED), result, work)
        work = replace(
            work, content=content, options=self.options, state=state, tally=finished.tally
        )
        return self._kept(finished, result, work, reading.follows)

    def renamed(self, how: How, reading: Reading, of: Work, content: Content) -> Finished | None:
        """A file whose output is there, under another name: a copy only as it was digitized, for
        the answers in it were given for another file. None where it cannot serve."""
        job, path = reading.job, self.outputs.folder / of.target
        try:
            untouched = sha256(path.read_bytes()).hexdigest() == of.output
            out = read_json(path) if untouched or how is How.MOVED else None
        except (OSError, GoujiError):
            return None
        if out is None:
            return None
        source = out.source.model_copy(update={"name": encodable(job.name)})
        result = out.model_copy(update={"source": source})
        finished = Finished(job, how, of.state, of.tally, out.source.pages)
        blank = reading.waiting(self.outputs.folder)
        work = replace(of, target=blank.target, name=blank.name, path=blank.path, content=content)
        return self._kept(finished, result, work, reading.follows, untouched)

    def _put_off(self, finished: Finished, result: FileOut, work: Work) -> Finished:
        """What was read of it does not count. An older output stays as it is."""
        if finished.job.target.is_file():
            self.ledger.write([work])
            return finished
        return self._kept(finished, result, work, None)

    def _kept(
        self,
        finished: Finished,
        result: FileOut,
        work: Work,
        follows: Work | None,
        untouched: bool = True,
    ) -> Finished:
        def note(database: sqlite3.Connection, digest: str) -> None:
            write(database, replace(work, output=digest if untouched else ""))
            if follows:
                renamed(database, follows.name, work.name)
                write(database, replace(follows, state=State.MOVED))

        try:
            told = self.outputs.keep(finished.job, result, note)
        except OSError as error:
            if error.errno in FULL:
                raise stopped(self.outputs.folder, error) from error
            told = f"{shown(finished.job.target)} cannot be written: {error.strerror or error}"
            self.ledger.write([work.waiting("unwritable", told)])
            tally = replace(finished.tally, problems=finished.tally.problems + 1)
            return replace(finished, state=State.FAILED, tally=tally, told=told)
        if follows:
            self.ledger.remove(follows.target)
        return replace(finished, told=told)
