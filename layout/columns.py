"""Where lines of text stand in columns: white gutters that run through them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from document.geometry import Box
from layout.centred import Slot
from layout.text_lines import Line, phrases

GUTTER = 1.0
"""In characters: a gap so wide in a line may be a gutter; prose has none, nor after a full stop."""
NARROWEST = 0.3
"""In characters: what is left of a gutter between the widest of its neighbours."""
FAR = 3.5
"""In characters: a table's next line is no further away."""
CENTRED = 3.0
"""In characters: how far from the table's middle a caption may stand."""
CLOSE = 0.6
"""In characters: a line so near belongs to the cell of the one above."""
INSET = 0.15
"""Share of the table's width that a caption stands clear of its edge."""
HEAD_FAR = 2.6
"""In characters: a line of heads is no further above the next one."""
PROSE = 0.7
"""Share of the width that lines of prose fill, at least; those of a table fill less."""
DIGIT = 0.92
"""Height of a digit, at most, as a share of that of most labels."""
NARROW = 0.8
"""Width of a digit or a stroke, at most, in the same measure."""
INK = 0.9
"""Height of a line of labels in characters."""
WIDE = 3.5
"""Heights that a label is wide, at least; most numbers are not."""
FEW = 0.6
"""Outer labels are so few for each inner one, at most."""
SPREAD = 1.5
"""In characters: words in a line that was spread to fill its width are no further apart."""
FULL = 0.85
"""Share of the width that such a line fills, at least."""
SURE = 4
"""So many lines with values make a table even if none is a number."""
MANY = 4
"""So many gutters are no chance."""
KEPT = 0.6
"""Share of the gutters that a label leaves open which reaches into the columns beside its own."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines of text, top to bottom, and the gutters (start and end in points) through all of them.

    `captions`: which of the lines span the whole table. `above`: lines of heads over several
    columns, which close gutters.
    """

    lines: tuple[Line, ...]
    gutters: tuple[Slot, ...]
    captions: frozenset[int]
    em: float
    above: tuple[Line, ...] = ()

    @property
    def box(self) -> Box:
        return Box.enclosing(piece for line in self.lines for piece in line)

    @property
    def character(self) -> float:
        """The height of most labels."""
        return label_height([piece for line in self.lines for piece in line], self.em)

    def is_number(self, piece: Box) -> bool:
        """Whether the piece is lower or much narrower than the characters of labels."""
        return is_number(piece, self.character)

    def _columns(self) -> list[Line]:
        """What stands in each column, line by line."""
        bounds = [-math.inf, *((a + b) / 2 for a, b in self.gutters), math.inf]
        lines = [line for n, line in enumerate(self.lines) if n not in self.captions]
        return [
            [Box.enclosing(some) for line in lines if (some := _between(line, *ends))]
            for ends in pairwise(bounds)
        ]

    def numbers(self) -> list[bool]:
        """Which of the columns hold numbers, perhaps under heads and with units."""
        return [
            3 * sum(map(self.is_number, column)) >= len(column) > 0 for column in self._columns()
        ]

    def first_value(self) -> int:
        """The gutter that values begin after: before it are labels, outer ones few."""
        numbers = self.numbers()
        counts = [len(column) for column in self._columns()]
        labels = numbers.index(True) if True in numbers else 1
        for inner in range(min(labels, len(self.gutters)) - 1, 0, -1):
            if sum(counts[:inner]) <= FEW * counts[inner]:
                return inner
        return 0


def _between(line: Line, start: float, end: float) -> Line:
    return [piece for piece in line if start < piece.center[0] < end]


def label_height(pieces: Sequence[Box], em: float) -> float:
    """The height of most labels among pieces of text, which numbers do not reach."""
    high = [p for p in pieces if p.height > em / 2]
    wide = [p.height for p in high if p.width > WIDE * p.height]
    heights = sorted(wide or [p.height for p in high] or [INK * em])
    return heights[len(heights) // 2 if wide else len(heights) * 3 // 4]


def is_number(piece: Box, character: float) -> bool:
    """Whether the piece is lower or much narrower than characters of this height."""
    return piece.height < DIGIT * character or piece.width < NARROW * character


def find_columns(lines: Sequence[Line], em: float) -> list[Columns]:
    """Stretches of lines with common gutters, top to bottom; none overlap."""
    free = [bool(line) for line in lines]
    found: list[tuple[int, Columns]] = []
    order = sorted(range(len(lines)), key=lambda i: (-len(_gaps(lines[i], em)), i))
    for least, seed in product((2, 1), order):
        if not free[seed] or not _gaps(lines[seed], em):
            continue
        first, last, columns = _grown(lines, free, seed, em)
        if _is_table(columns, least):
            above = _above(
                [line for line, is_free in zip(lines, free[:first], strict=False) if is_free],
                columns,
                em,
            )
            first -= len(above)
            free[first : last + 1] = [False] * (last + 1 - first)
            found.append((first, replace(columns, above=tuple(above))))
    return [columns for _, columns in sorted(found, key=lambda each: each[0])]


def _gaps(line: Line, em: float) -> list[Slot]:
    return [(a.x1, b.x0) for a, b in pairwise(line) if b.x0 - a.x1 >= GUTTER * em]


def _grown(
    lines: Sequence[Line], free: Sequence[bool], seed: int, em: float
) -> tuple[int, int, Columns]:
    """From the seed line down, then up, as long as gutters stay open."""
    gutters = _gaps(lines[seed], em)
    span = (lines[seed][0].x0, lines[seed][-1].x1)
    taken, captions = [seed], set()
    for step in (1, -1):
        waiting: list[int] = []
        last = seed
        i = seed + step
        while 0 <= i < len(lines) and free[i] and _distance(lines[last], lines[i]) <= FAR * em:
            left = _left_open(gutters, lines[i], em)
            if _is_caption(lines[i], span, em):
                waiting.append(i)
            elif left is None or not _fits(lines[i], span, em):
                break
            else:
                gutters = left
                span = min(span[0], lines[i][0].x0), max(span[1], lines[i][-1].x1)
                taken += [*waiting, i]
                captions.update(waiting)
                waiting = []
            last = i
            i += step
        if step < 0 and waiting:  # a caption over all of it
            taken += waiting[:1]
            captions.add(waiting[0])
    taken = _trimmed(sorted(taken), lines, gutters[0][1], captions, em)
    first, end = min(taken), max(taken)
    kept = [i for i in range(first, end + 1) if i in taken]
    gutters = _gaps(lines[seed], em)
    for i in sorted(kept, key=lambda i: abs(i - seed)):
        if i not in captions:
            gutters = _left_open(gutters, lines[i], em) or gutters
    table = Columns(
        tuple(lines[i] for i in kept),
        tuple(gutters),
        frozenset(n for n, i in enumerate(kept) if i in captions),
        em,
    )
    return first, end, table


def _trimmed(
    taken: list[int], lines: Sequence[Line], values: float, captions: set[int], em: float
) -> list[int]:
    """Without labels above the first value and below the last, which are headings mostly.

    What follows closely belongs to the last row's label.
    """
    rows = [i for i in taken if lines[i][-1].x0 >= values and i not in captions]
    if not rows:
        return taken
    last = rows[-1]
    for i in taken:
        if i > last and _distance(lines[last], lines[i]) <= CLOSE * em:
            last = i
    return [i for i in taken if last >= i >= rows[0] or (i in captions and i < rows[0])]


def _distance(one: Line, other: Line) -> float:
    upper, lower = sorted((one, other), key=lambda line: line[0].y0)
    return min(b.y0 for b in lower) - max(b.y1 for b in upper)


def _left_open(gutters: Sequence[Slot], line: Line, em: float) -> list[Slot] | None:
    """The gutters as the line leaves them; None if it does not keep to them.

    Heads of neighbouring columns stand so near each other that a line of them looks like a phrase;
    then all gutters must go through it. A label may close those that part labels from one another:
    it begins before the first of them.
    """
    whole = phrases(line, GUTTER * em)
    left, closed = _cut(gutters, whole, em)
    if not closed:
        return left
    fine, tight = _cut(gutters, line, em)
    if not tight:
        return fine
    if len(closed) == len(gutters) or closed != list(gutters[: len(closed)]):
        return None
    starts = whole[0].x0 < gutters[0][0] and whole[0].x1 < gutters[len(closed)][0]
    return left if starts and len(left) >= KEPT * len(gutters) else None


def _cut(gutters: Sequence[Slot], line: Line, em: float) -> tuple[list[Slot], list[Slot]]:
    """What the line leaves of the gutters, and those of which it leaves nothing."""
    parts = [_minus(gutter, line, NARROWEST * em) for gutter in gutters]
    closed = [gutter for gutter, part in zip(gutters, parts, strict=True) if not part]
    return [slot for part in parts for slot in part], closed


def _minus(gutter: Slot, line: Line, least: float) -> list[Slot]:
    """What the pieces of a line leave of a gutter."""
    parts = []
    start, end = gutter
    for piece in line:
        if piece.x1 <= start or piece.x0 >= end:
            continue
        if piece.x0 - start >= least:
            parts.append((start, piece.x0))
        start = max(start, piece.x1)
    if end - start >= least:
        parts.append((start, end))
    return parts


def _is_caption(line: Line, span: Slot, em: float) -> bool:
    middle = (span[0] + span[1]) / 2
    whole = phrases(line, GUTTER * em)
    width = span[1] - span[0]
    inside = len(whole) == 1 and whole[0].x0 > span[0] + INSET * width
    return inside and abs(whole[0].center[0] - middle) <= CENTRED * em


def _fits(line: Line, span: Slot, em: float) -> bool:
    """Whether the line lies under the table and is no heading, which begins left of it."""
    return line[0].x0 > span[0] - 8 * em and line[-1].x1 < span[1] + 4 * em


def _above(lines: Sequence[Line], columns: Columns, em: float) -> list[Line]:
    """The lines above that hold heads over several columns, as far as one stands over values."""
    box, (label_end, value_start) = columns.box, columns.gutters[columns.first_value()]
    found: list[Line] = []
    kept, top = 0, box.y0
    for line in reversed(lines):
        whole = phrases(line, GUTTER * em)
        if (
            0 in columns.captions
            or top - max(b.y1 for b in line) > HEAD_FAR * em
            or any(b.x0 < label_end and b.x1 > value_start for b in whole)
            or whole[0].x0 < box.x0 - 2 * em
            or whole[-1].x1 > box.x1 + 2 * em
        ):
            break
        has_value = whole[-1].x0 >= label_end
        over = [b for b in whole if b.x0 >= label_end]
        if len(over) == 1 and not _is_over(over[0], (value_start, box.x1), (box.x0, box.x1), em):
            break
        if has_value and len(found) > kept and top - max(b.y1 for b in line) > em:
            break  # between both there is a heading
        found.append(line)
        top = min(b.y0 for b in line)
        if has_value:
            kept = len(found)
    return found[:kept][::-1]


def _is_over(head: Box, values: Slot, table: Slot, em: float) -> bool:
    """Whether the head stands in the middle over the values or the table."""
    middles = ((start + end) / 2 for start, end in (values, table))
    return any(abs(head.center[0] - middle) <= CENTRED * em for middle in middles)


def _is_prose(line: Line, columns: Columns) -> bool:
    """Whether one run of words fills the line, however far a typesetter has spread them."""
    whole = phrases(line, SPREAD * columns.em)
    return whole[0].width > FULL * columns.box.width


def _is_text(piece: Box, character: float) -> bool:
    """Whether the piece may be a character: neither a speck nor a stroke."""
    return piece.height > 0.5 * character and piece.width > 0.3 * character


def _is_table(columns: Columns, least: int) -> bool:
    """Whether so many lines keep to the gutters that it is no chance, and all are no prose.

    A single line will do, if `least` is 1, when it has many numbers.
    """
    first, many = columns.gutters[0], len(columns.gutters) >= MANY
    width = columns.box.width
    filled = sorted(sum(b.width for b in line) / width for line in columns.lines)
    if filled[len(filled) // 2] > PROSE or all(_is_prose(line, columns) for line in columns.lines):
        return False
    readable = [line for line in columns.lines if any(_is_text(b, columns.character) for b in line)]
    if 2 * len(readable) < len(columns.lines):
        return False
    values = [line for line in columns.lines if line[-1].x0 >= first[1]]
    if not any(columns.numbers()) and len(values) < SURE:
        return False
    if many and len(values) >= 2:
        return True
    if len(values) < 2:
        numbers = [sum(columns.is_number(b) for b in line) for line in values]
        return many and least == 1 and max(numbers, default=0) >= MANY
    rows = [line for line in values if line[0].x1 <= first[0]]
    return len(rows) >= (2 if len(columns.gutters) > 1 else 3)
