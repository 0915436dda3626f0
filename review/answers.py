"""What a person says of a cell, and what it means there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from document.errors import GoujiError
from document.form import SlotForm
from document.reading import Candidate, Reading, Source
from reconstruct import parse_amount


class Action(StrEnum):
    """What a person may say of a cell."""

    VALUE = "value"  # this is printed there: `text`
    BLANK = "blank"  # nothing is, or a stroke
    UNREADABLE = "unreadable"  # something is that nobody can read


class NoNumberError(GoujiError):
    """What was typed is not what the cell can hold."""

    code = "no_number"


@dataclass(frozen=True, slots=True)
class Answer:
    """`text`: the number as it is printed, for `VALUE` only."""

    action: Action
    text: str = ""

    def reading(self) -> Reading:
        """As if a reader had said so who knows no rivals."""
        match self.action:
            case Action.VALUE:
                return Reading(self.text, 1.0, Source.HUMAN, (Candidate(self.text, 1.0),))
            case Action.BLANK:
                return Reading("", 1.0, Source.HUMAN, (Candidate("", 1.0),))
            case Action.UNREADABLE:
                return Reading("?", 0.0, Source.HUMAN)


def answer(action: Action, text: str, slot: SlotForm) -> Answer:
    """The answer, if the slot can hold it; NoNumberError if not."""
    if action is not Action.VALUE:
        return Answer(action)
    amount = parse_amount(text, slot.unit, slot.kind)
    if amount.blank:
        return Answer(Action.BLANK)
    if amount.value is None:
        raise NoNumberError(f"{text.strip()!r} is not a number that this cell can hold")
    return Answer(action, text.strip())


def value_of(given: Answer, slot: SlotForm) -> Decimal | None:
    """The answer in the slot's unit; None for blank and unreadable."""
    if given.action is not Action.VALUE:
        return None
    return parse_amount(given.text, slot.unit, slot.kind).value
