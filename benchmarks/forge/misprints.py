"""Errors that offices print: numbers that do not obey the form's arithmetic (勾稽关系)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from random import Random

from benchmarks.forge.forms import Key
from benchmarks.forge.numbers import STATISTICS_SUMS, Numbers

_OFF = (-10, -9, -2, -1, 1, 2, 9, 10, 90, 100)
"""How far a wrong total is off: a slip in adding up, a digit mistyped."""


def misprinted(numbers: Numbers, chance: Random) -> Numbers:
    """The numbers with one error of an office: a total that is wrong or 0, two cells swapped, a row
    shifted by a column. Unchanged where there is nothing to get wrong."""
    ways = [_wrong_total, _zero_total, _swapped, _shifted]
    chance.shuffle(ways)
    for way in ways:
        if wrong := way(numbers, chance):
            return numbers | wrong
    return numbers


def _totals(numbers: Numbers) -> list[Key]:
    """The cells that are sums of others."""
    return [
        key
        for key in numbers
        if key[1] == "results.total"
        or key[2].rpartition(".")[2] == "total"
        or (key[0] == "statistics" and key[1] in STATISTICS_SUMS)
    ]


def _wrong_total(numbers: Numbers, chance: Random) -> Numbers:
    totals = [key for key in _totals(numbers) if numbers[key]]
    if not totals:
        return {}
    key = chance.choice(totals)
    off = [numbers[key] + step for step in _OFF if numbers[key] + step >= 0]
    return {key: chance.choice(off)}


def _zero_total(numbers: Numbers, chance: Random) -> Numbers:
    totals = [key for key in _totals(numbers) if numbers[key]]
    return {chance.choice(totals): Decimal(0)} if totals else {}


def _swapped(numbers: Numbers, chance: Random) -> Numbers:
    """Two neighbours of a column or of a row of the applications."""
    keys = [key for key in numbers if key[0] == "applications"]
    rows, columns = (list(dict.fromkeys(key[i] for key in keys)) for i in (1, 2))
    pairs = [
        *_pairs([[("applications", row, column) for row in rows] for column in columns]),
        *_pairs([[("applications", row, column) for column in columns] for row in rows]),
    ]
    unlike = [(a, b) for a, b in pairs if numbers[a] != numbers[b]]
    if not unlike:
        return {}
    a, b = chance.choice(unlike)
    return {a: numbers[b], b: numbers[a]}


def _pairs(lines: Sequence[Sequence[Key]]) -> list[tuple[Key, Key]]:
    return [pair for line in lines for pair in pairwise(line)]


def _shifted(numbers: Numbers, chance: Random) -> Numbers:
    """A row of the applications that begins a column too late, its last number lost."""
    keys = [key for key in numbers if key[0] == "applications"]
    rows = list(dict.fromkeys(row for _, row, _ in keys))
    filled = [row for row in rows if numbers["applications", row, "natural_person"]]
    if not filled:
        return {}
    shifted = chance.choice(filled)
    line = [key for key in keys if key[1] == shifted]
    moved = [Decimal(0), *(numbers[key] for key in line[:-1])]
    return dict(zip(line, moved, strict=True))
