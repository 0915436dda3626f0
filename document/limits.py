"""How much a file may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SourceLimits:
    """What is more is refused: `megabytes` of a file, its `pages`, `megapixels` of a picture file's
    page. `seconds` and `mebibytes` are for what a PDF's page says that it draws: a page that takes
    more is read from its picture.

    The defaults are far beyond reports: A3 at 600 dpi has 70 megapixels.
    """

    megabytes: int = 2000
    pages: int = 5000
    megapixels: int = 130
    seconds: float = 60
    mebibytes: float = 1024

    def __post_init__(self) -> None:
        if min(self.megabytes, self.pages, self.megapixels, self.seconds, self.mebibytes) <= 0:
            raise ValueError("a limit is more than nothing")
