"""Outputs into the queue: each file's doubtful cells as items, and answers given before kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import FileOut
from document.errors import GoujiError
from document.form import Slot
from document.output_file import read_json, shown, write_json
from review import deciding
from review.archive import TARGET, Archive, is_below, stamp
from review.deciding import Subject
from review.evidence import has_evidence
from review.items import State, cells_of, refresh
from review.judging import judged_again
from review.tables import Document, Item


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one output: `kept` answers are in it; `outdated` ones are of another content
    of the file and are not."""

    name: str
    kept: int = 0
    outdated: int = 0
    problem: str | None = None


def load_all(archive: Archive) -> Iterator[Loaded]:
    """Every output below the folder, one after another."""
    for path in sorted(archive.outputs.rglob("*.json")):
        relative = path.relative_to(archive.outputs)
        if path.is_file() and not any(part.startswith(".") for part in relative.parts):
            yield load(archive, path)


def load(archive: Archive, path: Path) -> Loaded:
    """One output. Its items are made once; and anew when it was digitized again."""
    try:
        out = read_json(path)
        name = out.source.name
        if not is_below(name) or archive.path_of(name) != path:
            return Loaded(shown(path), problem=f"{shown(path)} is not where its source's name says")
        if not has_evidence(out):
            return Loaded(name, problem=f"{shown(path)} is of an older Gouji; digitize it again")
        return _load(archive, out)
    except GoujiError as error:
        return Loaded(shown(path), problem=str(error))


def _load(archive: Archive, out: FileOut) -> Loaded:
    name, mark = out.source.name, stamp(out)
    with archive.database.write() as session:
        query = select(Document).where(Document.name == name).with_for_update()
        document = session.scalars(query).first()
        if document and document.stamp == mark and _has_answers(session, document, out):
            return Loaded(name)
        if document is None:
            document = Document(name=name, stamp=mark)
            session.add(document)
        first = out.reports[0] if out.reports else None
        document.stamp, document.sha256 = mark, out.source.sha256
        document.agency, document.year = (first.agency, first.year) if first else (None, None)
        session.flush()
        target = TARGET if out.target_error is None else out.target_error
        kept, reports = 0, list(out.reports)
        outdated = _recount(session, archive, document, out)
        for number, report in enumerate(out.reports):
            answers = deciding.answers(session, document.id, number)
            if answers:
                reports[number] = judged_again(report, archive.forms, answers, target)
                kept += len(answers)
            refresh(session, document, number, reports[number], archive.forms)
        after = out.model_copy(update={"reports": reports})
        if after != out:
            write_json(after, archive.path_of(name))
        return Loaded(name, kept, outdated)


def _has_answers(session: Session, document: Document, out: FileOut) -> bool:
    """Whether what people answered stands in the output: it does not, where the file was digitized
    again with the same result."""
    for number, report in enumerate(out.reports):
        cells = dict(cells_of(report))
        for slot in deciding.answers(session, document.id, number):
            if cells[slot].source not in {"human", "inferred"}:
                return False
    return True


def _recount(session: Session, archive: Archive, document: Document, out: FileOut) -> int:
    """Which answers count for what was read now; the number of items whose answers do not."""
    outdated = 0
    items = session.scalars(select(Item).where(Item.document_id == document.id)).all()
    cells = [dict(cells_of(report)) for report in out.reports]
    for item in items:
        slot = Slot(item.table, item.row, item.column)
        cell = cells[item.report].get(slot) if item.report < len(cells) else None
        if cell is None:  # its slot is no longer there
            outdated += item.answer_id is not None
            item.state, item.answer_id = State.SETTLED, None
            item.version += 1
            continue
        subject = Subject(item, document, cell)
        decisions = session.scalars(deciding.standing([item.id])).all()
        chosen = deciding.counting(decisions, subject, archive.readings)
        outdated += any(not deciding.is_of(each, subject) for each in decisions)
        if item.answer_id != (chosen.id if chosen else None):
            item.answer_id, item.version = (chosen.id if chosen else None), item.version + 1
        item.state = State.DONE if chosen else State.OPEN
    return outdated
