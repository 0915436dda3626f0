"""Items of the queue."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an item is on its way."""

    OPEN = "open"
    DONE = "done"  # a person answered, or as many as were asked for
    SETTLED = "settled"  # the arithmetic did, after another answer
