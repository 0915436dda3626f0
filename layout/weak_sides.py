"""Sides of a table's cells too weak to be found by themselves: seen where its lines cross."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from document.geometry import Box
from document.picture import Pixels
from layout.line_evidence import Evidence, Flags, Floats, Sides
from layout.rulings import Ruling, bands, mean_position
from layout.whole_tables import continued, side_by_side

SAME_LINE = 0.2
"""In characters: rulings no further apart lie on one line of the table."""
ASTRAY = 0.06
"""In characters: how far from its line a side may lie, besides the pixel that evidence allows."""
SHORTEST = 0.5
"""In characters: two lines nearer to each other have no side of a cell between them."""
BEYOND = 0.5
"""In characters: a line may lie so far beyond the ends of those across it."""
ASIDE = 8.0
"""In characters: a column may stand so far beyond what was found of the rows' lines, where their
rest is broken: a longer piece would have been found by itself."""
EDGE = 1.0
"""In characters: nearer to the edge of the picture there is the edge of the paper."""
ALIKE = 2
"""So many of a table's lines begin or end alike where it ends, even if its side does not show."""
NO_ROW = 0.9
"""In characters: lines of a table are never so near each other."""
LEAST = 2.5
"""In characters: less of a line of which no ruling was found tells nothing."""
OF_TABLE = 0.32
"""Share of a table's extent that such a line is drawn along, clear of text. On the page forge's
development split (16 reports with broken rules, 12 whose other side shines through) those of the
table have 0.32 and more, most of them 0.4; strokes of characters under each other, and what is left
of the other side, 0.3 at most."""
AT_ENDS = 0.95
"""Of what is drawn elsewhere, so much is drawn where a line meets those across it. Of characters
under each other in low rows it is 0.72 to 0.82."""
AT_EACH_END = 0.4
"""The same of their first ends alone, and of their last: strokes for blanks may be set close to one
side of their cells."""
WHOLE, LOWEST = 0.95, 1.0
"""Share of a side that is drawn, and of both its ends, and its length in characters, if it tells of
a line by itself, as where columns show in the row of values alone. A 1 in a low row stays off the
rulings. On 148 pages with broken rules of the same split eight have such sides, all of them the
table's own; on 97 whose other side shines through none has."""
SCRAP = 0.15
"""Less of a line of the table is none: it must be found as those are of which nothing is known."""
LOW_ROW, LEAST_DRAWN = 0.45, 4
"""Of the usual row's height, told by so many lines at least: no row is so low. One that the other
side's ruling parted was 0.38 of it; rows of one line among rows of two are half as high."""
AT_END = 0.5
"""The same of a single side, one end of which may be missing."""

ROUNDS = 2
"""Between columns that were found, sides of rows show that did not before; and the sides of columns
begin and end at these."""

_Lines = dict[float, list[Ruling]]
"""The rulings on each line of a table, by its position."""


def weak_sides(
    gray: Pixels,
    scale: float,
    em: float,
    tables: Sequence[Sequence[Ruling]],
    least: float = 0.0,
) -> list[Ruling]:
    """The sides of the tables' cells that show where no ruling was found.

    `gray`: (height, width) uint8, `scale` pixels per point; `em` and rulings in points; `least`:
    how many gray levels darker than paper they are, at least. They lie on the lines of the tables'
    rulings, or on others that show along much of the table.
    """
    if not tables:
        return []
    across = Evidence.of(gray, em * scale, least)
    down = Evidence.of(np.asarray(cv2.transpose(gray), np.uint8), em * scale, least)
    # A line of one part may be too short for the whole of it; what lacks columns is no part yet.
    parts = [
        [*part, *(_of_table(part, across, down, scale) if _has_columns(part) else ())]
        for part in continued(tables, em)
    ]
    wholes = [[*whole, *_of_table(whole, across, down, scale)] for whole in side_by_side(parts, em)]
    known = {ruling for table in tables for ruling in table}
    return [ruling for whole in wholes for ruling in whole if ruling not in known]


def _has_columns(part: Sequence[Ruling]) -> bool:
    return any(not ruling.horizontal for ruling in part)


def _of_table(
    table: Sequence[Ruling], across: Evidence, down: Evidence, scale: float
) -> list[Ruling]:
    em = across.em / scale
    rows = [r for r in table if r.horizontal]
    columns = [r for r in table if not r.horizontal]
    seen: list[Ruling] = []
    for _ in range(ROUNDS):
        upright = [*columns, *seen]
        new = _sides(rows, [*upright, *_edges(rows, upright, em)], across, scale, BEYOND)
        if seen and not new:
            break
        rows += new
        turned = [r.transposed() for r in columns], [r.transposed() for r in rows]
        seen = [r.transposed() for r in _sides(*turned, down, scale, ASIDE)]
        if not seen:
            break
    return [*(r for r in rows if r not in table), *seen]


def _edges(rows: Sequence[Ruling], columns: Sequence[Ruling], em: float) -> list[Ruling]:
    """Where several lines of rows begin or end, and no column stands: the table ends there."""
    lines = [Box.enclosing(r.box for r in line) for line in bands(rows, SAME_LINE * em)]
    if len(lines) < ALIKE:
        return []
    near = BEYOND * em
    found = []
    for ends in (sorted(line.x0 for line in lines), sorted(-line.x1 for line in lines)):
        alike = [abs(x) for x in ends if x <= ends[0] + near]
        at = float(np.median(alike))
        if len(alike) >= ALIKE and all(abs(r.position - at) > near for r in columns):
            found.append(Ruling(False, at, lines[0].y0, lines[-1].y1))
    return found


def _sides(
    along: Sequence[Ruling],
    across: Sequence[Ruling],
    evidence: Evidence,
    scale: float,
    beyond: float,
) -> list[Ruling]:
    """The weak sides on the lines of level rulings, and on lines that have none, these so many
    characters beyond the rulings across at most."""
    em = evidence.em / scale
    corners = [mean_position(band) for band in bands(across, SAME_LINE * em)]
    spans = [(a, b) for a, b in pairwise(corners) if b - a > SHORTEST * em]
    if not spans:
        return []
    positions = [r.position for r in along]
    top = min([*(r.start for r in across), *positions]) - beyond * em
    bottom = max([*(r.end for r in across), *positions]) + beyond * em
    edge = EDGE * evidence.em
    last = min(bottom * scale, len(evidence.line) - 1 - edge)
    rows = slice(max(round(max(top * scale, edge)), 0), max(round(last), 1))
    seen = evidence.sides(rows, np.array(spans) * scale)
    lines = {mean_position(band): band for band in bands(along, SAME_LINE * em)}
    lines = _without_strays(lines, sum(b - a for a, b in spans))
    hidden = _lines(seen, [position * scale - rows.start for position in lines], evidence.em)
    lines |= {(row + rows.start + 0.5) / scale: [] for row in hidden}
    found = []
    for position, line in lines.items():
        width = float(np.median([r.width for r in line or along or across]))
        there = _drawn(seen, round(position * scale - 0.5) - rows.start, evidence.em)
        found += [
            Ruling(True, position, a, b, width)
            for (a, b), drawn in zip(spans, there, strict=True)
            if drawn and _covered(line, a, b) < 1 - SAME_LINE * em / (b - a)
        ]
    return found


def _without_strays(lines: _Lines, extent: float) -> _Lines:
    """Without lines of which hardly anything is drawn, such as a stroke of a character between two
    rulings, and those of which little is and that part a row too low, as the other side's do."""
    share = {at: sum(r.length for r in line) / extent for at, line in lines.items()}
    drawn = sorted(at for at in lines if share[at] >= OF_TABLE)
    lowest = LOW_ROW * float(np.median(np.diff(drawn))) if len(drawn) >= LEAST_DRAWN else 0.0
    return {
        at: line
        for at, line in lines.items()
        if share[at] >= SCRAP
        and (share[at] >= OF_TABLE or all(abs(at - other) >= lowest for other in drawn))
    }


def _lines(seen: Sides, known: Sequence[float], em: float) -> list[int]:
    """The rows, far from known ones, along which a line shows on much of the table."""
    shown = (seen.shows * seen.length).sum(axis=1)
    drawn = (seen.shows * seen.drawn * seen.length).sum(axis=1)
    count = seen.shows.sum(axis=1)
    usual = drawn / np.maximum(shown, 1)
    ends = [
        (seen.shows * own).sum(axis=1) / np.maximum(count, 1)
        for own in (seen.at_start, seen.at_end)
    ]
    reaching = sum(ends) / 2 >= AT_ENDS * usual - _chance(usual, 2 * count)
    reaching &= np.minimum(*ends) >= AT_EACH_END * usual - _chance(usual, count)
    enough = (drawn >= LEAST * em) & (drawn >= OF_TABLE * seen.length.sum())
    least = np.minimum(seen.drawn, (seen.at_start + seen.at_end) / 2)
    whole = seen.shows & (least >= WHOLE)
    enough |= (whole & (seen.length >= LOWEST * em)).any(axis=1)
    middles = np.arange(len(drawn)) + 0.5
    free = enough & reaching
    for at in known:
        free &= np.abs(middles - at) >= NO_ROW * em
    found: list[int] = []
    smooth = _smoothed(drawn)
    while free.any():
        found.append(int(np.argmax(np.where(free, smooth, -1.0))))
        free &= np.abs(middles - found[-1]) >= NO_ROW * em
    return found


def _drawn(seen: Sides, row: int, em: float) -> Flags:
    """Which sides of the line along a row are drawn, each where it shows best nearby."""
    astray = max(round(ASTRAY * em), 1)
    rows = np.clip(np.arange(row - astray, row + astray + 1), 0, len(seen.shows) - 1)
    share = seen.shows[rows] * seen.drawn[rows]
    at = rows[share.argmax(axis=0)], np.arange(share.shape[1])
    share = share.max(axis=0)
    usual = np.average(share, weights=share * seen.length) if share.any() else 0.0
    at_ends = (seen.at_start[at] + seen.at_end[at]) / 2
    return np.asarray(seen.shows[at] & (at_ends >= AT_END * usual - _chance(usual, 2)))


def _chance(drawn: Floats | float, ends: Floats | int) -> Floats:
    """By how much so many ends of sides differ from the rest of a dashed line: half the standard
    deviation of so many trials, for dashes are spread more evenly."""
    return np.asarray(np.sqrt(drawn * (1 - drawn) / np.maximum(ends, 1)) / 2, np.float64)


def _smoothed(levels: Floats) -> Floats:
    return np.asarray(np.convolve(levels, (1, 2, 1), "same"), np.float64)


def _covered(line: Sequence[Ruling], start: float, end: float) -> float:
    """The share between start and end that the line's rulings cover."""
    inside = sum(max(min(r.end, end) - max(r.start, start), 0) for r in line)
    return inside / (end - start)
