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
from ocr.cell_picture import scaled
from ocr.ctc import FAINT, Frames, likely_strings
from ocr.networks import Network, batches, own_network
from ocr.numbers import ALPHABET

WEIGHTS = files("ocr") / "weights" / "cells.onnx"
WORDS = 0.99
"""A cell that is so probably other text is not spelt out."""

SURE = 0.9
"""A cell of which nothing is so probable is looked at again, at the other `SIZES`. On the
`calibrate` split of the training 6 % are; of the numbers at bad 95.4 % are read in place of 94.5 %.
With 0.99 it would be 14 %, and no more were read."""
SIZES = 0.88, 1.15


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
        found = self._looked_at(pictures)
        doubtful = [i for i, guess in enumerate(found) if _is_doubtful(guess)]
        looks = [self._looked_at([_resized(pictures[i], size) for i in doubtful]) for size in SIZES]
        for i, *others in zip(doubtful, *looks, strict=True):
            found[i] = pooled([found[i], *others])
        return found

    def _looked_at(self, pictures: Sequence[Pixels]) -> list[Guess]:
        return self._network.answers(batches(pictures), _guesses) if pictures else []

    @cached_property
    def _network(self) -> Network:
        return own_network(WEIGHTS, self._threads)


def _is_doubtful(guess: Guess) -> bool:
    return max(guess.best.probability, guess.other) < SURE


def _resized(picture: Pixels, size: float) -> Pixels:
    height, width = (max(round(side * size), 1) for side in picture.shape)
    return scaled(picture, width, height)


def pooled(looks: Sequence[Guess]) -> Guess:
    """What several looks at one cell say together: the geometric mean of their probabilities (a
    logarithmic opinion pool, Genest and Zidek 1986)."""
    chances = [{c.text: c.probability for c in look.candidates} for look in looks]
    texts = {text for of in chances for text in of}
    found = {text: _together([of.get(text, 0.0) for of in chances]) for text in texts}
    other = _together([look.other for look in looks])
    unknown = _together(
        [1 - look.other - sum(of.values()) for look, of in zip(looks, chances, strict=True)]
    )
    total = sum(found.values()) + other + unknown
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return Guess(tuple(Candidate(text, chance / total) for text, chance in ranked), other / total)


def _together(chances: Sequence[float]) -> float:
    return float(np.exp(np.mean(np.log(np.maximum(chances, FAINT)))))


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
