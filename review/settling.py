"""After answers: the reports' arithmetic once more, the output written, items refreshed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import FileOut, ReportOut
from document.form import Slot
from review import deciding
from review.answers import Answer
from review.archive import TARGET, Archive
from review.items import Refreshed, refresh
from review.judging import judged_again
from review.loading import load
from review.tables import Document

Answers = Mapping[int, tuple[Mapping[Slot, Answer], frozenset[str]]]
"""By report, with the keys of the proposals that were declined."""


def settle(archive: Archive, document: int) -> Refreshed:
    """The file's reports with all answers given since it was settled last. The arithmetic is done
    outside any transaction; where somebody answered or wrote meanwhile, it is done again."""
    while True:
        with archive.database.read() as session:
            owner = session.get_one(Document, document)
            known = deciding.last_decision(session, document)
            answers = _answers(session, owner)
        kept = archive.kept(owner.name)
        if kept.mark != owner.stamp:  # digitized again, and not by way of this queue
            load(archive, archive.path_of(owner.name))
            return Refreshed()
        again = _judged_again(archive, kept.out, answers)
        with archive.database.write() as session, archive.writing():
            owner = locked(session, document)
            same = deciding.last_decision(session, document) == known
            if not same or archive.kept(owner.name) is not kept or owner.stamp != kept.mark:
                continue
            if _answers(session, owner) != answers:
                continue
            done = Refreshed()
            for number, report in again.items():
                done += refresh(session, owner, number, report, archive.forms)
            owner.settled = known
            after = with_reports(kept.out, again)
            if after != kept.out:
                owner.file = archive.write(owner.name, after, kept.mark).file
            return done


def _answers(session: Session, owner: Document) -> Answers:
    """Of the reports of which anything was decided since."""
    reports = deciding.reports_since(session, owner.id, owner.settled)
    return {
        number: (
            deciding.answers(session, owner.id, number),
            deciding.declined(session, owner.id, number),
        )
        for number in reports
    }


def _judged_again(archive: Archive, out: FileOut, answers: Answers) -> Mapping[int, ReportOut]:
    target = TARGET if out.target_error is None else out.target_error
    return {
        number: judged_again(out.reports[number], archive.forms, said, target, declined)
        for number, (said, declined) in answers.items()
        if number < len(out.reports)
    }


def locked(session: Session, document: int) -> Document:
    """The document, which nobody else can change until the transaction ends."""
    query = select(Document).where(Document.id == document).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def with_reports(out: FileOut, reports: Mapping[int, ReportOut]) -> FileOut:
    """The output with other reports in these places."""
    every = [reports.get(place, report) for place, report in enumerate(out.reports)]
    return out.model_copy(update={"reports": every})
