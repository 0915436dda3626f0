"""From a seed to a filled report: what it says, without how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

from benchmarks.forge import narrative, wording
from benchmarks.forge.forms import FORM_YEARS, HYBRID, Key, labels_of, slots_of, tables_of
from benchmarks.forge.habits import Habit, Written
from benchmarks.forge.misprints import misprinted
from benchmarks.forge.numbers import Office, numbers
from samples.form import CORNER, Table

Split = Literal["dev", "calibration", "test"]

SHARES = {"zfxxgk-2014": 15, "zfxxgk-2019": 25, "zfxxgk-2021": 50, HYBRID: 10}
"""How many reports in a hundred are on each form."""


@dataclass(frozen=True, slots=True)
class Content:
    """A report's words and numbers. `labels` are the form's labels as this office words them."""

    agency: str
    year: int
    form: str
    tables: tuple[Table, ...]
    cells: Mapping[Key, Written]
    units: Mapping[Key, str]
    labels: Mapping[str, str]
    passages: tuple[narrative.Passage, ...]


def chance(split: Split, seed: int, part: str) -> Random:
    """The one source of chance: the splits share no draw, nor do the parts of a report."""
    return Random(f"{split}/{seed}/{part}")


def content(split: Split, seed: int, *, misprint: bool = False) -> Content:
    """The report of this seed, the same each time, with an error of the office's if `misprint`."""
    drawn = chance(split, seed, "content")
    (form,) = drawn.choices(list(SHARES), list(SHARES.values()))
    tables = tables_of(form)
    slots = list(slots_of(form))
    habit, office = Habit.drawn(drawn), Office.drawn(drawn)
    filled = numbers(slots, office, drawn)
    if misprint:
        filled = misprinted(filled, chance(split, seed, "misprint"))
    agency, year = narrative.agency(drawn), drawn.choice(FORM_YEARS[form])
    return Content(
        agency=agency,
        year=year,
        form=form,
        tables=tables,
        cells={slot.key: habit.write(slot, filled[slot.key]) for slot in slots},
        units={slot.key: slot.unit for slot in slots},
        labels=wording.wordings([*labels_of(tables), CORNER], drawn),
        passages=tuple(narrative.passages(agency, year, [table.id for table in tables], drawn)),
    )
