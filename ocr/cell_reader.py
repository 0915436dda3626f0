"""The reader of number cells: a small network of our own that looks at whole cells.

It knows numbers, marks and blanks and nothing else, and says so of a cell that holds other text.
How it was made and what it can do is in `ocr/weights/cells.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from document.reading import Candidate
from ocr.ctc import BLANK, Frames, rivals
from ocr.engine import EngineError

LETTERS = "0123456789.,-/—+万元件无()%"
"""Class k of the network is `LETTERS[k - 1]`, class 0 the blank of connectionist temporal
classification."""

WEIGHTS = files("ocr") / "weights" / "cells.onnx"
BATCH = 32
ROUND = 16
"""Pixels: pictures are filled up with paper to multiples of this, which the network halves."""
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
        for chosen, batch in _batches(pictures):
            letters, kinds = self._session.run(None, {"cells": batch})
            for i, frames, kind in zip(chosen, letters, kinds.tolist(), strict=True):
                guesses[i] = guess_of(frames, kind)
        return [guesses[i] for i in range(len(pictures))]

    @cached_property
    def _session(self) -> Any:
        try:
            import onnxruntime  # noqa: PLC0415  # slow to load, and a digital page needs none of it

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self._threads
            options.log_severity_level = 3
            # Threads that spin while they wait halve the speed wherever the cores are shared.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            with as_file(WEIGHTS) as weights:
                return onnxruntime.InferenceSession(
                    weights, options, providers=["CPUExecutionProvider"]
                )
        except Exception as error:  # whatever the libraries raise, the next step is the same
            raise EngineError(
                f"{WEIGHTS}: the cell reader does not load ({type(error).__name__}: {error}). "
                "Install Gouji again; `gouji doctor` tells what is missing."
            ) from error


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


def stacked(pictures: Sequence[Pixels]) -> npt.NDArray[np.float32]:
    """(N, 1, H, W) from 0, paper, to 1; the sides are multiples of 16, filled up with paper."""
    height, width = (-(-max(p.shape[i] for p in pictures) // ROUND) * ROUND for i in (0, 1))
    batch = np.zeros((len(pictures), 1, height, width), np.float32)
    for i, picture in enumerate(pictures):
        batch[i, 0, : picture.shape[0], : picture.shape[1]] = picture
    return np.asarray(batch / 255, np.float32)


def _batches(pictures: Sequence[Pixels]) -> Iterator[tuple[list[int], npt.NDArray[np.float32]]]:
    """Pictures of like size together, and which they are."""

    def room(i: int) -> tuple[int, ...]:
        return tuple(-(-side // ROUND) for side in pictures[i].shape)

    order = sorted(range(len(pictures)), key=room)
    start = 0
    while start < len(order):
        chosen = [i for i in order[start : start + BATCH] if room(i) == room(order[start])]
        yield chosen, stacked([pictures[i] for i in chosen])
        start += len(chosen)
