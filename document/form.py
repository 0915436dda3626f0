"""A form: the rows, columns and arithmetic that a statistical table is printed on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ValueKind(StrEnum):
    """What a cell's number may be."""

    COUNT = "count"  # 0, 1, 2, …
    SIGNED = "signed"  # a whole number that may be negative
    AMOUNT = "amount"  # a decimal, 0 or more


@dataclass(frozen=True, slots=True)
class Label:
    """One printed label: its wording, and other wordings it was seen in."""

    text: str
    aliases: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        return (self.text, *self.aliases)


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a block.

    `key` is stable and goes into every output. `labels` is the path from the outermost heading to
    the line's own label; empty for a row that is printed without one.
    """

    key: str
    labels: tuple[Label, ...]
    unit: str | None = None
    kind: ValueKind | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns that share a heading row, under an optional caption."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    caption: Label | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """`sign` (+1 or −1) times the value at `key`, or times a `constant` when key is None."""

    sign: int
    key: str | None
    constant: Decimal = Decimal(0)


class Scope(StrEnum):
    """What the keys of a rule name: columns, in every row; or rows, in every column."""

    EVERY_ROW = "every row"
    EVERY_COLUMN = "every column"


class Relation(StrEnum):
    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Rule:
    """`left relation right`, in every row (keys are columns) or every column (keys are rows)."""

    id: str
    scope: Scope
    left: tuple[Term, ...]
    relation: Relation
    right: tuple[Term, ...]
    notation: str


@dataclass(frozen=True, slots=True)
class TableForm:
    """One table of a form; row keys are unique in it, column keys within a block."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    id: str
    title: str
    authority: str
    tables: tuple[TableForm, ...]


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A place in a form: table, row key, column key."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class SlotForm:
    """What the form says of one slot."""

    slot: Slot
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    unit: str | None
    kind: ValueKind


def slots_of(table: TableForm) -> tuple[SlotForm, ...]:
    """Every slot of the table, block by block, row by row. Column beats row for unit and kind."""
    return tuple(
        SlotForm(
            Slot(table.id, row.key, column.key),
            tuple(label.text for label in row.labels),
            tuple(label.text for label in column.labels),
            column.unit or row.unit,
            column.kind or row.kind or ValueKind.COUNT,
        )
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    )
