"""Printed labels compared: one wording however it was typeset, and how alike two wordings are."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from rapidfuzz import fuzz

from document.form import Label
from reconstruct.characters import packed, simplified

_QUOTES = re.compile("[\"'“”‘’「」『』《》〈〉<>/]")
_OPENING, _CLOSING = re.compile(r"[\[【〔{〖]"), re.compile(r"[\]】〕}〗]")
_STOPS = re.compile("[,、;；:。·.]+")
_NUMERAL = "[-一二三四五六七八九十]{1,3}"
_MARK = re.compile(
    rf"^(?:其中,?|\({_NUMERAL}\),?|{_NUMERAL}[,)]|\(\d{{1,2}}\),?|\d{{1,2}}(?:[,)]|(?=[^\W\d])))+"
)
_UNLIKE = 25.0
"""Per cent; texts less alike have nothing in common but frequent characters, and count 0."""

_SHORTEST_PART = 2
"""A shorter piece of a label than this is no evidence: 其 stands in too many."""


_LONGEST = 300
"""Characters of a text that are compared; no label is longer."""


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The wording without what printing varies.

    White space and line feeds, quotes, slashes, traditional characters, the width and shape of
    brackets and stops, and the mark that numbers a line (一、 (一) 1. 其中:) are gone or made one.
    """
    plain = simplified(packed(text[:_LONGEST]))
    plain = _CLOSING.sub(")", _OPENING.sub("(", _QUOTES.sub("", plain)))
    plain = _STOPS.sub(",", plain)
    return _MARK.sub("", plain).strip(",") or plain


@lru_cache(maxsize=65536)
def similarity(printed: str, wording: str) -> float:
    """How alike two wordings are, 0 … 1: 1 for the same after `normalise`, 0 where one is empty.

    The share of common characters in order (Indel similarity; 0 if small), and for a label that is
    cut off or stands within the other, three fifths and more by the share that is left.
    """
    a, b = normalise(printed), normalise(wording)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    alike = fuzz.ratio(a, b, score_cutoff=_UNLIKE) / 100
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if len(short) >= _SHORTEST_PART and short in long:
        alike = max(alike, 0.6 + 0.39 * len(short) / len(long))
    return min(alike, 0.99)


def label_similarity(printed: str, label: Label) -> float:
    """The best similarity to any wording of the label; 0.99 at most by an alias."""
    own = similarity(printed, label.text)
    if own == 1 or not label.aliases:
        return own
    return max(own, 0.99 * max(similarity(printed, alias) for alias in label.aliases))


def in_common(a: str, b: str) -> float:
    """The share of characters in common, whatever their order, 0 … 1: of labels side by side, all
    first lines are read before second ones."""
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / max(len(a) + len(b), 1)
