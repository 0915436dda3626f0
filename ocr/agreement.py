"""Two readers of one cell: what each says, taken together.

They learned from different pictures and look at different ones, a tight crop and the whole cell, so
they err apart more often than alike. Each is heard as an independent witness (Bayes' rule).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from document.reading import Candidate, Reading
from ocr.cell_reader import Guess
from ocr.stray import is_well_formed, number_of

CLEAR = 0.9
"""From this probability on the cell reader's word is taken until all of the page is read; what the
report's arithmetic then does not bear out, the second reader is asked about, too."""
UNHEARD = 1e-4
"""How probable a reader finds a text that it does not name, at least: it may have missed it."""
SLASH_LOOKS_LIKE_ONE = 0.2
"""How often the general recogniser reads a lone / as 1 and is sure of it: it was made for lines of
text, where none stands alone. Stated: on poor and bad pages it is a typeface's every / or none."""
LEAK = 0.05
"""How likely the second reader, where it has no idea, is to have none because of the text that the
first names: its letters look like other ones, or the picture is bad. Stated, not learned."""
ALIKE = 1e-5
"""That two readers make the same mistake, at least. Stated, not learned."""
MALFORMED = 1e-2
"""How much less likely a text is to be printed that is no number, such as `(` or `0,0001`, than
one that is. Stated, not learned."""
_WORDS = 0.5
_KEEP = 6


def is_clear(guess: Guess) -> bool:
    """Whether the first answer stands alone for now in a cell with ink."""
    return bool(guess.best.text) and guess.best.probability >= CLEAR


def heard_together(reading: Reading, guess: Guess | None) -> Reading:
    """The second reader's reading after the first reader's guess.

    What both take for words is left as the second read it. As far as the second has no idea what
    stands there, the first's word is taken, and trusted less.
    """
    if guess is None or not (reading.candidates or guess.candidates):
        return reading
    second = _with_slashes(_by_number(reading.candidates))
    first = {c.text: c.probability for c in guess.candidates}
    numbers = sum(second.values())
    words = reading.probability if numbers < _WORDS and reading.text not in second else 0.0
    if sum(c.probability for c in guess.candidates) < _WORDS and numbers < _WORDS:
        return reading
    joint = _product(first, second, LEAK * max(1 - numbers - words, 0.0))
    doubted = [Candidate(text, chance * (1 - ALIKE)) for text, chance in joint.items()]
    candidates = tuple(sorted(doubted, key=lambda c: -c.probability)[:_KEEP])
    best = candidates[0]
    if words > guess.best.probability:
        return replace(reading, candidates=candidates)
    return replace(reading, text=best.text, probability=best.probability, candidates=candidates)


def _product(
    first: Mapping[str, float], second: Mapping[str, float], leak: float
) -> dict[str, float]:
    """Each text's probability, for both readers speak of the same text.

    `leak`: how likely the second's having no idea is, whatever number stands there.
    """
    rest = max(1 - sum(first.values()), UNHEARD) * max(1 - sum(second.values()), UNHEARD)
    both = {
        text: (1.0 if is_well_formed(text) else MALFORMED)
        * max(first.get(text, 0.0), UNHEARD)
        * (max(second.get(text, 0.0), UNHEARD) + leak)
        for text in {**first, **second}
    }
    total = sum(both.values()) + rest
    return {text: chance / total for text, chance in both.items()}


def _with_slashes(second: Mapping[str, float]) -> dict[str, float]:
    """What the general recogniser takes for a lone 1 may be a stroke for no data."""
    chance = SLASH_LOOKS_LIKE_ONE * second.get("1", 0.0)
    return {**second, "/": max(second.get("/", 0.0), chance)} if chance else dict(second)


def _by_number(candidates: Sequence[Candidate]) -> dict[str, float]:
    chances: dict[str, float] = {}
    for c in candidates:
        text = number_of(c.text)
        chances[text] = chances.get(text, 0.0) + c.probability
    return chances
