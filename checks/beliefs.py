"""What the pictures say of each cell, as probabilities that hold what they promise.

A recogniser's word is worth more on a page where it is sure of nearly all numbers than on one where
it doubts many: there it is wrong even where it is sure. So what it says is scaled by the mean doubt
of the table or of the report, whichever is more (Platt 1999, with a second term). The terms are in
`calibration.json`, fitted on pages of the forge's calibration split (docs/calibration.md).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

from checks.number_slot import probability_of_value
from document.entry import Entry, Found
from document.form import Slot
from document.reading import Source
from document.report import Report

BLUNDER = 5e-5
"""How often a recogniser is sure and wrong all the same, at least. Of 70,000 numbers of the
calibration split with scaled probabilities of error below 1e-4, none was wrong."""

PERSON_ERRS = 1e-3
"""How often a person who answers in seconds is wrong. Stated; second readings measure it."""

LEAST_STATED = 1e-7
"""A recogniser that doubts less does not tell more by it."""

LEAST_DOUBT, MOST_DOUBT = 1e-5, 0.5
"""The mean doubt of a table is taken to be between these."""


class Kind(StrEnum):
    """What a cell holds by its reading; each has its own scale."""

    NUMBER = "number"
    MARK = "mark"  # a stroke for nothing
    BLANK = "blank"  # no ink
    TEXT = "text"  # something that is no number


_RECOGNISED = {Kind.NUMBER, Kind.MARK}
"""What a recogniser reads it may be surer of than is right; of ink, and of text that no slot of a
number has, it is told what there is."""

_NOTHING = {Kind.MARK, Kind.BLANK}

PLACE = "place"
"""The scale of the doubt that a cell is the slot's."""

TOLD = 5e-3
"""So small a doubt of a place is taken at its word: of 2,780 rows of the calibration split with
3e-4 to 1e-3, 2 were misplaced, of 156 with more, up to 3e-3, 3 were."""


@dataclass(frozen=True, slots=True)
class Scale:
    """ln odds of an error = `start` + `slope` · ln odds stated + `share` · ln (doubt / 1e-3)."""

    start: float
    slope: float
    share: float

    def error(self, stated: float, doubt: float, expected: float = 1.0) -> float:
        """How probable an error is where the reader states `stated`; `doubt` is the mean around,
        `expected` the odds of one in such a table against those in others."""
        stated = min(max(stated, LEAST_STATED), 1 - LEAST_STATED)
        odds = math.log(stated / (1 - stated))
        scaled = self.start + self.slope * odds + self.share * math.log(doubt / 1e-3)
        return 1 / (1 + math.exp(-scaled - math.log(expected)))


@dataclass(frozen=True, slots=True)
class Belief:
    """A cell's value as read and its rivals, with their probabilities; the rest to 1 is a number
    that no reader names, or text."""

    value: Decimal | None
    right: float
    rivals: tuple[tuple[Decimal | None, float], ...] = ()

    def of(self, value: Decimal | None) -> float:
        """How probable it is that the cell says this."""
        if value == self.value:
            return self.right
        return dict(self.rivals).get(value, 0.0)


def beliefs(report: Report) -> Mapping[Slot, Belief]:
    """Of each cell, what its own picture says, in the light of how legible those around it are.

    A slot without a cell says nothing for certain: there is no picture of it.
    """
    over_all = mean_doubt(entry for table in report.tables for entry in table.entries)
    return {
        entry.slot: _belief(entry, doubt, rare)
        for table in report.tables
        for doubt in [max(over_all, mean_doubt(table.entries))]
        for rare in [rarity(table.entries)]
        for entry in table.entries
    }


def rarity(entries: Sequence[Entry]) -> float:
    """The odds that a cell of the table has a number, by the others; 1 at most. In a table of
    strokes or blanks one more that is hard to see is likely one, too (Laplace's rule)."""
    kinds = Counter(kind_of(entry) for entry in entries if entry.found)
    return min((kinds[Kind.NUMBER] + 1) / (kinds[Kind.MARK] + kinds[Kind.BLANK] + 1), 1.0)


def kind_of(entry: Entry) -> Kind:
    """By the reading; of a slot that has a cell."""
    if entry.value is not None:
        return Kind.NUMBER
    if not entry.blank:
        return Kind.TEXT
    return Kind.MARK if entry.found and entry.found.reading.text else Kind.BLANK


def stated(entry: Entry, value: Decimal | None) -> float:
    """How probable the readers say it is that the cell says this."""
    marked = kind_of(entry) in {Kind.MARK, Kind.TEXT}
    return probability_of_value(value, entry.values, marked=marked)


def mean_doubt(entries: Iterable[Entry]) -> float:
    """How far the recogniser doubts the numbers it reads, on the average."""
    doubts = [
        1 - stated(entry, entry.value)
        for entry in entries
        if entry.found and kind_of(entry) is Kind.NUMBER
    ]
    mean = math.fsum(doubts) / len(doubts) if doubts else MOST_DOUBT
    return min(max(mean, LEAST_DOUBT), MOST_DOUBT)


def _belief(entry: Entry, doubt: float, rare: float) -> Belief:
    if entry.found is None:
        return Belief(None, 1.0)
    kind, said = kind_of(entry), stated(entry, entry.value)
    rivals = {v: stated(entry, v) for v, _ in entry.values if v != entry.value}
    wrong = 1 - said
    if entry.found.reading.source is Source.OCR:
        expected = rare if kind in _NOTHING else 1.0
        scaled = max(scales()[kind].error(wrong, doubt, expected), BLUNDER)
        wrong = scaled if kind in _RECOGNISED else min(wrong, scaled)
    elif entry.found.reading.source is Source.HUMAN:
        wrong = max(wrong, PERSON_ERRS)
    more = wrong / (1 - said) if said < 1 else 0.0
    return Belief(entry.value, 1 - wrong, tuple((v, p * more) for v, p in rivals.items()))


def misplaced(found: Found) -> float:
    """How probable it is that the cell is not the slot's: what the labels say, or less where they
    doubt more than they need to. Of small doubts nothing is known but themselves."""
    doubt = 1 - found.match
    return min(doubt, max(scales()[PLACE].error(doubt, LEAST_DOUBT), TOLD))


@cache
def scales() -> Mapping[str, Scale]:
    """As fitted, by kind."""
    fitted = json.loads((files("checks") / "calibration.json").read_text("utf-8"))
    return {name: Scale(*terms) for name, terms in fitted["scales"].items()}
