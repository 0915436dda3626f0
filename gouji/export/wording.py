"""What forms print beside the labels that every output carries: titles and captions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from document.contract import TableOut
from document.form import Form


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles by form and table, captions by form, table and row; empty for unknown forms."""

    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    captions: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, forms: Iterable[Form]) -> Wording:
        tables = [(form.id, table) for form in forms for table in form.tables]
        return cls(
            {(form, table.id): table.title for form, table in tables},
            {
                (form, table.id, row.key): block.caption.text
                for form, table in tables
                for block in table.blocks
                if block.caption
                for row in block.rows
            },
        )

    def title(self, table: TableOut) -> str:
        return self.titles.get((table.form, table.id), table.id)

    def caption(self, table: TableOut, row: str) -> str:
        return self.captions.get((table.form, table.id, row), "")
