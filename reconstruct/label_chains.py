"""Text under text: what labels may be printed on one or several lines of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from document.geometry import Box
from document.report import TextLine

PrintedLine = Sequence[TextLine]
"""Runs of text side by side, left to right."""

MOST_LINES = 5
"""Lines that a label is printed on, at most."""

_UNDER = 0.5
"""Share of the narrower one's width by which a line of a label stands under the one above."""

_NEAR = 0.9
"""In characters: lines of one label are no further apart."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Runs of text under one another, read as one; from line `first` to line `last`."""

    first: int
    last: int
    runs: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def box(self) -> Box:
        return Box.enclosing(run.box for run in self.runs)


def chains_from(lines: Sequence[PrintedLine], first: int, em: float) -> Iterator[Chain]:
    """Every chain that begins in line `first`, short ones first; `em`: a character in points."""
    for run in lines[first]:
        runs = [run]
        yield Chain(first, first, (run,))
        for last in range(first + 1, min(first + MOST_LINES, len(lines))):
            under = _under(runs, lines[last], em)
            if under is not None:
                runs.append(under)
                yield Chain(first, last, tuple(runs))


def _under(runs: Sequence[TextLine], line: PrintedLine, em: float) -> TextLine | None:
    """The run of the line that stands most under the last of the runs."""
    above = runs[-1].box
    shared = [min(above.x1, run.box.x1) - max(above.x0, run.box.x0) for run in line]
    most = max(range(len(line)), key=shared.__getitem__, default=None)
    if most is None:
        return None
    below = line[most].box
    is_under = shared[most] >= _UNDER * min(above.width, below.width)
    return line[most] if is_under and below.y0 - above.y1 <= _NEAR * em else None
