"""A small archive: files with one hand-filled table each, some of whose cells were hard to read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from document.contract import CellOut, EvidenceOut, FileOut, ReportOut, SourceOut, TableOut
from document.entry import Status
from document.form import Slot, slots_of
from document.output_file import write_json
from document.reading import Source
from review.archive import Archive
from review.database import Database
from review.evidence import Forms
from review.judging import judged_again
from review.loading import load_all
from tests.hand_filled import BALANCED, COLUMNS, FORM

Place = tuple[str, str]
Seen = Sequence[tuple[str, float]]

FORMS = Forms({("hand", FORM.id): FORM})

BLURRED: Mapping[Place, Seen] = {
    ("granted", "person"): [("38", 0.52), ("33", 0.46)],
    ("denied", "legal"): [("0", 0.52), ("9", 0.46)],
    ("total", "legal"): [("18", 0.52), ("10", 0.46)],
    ("carried_out", "sum"): [("1", 0.52), ("7", 0.46)],
}
"""Cells of which readers saw the right number second; together too many for the sums to settle."""

TRUTH: Mapping[Place, str] = {
    (row, column): text
    for row, texts in BALANCED.items()
    for column, text in zip(COLUMNS, texts, strict=True)
}


def file_out(
    name: str, seen: Mapping[Place, Seen] = BLURRED, *, sha256: str = "a" * 64, match: float = 1.0
) -> FileOut:
    """The output of a file as `gouji digitize` would have written it."""
    cells = [_cell(number, form.slot, seen, match) for number, form in enumerate(slots_of(FORM))]
    table = TableOut(id=FORM.id, form="hand", pages=(1, 1), cells=cells)
    report = ReportOut(agency="某局", year=2023, pages=(1, 1), tables=[table], checks=[])
    return FileOut(
        source=SourceOut(name=name, sha256=sha256, pages=1),
        target_error=1e-4,
        reports=[judged_again(report, FORMS, {}, 1e-4)],
        unmatched=[],
        problems=[],
    )


def _cell(number: int, slot: Slot, seen: Mapping[Place, Seen], match: float) -> CellOut:
    candidates = list(seen.get((slot.row, slot.column), [(TRUTH[slot.row, slot.column], 0.999999)]))
    text, probability = candidates[0]
    x, y = 40 + 60 * (number % 3), 30 + 20 * (number // 3)
    return CellOut(
        row=slot.row, column=slot.column, row_label=[slot.row], column_label=[slot.column],
        value=None, unit=None, read=text, source=Source.OCR, confidence=0, status=Status.REVIEW,
        flags=[], page=1, bbox=(x, y, x + 60, y + 20), candidates=candidates,
        evidence=EvidenceOut(reader=Source.OCR, probability=probability, match=match),
    )  # fmt: skip


def scan(path: Path) -> None:
    """A picture of the table with its right numbers, one pixel a point."""
    page = np.full((200, 260, 3), 255, np.uint8)
    for number, form in enumerate(slots_of(FORM)):
        at = (48 + 60 * (number % 3), 45 + 20 * (number // 3))
        text = TRUTH[form.slot.row, form.slot.column]
        cv2.putText(page, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.4, (0, 0, 0), 1)
    cv2.imwrite(str(path), page)


def archive(folder: Path, *files: FileOut, readings: int = 1, url: str | None = None) -> Archive:
    """The folder with these outputs, in the queue."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database.at(url) if url else Database.beside(folder)
    made = Archive(folder, database, FORMS, readings)
    for each in files:
        write_json(each, made.path_of(each.source.name))
    for loaded in load_all(made):
        assert loaded.problem is None, loaded.problem
    return made


def scanned_archive(folder: Path) -> Archive:
    """`folder`/out with one file in the queue, whose scan lies in `folder`/in."""
    (folder / "in").mkdir()
    path = folder / "in" / "a.png"
    scan(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return archive(folder / "out", file_out("a.png", sha256=digest))
