"""Output files: written whole or not at all, and read back with their shape checked."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from document.contract import FileOut
from document.errors import GoujiError, printable


class NotOursError(GoujiError):
    """A JSON file that Gouji did not write."""

    code = "not_gouji_json"


def shown(path: Path | str) -> str:
    """A file name fit for messages and JSON: no stray bytes, no control characters."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))


@contextmanager
def replacing(path: Path, mark: str = "") -> Iterator[Path]:
    """A new file to write that takes the place of `path` when all went well; OSError if not.

    What a killed process leaves is `.gouji-{mark}….part` beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.parent / f".gouji-{mark}{secrets.token_hex(8)}.part"
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _to_disk(path.parent)


def _to_disk(folder: Path) -> None:
    """So that a new name in it outlasts a power cut, where the system can do that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_json(result: FileOut, path: Path, mark: str = "") -> str:
    """The SHA-256 of what was written. OSError if the file cannot be; then what stood there before
    still does."""
    content = result.to_json().encode()
    with replacing(path, mark) as part, part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # or the name could be there before the content
    return hashlib.sha256(content).hexdigest()


def read_json(path: Path) -> FileOut:
    """One output of `gouji digitize`; NotOursError says what is wrong with it."""
    try:
        return FileOut.model_validate_json(path.read_bytes())
    except OSError as error:
        raise NotOursError(f"{shown(path)} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the file"
        raise NotOursError(
            f"{shown(path)} is not an output of `gouji digitize` (schema gouji/1): "
            f"{place}: {first['msg'].lower()}. Leave it out, or digitize its source again."
        ) from error
