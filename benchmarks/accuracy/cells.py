"""One file's output against what was printed, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from document.geometry import Box, Point

Slot = tuple[str, str, str]
"""Table, row, column."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as it was printed, and a point inside it on the page of the damaged file."""

    slot: Slot
    text: str
    value: str | None
    page: int
    point: Point


@dataclass(frozen=True, slots=True)
class CellResult:
    """What became of one cell. `file` names level and report; `box` is the cell in the output."""

    level: str
    report: str
    slot: Slot
    printed: str
    value: str | None
    read: str | None
    found: str | None
    located: bool
    accepted: bool
    confidence: float
    flags: tuple[str, ...]
    page: int
    point: Point
    box: tuple[float, float, float, float] | None

    @property
    def amended(self) -> bool:
        """The value is what the arithmetic says."""
        return not {"corrected", "inferred"}.isdisjoint(self.flags)

    @property
    def exact(self) -> bool:
        """The value is right, and read from this cell: a blank counts only where one was found, and
        what the arithmetic amended does not."""
        return self.read is not None and self.found == self.value and not self.amended

    @property
    def silent(self) -> bool:
        """Accepted and wrong."""
        return self.accepted and self.found != self.value


def results(
    level: str, report: str, printed: Sequence[Printed], output: Mapping[str, Any]
) -> Iterator[CellResult]:
    """A result for each printed cell, and one for each value accepted where none was printed.

    A cell is located if its box in the output holds its point and that of no other cell.
    """
    found = _by_slot(output)
    for cell in printed:
        copies = found.get(cell.slot, [])
        chosen = next((c for c in copies if _holds(c, cell)), copies[0] if copies else None)
        yield _result(level, report, cell, chosen, printed)
        for other in copies:
            if other is not chosen and other["value"] is not None:
                yield _result(level, report, cell, other, printed)


def _by_slot(output: Mapping[str, Any]) -> dict[Slot, list[Mapping[str, Any]]]:
    found: dict[Slot, list[Mapping[str, Any]]] = {}
    for report in output["reports"]:
        for table in report["tables"]:
            for cell in table["cells"]:
                found.setdefault((table["id"], cell["row"], cell["column"]), []).append(cell)
    return found


def _holds(cell: Mapping[str, Any], printed: Printed) -> bool:
    if cell["bbox"] is None or cell["page"] != printed.page:
        return False
    return Box(*cell["bbox"]).holds(printed.point)


def _result(
    level: str,
    report: str,
    cell: Printed,
    found: Mapping[str, Any] | None,
    printed: Sequence[Printed],
) -> CellResult:
    return CellResult(
        level=level,
        report=report,
        slot=cell.slot,
        printed=cell.text,
        value=cell.value,
        read=found["read"] if found else None,
        found=found["value"] if found else None,
        located=found is not None and [p for p in printed if _holds(found, p)] == [cell],
        accepted=found is not None and found["status"] == "accepted",
        confidence=found["confidence"] if found else 0.0,
        flags=tuple(found["flags"]) if found else (),
        page=cell.page,
        point=cell.point,
        box=tuple(found["bbox"]) if found and found["bbox"] else None,
    )
