"""A file's decisions, as lines to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from review.database import Database
from review.deciding import DECLINE, REFUSED, UNDO
from review.tables import Decision, Document, Item


@dataclass(frozen=True, slots=True)
class Told:
    """A decision: `what` was answered to what was read; `remark`: why it does not count."""

    at: float
    by: str
    place: str
    what: str
    remark: str


def decisions(database: Database, name: str) -> Iterator[Told]:
    """All of them, oldest first."""
    with database.read() as session:
        found = session.execute(
            select(Decision, Item, Document.sha256)
            .join(Item, Item.id == Decision.item_id)
            .join(Document, Document.id == Item.document_id)
            .where(Document.name == name)
            .order_by(Decision.id)
        ).all()
    taken_back = {decision.undoes for decision, _, _ in found}
    for decision, item, sha256 in found:
        place = f"report {item.report + 1} {item.table} {item.row}/{item.column}"
        remark = ""
        if decision.id in taken_back:
            remark = " (taken back)"
        elif decision.outcome == REFUSED:
            remark = " (too late: another was first)"
        elif decision.sha256 != sha256:
            remark = " (of another content of the file)"
        yield Told(decision.at, decision.by, place, _what(decision), remark)


def _what(decision: Decision) -> str:
    if decision.action == UNDO:
        return f"took back #{decision.undoes}"
    if decision.action == DECLINE:
        return f"#{decision.id} left the numbers where they are, which were proposed to be moved"
    read = decision.shown.get("read")
    said = decision.text if decision.action == "value" else decision.action
    moved = decision.shown.get("origin")
    how = f", moved from {'/'.join(moved)}" if moved else ""
    return f"#{decision.id} read {read!r}, answered {said}{how}"
