"""Pictures of cells, cut from the files that were digitized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from document.contract import FileOut
from gouji.report.summary import Place
from review.pictures import Pages, cut, png
from review.source_paths import remembered

AROUND = 6.0
"""Points shown around a cell."""


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts cells from the files where they were digitized, or below another folder. A file that is
    not there, or not the one that was digitized, gives no picture."""

    pages: Pages
    digests: Mapping[str, str | None]

    @classmethod
    def of(cls, outputs: Path, sources: Path | None, files: list[FileOut]) -> Cutter:
        pages = Pages(sources, paths=remembered(outputs))
        return cls(pages, {file.source.name: file.source.sha256 for file in files})

    def picture(self, place: Place) -> bytes | None:
        """The cell with a little around it, as PNG."""
        number, box = place.cell.page, place.cell.bbox
        if number is None or box is None:
            return None
        page = self.pages.page(place.file, self.digests.get(place.file), number)
        crop = cut(page, box, AROUND) if page else None
        return None if crop is None else png(crop, SCALE)


SCALE = 0.75
"""Of the pictures that people review from: a page of many cells is to stay small."""
