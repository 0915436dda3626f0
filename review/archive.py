"""A folder of outputs and the queue of its doubtful cells: what every step works on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Lock

from document.contract import FileOut
from document.output_file import read_json
from review.database import Database
from review.evidence import Forms

TARGET = 1e-4
"""The error target of outputs that do not state theirs."""


@dataclass(frozen=True, slots=True)
class Archive:
    """`outputs`: the folder that `gouji digitize` wrote; `readings`: by how many people an item is
    read before it is done."""

    outputs: Path
    database: Database
    forms: Forms
    readings: int = 1
    _last: dict[Path, tuple[int, int, FileOut]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def path_of(self, name: str) -> Path:
        """The output of a file by its name in the outputs; names are checked when they come in."""
        relative = PurePosixPath(name)
        return self.outputs / relative.with_name(relative.name + ".json")

    def output(self, name: str) -> FileOut:
        """The file's output as it is now; NotOursError if it is gone or spoilt."""
        path = self.path_of(name)
        try:
            stat = path.stat()
        except OSError:
            return read_json(path)
        with self._lock:
            known = self._last.get(path)
            if known and known[:2] == (stat.st_mtime_ns, stat.st_size):
                return known[2]
        out = read_json(path)
        with self._lock:
            if len(self._last) >= MOST_KEPT:
                del self._last[next(iter(self._last))]
            self._last[path] = (stat.st_mtime_ns, stat.st_size, out)
        return out


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
