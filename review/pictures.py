"""Pictures of pages and of cells on them, from the files that were digitized."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Lock

import cv2
import numpy as np

import layout
from document.contract import PageBox
from document.errors import GoujiError
from document.limits import SourceLimits
from document.picture import Pixels
from review.archive import is_below

DPI = 200
"""Of the pages that cells are cut from; what a scan has is seldom more."""

MOST_PAGES = 8
"""Pages kept, about 12 MB each."""

ANY_SIZE = SourceLimits(megabytes=10**9, pages=10**9, megapixels=10**9)
"""What was digitized was within the limits then set."""

PALE = 0.35
"""How much of the ink is left of what is neither in the cell's row nor in its column."""

OUTLINE = (40, 40, 230)
"""Of the cell: red, in BGR."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """(height, width, 3) BGR pixels of a page that is `across` × `down` points."""

    pixels: Pixels
    across: float
    down: float

    def corners(self, box: PageBox, around: float = 0.0) -> tuple[int, int, int, int]:
        """The box and `around` points about it in pixels, as far as it is on the page."""
        height, width = self.pixels.shape[:2]
        scale = width / self.across
        x0, y0, x1, y1 = box
        return (
            min(max(round((x0 - around) * scale), 0), width),
            min(max(round((y0 - around) * scale), 0), height),
            min(max(round((x1 + around) * scale), 0), width),
            min(max(round((y1 + around) * scale), 0), height),
        )


@dataclass(slots=True)
class Pages:
    """Renders pages of the files below `sources`, or at the paths that `paths` names; keeps the
    last ones. A file that is not there, or not the one that was digitized, has none."""

    sources: Path | None = None
    password: str | None = None
    paths: dict[str, Path] = field(default_factory=dict)
    _kept: dict[tuple[str, str | None, int], PagePicture] = field(default_factory=dict, init=False)
    _known: dict[tuple[Path, int, int], str] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def page(self, name: str, sha256: str | None, number: int) -> PagePicture | None:
        """The page at `DPI`, or coarser if it is very large. One at a time: the renderer is not
        for several threads."""
        key = (name, sha256, number)
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
                return self._kept[key]
            path = self._path(name, sha256)
            if path is None:
                return None
            try:
                with layout.open_source(path, self.password, ANY_SIZE) as source:
                    size = source.size(number)
                    pixels = _coloured(source.render(number, DPI))
            except (GoujiError, OSError):
                return None
            if len(self._kept) >= MOST_PAGES:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = PagePicture(pixels, size.width, size.height)
            return self._kept[key]

    def _path(self, name: str, sha256: str | None) -> Path | None:
        """Where the file lies, if its content is the one that was digitized."""
        if not is_below(name) or sha256 is None:
            return None
        places = [self.paths.get(name), self.sources and self.sources / PurePosixPath(name)]
        for path in places:
            if path and self._digest(path) == sha256:
                return path
        return None

    def _digest(self, path: Path) -> str | None:
        try:
            if not path.is_file():
                return None
            stat = path.stat()
            key = (path, stat.st_mtime_ns, stat.st_size)
            if key not in self._known:
                with path.open("rb") as file:
                    self._known[key] = hashlib.file_digest(file, "sha256").hexdigest()
            return self._known[key]
        except (OSError, ValueError):
            return None


def cut(page: PagePicture, box: PageBox, around: float) -> Pixels | None:
    """What is in the box and `around` points about it; None where that is nothing."""
    x0, y0, x1, y1 = page.corners(box, around)
    crop = page.pixels[y0:y1, x0:x1]
    return crop if crop.size else None


def in_its_table(page: PagePicture, box: PageBox, others: Sequence[PageBox]) -> Pixels:
    """The table's part of the page, pale but for the cell's row and column; the cell outlined.

    `others` are the table's cells on the page; labels stand to the left of them and above.
    """
    every = [box, *others]
    top = max(min(each[1] for each in every) - HEADING, box[1] - ABOVE)
    bottom = min(max(each[3] for each in every), box[3] + BELOW)
    picture = _pale(page)
    for band in ((0.0, box[1], box[2], box[3]), (box[0], top, box[2], box[3])):
        x0, y0, x1, y1 = page.corners(band, MARGIN)
        picture[y0:y1, x0:x1] = page.pixels[y0:y1, x0:x1]
    x0, y0, x1, y1 = page.corners(box, MARGIN)
    cv2.rectangle(picture, (x0, y0), (x1, y1), OUTLINE, 3)
    x0, y0, x1, y1 = page.corners((0.0, top, page.across, bottom), MARGIN)
    return picture[y0:y1, x0:x1]


def in_a_table(page: PagePicture, boxes: Sequence[PageBox], others: Sequence[PageBox]) -> Pixels:
    """The table's part of the page with the rows of these cells plain, and the cells outlined; from
    the column labels down to the last of them."""
    first = min(each[1] for each in [*boxes, *others])
    top, bottom = first - HEADING, max(each[3] for each in boxes) + MARGIN
    picture = _pale(page)
    for band in ((0.0, top, page.across, first), *((0.0, b[1], b[2], b[3]) for b in boxes)):
        x0, y0, x1, y1 = page.corners(band, MARGIN)
        picture[y0:y1, x0:x1] = page.pixels[y0:y1, x0:x1]
    for box in boxes:
        x0, y0, x1, y1 = page.corners(box)
        cv2.rectangle(picture, (x0, y0), (x1, y1), OUTLINE, 3)
    x0, y0, x1, y1 = page.corners((0.0, top, page.across, bottom), MARGIN)
    return picture[y0:y1, x0:x1]


def stacked(parts: Sequence[Pixels]) -> Pixels:
    """One below the other, as wide as the widest; at least one, and none empty."""
    across = max(part.shape[1] for part in parts)
    white = [np.full((p.shape[0], across - p.shape[1], 3), 255, np.uint8) for p in parts]
    return np.vstack([np.hstack(pair) for pair in zip(parts, white, strict=True)])


def _pale(page: PagePicture) -> Pixels:
    return 255 - ((255 - page.pixels) * PALE).astype(np.uint8)


HEADING, ABOVE, BELOW, MARGIN = 90.0, 420.0, 40.0, 2.0
"""Points: what column labels take above a table's first row; most that is shown above and below the
cell; and what is left about a cell and a band."""


def png(pixels: Pixels, scale: float = 1.0) -> bytes:
    """As a PNG, made smaller by `scale` first."""
    return _encoded(".png", pixels, scale)


def jpeg(pixels: Pixels, scale: float = 1.0) -> bytes:
    """As a JPEG: of whole pages, where a PNG of a scan takes megabytes."""
    return _encoded(".jpg", pixels, scale)


def _encoded(kind: str, pixels: Pixels, scale: float) -> bytes:
    small: object = pixels
    if scale != 1:
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    done, data = cv2.imencode(kind, np.asarray(small))
    if not done:
        raise ValueError(f"no {kind} of {pixels.shape}")
    return data.tobytes()


def _coloured(pixels: Pixels) -> Pixels:
    return np.repeat(pixels[..., None], 3, axis=2) if pixels.ndim == 2 else pixels
