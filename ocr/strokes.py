"""Cells that hold one straight stroke: what a ruler sees where the recogniser guesses.

A lone / looks to a recogniser like a slanted 1, a lone - like dirt or a bullet. But a stroke's
direction is plain to measure: over seven typefaces at 100 to 300 dpi, a / rises at 63° to 77°;
a 1 or I stands at 89° to 97°; a dash lies within 2°; a 7 rises, too, but is far from straight.
"""

from __future__ import annotations

import numpy as np

from document.reading import Candidate
from ocr.engine import NumberReading
from ocr.ink import Ink

_EVIDENCE = 1000.0
"""How much likelier such a stroke is to be its mark than anything else the recogniser proposes."""
_SLASH = (56.0, 80.0)
_LEVEL = 8.0
_SLENDER, _STUBBY = 0.27, 0.6
_SOLID = 0.6
_LONG_DASH, _SHORTEST_DASH = 6.0, 2.0


def stroke_of(ink: Ink, scale: float) -> str | None:
    """The mark that a cell's whole ink is, if that is one straight stroke: /, - or —.

    Pixels count by their darkness, so that strokes of a pixel or two have a direction, too.
    """
    y, x = np.nonzero(ink.mask)
    if len(x) < 4:
        return None
    weights = (255.0 - ink.gray[ink.mask]) / 255
    # A bar of length L and thickness T has the variances L²/12 and T²/12 along its axes.
    variances, axes = np.linalg.eigh(np.cov(np.stack([x, y]), aweights=weights, ddof=0))
    thickness, length = np.sqrt(np.maximum(12 * variances, 1 / 3))
    rise = float(np.degrees(np.arctan2(-axes[1, 1], axes[0, 1]))) % 180
    if float(weights.sum()) < _SOLID * length * thickness:
        return None
    if _SLASH[0] <= rise <= _SLASH[1] and thickness < _SLENDER * length:
        return "/"
    if min(rise, 180 - rise) <= _LEVEL and thickness < _STUBBY * length:
        points = float(length) / scale
        return None if points < _SHORTEST_DASH else "-" if points < _LONG_DASH else "—"
    return None


def with_stroke(reading: NumberReading, mark: str | None) -> NumberReading:
    """The reading after the evidence of the stroke (Bayes' rule over its rivals and the rest)."""
    if mark is None:
        return reading
    before = {c.text: c.probability for c in reading.candidates}
    rest = max(1 - sum(before.values()), 0.0)
    before.setdefault(mark, min(1e-3, rest))
    weighed = {t: p * (_EVIDENCE if t == mark else 1.0) for t, p in before.items()}
    total = sum(weighed.values()) + rest
    ranked = sorted(weighed.items(), key=lambda item: -item[1])
    candidates = tuple(Candidate(t, p / total) for t, p in ranked)
    best = candidates[0]
    return NumberReading(best.text, best.probability, candidates)
