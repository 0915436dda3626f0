"""A folder of outputs and the queue of its doubtful cells: what every step works on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Lock

from document.contract import FileOut
from document.output_file import read_json, write_json
from review.database import Database
from review.evidence import Forms
from review.source_paths import NAME, writing
from review.tables import Setting

TARGET = 1e-4
"""The error target of outputs that do not state theirs."""


Stat = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """An output as it was read; `mark`: the stamp of what was read on its pages."""

    out: FileOut
    mark: str
    stat: Stat

    @property
    def file(self) -> str:
        """Which file was read: another one as soon as it is written again."""
        return "-".join(map(str, self.stat))


@dataclass(frozen=True, slots=True)
class Archive:
    """`outputs`: the folder that `gouji digitize` wrote; `readings`: by how many people an item is
    read before it is done."""

    outputs: Path
    database: Database
    forms: Forms
    readings: int = 1
    _last: dict[Path, Kept] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def of(
        cls, outputs: Path, database: Database, forms: Forms, readings: int | None = None
    ) -> Archive:
        """With the readings that the queue was given before, or from now on."""
        with database.write() as session:
            if readings is not None:
                session.merge(Setting(name="readings", value=str(readings)))
            known = session.get(Setting, "readings")
            return cls(outputs, database, forms, int(known.value) if known else 1)

    def path_of(self, name: str) -> Path:
        """The output of a file by its name in the outputs; names are checked when they come in."""
        relative = PurePosixPath(name)
        return self.outputs / relative.with_name(relative.name + ".json")

    def output(self, name: str) -> FileOut:
        """The file's output as it is now; NotOursError if it is gone or spoilt."""
        return self.kept(name).out

    def kept(self, name: str) -> Kept:
        """The same with its stamp; the same object until the file changes."""
        return self.kept_at(self.path_of(name))

    def kept_at(self, path: Path) -> Kept:
        """The same by where it lies."""
        now = _stat(path)
        with self._lock:
            known = self._last.get(path)
            if known and known.stat == now:
                return known
        out = read_json(path)
        return self._keep(path, Kept(out, stamp(out), now))

    def write(self, name: str, out: FileOut, mark: str) -> Kept:
        """Writes the output, whose reading is the same as before. OSError."""
        path = self.path_of(name)
        write_json(out, path)
        return self._keep(path, Kept(out, mark, _stat(path)))

    def file_at(self, path: Path) -> str:
        """The same of the file as it is now, unread."""
        return "-".join(map(str, _stat(path)))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """While an output is compared and written, so that `gouji digitize` writes none meanwhile.
        Where the queue is beside the outputs, its own transaction sees to that."""
        if self.database.is_at(self.outputs / NAME):
            yield
        else:
            with writing(self.outputs):
                yield

    def _keep(self, path: Path, kept: Kept) -> Kept:
        with self._lock:
            self._last.pop(path, None)
            if len(self._last) >= MOST_KEPT:
                del self._last[next(iter(self._last))]
            self._last[path] = kept
        return kept


def _stat(path: Path) -> Stat:
    """Of the file now; of none, where reading it will say what is wrong."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_mtime_ns, found.st_size)


MOST_KEPT = 64
"""Outputs kept in memory, about a megabyte each."""


def is_below(name: str) -> bool:
    """Whether the name of a source stays below its folder: names come from files."""
    relative = PurePosixPath(name)
    return bool(relative.name) and not (
        relative.is_absolute() or ".." in relative.parts or "\\" in name or "\0" in name
    )


READ = {"row", "column", "read", "page", "bbox", "candidates", "evidence"}
"""What a cell's reading is, whatever people and arithmetic made of it since."""


def stamp(out: FileOut) -> str:
    """Of what was read: the same until the file is digitized with another result."""
    read = [
        (number, table.id, table.form, cell.model_dump(mode="json", include=READ))
        for number, report in enumerate(out.reports)
        for table in report.tables
        for cell in table.cells
    ]
    text = json.dumps([out.source.sha256, out.target_error, read], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
