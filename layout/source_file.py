"""What every source file can do, and how its failures are told."""

from __future__ import annotations

import logging
import math
import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from document.errors import SourceError
from document.geometry import Size
from document.output_file import shown
from document.picture import Pixels
from layout.drawing import Drawing

MOST_PIXELS = 40_000_000
"""A rendering holds no more: A3 at 300 dpi is 17 million."""
LONGEST_SIDE = 30_000
LEAST_DPI = 10
"""Where the bounds would make a rendering coarser, the page is refused."""
NOISY = ("pdfminer", "pdfplumber", "PIL", "pypdfium2")


class SourceFile(ABC):
    """A file with pages, counted from 1; open until `close`, a context manager.

    `size` is in page points. Every method raises SourceError and nothing else, with
    `page_unreadable`, `page_too_large` or `truncated` where a page is at fault.
    """

    def __init__(self, path: Path, sha256: str, pages: int) -> None:
        self.path = path
        self.sha256 = sha256
        self.pages = pages

    @abstractmethod
    def size(self, number: int) -> Size:
        """The page as a viewer shows it, in points."""

    @abstractmethod
    def render(self, number: int, dpi: float, gray: bool = False) -> Pixels:
        """The page as a viewer shows it: (H, W, 3) uint8 BGR, or (H, W) uint8 gray.

        Always gray if asked. A very large page comes out coarser than asked, its sides in the
        proportion of `size`.
        """

    @abstractmethod
    def native_dpi(self, number: int) -> float | None:
        """Pixels per inch of the page's main picture, None if it has none or does not say."""

    @abstractmethod
    def drawing(self, number: int) -> Drawing | None:
        """What the file says it draws, in page points; None for pictures and unusable layers."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def bounded_dpi(path: Path, page: Size, dpi: float) -> float:
    """The dpi asked for, or what the bounds on pixels leave; SourceError when that is no use."""
    inches = max(page.width, page.height) / 72
    square_inches = page.width * page.height / 72**2
    bounded = min(dpi, math.sqrt(MOST_PIXELS / square_inches), LONGEST_SIDE / inches)
    if bounded < min(dpi, LEAST_DPI):
        cause = f"a page of {page.width / 72:.0f} × {page.height / 72:.0f} inches is too large"
        raise refusal(path, "page_too_large", cause, "Print it to a smaller page size")
    return bounded


def refusal(path: Path, code: str, cause: str, advice: str) -> SourceError:
    """The error that names the file, the cause and the next step, on one line."""
    return SourceError(code, f"{shown(path)}: {cause}. {advice}.")


def too_many_pages(path: Path, cause: str) -> SourceError:
    """The refusal of a file with more pages than it may have."""
    return refusal(path, "too_many_pages", cause, "Split it, or allow more with --most-pages")


@contextmanager
def quiet() -> Iterator[None]:
    """The libraries that read files keep their warnings to themselves."""
    loggers = [logging.getLogger(name) for name in NOISY]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


@contextmanager
def guarded(failure: SourceError) -> Iterator[None]:
    """Whatever a library raises over a file becomes `failure`.

    Files are hostile and the libraries make no promise about what they raise, RecursionError and
    MemoryError included, so everything is caught; only calls into them belong inside.
    """
    with quiet():
        try:
            yield
        except SourceError:
            raise
        except Exception as error:
            raise failure from error
