"""Broken rulings made whole where the page itself says that they go on.

A ruling ends where it meets another one across it. One that ends in the open was broken there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from layout.rulings import Ruling, bands

LONGEST_GAP = 3.0
"""In characters: so much of a ruling may be missing and the rest still be the same one."""
BESIDE = 0.2
"""In characters: how far off the gap there must be no ink; what leads through text is no ruling."""
MIDDLE = 0.08
"""In characters: so near the line there may be what is left of it."""
CLEAR = 0.1
"""Share of a gap beside which there may be specks."""
ALIKE, NONE_BEYOND = 4, 3
"""So many rulings end side by side where a table ends, even if nothing is left of its last line; so
many do where no other goes on beside them, as none does from one table to the next."""
ROUNDS = 2
"""A ruling made whole may be what another one ends at."""


Floats = npt.NDArray[np.float64]


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
            stops = [(r.position, r.width / 2, r.start, r.end) for r in across]
            page = _Page(
                np.array([(r.start, r.end) for r in along]).reshape(-1, 2).T,
                np.array(stops).reshape(-1, 4),
                *(ink if horizontal else ink.T, scale, em, touch),
            )
            whole = [*across, *(page.led_on(r) for r in page.joined(along))]
    return whole


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """What the rulings of one direction may end at, or may not lead through.

    `ends`: (2, rulings), where they start and end. `stops`: (rulings across, 4) of position, half
    the width, start and end. `ink`, turned so that the rulings run along its rows.
    """

    ends: Floats
    stops: Floats
    ink: Pixels
    scale: float
    em: float
    touch: float

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
        ends = self._is_free(ruling, 0), self._is_free(ruling, 1)
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
        gap = stop - end
        short = max(abs(gap) - self._half(stop), 0.0)  # the stop's own ink
        near = abs(gap) <= LONGEST_GAP * self.em
        clear = near and self._is_clear(ruling.position, end, end + math.copysign(short, gap))
        return stop if clear else end

    def _is_gap(self, before: Ruling, after: Ruling) -> bool:
        gap = after.start - before.end
        return gap <= 0 or (
            gap <= LONGEST_GAP * self.em
            and self._is_free(before, 1)
            and self._is_free(after, 0)
            and self._is_clear(before.position, before.end, after.start)
        )

    def _is_free(self, ruling: Ruling, side: int) -> bool:
        """Whether its start (0) or end (1) meets no ruling, nor others that end alike.

        A ruling that ends short of it may be broken there: by more, where no other goes on beside
        it, as none does from one frame to the next.
        """
        end = (ruling.start, ruling.end)[side]
        goes_on = np.any((self.ends[0] < end - self.em) & (self.ends[1] > end + self.em))
        alike = np.count_nonzero(np.abs(self.ends[side] - end) <= self.touch)
        if alike >= (ALIKE if goes_on else NONE_BEYOND):
            return False
        position, half, start, stop = self.stops.T
        short = self.em if goes_on else LONGEST_GAP * self.em
        meets = (start - short <= ruling.position) & (ruling.position <= stop + short)
        return not np.any(meets & (np.abs(position - end) <= self.touch + half))

    def _crossed(self, position: float) -> Floats:
        at, _, start, stop = self.stops.T
        crossed: Floats = at[(start - self.touch <= position) & (position <= stop + self.touch)]
        return crossed

    def _half(self, at: float) -> float:
        """Half the width of the rulings across there, with their blur of a pixel."""
        position, half, _, _ = self.stops.T
        return float(half[position == at].max(initial=0.0)) + 1 / self.scale

    def _is_clear(self, position: float, start: float, end: float) -> bool:
        off, half = round(BESIDE * self.em * self.scale), round(MIDDLE * self.em * self.scale)
        middle, x0, x1 = (round(v * self.scale) for v in (position, *sorted((start, end))))
        above = self.ink[max(middle - off, 0) : max(middle - half, 0), max(x0, 0) : max(x1, 0)]
        below = self.ink[
            max(middle + half + 1, 0) : max(middle + off + 1, 0), max(x0, 0) : max(x1, 0)
        ]
        beside = np.concatenate((above, below)).any(axis=0)
        return not beside.size or bool(beside.mean() <= CLEAR)
