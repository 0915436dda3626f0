"""How a photographed sheet strays from a flat one: a mesh of shifts, exact both ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

STEEPEST = 0.6
"""Two nodes may differ by so much of their distance: less than 1, so that sheet and flat page lie
one on the other point by point and the steps back to the flat page draw together."""
BACK_STEPS = 60
"""At the steepest a step leaves 0.6 of the error, but 0.6⁶⁰ of a page is nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """Where points of a flat page lie on the bent sheet, in page points.

    `shifts`: (rows, columns, 2) float64, how far right and down the nodes of a square mesh moved;
    the first node is the page's top left corner and `spacing` points part two neighbours. Between
    nodes the shift is bilinear, beyond the mesh that of its edge.
    """

    shifts: Points
    spacing: float

    def __post_init__(self) -> None:
        if self.shifts.ndim != 3 or self.shifts.shape[2] != 2 or min(self.shifts.shape[:2]) < 2:
            raise ValueError(f"{self.shifts.shape} is not a mesh of shifts")
        steepest = max(float(np.abs(np.diff(self.shifts, axis=axis)).max()) for axis in (0, 1))
        if not (self.spacing > 0 and steepest <= STEEPEST / 2 * self.spacing):
            raise ValueError(f"a bend that folds the page: {steepest:.3g} in {self.spacing:.3g}")

    def bent(self, flat: Points) -> Points:
        """(n, 2) points of the flat page → where they lie on the sheet."""
        return flat + self._shift(flat)

    def flat(self, bent: Points) -> Points:
        """(n, 2) points on the sheet → where they lie on the flat page."""
        flat = bent
        for _ in range(BACK_STEPS):
            before, flat = flat, bent - self._shift(flat)
            if np.allclose(before, flat, rtol=0, atol=1e-6):
                break
        return flat

    def _shift(self, flat: Points) -> Points:
        rows, columns, _ = self.shifts.shape
        place = np.clip(flat / self.spacing, 0, (columns - 1, rows - 1))
        left, top = np.minimum(place.astype(np.intp), (columns - 2, rows - 2)).T
        right, down = (place - np.stack([left, top], axis=1)).T[..., None]
        above = self.shifts[top, left] * (1 - right) + self.shifts[top, left + 1] * right
        below = self.shifts[top + 1, left] * (1 - right) + self.shifts[top + 1, left + 1] * right
        return np.asarray(above * (1 - down) + below * down)
