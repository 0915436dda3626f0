"""Steps that may fail on one page and not on others: the file goes on, with a problem named."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from document.errors import GoujiError, Problem, SourceError, reason_of
from document.output_file import shown

log = logging.getLogger("gouji.pipeline")

Result = TypeVar("Result")


def attempt(
    path: Path, number: int, problems: list[Problem], step: Callable[[], Result]
) -> Result | None:
    """What the step gives; None and a problem where it fails on this page and may not on others."""
    try:
        return step()
    except SourceError as error:
        problems.append(Problem(error.code, str(error), number))
    except (GoujiError, MemoryError):
        raise
    except Exception as error:  # as in `digitize`, for one page
        log.exception("%s: unexpected failure on page %d", path, number)
        problems.append(Problem("internal_error", unexpected(path, error), number))
    return None


def unexpected(path: Path, error: Exception) -> str:
    """What is said of an error that nobody foresaw."""
    return (
        f"{shown(path)}: failed inside Gouji ({reason_of(error)}); "
        "run again with -v and report it with the file if you can"
    )
