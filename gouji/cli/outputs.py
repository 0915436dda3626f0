"""The outputs of `gouji digitize`, read back."""

from __future__ import annotations

from pathlib import Path

from document.contract import FileOut
from document.errors import GoujiError
from document.output_file import NotOursError, read_json, shown
from gouji.cli.inputs import InputError


def read_all(outputs: Path) -> tuple[list[tuple[Path, FileOut]], list[str]]:
    """Every output below the folder, and what is wrong with those that are none. NotOursError where
    there is no output at all."""
    if not outputs.exists():
        raise InputError(f"{shown(outputs)} is not there; run `gouji digitize` first")
    paths = [outputs]
    if outputs.is_dir():
        found = outputs.rglob("*.json")
        paths = sorted(p for p in found if not _hidden(p.relative_to(outputs)) and p.is_file())
    read, failures = [], []
    for path in paths:
        try:
            read.append((path, read_json(path)))
        except GoujiError as error:
            failures.append(str(error))
    if not read:
        raise NotOursError(failures[0] if failures else f"no JSON file in {shown(outputs)}")
    return read, failures


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
