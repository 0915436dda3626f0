"""What the user may set; everything has a default that works."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from checks import DEFAULT_TARGET_ERROR
from document.limits import SourceLimits


@dataclass(frozen=True, slots=True)
class Settings:
    """How one run digitizes. `pages` counts from 1, None for all; `threads` is per process.

    `narrative`: the running text of scans is read, too; that of digital pages always is. `limits`:
    how much a file may ask for.
    """

    target_error: float = DEFAULT_TARGET_ERROR
    password: str | None = None
    pages: frozenset[int] | None = None
    forms: Path | None = None
    engine_models: Path | None = None
    threads: int = 2
    narrative: bool = False
    limits: SourceLimits = field(default_factory=SourceLimits)

    def __post_init__(self) -> None:
        if not 0 <= self.target_error < 1:
            raise ValueError(f"the target error is a share from 0 to 1, not {self.target_error}")
        if self.threads < 1:
            raise ValueError("at least one thread")
