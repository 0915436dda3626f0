"""Whether a table's cells stand in the rows and columns that they were put in, by its arithmetic.

Where the cells of a row are one off, its column sums fail, unless it was moved among the terms of
one sum. So a row is vouched for by any number in it that is part of a column sum that holds, and by
any cell that a person confirmed; a row between two such rows, or a column between two columns, has
nowhere else to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from checks.beliefs import PERSON_ERRS
from document.entry import Check, Entry
from document.form import Block, Slot
from document.reading import Source
from document.report import MatchedTable

MOVED_WITHIN = 0.05
"""How often cells that were put in the wrong place are among the terms of one sum, where no rule
tells. Stated."""

BETWEEN = 0.01
"""The same for a line between two that a person confirmed: one would have to be missed there and
another split. Stated."""

AT_AN_END = 0.1
"""The same for a line at the end of its block, with such a witness on one side of it. Stated."""

TOO_MANY = 2
"""So many failing sums of one way, down or across, may be the lines' fault; one is a cell's."""

Speaks = Callable[[Slot, Check], float]
"""How probable it is that a rule holds although the cell says something else."""


def misplacement(
    matched: MatchedTable,
    holding: Mapping[Slot, Sequence[Check]],
    failing: Iterable[Check],
    speaks: Speaks,
) -> Mapping[Slot, float]:
    """By how much the arithmetic lowers the odds that a cell is not its slot's, from 1 down to
    `MOVED_WITHIN`, and what people confirmed below that.

    `holding`: the rules that speak for a cell's number, with no other cell that says the same.
    """
    entries = {entry.slot: entry for entry in matched.entries}
    fails = Counter(c.at[0][0] for c in failing if c.slots[0].table == matched.table.id)
    if any(number >= TOO_MANY for number in fails.values()):
        return dict.fromkeys(entries, 1.0)
    found: dict[Slot, float] = {}
    for block in matched.table.blocks:
        rows = _lines(block, matched.table.id, across=False)
        columns = _lines(block, matched.table.id, across=True)
        by_row = _vouched(rows, "column", entries, holding, speaks)
        by_column = _vouched(columns, "row", entries, holding, speaks)
        for i, row in enumerate(rows):
            for j, slot in enumerate(row):
                found[slot] = max(by_row[i], by_column[j])
    return found


def _lines(block: Block, table: str, *, across: bool) -> list[list[Slot]]:
    rows = [[Slot(table, row.key, column.key) for column in block.columns] for row in block.rows]
    return [list(line) for line in zip(*rows, strict=True)] if across else rows


def _vouched(
    lines: Sequence[Sequence[Slot]],
    way: str,
    entries: Mapping[Slot, Entry],
    holding: Mapping[Slot, Sequence[Check]],
    speaks: Speaks,
) -> list[float]:
    """For each line its best witness, or the worse of the nearest on both sides of it: rules, or
    people."""
    by_rules = [
        min(
            (
                max(speaks(slot, check), MOVED_WITHIN)
                for slot in line
                if entries[slot].found is not None and entries[slot].value
                for check in holding.get(slot, ())
                if check.at[0][0] == way
            ),
            default=1.0,
        )
        for line in lines
    ]
    by_people = [
        PERSON_ERRS if any(_is_confirmed(entries[slot]) for slot in line) else 1.0 for line in lines
    ]
    return [min(pair) for pair in zip(_spread(by_rules), _spread(by_people), strict=True)]


def _spread(own: Sequence[float]) -> list[float]:
    """Of each line its own witness, or what those of the lines before and after it say."""
    sides = zip(_nearest(own), reversed(_nearest(own[::-1])), strict=True)
    return [this if this < 1 else _between(*side) for this, side in zip(own, sides, strict=True)]


def _is_confirmed(entry: Entry) -> bool:
    """Whether a person saw the cell, and that it is the slot's: so are its row and its column."""
    found = entry.found
    return found is not None and found.reading.source is Source.HUMAN and found.match == 1


def _between(before: float, after: float) -> float:
    """Of a line without a witness, by those of the lines before and after it, 1 for none."""
    near, far = sorted((before, after))
    if near == 1:
        return 1.0
    return max(far, BETWEEN) if far < 1 else max(near, AT_AN_END)


def _nearest(own: Sequence[float]) -> list[float]:
    """Of each line the witness of the last one up to it that has any."""

    def nearest(last: float, this: float) -> float:
        return this if this < 1 else last

    return list(accumulate(own, nearest))
