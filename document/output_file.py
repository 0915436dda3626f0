"""Output files: written whole or not at all, and read back with their shape checked."""

from __future__ import annotations

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
def replacing(path: Path) -> Iterator[Path]:
    """A new file to write that takes the place of `path` when all went well; OSError if not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.parent / f".gouji-{secrets.token_hex(8)}.part"
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_json(result: FileOut, path: Path) -> None:
    """OSError if the file cannot be written; then what stood there before still does."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(result.to_json())
        file.flush()
        os.fsync(file.fileno())  # or the name could be there before the content


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
