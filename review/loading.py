"""Outputs into the queue: each file's doubtful cells as items, and answers given before kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from document.contract import FileOut
from document.entry import Status
from document.errors import GoujiError, reason_of
from document.form import Slot
from document.output_file import shown
from document.reading import Source
from review import deciding
from review.archive import TARGET, Archive, Kept, is_below
from review.database import Database
from review.deciding import Subject
from review.evidence import has_evidence
from review.items import State, cells_of, refresh
from review.judging import judged_again
from review.tables import Document, Item
from review.up_to_date import is_settled, note, unchanged


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one output: `kept` answers are in it; `outdated` ones are of another content
    of the file and are not. `out`: what is in it now, where it had to be read, and the number of
    its `document` in the queue."""

    name: str
    kept: int = 0
    outdated: int = 0
    problem: str | None = None
    document: int | None = None
    out: FileOut | None = field(default=None, repr=False)


def load_all(archive: Archive) -> Iterator[Loaded]:
    """Every output below the folder, one after another; items of others are gone then."""
    there = set()
    for path in sorted(archive.outputs.rglob("*.json")):
        relative = path.relative_to(archive.outputs)
        if path.is_file() and not any(part.startswith(".") for part in relative.parts):
            loaded = load(archive, path)
            if loaded.problem is None:
                there.add(loaded.name)
            yield loaded
    with archive.database.write() as session:
        for document in session.scalars(select(Document)):
            if document.name not in there:
                gone(session, document)


def gone(session: Session, document: Document) -> None:
    """Its output cannot be shown: nobody is asked about it until it is loaded again."""
    document.file = document.accepted = None
    waiting = select(Item).where(Item.document_id == document.id, Item.state == State.OPEN)
    for item in session.scalars(waiting):
        item.state, item.version = State.GONE, item.version + 1
        item.lease_by = item.lease_until = None


def load(archive: Archive, path: Path) -> Loaded:
    """One output. Its items are made once; and anew when it was digitized again. It is read unless
    it is known to be as it was left."""
    try:
        known = unchanged(archive, path)
        return Loaded(known) if known else _read(archive, path)
    except (GoujiError, OSError) as error:
        return Loaded(shown(path), problem=str(error))
    except SQLAlchemyError as error:
        return Loaded(shown(path), problem=f"{shown(path)} not loaded: {reason_of(error)}")


def _read(archive: Archive, path: Path) -> Loaded:
    kept = archive.kept_at(path)
    name = kept.out.source.name
    if not is_below(name) or archive.path_of(name) != path:
        return Loaded(shown(path), problem=f"{shown(path)} is not where its source's name says")
    if not has_evidence(kept.out):
        return Loaded(name, problem=f"{shown(path)} is of an older Gouji; digitize it again")
    try:
        return _load(archive, kept)
    except IntegrityError:  # another server made its items at the same time
        return _load(archive, kept)


def knows(database: Database, name: str) -> bool:
    """Whether the queue has a file of this name."""
    with database.read() as session:
        return session.scalars(select(Document.id).where(Document.name == name)).first() is not None


def _load(archive: Archive, kept: Kept) -> Loaded:
    name = kept.out.source.name
    with archive.database.write() as session, archive.writing():
        kept = archive.kept(name)  # another one, if it was written again just now
        out = kept.out
        query = select(Document).where(Document.name == name).with_for_update()
        document = session.scalars(query).first()
        if document and document.stamp == kept.mark and is_settled(session, document, out):
            note(document, kept, out)
            return Loaded(name, document=document.id, out=out)
        if document is None:
            document = Document(name=name, stamp="", settled=0)
            session.add(document)
        outdated = 0
        if document.stamp != kept.mark:
            document.stamp, document.sha256 = kept.mark, out.source.sha256
            document.agency, document.year = _heading(out)
            session.flush()
            outdated = _recount(session, archive, document, out)
        after, answered = _with_answers(session, archive, document, out)
        for number, report in enumerate(after.reports):
            refresh(session, document, number, report, archive.forms)
        document.settled = deciding.last_decision(session, document.id)
        if after != out:
            kept = archive.write(name, after, kept.mark)
        note(document, kept, after)
        return Loaded(name, answered, outdated, document=document.id, out=after)


def _heading(out: FileOut) -> tuple[str | None, int | None]:
    """Body and year of the first report; a database takes no NUL."""
    if not out.reports:
        return None, None
    first = out.reports[0]
    return (first.agency or "").replace("\0", "") or None, first.year


def _with_answers(
    session: Session, archive: Archive, document: Document, out: FileOut
) -> tuple[FileOut, int]:
    """The output with the answers that count and no others; and how many these are."""
    target = TARGET if out.target_error is None else out.target_error
    reports, answered = list(out.reports), 0
    for number, report in enumerate(out.reports):
        answers = deciding.answers(session, document.id, number)
        declined = deciding.declined(session, document.id, number)
        answered += len(answers)
        if answers or declined or any(c.source is Source.HUMAN for _, c in cells_of(report)):
            reports[number] = judged_again(report, archive.forms, answers, target, declined)
    return out.model_copy(update={"reports": reports}), answered


def _recount(session: Session, archive: Archive, document: Document, out: FileOut) -> int:
    """Which answers count for what was read now; the number of items whose answers do not. Whoever
    has one of the items on the screen has seen something else."""
    outdated = 0
    items = session.scalars(select(Item).where(Item.document_id == document.id)).all()
    cells = [dict(cells_of(report)) for report in out.reports]
    for item in items:
        item.version += 1
        item.lease_by = item.lease_until = None
        slot = Slot(item.table, item.row, item.column)
        cell = cells[item.report].get(slot) if item.report < len(cells) else None
        if cell is None:  # its slot is no longer there
            outdated += item.answer_id is not None
            item.state, item.answer_id = State.GONE, None
            continue
        if item.sample:
            item.sample = cell.status is Status.ACCEPTED and cell.page is not None
            item.accepted_value = cell.value
        subject = Subject(item, document, cell)
        decisions = session.scalars(deciding.standing([item.id])).all()
        chosen = deciding.counting(decisions, subject, archive.readings)
        outdated += any(not deciding.is_of(each, subject) for each in decisions)
        item.answer_id = chosen.id if chosen else None
        item.state = State.DONE if chosen else State.OPEN
    return outdated
