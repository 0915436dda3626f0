"""Whether an output and its items have all that people answered, and need not be gone through."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import CellOut, FileOut
from document.reading import Source
from review import deciding
from review.answers import Action
from review.archive import Archive, Kept
from review.deciding import Said
from review.items import State, cells_of
from review.lots import accepted_in
from review.proposals import key_of
from review.tables import Document, Item


def unchanged(archive: Archive, path: Path) -> str | None:
    """The name of the file, if its output is the one that has all answers and items."""
    name = path.relative_to(archive.outputs).as_posix().removesuffix(".json")
    with archive.database.read() as session:
        document = session.scalars(select(Document).where(Document.name == name)).first()
        if document is None or document.file != archive.file_at(path):
            return None
        return name if _has_all(session, document) else None


def note(document: Document, kept: Kept, out: FileOut) -> None:
    """What need not be looked up in the output when the review is started again."""
    document.file, document.accepted, document.target = (
        kept.file,
        accepted_in(out),
        out.target_error,
    )


def is_settled(session: Session, document: Document, out: FileOut) -> bool:
    """Whether output and items have all answers, and the output no others: it has not where the
    file was digitized again with the same result, or a server was killed under way."""
    if not _has_all(session, document):
        return False
    for number, report in enumerate(out.reports):
        said = deciding.said(session, document.id, number)
        if not all(_carries(cell, said.get(slot)) for slot, cell in cells_of(report)):
            return False
        declined = deciding.declined(session, document.id, number)
        if any(key_of(each) in declined for each in report.proposals):
            return False
    return True


def _has_all(session: Session, document: Document) -> bool:
    """Whether output and items were brought up to the last decision, and no item is gone."""
    if document.settled != deciding.last_decision(session, document.id):
        return False
    lost = select(Item.id).where(Item.document_id == document.id, Item.state == State.GONE)
    return session.scalars(lost.limit(1)).first() is None


def _carries(cell: CellOut, said: Said | None) -> bool:
    if said is None:
        return cell.source is not Source.HUMAN
    action, value = said
    if action is Action.UNREADABLE:
        return cell.source in {Source.HUMAN, Source.INFERRED}
    return cell.source is Source.HUMAN and cell.value == value
