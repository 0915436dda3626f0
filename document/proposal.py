"""What a report's arithmetic says of its grid: cells that would add up in other places."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from document.entry import Check
from document.form import Slot
from document.reason import Reasons


class MoveKind(StrEnum):
    """What happened to the cells, if the proposal is right."""

    ROWS_SHIFTED = "rows_shifted"  # a run of rows stands one row too high or too low
    COLUMNS_SHIFTED = "columns_shifted"
    CELLS_SHIFTED = "cells_shifted"  # of one row, by one column
    ROWS_SWAPPED = "rows_swapped"
    COLUMNS_SWAPPED = "columns_swapped"


class Cause(StrEnum):
    """Who put them there: we, going by labels that leave a doubt, or who printed the page."""

    LABELS = "labels"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Moved:
    """The number that stands in `origin`, `value`, belongs in `slot`, which says something else;
    without an origin, the slot's own number was not found."""

    slot: Slot
    origin: Slot | None
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Cells that would add up in other places. `mended`: rules that would hold then and do not now;
    `probability` of the move, weighed against all other explanations."""

    kind: MoveKind
    cause: Cause
    table: str
    moved: tuple[Moved, ...]
    mended: tuple[Check, ...]
    probability: float
    reason: Reasons
