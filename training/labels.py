"""What a cell may be labelled: a number or mark in the reader's letters, nothing, or other text."""

from __future__ import annotations

import re
from enum import IntEnum

from ocr.numbers import ALPHABET

OTHER = "?"
"""The label of a cell that says something else than a number, a mark for none, or nothing."""

_UNIT = "(?:[百千]?[百千万亿]?(?:元|[件条项个]|人次|[人次])?|%)?"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?" + _UNIT
_READABLE = re.compile(rf"(?:[-+—]?{_NUMBER}|\({_NUMBER}\)|[-/]|—+|无)?")
_DASHES = re.compile("—+")


def label_of(text: str) -> str:
    """The label of a cell in which `text`, folded, stands. Dashes that touch are one."""
    if not _READABLE.fullmatch(text) or set(text) - set(ALPHABET):
        return OTHER
    return _DASHES.sub("—", text)


class Kind(IntEnum):
    """What a cell holds."""

    EMPTY = 0
    NUMBER = 1
    OTHER = 2


def kind_of(label: str) -> Kind:
    """The kind of a cell with this label."""
    if label == OTHER:
        return Kind.OTHER
    return Kind.NUMBER if label else Kind.EMPTY
