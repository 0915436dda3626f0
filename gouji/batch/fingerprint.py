"""What outputs depend on beside their files: options, forms, models and the program itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from document.limits import SourceLimits
from gouji.settings import Settings

READING = ("document", "layout", "ocr", "reconstruct", "checks")
"""Packages that an output depends on, weights and forms included; and `gouji` itself, without its
commands."""
MODELS = ("rapidocr", "paddleocr", "onnxruntime")
"""Distributions that bring weights or run them."""


def fingerprint(settings: Settings) -> str:
    """The same as long as a file would be read with the same result. Without the password: a file
    that opens is read alike with any, and a hash of it could be guessed from. OSError."""
    known = {
        "target_error": settings.target_error,
        "pages": sorted(settings.pages) if settings.pages else None,
        "narrative": settings.narrative,
        "limits": asdict(settings.limits),
        "forms": _folder(settings.forms, "*.toml"),
        "engine_models": _folder(settings.engine_models, "rec/inference.*"),
        "program": _digest(_program()),
        "models": [_version(name) for name in MODELS],
    }
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def written(settings: Settings) -> str:
    """The settings as JSON, to read files again with; not the password."""
    return json.dumps(
        {
            "target_error": settings.target_error,
            "pages": sorted(settings.pages) if settings.pages else None,
            "narrative": settings.narrative,
            "limits": asdict(settings.limits),
            "forms": settings.forms and str(settings.forms.absolute()),
            "engine_models": settings.engine_models and str(settings.engine_models.absolute()),
        }
    )


def settings_from(text: str, password: str | None, threads: int) -> Settings:
    """What `written` wrote."""
    known: dict[str, Any] = json.loads(text)
    return Settings(
        target_error=known["target_error"],
        password=password,
        pages=frozenset(known["pages"]) if known["pages"] else None,
        forms=Path(known["forms"]) if known["forms"] else None,
        engine_models=Path(known["engine_models"]) if known["engine_models"] else None,
        threads=threads,
        narrative=known["narrative"],
        limits=SourceLimits(**known["limits"]),
    )


def _program() -> Iterator[Path]:
    for package in READING:
        root = Path(str(files(package)))
        yield from (path for path in root.rglob("*") if "__pycache__" not in path.parts)
    yield from Path(str(files("gouji"))).glob("*.py")


def _folder(folder: Path | None, pattern: str) -> str | None:
    return None if folder is None else _digest(folder.glob(pattern))


def _digest(paths: Iterator[Path]) -> str:
    """Of names and contents; names, for they may stand in an output's problems."""
    found = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        found.update(f"{path.name}\0{content}\n".encode(errors="surrogateescape"))
    return found.hexdigest()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
