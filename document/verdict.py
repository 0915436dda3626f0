"""What was judged of a cell, as its output has it."""

from __future__ import annotations

from typing import Any

from document.contract import CellOut, ReasonOut, plain
from document.entry import Flag, Judged, Status
from document.reading import Source
from document.reason_words import in_words

BY_A_PERSON = {Flag.LOW_CONFIDENCE, Flag.UNEXPECTED_TEXT}
"""Flags of a reading: what a person said has none of them."""


def verdict(judged: Judged, source: Source, kept: frozenset[Flag] = frozenset()) -> dict[str, Any]:
    """The fields of a `CellOut` that a judgement settles; the others are what was read.

    `source`: who says what the value is, unless it is inferred; what a person says is accepted.
    `kept`: flags that this judgement tells nothing of.
    """
    inferred = Flag.INFERRED in judged.flags
    said = source is Source.HUMAN and not inferred
    flags = (judged.flags - BY_A_PERSON if said else judged.flags) | kept
    return {
        "value": plain(judged.entry.value),
        "source": Source.INFERRED if inferred else source,
        "confidence": judged.confidence,
        "status": Status.ACCEPTED if said else judged.status,
        "flags": sorted(flags, key=list(Flag).index),
        "reason": in_words(judged.reason),
        "why": ReasonOut.all_of(judged.reason),
    }


def judged_cell(read: CellOut, judged: Judged, source: Source) -> CellOut:
    """The same cell, judged anew; what only other reports tell of it stays."""
    others = frozenset(read.flags) & {Flag.YEAR_MISMATCH}
    return read.model_copy(update=verdict(judged, source, others))
