"""Broken rulings made whole where the page itself says that they go on.

A ruling ends where it meets another one across it. One that ends in the open was broken there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from document.geometry import Box
from document.picture import Pixels
from layout.rulings import Ruling, bands

LONGEST_GAP = 6.0
"""In characters: so much of a ruling may be missing and the rest still be the same one."""
BESIDE = 0.2
"""In characters: how far off the gap there must be no ink; what leads through text is no ruling."""
CLEAR = 0.05
"""Share of ink beside a gap that specks may have."""
ROUNDS = 2
"""A ruling made whole may be what another one ends at."""


def repaired(
    rulings: Sequence[Ruling], ink: Pixels, scale: float, em: float, touch: float
) -> list[Ruling]:
    """The rulings with gaps closed and ends led on, none of them through text.

    `rulings`, `em` (the size of a character) and `touch` (how far from another the end of a ruling
    may stay and still meet it) are in points; `ink`: (height, width) uint8, 1 = ink, `scale` pixels
    per point. Two pieces of a line become one where both end in the open; then an end in the open
    is led on to the next ruling across, if the other end is not in the open as well.
    """
    whole = list(rulings)
    for _ in range(ROUNDS):
        for horizontal in (True, False):
            along = [r for r in whole if r.horizontal == horizontal]
            across = [r for r in whole if r.horizontal != horizontal]
            if not along or not across:
                continue
            page = _Page(across, ink if horizontal else ink.T, scale, em, touch)
            whole = [*across, *(page.led_on(r) for r in page.joined(along))]
    return whole


class _Page:
    """What the rulings of one direction may end at, or may not lead through."""

    def __init__(
        self, across: Sequence[Ruling], ink: Pixels, scale: float, em: float, touch: float
    ) -> None:
        self.stops = np.array([(r.position, r.width / 2, r.start, r.end) for r in across])
        self.ink, self.scale, self.em, self.touch = ink, scale, em, touch

    def joined(self, rulings: Sequence[Ruling]) -> list[Ruling]:
        """Neighbours on a line made one where both end in the open."""
        found = []
        for band in bands(rulings, self.touch):
            ordered = sorted(band, key=lambda r: r.start)
            runs = [ordered[0]]
            for _, piece in pairwise(ordered):
                before = runs[-1]
                if self._is_gap(before, piece):
                    runs[-1] = replace(before, end=max(before.end, piece.end))
                else:
                    runs.append(piece)
            found += runs
        return found

    def led_on(self, ruling: Ruling) -> Ruling:
        """The ruling as far as the next ones across it."""
        at = self._crossed(ruling.position)
        ends = self._is_free(ruling, ruling.start), self._is_free(ruling, ruling.end)
        inside = np.any((at > ruling.start - self.touch) & (at < ruling.end + self.touch))
        if not any(ends) or not inside:
            return ruling
        start, end = ruling.start, ruling.end
        if ends[0] and np.any(at < start):
            start = self._reached(ruling, start, float(at[at < start].max()))
        if ends[1] and np.any(at > end):
            end = self._reached(ruling, end, float(at[at > end].min()))
        return replace(ruling, start=start, end=end)

    def _reached(self, ruling: Ruling, end: float, stop: float) -> float:
        near = abs(stop - end) <= LONGEST_GAP * self.em
        return stop if near and self._is_clear(ruling.position, end, stop) else end

    def _is_gap(self, before: Ruling, after: Ruling) -> bool:
        gap = after.start - before.end
        return gap <= 0 or (
            gap <= LONGEST_GAP * self.em
            and self._is_free(before, before.end)
            and self._is_free(after, after.start)
            and self._is_clear(before.position, before.end, after.start)
        )

    def _is_free(self, ruling: Ruling, end: float) -> bool:
        position, half, start, stop = self.stops.T
        meets = (start - self.em <= ruling.position) & (ruling.position <= stop + self.em)
        return not np.any(meets & (np.abs(position - end) <= self.touch + half))

    def _crossed(self, position: float) -> np.ndarray:
        at, _, start, stop = self.stops.T
        return at[(start - self.touch <= position) & (position <= stop + self.touch)]

    def _is_clear(self, position: float, start: float, end: float) -> bool:
        off = BESIDE * self.em
        low, high = sorted((start, end))
        beside = Box(low, position - off, max(high - off, low), position + off)
        x0, y0, x1, y1 = (
            round(v * self.scale) for v in (beside.x0, beside.y0, beside.x1, beside.y1)
        )
        window = self.ink[max(y0, 0) : max(y1 + 1, 0), max(x0, 0) : max(x1, 0)]
        if window.size == 0:
            return True
        return bool(max(window[0].mean(), window[-1].mean()) <= CLEAR)
