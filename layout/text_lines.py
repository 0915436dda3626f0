"""Pieces of text, and the lines they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from document.geometry import Box
from layout.scan_lines import TextInk, boxes_of, smear

Line = list[Box]

PIECE_GAP = 0.45
"""In characters: a wider gap parts two pieces; heads of neighbouring columns come so near."""
SMALLEST = 0.22
"""In characters: what is smaller both ways is a speck or a full stop."""
HIGHEST = 3.0
"""In characters: what is higher is no line of text."""
SHARED = 0.5
"""Share of the lower one's height by which two pieces stand in one line."""


def text_pieces(text: TextInk, gap: float = PIECE_GAP) -> list[Box]:
    """Boxes round runs of characters no further apart than `gap` characters, in upright points."""
    pieces = boxes_of(smear(text.mask, gap * text.em, 0.2 * text.em), text.scale)
    em = text.em / text.scale
    height, width = text.mask.shape
    page = Box(0, 0, width / text.scale, height / text.scale).grown(-em, -em)
    return [
        piece
        for piece in pieces
        if max(piece.width, piece.height) >= SMALLEST * em
        and piece.height < HIGHEST * em
        and page.holds(piece.center)
    ]


def phrases(line: Line, gap: float) -> Line:
    """The line's pieces made one where at most `gap` is between."""
    found = line[:1]
    for piece in line[1:]:
        if piece.x0 - found[-1].x1 <= gap:
            found[-1] = Box.enclosing((found[-1], piece))
        else:
            found.append(piece)
    return found


def lines_of_pieces(pieces: Iterable[Box]) -> list[Line]:
    """Pieces in lines, top to bottom, each from left to right.

    High pieces make the lines, low ones (a stroke, a comma) go to them: to that whose text they
    follow, else to that of which they share most.
    """
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda b: (-b.height, b)):
        top, bottom, high = piece.y0, piece.y1, piece.height
        options = [
            (any(0 <= piece.x0 - other.x1 < high for other in line), shared, -n)
            for n, line in enumerate(lines)
            if (shared := min(line[0].y1, bottom) - max(line[0].y0, top)) > SHARED * high
        ]
        if options:
            lines[-max(options)[2]].append(piece)
        else:
            lines.append([piece])
    return sorted((sorted(line) for line in lines), key=lambda line: max(b.y1 for b in line))
