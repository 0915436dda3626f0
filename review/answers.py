"""What a person says of a cell."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What a person may say of a cell."""

    VALUE = "value"  # this is printed there: `text`
    BLANK = "blank"  # nothing is, or a stroke
    UNREADABLE = "unreadable"  # something is that nobody can read
