"""After an answer: the report's arithmetic once more, its output written, its items refreshed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import FileOut, ReportOut
from document.output_file import write_json
from review import deciding
from review.archive import TARGET, Archive
from review.items import Refreshed, refresh
from review.judging import judged_again
from review.tables import Document


def settle(archive: Archive, document: int, report: int) -> Refreshed:
    """The report with all its answers. The arithmetic is done outside any transaction; where
    somebody answered or wrote meanwhile, it is done again."""
    while True:
        with archive.database.read() as session:
            known = deciding.last_decision(session, document, report)
            answers = deciding.answers(session, document, report)
            name = session.scalars(select(Document.name).where(Document.id == document)).one()
        out = archive.output(name)
        target = TARGET if out.target_error is None else out.target_error
        again = judged_again(out.reports[report], archive.forms, answers, target)
        with archive.database.write() as session:
            owner = locked(session, document)
            same = deciding.last_decision(session, document, report) == known
            if same and archive.output(name) is out:
                done = refresh(session, owner, report, again, archive.forms)
                if again != out.reports[report]:
                    write_json(with_report(out, report, again), archive.path_of(name))
                return done


def locked(session: Session, document: int) -> Document:
    """The document, which nobody else can change until the transaction ends."""
    return session.scalars(select(Document).where(Document.id == document).with_for_update()).one()


def with_report(out: FileOut, number: int, report: ReportOut) -> FileOut:
    """The output with another report in that place."""
    reports = [report if place == number else each for place, each in enumerate(out.reports)]
    return out.model_copy(update={"reports": reports})
