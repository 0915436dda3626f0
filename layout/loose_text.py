"""Text outside tables that stands side by side, as in a table without rulings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from document.geometry import Box
from document.page import PageKind, PageLayout
from layout.marked import MarkedPicture, marked
from layout.remnants import EDGE, without_dashes, without_remnants
from layout.scan_lines import faint_text_ink
from layout.text_lines import Line, lines_of_pieces, text_pieces
from layout.words import runs_of

GUTTER = 0.8
"""In characters: a gap so wide parts two runs; what is white after a comma is narrower."""
INK = 0.9
"""Height of a line of characters, in characters."""
DIGIT = 0.7
"""Height of a digit, in characters: most of what stands in a table's cells. Its type may be much
smaller than the page's."""
LOW = 0.25
"""In characters of the page: lower are strokes for blanks, and stops, which a table may have more
of than of digits."""
CLOSE = 0.5
"""The same between two characters that fill their squares, as no stops do: headings of narrow
columns come so near."""
SQUARE = 0.6
"""In characters: such a character is so wide and so high at least."""
PIECES = 0.2
"""In characters of the page: pieces so near are one, also where a table's type is small."""
BESIDE = 1.5
"""In characters: with a gap so wide text stands side by side; after a comma, in prose set to the
full width, gaps are up to 1.3."""
PROSE = 0.7
"""Share of the text's width that lines of prose fill, at least; those of a table fill less."""
AROUND = 2
"""So many lines of prose end a table."""
FAR = 3.5
"""In characters: a table's next line is no further away."""


def loose_text(page: PageLayout, tables: Sequence[Box]) -> tuple[tuple[Box, ...], ...]:
    """Lines of text, each in runs from left to right, that may be rows of tables without rulings.

    `tables`: the boxes of those already known, in upright points as the result is. Empty for a
    scan whose picture is not at hand.
    """
    if not _may_have_tables(page, tables):
        return ()
    if page.kind is PageKind.DIGITAL:
        words = [w for w in page.words if not any(box.holds(w.box.center) for box in tables)]
        em = median([word.box.height for word in words] or [1.0])
        lines = runs_of(words, GUTTER)
    elif page.picture is not None:
        lines, em = _printed_lines(marked(page.picture), tables)
    else:
        return ()
    return tuple(tuple(line) for line in _about_tables(lines, em))


def _printed_lines(picture: MarkedPicture, tables: Sequence[Box]) -> tuple[list[Line], float]:
    """Lines of runs of characters outside the tables, and the size of a character in points."""
    text = faint_text_ink(picture.marks, picture.rulings)
    heights = [piece.height * text.scale for piece in text_pieces(text, PIECES)]
    if not heights:
        return [], 1.0
    text = replace(text, em=_type_size(heights, text.em))
    em = text.em / text.scale
    level = [r.box.grown(em, EDGE * em) for r in picture.rulings if r.horizontal]
    pieces = [
        piece
        for piece in text_pieces(text, PIECES)
        if not any(box.holds(piece.center) for box in tables)
        and not (piece.height < EDGE * em and any(box.holds(piece.center) for box in level))
    ]
    rulings = [ruling.box for ruling in picture.rulings if ruling.horizontal]
    pieces = without_dashes(without_remnants(pieces, rulings, em), em)
    return [_runs(line) for line in lines_of_pieces(pieces)], em


def _type_size(heights: Sequence[float], em: float) -> float:
    """The size of a character in tables, from the heights of what is printed on a page whose own
    characters are of size `em`, all in one measure."""
    high = [height for height in heights if height > LOW * em]
    return min(em, median(high) / DIGIT) if high else em


def _may_have_tables(page: PageLayout, tables: Sequence[Box]) -> bool:
    """Whether there are grids that are not known, or lines outside of them side by side."""
    if any(grid.box not in tables for grid in page.grids):
        return True
    em = median([line.height for line in page.lines] or [1.0])
    return bool(_about_tables(lines_of_pieces(page.lines), em))


def _runs(line: Line) -> Line:
    """The line's pieces made one where no gutter is between, by the size of its own type, which its
    longer pieces tell best; some of them may be two lines run together."""
    long = max(piece.width for piece in line) / 2
    size = median(piece.height for piece in line if piece.width >= long) / INK
    runs, last = line[:1], line[0]
    for piece in line[1:]:
        square = all(min(b.width, b.height) >= SQUARE * size for b in (last, piece))
        if piece.x0 - runs[-1].x1 <= (CLOSE if square else GUTTER) * size:
            runs[-1] = Box.enclosing((runs[-1], piece))
        else:
            runs.append(piece)
        last = piece
    return runs


def _about_tables(lines: Sequence[Line], em: float) -> list[Line]:
    """Lines of text side by side, and those around them that are no prose."""
    width = max((line[-1].x1 - line[0].x0 for line in lines), default=0.0)
    aside = [_side_by_side(line, em) for line in lines]
    full = [sum(run.width for run in line) > PROSE * width for line in lines]
    kept: set[int] = set()
    for seed in (n for n, apart in enumerate(aside) if apart):
        if full[seed] and any(full[max(seed - 1, 0) : seed] + full[seed + 1 : seed + 2]):
            continue  # prose in which a character was not found
        for step in (-1, 1):
            last, prose = seed, 0
            for n in range(seed, len(lines) if step > 0 else -1, step):
                if _apart(lines[last], lines[n]) > FAR * em:
                    break
                prose += full[n] and not aside[n]
                if prose > AROUND:
                    break
                kept.add(n)
                last = n
    return [lines[n] for n in sorted(kept)]


def _side_by_side(line: Line, em: float) -> bool:
    return any(b.x0 - a.x1 > BESIDE * em for a, b in pairwise(line))


def _apart(one: Line, other: Line) -> float:
    upper, lower = sorted((one, other), key=lambda line: line[0].y0)
    return min(b.y0 for b in lower) - max(b.y1 for b in upper)
