"""How an office writes its numbers, and what each writing is worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.forge.forms import YUAN, Key, Slot

BLANKS = ("", "/", "-", "—", "无")
"""What stands where nobody reports a number."""

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Written:
    """What is printed in a cell, and its worth in the slot's unit; None for a blank."""

    printed: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Habit:
    """An office's way with numbers.

    `zero` stands for 0 in every table, `no_power` in the row 规章, which only some bodies can make;
    `blank_table` is left without a number, all its cells are `blank`. `money` is the unit written
    after sums where the form prints none. `decimals`: sums always get so many.
    """

    zero: str = "0"
    no_power: str = "0"
    blank: str = ""
    blank_table: str | None = None
    money: str = ""
    decimals: int | None = None
    counter: bool = False
    thousands: bool = False
    wide_digits: bool = False
    plus: bool = False

    @classmethod
    def drawn(cls, chance: Random) -> Habit:
        """One in three leaves some or all zeros blank; the other oddities are rare."""
        mark = chance.choice(BLANKS)
        kind = chance.random()
        return cls(
            zero=mark if kind < 0.18 else "0",
            no_power=mark if kind < 0.3 else "0",
            blank=mark,
            blank_table=chance.choice(("litigation", "disclosure")) if kind > 0.94 else None,
            money=chance.choice(("", YUAN, "元")),
            decimals=2 if chance.random() < 0.15 else None,
            counter=chance.random() < 0.06,
            thousands=chance.random() < 0.05,
            wide_digits=chance.random() < 0.03,
            plus=chance.random() < 0.5,
        )

    def write(self, slot: Slot, number: Decimal) -> Written:
        """The slot's number as this office prints it."""
        mark = self._mark(slot.key, number)
        if mark is not None:
            return Written(mark, None)
        if slot.unit == YUAN:
            return self._sum(slot, number)
        sign = "+" if self.plus and slot.key[2] == "change" and number > 0 else ""
        digits = f"{number:,}" if self.thousands else str(number)
        unit = slot.unit if self.counter and not slot.headed else ""
        return Written(self._shaped(sign + digits) + unit, str(number))

    def _mark(self, key: Key, number: Decimal) -> str | None:
        """What stands for the number instead of it, if anything does."""
        table, row, _ = key
        if table == self.blank_table:
            return self.blank
        if number:
            return None
        if table == "disclosure" and row == "regulations" and self.no_power != "0":
            return self.no_power
        return None if self.zero == "0" else self.zero

    def _sum(self, slot: Slot, number: Decimal) -> Written:
        """A sum of money; in 元 where the office writes 元 and no 万元 is printed over it."""
        unit = "" if slot.headed else self.money
        if unit == "元":
            whole = format((number * 10000).normalize(), "f")
            return Written(self._shaped(whole) + unit, format(number.normalize(), "f"))
        if self.decimals is not None:
            number = number.quantize(Decimal(1).scaleb(-self.decimals))
        plain = format(number, "f")
        return Written(self._shaped(plain) + unit, plain)

    def _shaped(self, digits: str) -> str:
        return digits.translate(_WIDE) if self.wide_digits else digits
