"""Why a value, a doubt or a verdict is what it is: data first, words in two languages after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]

BLANK = "□"
"""Stands in `value` and `equation` for a cell without a number."""

RUN = "…"
"""Stands between the first and the last of many lines."""


class ReasonCode(StrEnum):
    """What a part of a reason says; `document.reason_words` has the words."""

    # why the arithmetic changed a cell
    EQUATION = "equation"
    MISREAD = "misread"
    OVERLOOKED = "overlooked"
    ILLEGIBLE = "illegible"
    # where lines of a table may be in the wrong place
    ROWS_TOO_HIGH = "rows_too_high"
    ROWS_TOO_LOW = "rows_too_low"
    COLUMNS_TOO_LEFT = "columns_too_left"
    COLUMNS_TOO_RIGHT = "columns_too_right"
    CELLS_TOO_LEFT = "cells_too_left"
    CELLS_TOO_RIGHT = "cells_too_right"
    ROWS_SWAPPED = "rows_swapped"
    COLUMNS_SWAPPED = "columns_swapped"
    RULES_HOLD = "rules_hold"
    BY_LABELS = "by_labels"
    BY_PRINT = "by_print"
    FITS_HERE = "fits_here"
    MISSING_HERE = "missing_here"
    # what is to be known of a check
    LEFT_OPEN = "left_open"
    ONLY_ZERO = "only_zero"
    NEVER_HOLDS = "never_holds"
    ALWAYS_HOLDS = "always_holds"
    SUM_OF_ROWS = "sum_of_rows"
    SUM_OF_COLUMNS = "sum_of_columns"
    BLANKS_LEAVE_OPEN = "blanks_leave_open"
    OTHER_MEANING = "other_meaning"
    YEAR_BEFORE = "year_before"


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a reason: its code, and what it speaks of by name, as the output has it."""

    code: ReasonCode
    params: Mapping[str, str] = field(default_factory=dict)


Reasons = Sequence[Reason]


def because(code: ReasonCode, **params: object) -> Reason:
    """A part of a reason."""
    return Reason(code, {name: str(value) for name, value in params.items()})
