"""A hidden text layer that says other numbers, as a careless reader left it."""

from __future__ import annotations

import numpy as np

from benchmarks.forge.damage.geometry import Warp
from benchmarks.forge.damage.sheet import Word

DIGITS = "0123456789"


def misread(words: tuple[Word, ...], chance: np.random.Generator) -> tuple[Word, ...]:
    """The words with a share of their numbers, drawn for the page, changed or lost."""
    wrong = chance.uniform(0.1, 1.0)
    changed = (_other(word, chance) if chance.random() < wrong else word for word in words)
    return tuple(word for word in changed if word.text)


def hidden_text(words: tuple[Word, ...], warp: Warp, height: float) -> bytes:
    """PDF operators that write the words, unseen, where the warp laid them.

    `height` is the page's in points. The font /F0 is taken to be one em wide a sign.
    """
    lines = [b"BT 3 Tr /F0 1 Tf"]
    for word in words:
        foot = word.bottom - 0.12 * (word.bottom - word.top)
        corners = np.array([(word.x0, foot), (word.x1, foot), (word.x0, word.top)])
        start, end, top = warp.place(corners) * (1, -1) + (0, height)
        along, up = (end - start) / len(word.text), top - start
        matrix = " ".join(f"{value:.3f}" for value in (*along, *up, *start))
        lines.append(f"{matrix} Tm <{word.text.encode('utf-16-be').hex()}> Tj".encode())
    return b"\n".join([*lines, b"ET"])


def _other(word: Word, chance: np.random.Generator) -> Word:
    if not word.is_number:
        return word
    if chance.random() < 0.15:
        return Word("", word.x0, word.top, word.x1, word.bottom)
    signs = [
        DIGITS[int(chance.integers(10))] if sign.isdigit() and chance.random() < 0.6 else sign
        for sign in word.text
    ]
    return Word("".join(signs), word.x0, word.top, word.x1, word.bottom)
