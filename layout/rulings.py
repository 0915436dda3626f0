"""Rulings: the straight lines that divide a table, wherever they were found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from document.geometry import Box


@dataclass(frozen=True, slots=True)
class Ruling:
    """A horizontal or vertical line in upright points.

    `position` is the y of a horizontal ruling's middle, the x of a vertical one's; `start` and
    `end` are measured along the line. `width` is the thickness of the stroke.
    """

    horizontal: bool
    position: float
    start: float
    end: float
    width: float = 0.0

    def __post_init__(self) -> None:
        if not self.start <= self.end or not self.width >= 0:
            raise ValueError(f"a ruling turned inside out: {self}")

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def box(self) -> Box:
        half = self.width / 2
        across = self.position - half, self.position + half
        if self.horizontal:
            return Box(self.start, across[0], self.end, across[1])
        return Box(across[0], self.start, across[1], self.end)

    def transposed(self) -> Ruling:
        """With x and y exchanged, so that code for one direction serves both."""
        return replace(self, horizontal=not self.horizontal)


def merged(rulings: Iterable[Ruling], tolerance: float, gap: float) -> tuple[Ruling, ...]:
    """One ruling for pieces of the same line that touch, overlap, or leave at most `gap` between.

    Pieces are of the same line when steps of at most `tolerance` lead from one's position to the
    other's. All in points.
    """
    lines: list[Ruling] = []
    for horizontal in (True, False):
        pieces = [r for r in rulings if r.horizontal == horizontal]
        for band in bands(pieces, tolerance):
            lines += _chained(band, gap)
    return tuple(lines)


def bands(rulings: Iterable[Ruling], tolerance: float) -> list[list[Ruling]]:
    """Rulings of one direction, grouped where positions follow at most `tolerance` apart."""
    ordered = sorted(rulings, key=lambda r: r.position)
    grouped = [ordered[:1]] if ordered else []
    for before, ruling in pairwise(ordered):
        if ruling.position - before.position <= tolerance:
            grouped[-1].append(ruling)
        else:
            grouped.append([ruling])
    return grouped


def mean_position(rulings: Sequence[Ruling]) -> float:
    """The rulings' mean position, long ones counting more."""
    weights = [r.length + 1e-6 for r in rulings]
    return sum(r.position * w for r, w in zip(rulings, weights, strict=True)) / sum(weights)


def _chained(band: Sequence[Ruling], gap: float) -> list[Ruling]:
    ordered = sorted(band, key=lambda r: r.start)
    runs = [[ordered[0]]]
    reach = ordered[0].end
    for piece in ordered[1:]:
        if piece.start - reach <= gap:
            runs[-1].append(piece)
            reach = max(reach, piece.end)
        else:
            runs.append([piece])
            reach = piece.end
    return [_joined(run) for run in runs]


def _joined(run: Sequence[Ruling]) -> Ruling:
    return Ruling(
        horizontal=run[0].horizontal,
        position=mean_position(run),
        start=run[0].start,
        end=max(r.end for r in run),
        width=max(r.width for r in run),
    )
