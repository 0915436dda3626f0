"""The reader of number cells: a small network of our own that looks at whole cells.

It knows numbers, marks and blanks and nothing else, and says so of a cell that holds other text.
How it was made and what it can do is in `ocr/weights/cells.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from document.reading import Candidate
from ocr.ctc import BLANK, Frames, rivals
from ocr.networks import batches, own_session

LETTERS = "0123456789.,-/—+万元件无()%"
"""Class k of the network is `LETTERS[k - 1]`, class 0 the blank of connectionist temporal
classification."""

WEIGHTS = files("ocr") / "weights" / "cells.onnx"
WIDTH = 8
"""Strings followed at a time; a cell that needs more is for the second reader."""
LEAST = 1e-5
"""A class, string or doubt less probable than this is not followed. On 617 cells of the forge's
development split the best string's probability differs by 2e-5 at most from that with 1e-7, at a
third of the time."""
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
        guesses: dict[int, Guess] = {}
        for chosen, batch in batches(pictures):
            letters, kinds = self._session.run(None, {"cells": batch})
            for i, frames, kind in zip(chosen, letters, kinds.tolist(), strict=True):
                guesses[i] = guess_of(frames, kind)
        return [guesses[i] for i in range(len(pictures))]

    @cached_property
    def _session(self) -> Any:
        return own_session(WEIGHTS, self._threads)


def guess_of(frames: Frames, kind: Sequence[float]) -> Guess:
    """`frames` (T, classes) and `kind` (empty, number, other) are probabilities; no candidates for
    a cell of words.

    A string counts as far as both heads of the network stand for it.
    """
    empty, number, other = kind
    if other >= WORDS:
        return Guess((), other)
    found = {
        "".join(LETTERS[k - 1] for k in string): chance * (number if string else empty)
        for string, chance in rivals(_without_pauses(frames), width=WIDTH, least=LEAST)
    }
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return Guess(tuple(Candidate(text, min(chance, 1.0)) for text, chance in ranked), other)


def _without_pauses(frames: Frames) -> npt.NDArray[np.float64]:
    """The frames with one blank in place of each run of sure ones: the same strings, sooner."""
    pause = frames[:, BLANK] > 1 - LEAST
    keep = ~pause
    keep[0] = True
    keep[1:] |= ~pause[:-1]  # the first of a run parts letters, and is kept
    return np.asarray(frames[keep], np.float64)
