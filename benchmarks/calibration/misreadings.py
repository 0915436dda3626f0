"""What the joint reading makes of a table of applications with some cells misread, and how long it
takes. The numbers are the forge's, the misreadings drawn at random, the readers' doubts stated."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

import checks
from benchmarks.forge.content import content
from document.entry import Entry, Found
from document.form import Slot, slots_of
from document.geometry import Box
from document.reading import Candidate, Reading, Source
from document.report import MatchedTable, Report
from reconstruct.form_file import load_forms

FORM, TABLE = "zfxxgk-2021", "applications"
COUNTS = (0, 1, 3, 6, 12)
TABLES = 40

SECOND, STRAY = 0.08, 1e-4
"""How probable the reader holds the right number of a misread cell, and a wrong one of another."""

LIKE = {"0": "698", "1": "7", "2": "7", "3": "8", "4": "19", "5": "63", "6": "058", "7": "12",
        "8": "396", "9": "04"}  # fmt: skip
"""Digits that damaged ones are taken for."""


@dataclass(frozen=True, slots=True)
class Restored:
    """Tables with so many cells misread: cells corrected rightly, those left wrong and
    told, and those left wrong and accepted; right ones made wrong; milliseconds a table."""

    misread: int
    tables: int
    corrected: int
    told: int
    silent: int
    spoilt: int
    mean: float
    most: float

    def row(self) -> str:
        """The line of the table."""
        return (
            f"| {self.misread} | {self.tables} | {self.corrected} | {self.told} | {self.silent} "
            f"| {self.spoilt} | {self.mean:.0f} | {self.most:.0f} |"
        )


def restored() -> list[Restored]:
    """A line for each of `COUNTS`."""
    return [_restored(count) for count in COUNTS]


def _restored(count: int) -> Restored:
    corrected = told = silent = spoilt = 0
    times = []
    for seed, (report, right) in enumerate(_tables()):
        read = _misread(report, count, Random(f"{count}/{seed}"))
        begun = time.perf_counter()
        judged = checks.judge(checks.jointly_read(read))
        times.append(1e3 * (time.perf_counter() - begun))
        (before,) = read.tables
        for entry, cell in zip(before.entries, judged.judged[0], strict=True):
            truth, value = right[entry.slot], cell.entry.value
            if entry.value != truth:
                corrected += value == truth
                told += value != truth and cell.status == "review"
                silent += value != truth and cell.status == "accepted"
            else:
                spoilt += value != truth
    mean, most = sum(times) / len(times), max(times)
    return Restored(count, TABLES, corrected, told, silent, spoilt, mean, most)


def _tables() -> Iterator[tuple[Report, Mapping[Slot, Decimal | None]]]:
    """Tables that say a number in every cell, as they are printed."""
    form = next(form for form in load_forms() if form.id == FORM)
    table = next(table for table in form.tables if table.id == TABLE)
    found = 0
    for seed in range(10_000):
        said = content("test", seed)
        values = {
            slot.slot: said.cells.get((TABLE, slot.slot.row, slot.slot.column))
            for slot in slots_of(table)
        }
        if said.form != FORM or any(w is None or w.value is None for w in values.values()):
            continue
        right = {slot: Decimal(str(w.value)) for slot, w in values.items() if w is not None}
        entries = tuple(
            _entry(Entry(slot, None, None), right[slot.slot], {}) for slot in slots_of(table)
        )
        yield Report(None, None, (1, 1), (MatchedTable(FORM, table, (1, 1), entries),)), right
        found += 1
        if found == TABLES:
            return


def _misread(report: Report, count: int, chance: Random) -> Report:
    (table,) = report.tables
    wrong = set(chance.sample(range(len(table.entries)), count))
    entries = []
    for i, entry in enumerate(table.entries):
        assert entry.value is not None
        other = _like(entry.value, chance)
        if i in wrong:
            entries.append(_entry(entry, other, {entry.value: SECOND}))
        else:
            entries.append(_entry(entry, entry.value, {other: STRAY}))
    return replace(report, tables=(replace(table, entries=tuple(entries)),))


def _entry(entry: Entry, value: Decimal, rivals: Mapping[Decimal, float]) -> Entry:
    chances = {value: 1 - sum(rivals.values()), **rivals}
    candidates = tuple(Candidate(str(v), p) for v, p in chances.items())
    reading = Reading(candidates[0].text, candidates[0].probability, Source.OCR, candidates)
    found = Found(1, Box(0, 0, 1, 1), reading, match=1.0)
    return replace(entry, found=found, value=value, values=tuple(chances.items()))


def _like(value: Decimal, chance: Random) -> Decimal:
    digits = list(str(value))
    places = [i for i, digit in enumerate(digits) if digit in LIKE]
    place = chance.choice(places)
    digits[place] = chance.choice(LIKE[digits[place]])
    return Decimal("".join(digits))
