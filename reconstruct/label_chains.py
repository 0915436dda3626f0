"""Text under text: what labels may be printed on one or several lines of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from document.geometry import Box
from document.report import TextLine

PrintedLine = Sequence[TextLine]
"""Runs of text side by side, left to right."""

MOST_LINES = 9
"""Lines between the first and the last of a label, at most: written downwards, it has six, and
there are others beside it."""

_BESIDE = 1.3
"""In characters: runs of one label side by side are no further apart, after a comma either."""

_MOST_RUNS = 8
"""So many runs side by side a label has at most: where print is faint, characters are missing."""

_UNDER = 0.5
"""Share of the narrower one's width by which a line of a label stands under the one above."""

_NEAR = 0.9
"""In characters: lines of one label are no further apart."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Runs of text beside and under one another, read as one; from line `first` to line `last`."""

    first: int
    last: int
    runs: tuple[TextLine, ...]
    text: str
    box: Box


def chains_from(lines: Sequence[PrintedLine], first: int, em: float) -> Iterator[Chain]:
    """Every chain that begins in line `first`, short ones first; `em`: a character in points."""
    for begin in range(len(lines[first])):
        for runs in _side_by_side(lines[first], begin, em):
            yield from _downwards(runs, lines, first, em)


def _side_by_side(line: PrintedLine, begin: int, em: float) -> Iterator[tuple[TextLine, ...]]:
    """The run that begins there, alone and with those close to its right."""
    for end in range(begin + 1, min(begin + _MOST_RUNS, len(line)) + 1):
        if end > begin + 1 and line[end - 1].box.x0 - line[end - 2].box.x1 > _BESIDE * em:
            break
        yield tuple(line[begin:end])


def _downwards(
    runs: tuple[TextLine, ...], lines: Sequence[PrintedLine], first: int, em: float
) -> Iterator[Chain]:
    above = Box.enclosing(run.box for run in runs)
    box, text = above, "".join(run.text for run in runs)
    yield Chain(first, first, runs, text, box)
    for last in range(first + 1, min(first + MOST_LINES, len(lines))):
        under = _under(above, lines[last], em)
        if under:
            above = Box.enclosing(run.box for run in under)
            box = Box.enclosing((box, above))
            runs = (*runs, *under)
            text += "".join(run.text for run in under)
            yield Chain(first, last, runs, text, box)
        elif min((run.box.y0 for run in lines[last]), default=0.0) > above.y1 + _NEAR * em:
            break


def _under(above: Box, line: PrintedLine, em: float) -> list[TextLine]:
    """The runs of the line that stand under the box, close to one another."""
    under: list[TextLine] = []
    for run in line:
        box = run.box
        shared = min(above.x1, box.x1) - max(above.x0, box.x0)
        if box.y0 - above.y1 > _NEAR * em or shared < _UNDER * min(above.width, box.width):
            continue
        if under and box.x0 - under[-1].box.x1 > _BESIDE * em:
            break
        under.append(run)
    return under
