"""Accepted cells that a sample may be drawn from, each with its lot.

A lot depends on a secret seed and on the file's content alone; the least are drawn.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from document.contract import CellOut, FileOut
from document.entry import Status
from document.form import Slot
from document.reading import Source
from review.items import cells_of, flags_of

Key = tuple[int, int, str, str, str]
"""A cell: file, report, table, row, column."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An accepted cell that the sample takes: `lot` is its place in the draw."""

    lot: str
    document: int
    report: int
    place: int
    slot: Slot
    value: str | None
    flags: str

    @property
    def key(self) -> Key:
        return (self.document, self.report, self.slot.table, self.slot.row, self.slot.column)


@dataclass(slots=True)
class Lots:
    """Gathers the `most` least lots of cells that are not `known` to the queue, file by file, so
    that no output is read for it once more. `seen`: the files that were gone through."""

    seed: str
    known: Collection[Key]
    most: int
    seen: set[int] = field(default_factory=set)
    _kept: list[Drawn] = field(default_factory=list)

    def add(self, document: int, out: FileOut) -> None:
        """The file's cells; once."""
        self.seen.add(document)
        self._kept += (d for d in _lots(document, out, self.seed) if d.key not in self.known)
        if len(self._kept) > 2 * self.most + 1000:
            self._kept = self.least(self.most)

    def least(self, count: int) -> list[Drawn]:
        """So many of those gone through; `count` is no more than `most`."""
        return heapq.nsmallest(count, self._kept, key=lambda each: each.lot)


def may_be_drawn(cell: CellOut) -> bool:
    """What nobody found is not on any picture; what a person said is no reading of ours."""
    accepted = cell.status is Status.ACCEPTED and cell.source is not Source.HUMAN
    return accepted and cell.page is not None


def accepted_in(out: FileOut) -> int:
    """How many cells of the file may be drawn."""
    every = (cell for report in out.reports for _, cell in cells_of(report))
    return sum(map(may_be_drawn, every))


def _lots(document: int, out: FileOut, seed: str) -> Iterator[Drawn]:
    for number, report in enumerate(out.reports):
        for place, (slot, cell) in enumerate(cells_of(report)):
            if may_be_drawn(cell):
                lot = f"{seed} {out.source.sha256} {number} {slot.table} {slot.row} {slot.column}"
                digest = hashlib.sha256(lot.encode()).hexdigest()
                yield Drawn(digest, document, number, place, slot, cell.value, flags_of(cell))
