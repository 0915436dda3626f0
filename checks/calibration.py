"""From what a reader says of itself to a probability."""

from __future__ import annotations

from document.reading import Source


def calibrated(probability: float, source: Source) -> float:
    """The probability that a reading with this claim is right; the claim as it is for now."""
    del source
    return probability
