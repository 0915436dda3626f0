"""What a reader of all scripts says, heard by one who knows that the cell is a number's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

OTHER_TEXT = 0.01
"""How much less often a number's cell holds other text than the reader takes for granted. It reads
any of 18,000 characters anywhere, so a round 0 shares its probability with O, o and 。; in a cell
where the form has a number, those are seldom meant. Stated, not learned."""


def probability_of_value(
    value: Decimal | None,
    values: Sequence[tuple[Decimal | None, float]],
    *,
    marked: bool = False,
) -> float:
    """That `value`, None for blank, is what is printed; `values` are the candidates as numbers.

    Candidates that are the same number speak for one another; what all of them leave to 1 is other
    text, which counts `OTHER_TEXT` of its claim. A blank cell has its ink for evidence and is taken
    at its word, unless it is `marked` blank, with a stroke.
    """
    same = sum(p for v, p in values if v == value)
    if value is None and not marked:
        return min(same, 1.0)
    numbers = sum(p for _, p in values)
    heard = numbers + OTHER_TEXT * max(1 - numbers, 0.0)
    return same / heard if heard > 0 else 0.0
