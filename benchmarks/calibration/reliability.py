"""How far confidences hold: expected calibration error, coverage and risk, bounds."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.cells import CellResult

BINS = 20
"""Of like many cells each (Naeini et al. 2015)."""

DECADES = (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0)
"""Edges of the bins of the diagrams, of the error that is stated."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Cells of like confidence: the mean error stated, and how many of how many are wrong."""

    stated: float
    wrong: int
    cells: int

    @property
    def most(self) -> float:
        """The share of wrong ones is no more than this, at 95 %: Wilson (1927), and 3 / n where
        there is none."""
        if not self.wrong:
            return min(3 / self.cells, 1.0)
        share, z2 = self.wrong / self.cells, 1.645**2
        middle = share + z2 / (2 * self.cells)
        spread = 1.645 * np.sqrt(share * (1 - share) / self.cells + z2 / (4 * self.cells**2))
        return min(float((middle + spread) / (1 + z2 / self.cells)), 1.0)


def is_wrong(cell: CellResult) -> bool:
    """Whether the value is not what is printed, however sure it is."""
    return cell.found != cell.value


def expected_error(cells: Sequence[CellResult]) -> float:
    """The expected calibration error: |confidence − share right|, over bins of like many cells."""
    ordered = sorted(cells, key=lambda cell: cell.confidence)
    pairs = np.array([(cell.confidence, not is_wrong(cell)) for cell in ordered], float)
    parts = [part for part in np.array_split(pairs, BINS) if len(part)]
    gaps = sum(len(part) * abs(part[:, 0].mean() - part[:, 1].mean()) for part in parts)
    return float(gaps / len(pairs))


def bins(cells: Sequence[CellResult]) -> list[Bin]:
    """By decades of the error that is stated; none for decades without cells."""
    stated = np.clip([1 - cell.confidence for cell in cells], DECADES[0], 1.0)
    wrong = np.array([is_wrong(cell) for cell in cells])
    found = []
    for low, high in itertools.pairwise(DECADES):
        inside = (stated >= low) & ((stated < high) | (high == 1.0))
        if inside.any():
            count = int(inside.sum())
            found.append(Bin(float(stated[inside].mean()), int(wrong[inside].sum()), count))
    return found


def coverage(cells: Sequence[CellResult], target: float) -> tuple[float, int]:
    """The share of cells that would be accepted at this error target, and how many of them are
    wrong."""
    chosen = [cell for cell in cells if 1 - cell.confidence <= target]
    return len(chosen) / len(cells), sum(map(is_wrong, chosen))
