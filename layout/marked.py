"""A page's picture together with what was found on it."""

from __future__ import annotations

from dataclasses import dataclass

from document.picture import Picture
from layout.marks import Marks, find_marks
from layout.rulings import Ruling
from layout.small_print import page_rulings


@dataclass(frozen=True, slots=True, eq=False)
class MarkedPicture(Picture):
    """The picture of a page with its marks and rulings, which so are found once, and are gone when
    the page drops its picture."""

    marks: Marks
    rulings: tuple[Ruling, ...]


def marked(picture: Picture) -> MarkedPicture:
    """The picture with its marks, found now unless it came with them."""
    if isinstance(picture, MarkedPicture):
        return picture
    marks = find_marks(picture)
    return MarkedPicture(picture.gray, picture.scale, marks, page_rulings(marks)[0])
