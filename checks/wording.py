"""A way in which reports repeat their tables' numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from document.form import Slot

Sum = tuple[Slot, ...]
"""Cells whose sum is meant; a row `results.denied.*` is all rows below that key."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A way to repeat what cells say.

    `pattern` has the group `n` for the numeral, or says that there is none of it. `readings` are
    what it may mean, likeliest first. A wording that is not `firm` may speak of something else
    altogether. `in_part`: it means the same after 其中. `about`: what its sentence must speak of.
    """

    rule: str
    pattern: re.Pattern[str]
    readings: tuple[Sum, ...]
    firm: bool = True
    in_part: bool = False
    about: re.Pattern[str] | None = None


def wordings(
    rule: str,
    readings: tuple[Sum, ...],
    *patterns: str,
    firm: bool = True,
    in_part: bool = False,
    about: re.Pattern[str] | None = None,
) -> tuple[Wording, ...]:
    """Several patterns of one meaning."""
    return tuple(Wording(rule, re.compile(p), readings, firm, in_part, about) for p in patterns)


def cells(table: str, *places: str) -> Sum:
    """Cells by row and column, as `new/total`."""
    return tuple(Slot(table, *place.split("/")) for place in places)
