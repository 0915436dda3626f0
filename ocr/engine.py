"""The interface every text recogniser stands behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from document.errors import GoujiError
from document.geometry import Box
from document.picture import Pixels
from document.reading import Candidate

NO_PLACE = 0
"""The page number of crops that were cut from no page in particular; pages count from 1."""


class EngineError(GoujiError):
    """A recogniser that cannot be loaded or asked; the message names it and the next step."""

    code = "engine_failed"


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One line of text, upright, with a little paper around its ink, and where it was cut.

    `pixels`: (height, width) uint8 gray, 0 = ink, 255 = paper. `box` is in upright points of
    `page`.
    """

    pixels: Pixels
    page: int
    box: Box

    @classmethod
    def of(cls, pixels: Pixels) -> Crop:
        """Pixels from nowhere in particular."""
        height, width = pixels.shape
        return cls(pixels, NO_PLACE, Box(0, 0, width, height))


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line as read with the whole vocabulary, and how probable the text is."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A line as read with the whole vocabulary, and as a number cell could read.

    `candidates` are drawn from the number alphabet alone, best first, with the probability each
    has among *all* strings: what is missing to 1 is something else.
    """

    text: str
    probability: float
    candidates: tuple[Candidate, ...]


class Engine(Protocol):
    """A recogniser of text lines. It may load its models at the first question, not before."""

    def read_lines(self, crops: Sequence[Crop]) -> tuple[LineReading, ...]:
        """The text of each crop, in the same order."""

    def read_numbers(self, crops: Sequence[Crop]) -> tuple[NumberReading, ...]:
        """The text of each crop, in the same order, with its rivals as a number."""
