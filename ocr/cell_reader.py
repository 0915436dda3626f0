"""The reader of number cells: a small network of our own that looks at whole cells.

It knows numbers, marks and blanks and nothing else, and says so of a cell that holds other text.
How it was made and what it can do is in `ocr/weights/cells.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from document.reading import Candidate
from ocr.ctc import Frames, likely_strings
from ocr.networks import Network, batches, own_network
from ocr.numbers import ALPHABET

WEIGHTS = files("ocr") / "weights" / "cells.onnx"
WORDS = 0.99
"""A cell that is so probably other text is not spelt out."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a cell says: `candidates` best first, "" for nothing; `other` is the probability of a
    text that is no number. What they all leave to 1 is what the network cannot make out."""

    candidates: tuple[Candidate, ...]
    other: float

    @property
    def best(self) -> Candidate:
        return self.candidates[0] if self.candidates else Candidate("", 0.0)


class CellReader:
    """Loads its network at the first question. EngineError if that cannot be done."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads

    def read(self, pictures: Sequence[Pixels]) -> list[Guess]:
        """A guess for each picture of `ocr.cell_picture`, in order."""
        return self._network.answers(batches(pictures), _guesses) if pictures else []

    @cached_property
    def _network(self) -> Network:
        return own_network(WEIGHTS, self._threads)


def _guesses(letters: npt.NDArray[np.float32], kinds: npt.NDArray[np.float32]) -> list[Guess]:
    return [guess_of(frames, kind) for frames, kind in zip(letters, kinds.tolist(), strict=True)]


def guess_of(frames: Frames, kind: Sequence[float]) -> Guess:
    """`frames` (T, classes) and `kind` (empty, number, other) are probabilities; no candidates for
    a cell of words.

    A string counts as far as both heads of the network stand for it.
    """
    empty, number, other = kind
    if other >= WORDS:
        return Guess((), other)
    found = {
        "".join(ALPHABET[k - 1] for k in string): chance * (number if string else empty)
        for string, chance in likely_strings(frames)
    }
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return Guess(tuple(Candidate(text, min(chance, 1.0)) for text, chance in ranked), other)
