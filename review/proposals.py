"""Proposals to move numbers of a table: put before a person, who applies or declines them.

To apply one is to answer every cell of it at once; to decline it, a decision of its own: the cells
stay where they are and are asked for one by one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import CellOut, MovedOut, ProposalOut, ReportOut, SlotOut
from document.form import TableForm
from document.reason import Language
from document.reason_words import Names, in_words
from review.tables import Item
from review.views import MoveView, ProposalView

Place = tuple[str, str]
"""Row and column."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal of a report as it is now; `id` is another one as soon as an item of it changes."""

    id: str
    proposal: ProposalOut
    items: Mapping[Place, int]
    cells: Mapping[Place, CellOut]

    def moves(self) -> list[MovedOut]:
        """Those that say which number belongs there; where it was not found, nobody can tell."""
        return [move for move in self.proposal.moves if move.origin is not None]

    def concerned(self) -> set[Place]:
        """Where numbers would change, and where those stand that would move."""
        moves = self.proposal.moves
        return {(to.row, to.column) for move in moves for to in (move.to, move.origin) if to}


def key_of(proposal: ProposalOut) -> str:
    """Of what it moves: the same for the same move of the same numbers."""
    moves = [move.model_dump_json() for move in proposal.moves]
    return _digest(proposal.kind, proposal.table, *moves)


def proposed(session: Session, item: Item, report: ReportOut) -> Proposed | None:
    """The proposal that speaks of the item's cell."""
    own = SlotOut(row=item.row, column=item.column)
    for proposal in report.proposals:
        if proposal.table == item.table and any(move.to == own for move in proposal.moves):
            return _proposed(session, item, report, proposal)
    return None


def _proposed(
    session: Session, item: Item, report: ReportOut, proposal: ProposalOut
) -> Proposed | None:
    every = session.execute(
        select(Item.row, Item.column, Item.id, Item.version).where(
            Item.document_id == item.document_id,
            Item.report == item.report,
            Item.table == item.table,
        )
    ).all()
    items = {(row, column): number for row, column, number, _ in every}
    seen = sorted(f"{row} {column} {version}" for row, column, _, version in every)
    table = next(each for each in report.tables if each.id == proposal.table)
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    values = [f"{cell.value}" for cell in table.cells]
    made = Proposed(_digest(key_of(proposal), *seen, *values), proposal, items, cells)
    return made if all((m.to.row, m.to.column) in items for m in made.moves()) else None


def view(made: Proposed, form: TableForm, language: Language) -> ProposalView:
    """As a person sees it."""
    proposal = made.proposal
    return ProposalView(
        id=made.id,
        kind=proposal.kind,
        cause=proposal.cause,
        probability=proposal.probability,
        reason=words(proposal, form, language),
        moves=[_move(move, made) for move in proposal.moves],
    )


def words(proposal: ProposalOut, form: TableForm, language: Language) -> str:
    """Why, with the lines' labels."""
    told = [each.reason() for each in proposal.why]
    return in_words(told, language, names_of(form)) or proposal.reason


def names_of(form: TableForm) -> Names:
    """What the form calls its lines."""
    return {
        (way, line.key): line.labels[-1].text
        for block in form.blocks
        for way, lines in (("row", block.rows), ("column", block.columns))
        for line in lines
        if line.labels
    }


def _move(move: MovedOut, made: Proposed) -> MoveView:
    cell = made.cells[move.to.row, move.to.column]
    return MoveView(
        row=cell.row,
        column=cell.column,
        row_label=cell.row_label,
        column_label=cell.column_label,
        before=cell.value,
        after=move.value,
        found=move.origin is not None,
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
