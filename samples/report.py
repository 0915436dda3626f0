"""A report's content, read from content/NAME.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from samples.form import FORMS, Block, Table

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Report:
    """What is printed. `values[table][row]` are the printed values in the block's column order.

    `text` holds one heading or paragraph a line: `#` title, `##` and `###` headings, `[id]` where
    a table stands, `@site`, `@meta` and `@sign` lines around the report. `labels` are labels that
    this report words otherwise than the form. The file holds the report `copies` times, then
    `last_line`.
    """

    name: str
    form: str
    year: int
    agency: str | None
    text: str
    values: dict[str, dict[str, list[str]]]
    labels: dict[str, str] = field(default_factory=dict)
    failed_checks: list[dict[str, object]] = field(default_factory=list)
    copies: int = 1
    last_line: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        return FORMS[self.form]

    def cells(self, table: Table) -> Iterator[tuple[Block, str, str, str]]:
        """Every slot of the table in the form's order: block, row key, column key, printed."""
        for block in table.blocks:
            for row in block.rows:
                printed = self.values[table.id][row.key]
                for column, value in zip(block.columns, printed, strict=True):
                    yield block, row.key, column.key, value


def load(name: str) -> Report:
    """The content of one sample."""
    data = tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
    form = data["form"]
    values = {table.id: data.pop(table.id) for table in FORMS[form]}
    return Report(
        name=name,
        form=form,
        year=data["year"],
        agency=data.get("agency"),
        text=data["text"],
        values=values,
        labels=data.get("labels", {}),
        failed_checks=data.get("failed_checks", []),
        copies=data.get("copies", 1),
        last_line=data.get("last_line", ""),
    )
