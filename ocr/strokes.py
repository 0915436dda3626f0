"""Cells that hold one straight stroke: what a ruler sees where the recogniser guesses.

A lone / looks to a recogniser like a slanted 1, a lone - like dirt or a bullet. But a stroke's
direction is plain to measure: over seven typefaces at 100 to 300 dpi, a / rises at 63° to 77°;
a 1 or I stands at 89° to 97°; a dash lies within 2°; a 7 rises, too, but is far from straight.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean, pstdev

import cv2
import numpy as np

from document.picture import Pixels
from document.reading import Candidate
from ocr.dirt import fringed
from ocr.engine import NumberReading
from ocr.ink import Ink
from ocr.islands import Islands

_EVIDENCE = 1e3
"""How much likelier such a stroke is to be its mark than anything else the recogniser proposes."""
_HABIT = 1e7
"""The same for one of many alike on a page: an office that writes / for no data does so throughout,
and a cell's stroke that lies as the others do is no accident. Stated, not learned."""
_MANY = 20
_ALIKE = 3.0
"""Degrees, standard deviation: so alike lie the strokes of one mark in one typeface."""
_NO_ITALIC = 75.0
"""Degrees: a page of lone strokes steeper than this might be one of slanted ones."""
_SLASH = (56.0, 80.0)
_LEVEL = 8.0
_SLENDER, _STUBBY = 0.36, 0.6
_THICKEST_DASH = 2.2
"""Points: a number in small print is as long and nearly as level, but no print is so low."""
_SOLID = 0.6
_FULL = 90
"""Percentile of the ink's darkness that counts as full, for faded strokes are strokes, too."""
_LONG_DASH, _SHORTEST_DASH = 6.0, 2.0
_SPECK = 1.8
"""Points: dust on a poor scan is up to 0.012 inch and half a point of blur across; a hyphen of
small print is 2 points long."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A cell's only stroke: the mark it is, /, - or —, and how steeply it rises, in degrees."""

    mark: str
    rise: float


def stroke_of(ink: Ink, scale: float) -> Stroke | None:
    """The mark that a cell's whole ink is, if that is one straight stroke.

    Pixels count by their darkness, so that strokes of a pixel or two have a direction, too.
    """
    dark = np.where(ink.mask, 255 - ink.gray, np.uint8(0))
    if np.count_nonzero(ink.mask) < 4 or not dark.any():
        return None
    length, thickness, rise = _bar(dark)
    points, thick = length / scale, thickness / scale
    slanted = _SLASH[0] <= rise <= _SLASH[1] and thickness < _SLENDER * length
    level = min(rise, 180 - rise) <= _LEVEL and thickness < _STUBBY * length
    if not (slanted or (level and thick < _THICKEST_DASH and points >= _SHORTEST_DASH)):
        return None
    inked = dark[ink.mask]
    if float(inked.sum()) < _SOLID * length * thickness * float(np.percentile(inked, _FULL)):
        return None
    if slanted:
        return Stroke("/", rise)
    return Stroke("-" if points < _LONG_DASH else "—", (rise + 90) % 180 - 90)


def _bar(dark: Pixels) -> tuple[float, float, float]:
    """Length, thickness and rise, in degrees, of the bar whose moments are those of the picture's.

    A bar of length L and thickness T has the variances L²/12 and T²/12 along its axes.
    """
    moments = cv2.moments(dark)
    across, down, both = (moments[m] / moments["m00"] for m in ("mu20", "mu02", "mu11"))
    middle, apart = (across + down) / 2, math.hypot((across - down) / 2, both)
    length, thickness = (math.sqrt(max(12 * v, 1 / 3)) for v in (middle + apart, middle - apart))
    return length, thickness, math.degrees(-math.atan2(2 * both, across - down) / 2) % 180


def without_specks(ink: Ink, scale: float) -> Ink:
    """The ink without what stands beside its largest island, if all of that is specks.

    Dust beside a stroke makes a 1, a 7 or an F of it: of 175 cells of a faxed page with lone
    slashes 27 were misread so.
    """
    if not ink.mask.any():  # OpenCV breaks down on a cell without extent
        return ink
    islands = Islands.of(ink.mask)
    labels, stats, count = islands.labels, islands.stats, len(islands)
    if count <= 2:
        return ink
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    across, down = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    specks = np.maximum(across, down) < _SPECK * scale
    if np.count_nonzero(specks[1:]) < count - 2 or specks[largest]:
        return ink
    alone = labels == largest
    gray = np.where(fringed(ink.mask & ~alone) & ~alone, np.uint8(255), ink.gray)
    return replace(ink, gray=gray, mask=alone)


def evidence(strokes: Sequence[Stroke]) -> Mapping[str, float]:
    """For each mark, how much a stroke speaks for it, by the strokes of a whole page."""
    rises: dict[str, list[float]] = defaultdict(list)
    for stroke in strokes:
        rises[stroke.mark].append(stroke.rise)
    return {mark: _HABIT if _is_habit(found) else _EVIDENCE for mark, found in rises.items()}


def _is_habit(rises: Sequence[float]) -> bool:
    return len(rises) >= _MANY and pstdev(rises) <= _ALIKE and mean(rises) <= _NO_ITALIC


def with_stroke(reading: NumberReading, mark: str, speaks: float) -> NumberReading:
    """The reading after the evidence of a stroke (Bayes' rule over its rivals and the rest).

    `speaks`: how much likelier the stroke is to be the mark than anything else. A number of several
    digits is no stroke, whatever it measures.
    """
    if sum(character.isdigit() for character in reading.text) > 1:
        return reading
    before = {c.text: c.probability for c in reading.candidates}
    rest = max(1 - sum(before.values()), 0.0)
    before.setdefault(mark, min(1e-3, rest))
    weighed = {t: p * (speaks if t == mark else 1.0) for t, p in before.items()}
    total = sum(weighed.values()) + rest
    ranked = sorted(weighed.items(), key=lambda item: -item[1])
    candidates = tuple(Candidate(t, p / total) for t, p in ranked)
    best = candidates[0]
    return NumberReading(best.text, best.probability, candidates)
