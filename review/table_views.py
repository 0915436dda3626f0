"""A whole table as it was reconstructed, to lay over the pictures of its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from document.contract import CellOut, TableOut
from document.entry import Flag
from review.items import State
from review.tables import Item
from review.views import TableCellView, TableView

Sizes = Sequence[tuple[int, float, float]]
"""Pages with their width and height in points."""


@dataclass(frozen=True, slots=True)
class TableAt:
    """A table of a report of a file."""

    document: int
    name: str
    report: int
    table: TableOut
    title: str


def table_view(session: Session, at: TableAt, sizes: Sizes) -> TableView:
    """Cells in the form's order; those with an open item are to review."""
    found = session.execute(
        select(Item.row, Item.column, Item.id).where(
            Item.document_id == at.document,
            Item.report == at.report,
            Item.table == at.table.id,
            Item.state == State.OPEN,
        )
    )
    items = {(row, column): item for row, column, item in found}
    return TableView(
        document=at.document,
        name=at.name,
        report=at.report,
        table=at.table.id,
        title=at.title,
        pages=list(sizes),
        cells=[_cell(cell, items) for cell in at.table.cells],
    )


def _cell(cell: CellOut, items: Mapping[tuple[str, str], int]) -> TableCellView:
    item = items.get((cell.row, cell.column))
    return TableCellView(
        row=cell.row,
        column=cell.column,
        row_label=cell.row_label,
        column_label=cell.column_label,
        value=cell.value,
        status="accepted" if item is None else "review",
        source=cell.source,
        page=cell.page,
        bbox=cell.bbox,
        item=item,
        flags=[flag for flag in cell.flags if flag is not Flag.LOW_CONFIDENCE],
    )
