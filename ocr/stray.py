"""Specks of dirt beside a number, which a recogniser reads as marks: `0.`, `.0`, `0)`.

No number begins or ends so. What the marks leave is read as the number, with a doubt that the
arithmetic can settle: the speck may be the rest of a digit that was lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from document.reading import Candidate

DOUBT = 0.01
"""That something else stands there than what the marks leave. Stated, not learned."""

_UNIT = "[百千万亿元件条项个人次%]*"
_NUMBER = r"(?:[-+]?\d{1,3}(?:,\d{3})+|[-+]?\d+)(?:\.\d+)?" + _UNIT
_MARK = "[-/]|—+|无"
_WELL_FORMED = re.compile(rf"(?:—?{_NUMBER}|\({_NUMBER}\)|{_MARK})?")
_BESIDE = re.compile(rf"[.,(\n]*({_NUMBER})[.,)(\n-]*")


def number_of(text: str) -> str:
    """The number without marks that cannot belong to it, on lines of their own or beside it; any
    other text as it is."""
    found = _BESIDE.fullmatch(text)
    return found[1] if found else text


def is_well_formed(text: str) -> bool:
    """Whether the text is a number, a mark for none, or nothing: not `(`, `.5.` or `0,0001`."""
    return bool(_WELL_FORMED.fullmatch(text))


def swept(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, those with stray marks counted for the number that they leave."""
    chances: dict[str, float] = {}
    for c in candidates:
        number = number_of(c.text)
        chance = c.probability if number == c.text else c.probability * (1 - DOUBT)
        chances[number] = chances.get(number, 0.0) + chance
    return [Candidate(text, chance) for text, chance in sorted(chances.items(), key=_surest)]


def _surest(item: tuple[str, float]) -> float:
    return -item[1]
