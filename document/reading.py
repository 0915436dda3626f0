"""What stands in a cell, as a reader saw it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Who said so."""

    TEXT = "text"
    OCR = "ocr"
    HUMAN = "human"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing the cell may say, "" for blank, and how probable that is."""

    text: str
    probability: float

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise ValueError(f"probability {self.probability} is not between 0 and 1")


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's text and, for cells that may be numbers, what else it might be.

    `text` is what stands there, lines joined by a line feed, "" for an empty cell; `probability`
    is that of the whole text. `candidates` are the rivals among the strings a number cell may hold
    (digits, signs, units, blank marks, ""), best first; what their probabilities leave to 1 is
    "something else". A reader that is no judge of numbers leaves them empty. `ink` is the share of
    the cell's area that is ink, NaN where nobody looked. `layer` is what an untrusted text layer
    says of the cell, None where there is none.
    """

    text: str
    probability: float
    source: Source
    candidates: tuple[Candidate, ...] = ()
    ink: float = math.nan
    layer: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise ValueError(f"probability {self.probability} is not between 0 and 1")
        chances = [c.probability for c in self.candidates]
        if chances != sorted(chances, reverse=True) or sum(chances) > 1 + 1e-6:
            raise ValueError(f"candidates come best first and add up to 1 at most: {chances}")
