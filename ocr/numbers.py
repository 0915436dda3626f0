"""What a number cell may hold, and a recogniser's output read as that."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from document.reading import Candidate
from ocr.ctc import BLANK, Frames, best_path, likely_strings, string_probability
from ocr.engine import NumberReading

ALPHABET = "0123456789.,-+/—无百千万亿元件条项个人次()%"
"""What numbers are written in. The cell reader's class k is `ALPHABET[k - 1]`, class 0 the blank of
connectionist temporal classification."""
_SAME_MARK = {"–": "-", "−": "-", "﹣": "-", "―": "—", "─": "—", "━": "—", "∕": "/", "⁄": "/"}
_SAME_SHAPE = {"一": "—", "ー": "—"}
"""No number begins with a Chinese one alone: in a number cell such a stroke is a dash."""


def folded(text: str) -> str:
    """Full-width forms and other dashes as the alphabet writes them; all else as it is."""
    return "".join(_SAME_MARK.get(c) or _narrow(c) for c in text)


_ASIDE = ("<super>", "<sub>", "<circle>")
"""Marks of footnotes: 5① is no 51."""


def _narrow(character: str) -> str:
    narrow = unicodedata.normalize("NFKC", character)
    is_aside = unicodedata.decomposition(character).startswith(_ASIDE)
    return narrow if len(narrow) == 1 and narrow in ALPHABET and not is_aside else character


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The recogniser's classes: `characters[k]` is class k, class 0 the blank.

    `columns[i]` are the classes that mean `ALPHABET[i]`.
    """

    characters: tuple[str, ...]
    columns: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, characters: Sequence[str]) -> Vocabulary:
        columns: dict[str, list[int]] = {c: [] for c in ALPHABET}
        for k, character in enumerate(characters):
            mark = _SAME_SHAPE.get(character) or folded(character)
            if k != BLANK and mark in columns:
                columns[mark].append(k)
        return cls(tuple(characters), tuple(tuple(columns[c]) for c in ALPHABET))

    def narrowed(self, frames: Frames) -> npt.NDArray[np.float64]:
        """(T, C) → (T, 1 + alphabet): the blank, then each character with its variants added up."""
        parts = [frames[:, [BLANK]]] + [frames[:, list(c)] for c in self.columns]
        return np.stack([p.sum(axis=1, dtype=np.float64) for p in parts], axis=1)

    def numbers(self, batch: Iterable[Frames]) -> list[NumberReading]:
        """See `number`."""
        return [self.number(frames) for frames in batch]

    def number(self, frames: Frames) -> NumberReading:
        """The frames of one crop, read with all characters and as a number."""
        labels = best_path(frames)
        candidates = tuple(
            Candidate("".join(ALPHABET[k - 1] for k in string), chance)
            for string, chance in likely_strings(self.narrowed(frames))
        )
        text = "".join(self.characters[k] for k in labels)
        return NumberReading(text, string_probability(frames, labels), candidates)
