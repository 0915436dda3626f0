"""Numbers wider than their cell: the ruling hides a digit, or parts it from the others.

What is left then looks like a whole number and reads well, so the reader cannot know. But a digit
that stands on the ruling darkens it, and only beside its line.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ocr.edges import EDGE
from ocr.ink import EvenPage, Ink
from ocr.lines import Span

_NEXT = 0.6
"""Parts of a line's height within which the next digit would begin."""
_ROWS = 0.15
"""Share of the rows above and below a line that may be anything: marks, specks, crossings."""
_LEAST = 0.6
"""Square points of ink on the ruling: about a third of a thin 1, twice what a grainy ruling has."""
_TOUCHING = 0.75
"""Ink within this share of the rulings' reach stands on the ruling."""


def is_cut(page: EvenPage, ink: Ink, lines: Sequence[Span]) -> bool:
    """Whether some line's ink reaches the ruling at its side, or goes on in it."""
    return any(_goes_on(page, ink, line, right) for line in lines for right in (False, True))


def _goes_on(page: EvenPage, ink: Ink, line: Span, right: bool) -> bool:
    width = ink.mask.shape[1]
    gap = width - line.x1 if right else line.x0
    reach = EDGE * page.scale
    if gap > reach + _NEXT * line.height:
        return False
    return gap <= _TOUCHING * reach or _extra(page, ink, line, right) >= _LEAST * page.scale**2


def _extra(page: EvenPage, ink: Ink, line: Span, right: bool) -> float:
    """The ink beside the line, ruling included, beyond what is there above and below it.

    In pixels of the page's full contrast.
    """
    height, width = ink.mask.shape
    reach = round(EDGE * page.scale)
    x0, x1 = (line.x1, width + reach) if right else (-reach, line.x0)
    dark = _darkness(page, ink, x0, x1)
    beside = dark[line.y0 : line.y1]
    clear = np.r_[dark[reach : max(line.y0 - 1, reach)], dark[line.y1 + 1 : height - reach]]
    if clear.size < 3:
        return 0.0
    return float((beside - np.quantile(clear, 1 - _ROWS)).sum())


def _darkness(page: EvenPage, ink: Ink, x0: int, x1: int) -> npt.NDArray[np.float64]:
    """For each row of the cell how much ink lies from x0 to x1, in the cell's pixels."""
    height = ink.mask.shape[0]
    left, right = max(ink.left + x0, 0), max(ink.left + x1, 0)
    strip = page.gray[ink.top : ink.top + height, left:right]
    return np.asarray((255.0 - strip).sum(axis=1) / page.contrast)
