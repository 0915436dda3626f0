"""Tables that were printed block by block: small grids under each other that are one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from document.geometry import Box
from reconstruct.form_matcher import FormMatcher
from reconstruct.joined_table import JoinedTable
from reconstruct.seams import stacked
from reconstruct.table_matching import TableMatch

_SAME_EDGE = 0.02
"""How far the edges of two grids under each other may lie apart, as a share of their width."""

_APART = 1.25
"""In rows: what stands further apart is no table together, a title has room between."""

Matched = tuple[JoinedTable, list[TableMatch]]
"""A grid and every table of a form that it may be on."""


def matched_stacks(grids: Sequence[JoinedTable], matcher: FormMatcher) -> Iterator[Matched]:
    """The grids in order, each with its matches; a stack is one where only together it fits a form.

    One of few rows has too few labels to tell its form where they are read badly.
    """
    found = [(grid, matcher.matches(grid)) for grid in grids]
    for run in _runs(grids):
        own = found[run.start : run.stop]
        if len(run) > 1 and not all(_stands_alone(each) for _, each in own):
            whole = stacked(grids[run.start : run.stop])
            together = matcher.matches(whole)
            if _slots(together) > sum(_slots(each) for _, each in own):
                own = [(whole, together)]
        yield from own


def _runs(grids: Sequence[JoinedTable]) -> list[range]:
    """Grids that follow each other down a page as if they were one."""
    starts = [0] + [i for i, pair in enumerate(pairwise(grids), 1) if not _follows(*pair)]
    return [range(a, b) for a, b in pairwise([*starts, len(grids)])] if grids else []


def _follows(above: JoinedTable, below: JoinedTable) -> bool:
    a, b = _box(above, -1), _box(below, 0)
    if above.pages[1] != below.pages[0]:
        return False
    edge = _SAME_EDGE * max(a.width, b.width)
    room = _APART * min(above.usual_height, below.usual_height)
    aligned = abs(a.x0 - b.x0) <= edge and abs(a.x1 - b.x1) <= edge
    return aligned and 0 <= b.y0 - a.y1 <= room


def _box(table: JoinedTable, part: int) -> Box:
    return table.parts[part].grid.box


def _stands_alone(found: Sequence[TableMatch]) -> bool:
    return any(match.stands_alone for match in found)


def _slots(found: Sequence[TableMatch]) -> int:
    """Slots of the best match that stands alone."""
    alone = [match for match in found if match.stands_alone]
    return max(alone, key=lambda match: match.fit).slots if alone else 0
