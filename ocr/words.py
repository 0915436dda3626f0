"""What a text layer says of a cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import permutations

from document.geometry import Box
from document.page import Word

_GAP = 0.15
"""Words of a line further apart than this, in parts of their height, have a space between them."""
_OVER = 0.12
"""A word that leaves its cell by more than this part of its height goes on in the next."""
_TIGHT = 0.08
"""Nor does type stand so near to type of another cell, with a ruling between, by intention."""


def words_in(words: Iterable[Word], box: Box) -> list[Word]:
    """The words whose centre lies in the box."""
    return [word for word in words if box.holds(word.box.center)]


def words_by_cell(words: Sequence[Word], boxes: Sequence[Box]) -> list[list[Word]]:
    """For each of the boxes of one grid the words in it; a word on an edge goes to one of them."""
    found: list[list[Word]] = [[] for _ in boxes]
    for word in words:
        place = next((i for i, box in enumerate(boxes) if box.holds(word.box.center)), None)
        if place is not None:
            found[place].append(word)
    return found


def goes_on(found: Sequence[Sequence[Word]], boxes: Sequence[Box]) -> list[bool]:
    """For each cell whether its print goes on beyond its side: a number wider than its cell.

    Characters go to the cell that their middle lies in, so what is left in either cell looks whole.
    """
    at_side = [
        (number, word)
        for number, (words, box) in enumerate(zip(found, boxes, strict=True))
        for word in words
        if _room(word.box, box) < word.box.height
    ]
    cut = {i for i, word in at_side if _room(word.box, boxes[i]) < -_OVER * word.box.height}
    for (i, one), (j, other) in permutations(at_side, 2):
        gap = other.box.x0 - one.box.x1
        near = abs(gap) < _TIGHT * min(one.box.height, other.box.height)
        if i != j and near and _shares_line(one.box, other.box):
            cut |= {i, j}
    return [number in cut for number in range(len(found))]


def _room(word: Box, cell: Box) -> float:
    """From the word to the nearer side of its cell, negative where it is over."""
    return min(word.x0 - cell.x0, cell.x1 - word.x1)


def text_of(words: Sequence[Word]) -> str:
    """The words as text: lines top to bottom joined by a line feed, a vertical head in one."""
    lines = [_line_text(line) for line in _lines(words)]
    vertical = len(lines) >= 3 and all(len(line) == 1 for line in lines)
    return ("" if vertical else "\n").join(lines)


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words overlap the line they are in by half of the lower one's height."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.center[1]):
        if lines and _shares_line(lines[-1][0].box, word.box):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box.x0) for line in lines]


def _shares_line(a: Box, b: Box) -> bool:
    return min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5 * min(a.height, b.height)


def _line_text(line: Sequence[Word]) -> str:
    text = ""
    for before, word in zip([None, *line], line, strict=False):
        if before is not None:
            apart = word.box.x0 - before.box.x1 > _GAP * max(before.box.height, word.box.height)
            if apart and not (_is_wide(text[-1:]) and _is_wide(word.text[:1])):
                text += " "
        text += word.text
    return text


def _is_wide(character: str) -> bool:
    """Chinese characters and punctuation, between which no space is meant."""
    return unicodedata.east_asian_width(character) in "WF" if character else False
