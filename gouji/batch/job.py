"""What a batch is asked to do, and what it tells of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from document.contract import FileOut
from document.errors import Problem
from gouji.output import nothing_out


class Digitizer(Protocol):
    """What a worker holds: the pipeline, or in tests something that behaves like it."""

    def digitize(
        self,
        path: Path,
        name: str | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> FileOut: ...


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, its name in the output, and where the output goes."""

    source: Path
    name: str
    target: Path

    def failed(self, code: str, reason: str) -> FileOut:
        """Its output where nothing but this can be said of it."""
        return nothing_out(self.source, self.name, Problem(code, f"{self.name}: {reason}"))


@dataclass(frozen=True, slots=True)
class Started:
    """A worker has the file."""

    job: Job


@dataclass(frozen=True, slots=True)
class PageRead:
    """`page` pages of `pages` are done."""

    job: Job
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class TriedAgain:
    """The file took its worker along; it will have another, alone, when all others are read."""

    job: Job
    reason: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """The file is done, for better or worse; `quarantined`: it took two workers along."""

    job: Job
    result: FileOut
    seconds: float
    quarantined: bool = False


Event = Started | PageRead | TriedAgain | FileRead
