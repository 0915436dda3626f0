"""A table's numbers and rules as arrays, for many tries at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from checks.unknowns import Sum, Unknown

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

EXACT = 2**44
"""Sums of 500 numbers up to this are exact in a float."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of tries × rules: by how much each is off; whether it fails; whether it is an equation with
    every number known, and holds as one; whether all its numbers are 0."""

    off: Numbers
    fails: Flags
    known: Flags
    holds: Flags
    empty: Flags


@dataclass(frozen=True, slots=True)
class Equations:
    """`numbers` of the cells, none over `EXACT`, 0 where `unknown`; `signs` of the cells in each
    rule (rules × cells), whose sum with the rule's constant is to be 0."""

    numbers: Numbers
    unknown: Flags
    signed: Flags
    signs: Numbers
    constants: Numbers
    at_most: Flags

    @classmethod
    def of(cls, cells: Sequence[Unknown], sums: Sequence[Sum]) -> Equations:
        """The table's cells, all of them, and its rules."""
        signs = np.zeros((len(sums), len(cells)))
        for rule, each in enumerate(sums):
            for cell, sign in each.terms:
                signs[rule, cell] = sign
        return cls(
            np.array([float(cell.number or 0) for cell in cells]),
            np.array([cell.number is None for cell in cells]),
            np.array([cell.signed for cell in cells]),
            signs,
            np.array([float(each.constant) for each in sums]),
            np.array([each.at_most for each in sums]),
        )

    def verdict(self, numbers: Numbers, unknown: Flags) -> Verdict:
        """Of every rule, with these numbers (tries × cells)."""
        off = numbers @ self.signs.T + self.constants
        either = np.abs(self.signs) * self.signed
        up = unknown @ np.maximum(self.signs, either).T > 0
        down = unknown @ np.maximum(-self.signs, either).T > 0
        known = ~up & ~down & ~self.at_most
        return Verdict(
            off,
            fails=((off > 0) & ~down) | ((off < 0) & ~up & ~self.at_most),
            known=known,
            holds=known & (off == 0),
            empty=np.abs(numbers) @ np.abs(self.signs).T == 0,
        )


def rank(signs: Numbers) -> int:
    """How many of the rules (rules × cells) do not follow from the others."""
    return int(np.linalg.matrix_rank(signs @ signs.T, hermitian=True)) if len(signs) else 0
