"""Gouji's front door.

from gouji import digitize
out = digitize("report.pdf")
out.reports[0].tables[0].cells[0].value
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gouji.settings import Settings

if TYPE_CHECKING:
    from document.contract import FileOut

__all__ = ["Settings", "digitize"]


def digitize(path: str | Path, settings: Settings | None = None) -> FileOut:
    """Everything in one file, as in the output contract. A bad file gives a `problems` entry.

    For many files keep a `gouji.pipeline.Pipeline`, which loads forms and models once.
    """
    from gouji.pipeline import Pipeline  # noqa: PLC0415 - the stages load only when used

    return Pipeline(settings).digitize(Path(path))
