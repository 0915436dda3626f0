"""The printed forms the forge fills, with the unit of every slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

from document.form import Label
from reconstruct import load_forms
from samples.form import FORMS, Block, Line, Table

Key = tuple[str, str, str]
"""Table, row, column."""

HYBRID = "hybrid"
"""The disclosure table of 2021 with the applications table of 2019, as some offices printed it."""

FORM_YEARS: Mapping[str, tuple[int, ...]] = {
    "zfxxgk-2014": (2014, 2015, 2016, 2017, 2018),
    "zfxxgk-2019": (2019, 2020),
    "zfxxgk-2021": (2021, 2022, 2023, 2024),
    HYBRID: (2021, 2022),
}

YUAN = "万元"

_UNITS = {"previous_items": "项", "change": "项", "amount": YUAN, "items": "项"}
"""Units of columns that do not count 件."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a number: its key, its unit, the block that it stands in."""

    key: Key
    unit: str
    block: Block

    @property
    def headed(self) -> bool:
        """Whether the unit is already printed, beside the cell or over it."""
        return self.key[0] == "statistics" or "万元" in self._heading

    @property
    def _heading(self) -> str:
        (column,) = (line for line in self.block.columns if line.key == self.key[2])
        return column.labels[-1]


def tables_of(form: str) -> tuple[Table, ...]:
    """The form's tables in the order in which they are printed."""
    if form == "zfxxgk-2014":
        return (_statistics()[0],)
    if form == HYBRID:
        return (FORMS["zfxxgk-2021"][0], *FORMS["zfxxgk-2019"][1:])
    return FORMS[form]


def slots_of(form: str) -> Iterator[Slot]:
    """Every slot of the form's tables."""
    units = _statistics()[1] if form == "zfxxgk-2014" else {}
    for table in tables_of(form):
        for block in table.blocks:
            for row in block.rows:
                for column in block.columns:
                    unit = units.get(row.key) or _UNITS.get(column.key, "件")
                    yield Slot((table.id, row.key, column.key), unit, block)


@cache
def _statistics() -> tuple[Table, dict[str, str]]:
    """The list of 2014, and its printed units by row key."""
    (form,) = (form for form in load_forms() if form.id == "zfxxgk-2014")
    ((block,),) = (table.blocks for table in form.tables)
    rows = tuple(Line(row.key, _texts(row.labels)) for row in block.rows)
    columns = tuple(Line(column.key, _texts(column.labels)) for column in block.columns)
    units = {row.key: row.unit or "" for row in block.rows}
    return Table("statistics", (Block(rows, columns),)), units


def _texts(labels: tuple[Label, ...]) -> tuple[str, ...]:
    return tuple(label.text for label in labels)


def labels_of(tables: tuple[Table, ...]) -> list[str]:
    """Every label and caption printed in the tables, each once, in order."""
    every = chain.from_iterable(
        (block.caption, *chain(*(line.labels for line in (*block.columns, *block.rows))))
        for table in tables
        for block in table.blocks
    )
    return [label for label in dict.fromkeys(every) if label]
