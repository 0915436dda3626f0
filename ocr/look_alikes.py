"""Letters in which a general recogniser reads the digits of a number cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from document.reading import Candidate
from ocr.numbers import folded
from ocr.stray import number_of

_ALIKE = str.maketrans(
    {"O": "0", "o": "0", "〇": "0", "。": "0", "°": "0", "○": "0", "Q": "0", "D": "0"}
    | {"日": "0", "曰": "0", "θ": "0"}  # a zero with a dot or a slash inside
    | {"l": "1", "I": "1", "|": "1", "丨": "1", "i": "1", "!": "1", "一": "—", "_": "-", "~": "-"}
    | {"Z": "2", "z": "2", "S": "5", "s": "5", "B": "8", "，": ",", "、": ",", "·": "."}
    | {"•": ".", "・": "."}
)


_SCRAWL = re.compile(r"[\s!-~À-ÿ’•]*[A-Za-zÀ-ÿ][\s!-~À-ÿ’•]*")
_LIKELY = 1e-3
"""A number that has so much probability beside letters is what a blurred one is guessed to be."""


def chosen(text: str, probability: float, candidates: Sequence[Candidate]) -> tuple[str, float]:
    """The text as read with all characters, unless a rival is at least as probable or alike.

    A recogniser that knows all characters sees O, 。 or l where a number cell has 0 or 1, à or n
    where blur has left little of it: then the rival stands, with the little probability it has.
    """
    best = next((c for c in candidates), None)
    if best is None or folded(text) == best.text:
        return text, max(probability, best.probability if best else 0.0)
    if best.probability >= probability or _look_alike(text, best):
        return best.text, best.probability
    return text, probability


def _look_alike(text: str, number: Candidate) -> bool:
    looking = folded(text.translate(_ALIKE)).replace(" ", "")
    if number.text in (looking, number_of(looking)):
        return True
    is_scrawl = bool(_SCRAWL.fullmatch(text)) and any(map(str.isdigit, number.text))
    return is_scrawl and number.probability >= _LIKELY
