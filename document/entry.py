"""A slot of a form with what was found in it, and what was judged of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from document.form import Slot, SlotForm
from document.geometry import Box
from document.grid import Bounds
from document.reading import Reading
from document.reason import Reasons


class Flag(StrEnum):
    """Why a cell deserves a look; each has a section in docs/flags.md."""

    LOW_CONFIDENCE = "low_confidence"
    CORRECTED = "corrected"
    INFERRED = "inferred"
    SOURCE_INCONSISTENT = "source_inconsistent"
    BLANK = "blank"
    NOT_FOUND = "not_found"
    UNEXPECTED_TEXT = "unexpected_text"
    READER_DISAGREEMENT = "reader_disagreement"
    NARRATIVE_MISMATCH = "narrative_mismatch"
    YEAR_MISMATCH = "year_mismatch"


class Status(StrEnum):
    ACCEPTED = "accepted"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Found:
    """The cell of the page that a slot was matched to; its box in upright points.

    `match` is the probability that this cell is the slot's, judged by labels and neighbours;
    `bounds`: how its bounds are known.
    """

    page: int
    box: Box
    reading: Reading
    match: float
    bounds: Bounds = Bounds.RULED


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the arithmetic made of a cell: `flag` says in which way, `reason` why, and `sure` how
    probable it is that this stands there."""

    flag: Flag
    reason: Reasons
    sure: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A slot and its cell; `found` is None when the page has no cell for it.

    `value` is the reading as a number in the slot's unit; None when blank, illegible or not found.
    `values` are the reading's candidates as numbers, best first, None standing for blank. Where
    `amended`, the value is what the arithmetic says; `found` holds what was read, untouched.
    """

    form: SlotForm
    found: Found | None
    value: Decimal | None
    values: tuple[tuple[Decimal | None, float], ...] = ()
    flags: frozenset[Flag] = frozenset()
    amended: Amendment | None = None

    @property
    def slot(self) -> Slot:
        return self.form.slot

    @property
    def blank(self) -> bool:
        """The cell is there and says nothing: no data, or 0 left out."""
        return Flag.BLANK in self.flags


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the report's text; the box holds its lines on the page, in upright points."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the form at one row or column, or a sentence that repeats a cell.

    `ok` is None when blank or missing cells leave it open; then `expected`, `found` and
    `difference` are what the known cells give, or None. `note` says what a person should know,
    such as that blank cells can only be 0. `unknown`: how many blank or missing cells it has;
    `equation`: that both sides are to be the same; `signs`: of its cells, in their order, as if all
    stood on the left. `quote`: the sentence that says what to expect.
    """

    rule: str
    at: tuple[tuple[str, str], ...]
    slots: tuple[Slot, ...]
    expected: Decimal | None
    found: Decimal | None
    difference: Decimal | None
    ok: bool | None
    note: Reasons = ()
    unknown: int = 0
    equation: bool = True
    signs: tuple[int, ...] = ()
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry with its confidence, the probability that `value` is what is printed.

    `concern`: what a proposal says of it.
    """

    entry: Entry
    confidence: float
    status: Status
    flags: frozenset[Flag]
    concern: Reasons = ()

    @property
    def reason(self) -> Reasons:
        """Why the arithmetic gave the cell this value, or doubts its place; nothing of others."""
        return self.concern or (self.entry.amended.reason if self.entry.amended else ())
