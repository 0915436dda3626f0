"""The results of a level added up, beside what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.accuracy.cells import CellResult

MOST_SILENT = 1e-4
"""Accepted and wrong, of all cells."""

TARGETS = {
    **dict.fromkeys(("office", "sealed", "rotated", "wrong_layer", "fax"), (0.9995, 0.999)),
    **dict.fromkeys(("dpi100", "photo", "broken_rules", "bleed", "poor"), (0.998, 0.995)),
    "bad": (0.98, 0.95),
    "ruleless": (0.98, 0.97),
}
"""Shares of cells to be located and to be read exactly."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of cells; `lost` are printed values read as blank."""

    level: str
    reports: int
    cells: int
    located: int
    exact: int
    silent: int
    lost: int
    review: int

    @classmethod
    def of(cls, level: str, cells: Sequence[CellResult]) -> Tally:
        return cls(
            level=level,
            reports=len({cell.report for cell in cells}),
            cells=len(cells),
            located=sum(cell.located for cell in cells),
            exact=sum(cell.exact for cell in cells),
            silent=sum(cell.silent for cell in cells),
            lost=sum(cell.value is not None and cell.read == "" for cell in cells),
            review=sum(not cell.accepted for cell in cells),
        )

    @property
    def reached(self) -> bool:
        """Whether all that is asked of the level holds."""
        located, exact = TARGETS[self.level]
        return (
            self.located >= located * self.cells
            and self.exact >= exact * self.cells
            and self.silent <= MOST_SILENT * self.cells
        )
