"""How wide a table's columns are, and how large its type may be for every number to fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEAST_SIZE = 7.0
"""Px; smaller type is printed by no office."""

_DIGIT = 0.66
"""Em; no digit of a typeface of the forge is wider."""

_LEAST_LABEL = 8.0
"""Em that the labels' widest column keeps."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in px from left to right, and the type's size in px."""

    widths: tuple[float, ...]
    size: float


def breadth(texts: Iterable[str]) -> float:
    """The width in em that the widest text may take on one line."""
    return max(
        (sum(1.0 if char > "\u2e80" else _DIGIT for char in text) for text in texts), default=0.0
    )


def fitted(
    total: float, size: float, padding: float, heads: tuple[float, ...], numbers: tuple[int, float]
) -> Columns:
    """Columns of a table `total` px wide, in type of at most `size` px, `padding` px at the sides.

    `heads` are the em that the label columns want; all but the last get them, the last takes what
    is left. `numbers`: how many columns of numbers follow, and the widest number in em. The type
    shrinks as far as the widest number asks.
    """
    count, widest = numbers
    while True:
        around = 2 * padding + 4
        narrow = [head * size + around for head in heads[:-1]]
        spare = total - sum(narrow) - count * (max(widest, 1.0) * size + around)
        wanted = heads[-1] * size if heads else 0.0
        if spare >= min(wanted, _LEAST_LABEL * size) or size <= LEAST_SIZE:
            break
        size -= 0.5
    if not heads:
        return Columns((total / count,) * count, size)
    label = max(min(spare, wanted), spare * 0.6)
    return Columns((*narrow, label, *((total - sum(narrow) - label) / count,) * count), size)
