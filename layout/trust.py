"""Is the page's text layer to be believed? Its words are held against a small rendering.

A page wrongly doubted is read as a scan and costs time; one wrongly believed is a silent error.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from document.geometry import Box
from document.grid import TableGrid
from document.picture import Picture
from layout.drawing import Drawing, Glyph
from layout.words import SAME_ROW

LOOK_DPI = 60
"""The rendering to judge by: type is a few pixels high, rulings a shade."""
INK = 232
"""Darker than this is ink: fine type comes out so pale when small. Watermarks are paler still."""
CONTRAST = 24
"""What is printed differs from its surroundings by at least so many grays."""
MOST_PICTURE = 0.5
"""A page more of which is picture is a scan."""
MOST_ILLEGIBLE = 0.05
MOST_INKLESS = 0.05
MOST_UNEXPLAINED = 0.2
LEAST_DRAWN = 12.0
"""Points; a shorter ruling or narrower filled area may be a dash, or a 1 drawn as a shape."""
SMALLEST_SIGN = 4.0
"""Square points of ink that a digit leaves at the least."""
OVERPRINT = 0.3
"""Digits side by side never share so much of their width, however tight the type."""

Mask = npt.NDArray[np.bool_]


def content_doubt(drawing: Drawing) -> str | None:
    """Why the text layer is not to be believed by what it says itself, None if nothing is amiss."""
    glyphs = [g for g in drawing.glyphs if g.text.strip()]
    if _pictured(drawing, glyphs) > MOST_PICTURE:
        return "the page is a picture"
    if _share(map(_is_illegible, glyphs)) > MOST_ILLEGIBLE:
        return "its characters have no meaning"
    return None


def ink_doubt(drawing: Drawing, grids: Sequence[TableGrid], look: Picture) -> str | None:
    """Why the text layer is not to be believed by what is printed, None if the two agree.

    `look` is the upright page in gray at about LOOK_DPI.
    """
    if _share(not _is_seen(g, look) for g in drawing.glyphs if _is_dark(g)) > MOST_INKLESS:
        return "it has text where nothing is printed"
    digits = _digits_in(drawing, grids)
    if not all(_is_seen_itself(g, look) for g in digits):
        return "a table has digits that are not to be seen"
    if _overprinted(digits):
        return "a table has digits drawn over others"
    unexplained = _unexplained(drawing, look)
    if unexplained.sum() > MOST_UNEXPLAINED * max(int((look.gray < INK).sum()), 1):
        return "much is printed that it does not have"
    if _has_sign(unexplained, grids, look.scale):
        return "something is printed in a table that it does not have"
    return None


def seen(glyphs: Iterable[Glyph], look: Picture) -> tuple[Glyph, ...]:
    """The glyphs without those that are white on white, which no reader can see."""
    return tuple(g for g in glyphs if not g.white or not g.text.strip() or _is_seen(g, look))


def _is_dark(glyph: Glyph) -> bool:
    return not glyph.white and bool(glyph.text.strip())


def _pictured(drawing: Drawing, glyphs: Sequence[Glyph]) -> float:
    """The share of the page that pictures cover, or of the text if that is more."""
    boxes = [p.box for p in drawing.pictures]
    if not boxes:
        return 0.0
    area = sum(box.area for box in boxes) / drawing.size.box.area
    text = _share(any(box.holds(g.box.center) for box in boxes) for g in glyphs)
    return max(area, text)


def _is_illegible(glyph: Glyph) -> bool:
    """Whether a font has not told which character it is: private, control, replaced, (cid:12)."""
    if glyph.text.startswith("(cid:"):
        return True
    return any(c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn", "Cc") for c in glyph.text)


def _is_seen(glyph: Glyph, look: Picture) -> bool:
    around = look.crop(glyph.box.grown(1 / look.scale, 1 / look.scale))
    return around.size > 0 and int(around.max()) - int(around.min()) >= CONTRAST


def _is_seen_itself(glyph: Glyph, look: Picture) -> bool:
    """As `_is_seen`, whatever stands beside it."""
    inside = look.crop(glyph.box)
    return inside.size == 0 or int(inside.max()) - int(inside.min()) >= CONTRAST


def _digits_in(drawing: Drawing, grids: Sequence[TableGrid]) -> list[Glyph]:
    """The upright dark digits inside the tables, left to right."""
    digits = [
        g
        for g in drawing.glyphs
        if g.text.isdigit() and g.turns == 0 and not g.white
        if any(grid.box.holds(g.box.center) for grid in grids)
    ]
    return sorted(digits, key=lambda g: g.box.x0)


def _overprinted(digits: Sequence[Glyph]) -> bool:
    """Whether other digits stand where some stand, as where a number was painted over.

    `digits` go from left to right. The same digit drawn twice is bold type.
    """
    for number, one in enumerate(digits, 1):
        for other in islice(digits, number, None):
            if other.box.x0 >= one.box.x1:
                break
            if one.text != other.text and _share_place(one.box, other.box):
                return True
    return False


def _share_place(a: Box, b: Box) -> bool:
    low = abs(a.center[1] - b.center[1]) < SAME_ROW * min(a.height, b.height)
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    return low and across > OVERPRINT * min(a.width, b.width)


def _unexplained(drawing: Drawing, look: Picture) -> Mask:
    """(H, W): ink that neither characters, rulings nor plain filled areas account for."""
    ink: Mask = look.gray < INK
    pixel = 1 / look.scale
    for glyph in drawing.glyphs:
        if glyph.text.strip():
            slack = 0.25 * glyph.box.height + pixel
            _clear(ink, glyph.box.grown(1.5 * pixel, slack), look.scale)
    for ruling in drawing.rulings:
        if ruling.length >= LEAST_DRAWN:
            _clear(ink, ruling.box.grown(1.5 * pixel, 1.5 * pixel), look.scale)
    for fill in drawing.fills:
        if min(fill.width, fill.height) >= LEAST_DRAWN:
            _clear_plain(ink, fill, look)
    return ink


def _clear(ink: Mask, box: Box, scale: float) -> None:
    rows, columns = _pixels(box, scale)
    ink[rows, columns] = False


def _clear_plain(ink: Mask, box: Box, look: Picture) -> None:
    """A dark band explains pixels of its own gray, and no light signs on it."""
    rows, columns = _pixels(box, look.scale)
    inside = look.gray[rows, columns]
    if inside.size:
        ink[rows, columns] &= np.abs(inside.astype(int) - int(np.median(inside))) > CONTRAST


def _pixels(box: Box, scale: float) -> tuple[slice, slice]:
    return (
        slice(max(int(box.y0 * scale), 0), max(int(np.ceil(box.y1 * scale)), 0)),
        slice(max(int(box.x0 * scale), 0), max(int(np.ceil(box.x1 * scale)), 0)),
    )


def _has_sign(unexplained: Mask, grids: Iterable[TableGrid], scale: float) -> bool:
    """Whether unexplained ink enough for a digit lies inside some cell."""
    boxes = (cell.box.grown(-1.5 / scale, -1.5 / scale) for grid in grids for cell in grid.cells)
    return any(unexplained[_pixels(box, scale)].sum() > SMALLEST_SIGN * scale**2 for box in boxes)


def _share(found: Iterable[bool]) -> float:
    answers = list(found)
    return sum(answers) / len(answers) if answers else 0.0
