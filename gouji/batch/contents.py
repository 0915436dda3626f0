"""Whether a file is what it was: by its stamp where that can be trusted, else by its content."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

FRESH = 3_000_000_000
"""Nanoseconds: younger than this a file may change once more within one tick of its clock (two
seconds on FAT), and look the same."""


class Stamp(NamedTuple):
    """Of a file as the system tells it; times in nanoseconds since 1970."""

    size: int
    modified: int
    changed: int
    inode: int

    def is_telling(self, now: int) -> bool:
        """Whether a later change must show in it. A file from the future, as after a clock was set
        back, tells nothing."""
        return max(self.modified, self.changed) + FRESH <= now


@dataclass(frozen=True, slots=True)
class Content:
    """Size in bytes; `stamp` is None where it does not tell the content."""

    sha256: str
    size: int
    stamp: Stamp | None


def stamp_of(path: Path) -> Stamp | None:
    """None where the file cannot be seen."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def telling_stamp(path: Path) -> Stamp | None:
    """Of the file as it is from now on."""
    now = time.time_ns()
    stamp = stamp_of(path)
    return stamp if stamp and stamp.is_telling(now) else None


def content_of(path: Path) -> Content | None:
    """None where it cannot be read, or changed meanwhile, or is no regular file."""
    stamp, telling = stamp_of(path), telling_stamp(path)
    try:
        if stamp is None or not path.is_file():
            return None
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
    return Content(digest, stamp.size, telling) if stamp_of(path) == stamp else None


def still(path: Path, sha256: str, before: Stamp | None) -> Content | None:
    """The file's content if it is still this one, which was read after the telling stamp `before`
    was taken; None if it changed under way."""
    if before is not None and stamp_of(path) == before:
        return Content(sha256, before.size, before)
    now = content_of(path)
    return now if now and now.sha256 == sha256 else None


def is_gone(path: Path) -> bool:
    """Whether nothing is there; not where the way there is barred."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
