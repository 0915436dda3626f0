"""Page numbers, running heads, edges of the paper: the lines of a page that belong to no text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from document.geometry import Box, Size
from document.report import ReadPage
from reconstruct.characters import packed

_NUMBER = re.compile(
    r"[-—–―·.~_]*第?\d{1,4}页?(?:[/,，]?(?:共|of)?\d{1,4}页?)?[-—–―·.~_]*", re.IGNORECASE
)
_EDGE = 0.15
"""Page furniture stands in this share of the page's height at its top and bottom."""

_SHORT = 0.15
"""An unread line at the edge that is narrower, as a share of the page's width, is a page number."""

_UNPRINTED = 9.0
"""Points from a page's edge within which nothing is printed: printers need some 4 mm. What is taken
for a line and begins there is the edge of the paper, or the shadow beside it."""

_SPECK = 12.0
"""Points; what is narrower is dirt or the end of a ruling: two characters of the smallest print, 7
points high, are wider."""

_SAME = 3.0
"""Points by which a running head may wander from page to page."""


def text_boxes(page: ReadPage, pages: Sequence[ReadPage]) -> list[Box]:
    """The boxes of the page's lines outside its tables that are text, furniture left out."""
    others = [other for other in pages if other is not page]
    return [box for box in page.layout.lines if not _is_furniture(box, page, others)]


def _is_furniture(box: Box, page: ReadPage, others: Sequence[ReadPage]) -> bool:
    size = page.layout.frame.upright
    if box.width < _SPECK or _reaches_edge(box, size):
        return True
    if _EDGE * size.height < box.center[1] < (1 - _EDGE) * size.height:
        return False
    text = _text_of(box, page)
    if text is None:
        short = box.width < _SHORT * size.width
        return short or any(_same_place(box, b) for o in others for b in o.layout.lines)
    if _NUMBER.fullmatch(text):
        return True
    return any(
        _same_place(box, b) and _text_of(b, other) == text
        for other in others
        for b in other.layout.lines
    )


def _reaches_edge(box: Box, page: Size) -> bool:
    return (
        min(box.x0, box.y0) < _UNPRINTED
        or box.x1 > page.width - _UNPRINTED
        or box.y1 > page.height - _UNPRINTED
    )


def _text_of(box: Box, page: ReadPage) -> str | None:
    """What the line says, without white space; None if nobody read it."""
    for line in page.lines:
        if box.holds(line.box.center) and line.box.holds(box.center):
            return packed(line.text) or None
    return None


def _same_place(a: Box, b: Box) -> bool:
    return all(
        abs(p - q) <= _SAME for p, q in ((a.x0, b.x0), (a.x1, b.x1), (a.y0, b.y0), (a.y1, b.y1))
    )
