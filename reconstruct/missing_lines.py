"""Rulings that are missing from end to end: rows and columns that hold several lines of the form.

Places of the grid and lines of the form are aligned as sentences are with their translations (Gale
and Church 1993): one to one, or one place to some lines that follow each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from rapidfuzz import fuzz

from document.expectation import Expectation
from document.form import Line
from document.geometry import Box
from reconstruct.alignment import Pair
from reconstruct.block_matching import BlockMatch
from reconstruct.characters import packed
from reconstruct.column_matching import Heading
from reconstruct.joined_table import JoinedCell, JoinedTable, says_number
from reconstruct.labels import in_common

_MOST = 4
"""Lines that one place may hold."""

_LEAST = 0.75
"""A text less like the labels of several lines together is not taken for them."""

_BETTER = 0.1
"""By so much it must be more like them together than like any of them alone."""

_PAIRED = 0.1
"""What a pair of one place and one line is worth at least, so that good ones are kept."""

_PLAIN = 0.95
"""From this likeness on, a place's text says one line and no other."""

_UNEVEN = 0.15
"""Of a column's width: columns that a form prints alike differ by less."""

Likeness = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Run:
    """A place of the grid that holds `count` lines of the form."""

    place: int
    count: int


def rows_without_ruling(table: JoinedTable, block: BlockMatch) -> Iterator[Expectation]:
    """Rows that hold several lines, each to be divided into as many."""
    (_, before), (_, after) = block.row_ends
    places = range(before + 1, after)
    columns = [block.headings[pair.place].columns.start for pair in block.columns]
    values = min(columns, default=table.columns)
    texts = [_own_label(table, row, values) for row in places]
    told = [_lines_of_values(table, row, values) for row in places]
    for run in _runs(places, texts, block.rows, block.block.rows, (_in_order, told)):
        cells = [cell for cell in table.row_cells(run.place) if cell.rowspan == 1]
        if cells and len({cell.page for cell in cells}) == 1:
            box = Box.enclosing(cell.box for cell in cells)
            yield Expectation(cells[0].page, box, row_lines=_shares(box.y0, box.y1, run.count))


def first_row_in_headings(table: JoinedTable, block: BlockMatch) -> Iterator[Expectation]:
    """The headings of which most end in a number where the form's first row is missing: it is to be
    divided off them, as high as the row below."""
    first = block.rows[0]
    last = first.place - 1
    if first.line != 1 or last not in block.heads:
        return
    spans = [block.headings[pair.place].columns for pair in block.columns]
    own = [table.matrix[last][span.start] for span in spans]
    below = table.matrix[first.place][spans[0].start]
    if 2 * sum(_ends_in_number(cell.text) for cell in own) <= len(own):
        return
    cells = [cell for cell in table.cells if cell.rows.stop == first.place]
    if {cell.page for cell in cells} == {below.page}:
        box = Box.enclosing(cell.box for cell in cells)
        yield Expectation(below.page, box, row_lines=(box.y1 - below.box.height,))


def _ends_in_number(text: str) -> bool:
    *words, last = text.split("\n")
    return bool(words) and says_number(last)


def columns_without_ruling(table: JoinedTable, block: BlockMatch) -> Iterator[Expectation]:
    """Columns that hold several lines; a heading over as many columns needs no other line."""
    (_, before), (_, after) = block.column_ends
    places = range(before + 1, after)
    if not places or len(block.columns) == len(block.block.columns):
        return
    by_width = list(columns_by_width(table, block))
    if by_width or block.by_position or not block.heads:
        yield from by_width
        return
    texts = [_last(block.headings[place]) for place in places]
    widths = [_width(table, block.headings[place]) for place in places]
    told = [round(width / median(widths)) for width in widths]
    for run in _runs(places, texts, block.columns, block.block.columns, (in_common, told)):
        columns = block.headings[run.place].columns
        head = table.matrix[block.heads[-1]][columns.start]
        if len(columns) == run.count:
            lefts = {c.column: c.box.x0 for c in table.cells if c.page == head.page}
            lines = tuple(sorted({lefts[c] for c in columns[1:] if c in lefts}))
            if len(lines) == run.count - 1:
                yield Expectation(head.page, head.box, column_lines=lines)
        elif len(columns) == 1:
            for box, page in _column_boxes(table, block, head):
                yield Expectation(page, box, column_lines=_shares(box.x0, box.x1, run.count))


def columns_by_width(table: JoinedTable, block: BlockMatch) -> Iterator[Expectation]:
    """Columns that hold several lines, where all are as wide as one of the form's, at least one, or
    several, and come to as many."""
    (_, before), (_, after) = block.column_ends
    if after - before < 2:
        return
    first = block.headings[before + 1].columns.start
    cells = [c for c in table.row_cells(block.rows[-1].place) if c.columns.start >= first]
    unit = sum(cell.box.width for cell in cells) / len(block.block.columns) or 1.0
    widths = [cell.box.width / unit for cell in cells]
    counts = [max(round(width), 1) for width in widths]
    uneven = max((abs(width - n) for width, n in zip(widths, counts, strict=True)), default=0.0)
    if sum(counts) != len(block.block.columns) or uneven > _UNEVEN or min(counts, default=0) > 1:
        return
    for cell, count in zip(cells, counts, strict=True):
        if count > 1:
            for box, page in _column_boxes(table, block, cell):
                yield Expectation(page, box, column_lines=_shares(box.x0, box.x1, count))


def _column_boxes(
    table: JoinedTable, block: BlockMatch, head: JoinedCell
) -> Iterator[tuple[Box, int]]:
    """The column from its heading down to the block's last row, page by page."""
    rows = {pair.place for pair in block.rows} | set(block.heads[-1:])
    cells = [c for c in table.cells if c.columns == head.columns and rows & set(c.rows)]
    for page in sorted({cell.page for cell in cells}):
        yield Box.enclosing(cell.box for cell in cells if cell.page == page), page


def _runs(
    places: range,
    texts: Sequence[str],
    pairs: Sequence[Pair],
    lines: Sequence[Line],
    evidence: tuple[Likeness, Sequence[int]],
) -> list[Run]:
    """The places that hold several lines, in the alignment that fits best."""
    if len(pairs) == len(lines) or not all(line.labels for line in lines):
        return []
    like, told = evidence
    paired = {(pair.place, pair.line): pair.likeness for pair in pairs}
    plain = {pair.place for pair in pairs if pair.likeness >= _PLAIN}
    labels = [packed(line.labels[-1].text) for line in lines]

    def gain(place: int, first: int, count: int) -> float:
        if count == 1:
            likeness = paired.get((places[place], first))
            return 0.0 if likeness is None else max(likeness - 0.5, _PAIRED)
        if places[place] in plain and told[place] != count:
            return 0.0
        text, parts = packed(texts[place]), labels[first : first + count]
        whole = like(text, "".join(parts)) if text else 0.0
        alone = max(like(text, part) for part in parts) if text else 0.0
        named = whole >= _LEAST and whole > alone + _BETTER
        return (
            count * ((whole if named else _LEAST) - 0.5) if named or told[place] == count else 0.0
        )

    best: list[list[tuple[float, int]]] = [
        [(0.0, 0)] * (len(lines) + 1) for _ in range(len(places) + 1)
    ]
    for p in range(1, len(places) + 1):
        for n in range(1, len(lines) + 1):
            options = [(best[p - 1][n][0], 0), (best[p][n - 1][0], -1)]
            for count in range(1, min(_MOST, n) + 1):
                value = gain(p - 1, n - count, count)
                if value > 0:
                    options.append((best[p - 1][n - count][0] + value, count))
            best[p][n] = max(options)
    runs: list[Run] = []
    p, n = len(places), len(lines)
    while p and n:
        count = best[p][n][1]
        if count < 0:
            n -= 1
            continue
        p, n = p - 1, n - count
        if count > 1:
            runs.append(Run(places[p], count))
    return runs[::-1]


def _in_order(a: str, b: str) -> float:
    return fuzz.ratio(a, b) / 100


def _own_label(table: JoinedTable, row: int, values: int) -> str:
    """The row's label, left of the first column of values: several numbers in one cell, each with
    its unit, look like words."""
    cells = [c for c in table.row_cells(row) if c.rowspan == 1 and c.column < values]
    return "".join(c.text for c in cells if c.is_label)


def _lines_of_values(table: JoinedTable, row: int, values: int) -> int:
    """How many lines most cells with numbers have in the row; 0 if they do not agree."""
    cells = [c for c in table.row_cells(row) if c.rowspan == 1]
    texts = [c.text.split("\n") for c in cells if c.column >= values or not c.is_label]
    counts = Counter(len(lines) for lines in texts if all(says_number(line) for line in lines))
    if not counts:
        return 0
    count, times = counts.most_common(1)[0]
    return count if times >= 2 and 2 * times > counts.total() else 0


def _width(table: JoinedTable, heading: Heading) -> float:
    lines = table.column_lines
    return lines[heading.columns.stop] - lines[heading.columns.start]


def _last(heading: Heading) -> str:
    return heading.path[-1] if heading.path else ""


def _shares(start: float, end: float, count: int) -> tuple[float, ...]:
    return tuple(start + (end - start) * i / count for i in range(1, count))
