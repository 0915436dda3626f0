"""Which way up a page lies: by the direction of its lines of text, then by how they read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from document.geometry import Box
from document.picture import Picture, Pixels
from layout.scan_lines import TextInk, boxes_of, smear

Legibility = Callable[[Sequence[Pixels]], float]
"""How well lines of text read, 0 to 1. Each: (height, width) uint8, 0 = ink, longer than high."""

READS_WELL = 0.85
"""So well does text read only when it stands upright."""
READS = 0.4
"""Text that reads worse whichever way tells nothing: a page of a few numbers, or whose crops took
rulings along. On 25 pages of the forge's development split (bad, poor) text reads at 0.77 at least
as it stands and at 0.12 at most upside down."""
SURELY = 3.0
"""So many times more text one way than the other tells a page that lies on its side, where there
are enough runs of it: on a pale page two rulings may be all that is dark."""
CROPS = 4
FIRST = 2
"""So many of them are read first; where these read well, all would not read under READS. On 24
pages of samples and the forge's development split, two at a time, these read at 0.86 at least as
they stand and at 0.27 at most upside down."""
LONGEST_CROP = 6.5
"""In characters. Reading costs time: some twenty-five characters tell well enough."""


@dataclass(frozen=True, slots=True)
class TextRuns:
    """Runs of characters that lie across the page and down it, as boxes in points.

    `em`: the size of a character in points.
    """

    across: Sequence[Box]
    down: Sequence[Box]
    em: float

    @classmethod
    def of(cls, text: TextInk) -> TextRuns:
        """Characters stand nearer to each other in a line than lines do, so a small smear in every
        direction joins characters, not lines."""
        gap, em = 0.4 * text.em, text.em / text.scale
        boxes = boxes_of(smear(text.mask, gap, gap), text.scale)
        low, high = 0.6 * em, 2.5 * em
        across = [b for b in boxes if low < b.height < high and b.width > 2.5 * b.height]
        down = [b for b in boxes if low < b.width < high and b.height > 2.5 * b.width]
        return cls(across, down, em)

    @property
    def are_enough(self) -> bool:
        """Whether there is text enough to judge by; on a pale page only heavy rulings may be
        dark."""
        return len(self.across) + len(self.down) >= CROPS


@dataclass(frozen=True, slots=True)
class Turn:
    """How many quarters clockwise a page must be turned to stand upright, 0 to 3, and whether its
    own text tells."""

    quarters: int
    is_told: bool


def turn_of(level: Picture, runs: TextRuns, legibility: Legibility, usual: int = 0) -> Turn:
    """How the level page must be turned.

    `usual`: the quarters of the page before, which are taken where no text tells: sheets go through
    a scanner one like the other.
    """
    across, down = runs.across, runs.down
    long_across, long_down = sum(b.width for b in across), sum(b.height for b in down)
    if len(down) >= CROPS and long_down > SURELY * long_across:
        ways = [(1, down), (3, down)]
    elif len(across) >= CROPS and long_across > SURELY * long_down:
        ways = [(0, across), (2, across)]
    else:
        ways = [(0, across), (2, across), (1, down), (3, down)]
    scores: dict[int, float] = {}
    for quarters, each in sorted(ways, key=lambda way: way[0] != usual):
        if crops := _crops(level, each, runs.em, quarters):
            scores[quarters] = _score(crops, legibility)
            if scores[quarters] >= READS_WELL:
                break
    best = max(scores, key=lambda quarters: scores[quarters], default=usual)
    is_told = scores.get(best, 0.0) >= READS
    return Turn(best if is_told or usual not in dict(ways) else usual, is_told)


def _score(crops: Sequence[Pixels], legibility: Legibility) -> float:
    """How well the crops read; where the first read well, these alone tell."""
    first, rest = crops[:FIRST], crops[FIRST:]
    score = legibility(first)
    if score >= READS_WELL or not rest:
        return score
    return (len(first) * score + len(rest) * legibility(rest)) / len(crops)


def _crops(level: Picture, runs: Sequence[Box], em: float, quarters: int) -> list[Pixels]:
    """The longest runs, turned upright if `quarters` is right, with a little paper around."""
    longest = sorted(runs, key=lambda b: max(b.width, b.height), reverse=True)[:CROPS]
    cut, margin = LONGEST_CROP * em, em / 5
    starts = (Box(b.x0, b.y0, min(b.x1, b.x0 + cut), min(b.y1, b.y0 + cut)) for b in longest)
    crops = (level.crop(start.grown(margin, margin)) for start in starts)
    return [np.ascontiguousarray(np.rot90(crop, -quarters)) for crop in crops if crop.size]
