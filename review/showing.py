"""Items as a person sees them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import CellOut, plain
from document.entry import Flag
from document.errors import GoujiError
from document.form import Slot, SlotForm, TableForm
from document.reason import Language
from document.reason_words import in_words
from reconstruct import parse_amount
from review.answering import cell_and_form
from review.archive import Archive
from review.items import State
from review.proposals import names_of, proposed, view
from review.rule_views import rule_views
from review.tables import Document, Item
from review.views import Choice, ItemView

KEYS: tuple[Literal["A", "S", "D", "F"], ...] = ("A", "S", "D", "F")

Direction = Literal["left", "right", "up", "down"]


def showable(
    session: Session, archive: Archive, items: Sequence[Item], language: Language = "en"
) -> tuple[list[ItemView], list[Item]]:
    """Each item with its rules as they stand now, and those whose output cannot be shown."""
    views, lost = [], []
    for item in items:
        try:
            views.append(shown(session, archive, item, language))
        except GoujiError:
            lost.append(item)
    return views, lost


def shown(session: Session, archive: Archive, item: Item, language: Language = "en") -> ItemView:
    """The item with its rules as they stand now; NoItemError and others where that is not there."""
    document = session.get_one(Document, item.document_id)
    cell, about = cell_and_form(archive, document, item)
    report = archive.output(document.name).reports[item.report]
    table = next(table for table in report.tables if table.id == item.table)
    form = archive.forms.table(table)
    slot = about.slot
    beside = _items_of(session, item)
    made = proposed(session, item, report) if report.proposals else None
    return ItemView(
        id=item.id,
        version=item.version,
        state=State(item.state),
        document=document.id,
        name=document.name,
        agency=report.agency,
        year=report.year,
        report=item.report,
        table=item.table,
        table_title=form.title,
        row=item.row,
        column=item.column,
        row_label=cell.row_label,
        column_label=cell.column_label,
        unit=cell.unit,
        kind=about.kind.value,
        page=cell.page,
        bbox=cell.bbox,
        read=cell.read,
        value=cell.value,
        blank=Flag.BLANK in cell.flags,
        choices=list(_choices(cell, about)),
        flags=[flag for flag in cell.flags if flag is not Flag.LOW_CONFIDENCE],
        reason=_reason(cell, form, language),
        rules=list(rule_views(form, slot, report, beside)),
        neighbours=_neighbours(form, slot, beside),
        picture=picture_of(document.sha256, cell),
        leased_until=datetime.fromtimestamp(item.lease_until, UTC) if item.lease_until else None,
        proposal=view(made, form, language) if made else None,
    )


def _reason(cell: CellOut, form: TableForm, language: Language) -> str | None:
    """An output of an older Gouji has it in English alone."""
    told = [each.reason() for each in cell.why]
    return in_words(told, language, names_of(form)) or cell.reason


def picture_of(sha256: str | None, cell: CellOut) -> str:
    """Another one for another content of the file or another place on its page."""
    return hashlib.sha256(f"{sha256} {cell.page} {cell.bbox}".encode()).hexdigest()[:12]


def _items_of(session: Session, item: Item) -> Mapping[Slot, int]:
    """All items of the same table."""
    found = session.execute(
        select(Item.row, Item.column, Item.id).where(
            Item.document_id == item.document_id,
            Item.report == item.report,
            Item.table == item.table,
        )
    )
    return {Slot(item.table, row, column): number for row, column, number in found}


def _choices(cell: CellOut, about: SlotForm) -> Iterator[Choice]:
    """Other numbers that the readers saw, and what was read where the value is another."""
    values = {cell.value}
    keys = iter(KEYS)
    for text in [cell.read or "", *(text for text, _ in cell.candidates)]:
        amount = parse_amount(text, about.unit, about.kind)
        value = plain(amount.value)
        if value is None or value in values:
            continue
        values.add(value)
        key = next(keys, None)
        if key is None:
            return
        yield Choice(key=key, text=text, value=value)


def _neighbours(form: TableForm, slot: Slot, items: Mapping[Slot, int]) -> dict[Direction, int]:
    """The next item in each direction, in the same block."""
    for block in form.blocks:
        rows, columns = [row.key for row in block.rows], [column.key for column in block.columns]
        if slot.row not in rows or slot.column not in columns:
            continue
        r, c = rows.index(slot.row), columns.index(slot.column)
        ways: dict[Direction, list[Slot]] = {
            "left": [Slot(slot.table, slot.row, key) for key in reversed(columns[:c])],
            "right": [Slot(slot.table, slot.row, key) for key in columns[c + 1 :]],
            "up": [Slot(slot.table, key, slot.column) for key in reversed(rows[:r])],
            "down": [Slot(slot.table, key, slot.column) for key in rows[r + 1 :]],
        }
        near = {
            way: next((items[s] for s in way_slots if s in items), None)
            for way, way_slots in ways.items()
        }
        return {way: number for way, number in near.items() if number is not None}
    return {}
