"""Pictures of cells, cut from the files that were digitized."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import cv2

import layout
from document.contract import FileOut
from document.errors import GoujiError
from document.picture import Pixels
from gouji.report.summary import Place

DPI = 150
AROUND = 6.0
"""Points shown around a cell."""


@dataclass(slots=True)
class Cutter:
    """Cuts cells from the files below `sources`, each page rendered once in a row of cells. A file
    that is not there, or not the one that was digitized, gives no picture."""

    sources: Path
    digests: Mapping[str, str | None]
    _last: tuple[str, int, Pixels] | None = field(default=None, init=False)

    @classmethod
    def of(cls, sources: Path, files: list[FileOut]) -> Cutter:
        return cls(sources, {file.source.name: file.source.sha256 for file in files})

    def picture(self, place: Place) -> bytes | None:
        """The cell with a little around it, as PNG."""
        page, box = place.cell.page, place.cell.bbox
        pixels = self._page(place.file, page) if page else None
        if pixels is None or box is None:
            return None
        scale, (height, width) = DPI / 72, pixels.shape[:2]
        x0, y0 = (max(round((v - AROUND) * scale), 0) for v in box[:2])
        x1, y1 = (round((v + AROUND) * scale) for v in box[2:])
        crop = pixels[y0 : min(y1, height), x0 : min(x1, width)]
        if not crop.size:
            return None
        done, png = cv2.imencode(".png", crop)
        return png.tobytes() if done else None

    def _page(self, name: str, page: int) -> Pixels | None:
        if self._last is not None and self._last[:2] == (name, page):
            return self._last[2]
        path = self._path(name)
        if path is None:
            return None
        try:
            with layout.open_source(path) as source:
                pixels = source.render(page, DPI)
        except (GoujiError, OSError):
            return None
        self._last = (name, page, pixels)
        return pixels

    def _path(self, name: str) -> Path | None:
        """The file, if it is the one that was digitized: names come from outputs."""
        relative = PurePosixPath(name)
        if relative.is_absolute() or ".." in relative.parts or "\\" in name:
            return None
        path = self.sources / relative
        try:
            with path.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == self.digests.get(name)
        except (OSError, ValueError):
            return None
        return path if same else None
