"""What is printed in a number cell → a decimal in the slot's unit, a blank, or neither."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from document.form import ValueKind

_BLANK = re.compile(r"[-—–―‐‑−/\\]*|无")
"""Nothing, strokes, or the word 无."""

_MONEY = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "千万元": 7, "亿元": 8}
"""Powers of ten of one 元."""

_COUNTERS = "件条个项人次篇期份部宗起户场家名处所张册页"
_NUMBER = re.compile(
    r"(?P<sign>[+\-−]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    rf"\s*(?P<unit>[十百千万亿]*元|人次|场次|[{_COUNTERS}])?(?P<remark>\s*\(.*\))?",
    re.DOTALL | re.ASCII,
)
_FOOTNOTE = re.compile("[²³¹⁰-⁹₀-₉①-⑳⓪❶-❿]")
"""Marks of footnotes, which Unicode's compatibility forms would make digits of the number."""
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Amount:
    """A cell's text as a number.

    `value` is in the slot's unit, None for a blank and where no number can be told for sure.
    `unexpected`: the text is not what such a cell holds, whether or not it gives a number.
    """

    value: Decimal | None
    blank: bool = False
    unexpected: bool = False


BLANK = Amount(None, blank=True)
NO_NUMBER = Amount(None, unexpected=True)


def parse_amount(text: str, unit: str | None, kind: ValueKind) -> Amount:
    """The number that the text says. Never a guess: what can be read in two ways is no number."""
    if _FOOTNOTE.search(text):
        amount = parse_amount(_FOOTNOTE.sub("", text), unit, kind)
        return NO_NUMBER if amount.blank else replace(amount, unexpected=True)
    plain = unicodedata.normalize("NFKC", text).strip()
    if _BLANK.fullmatch("".join(plain.split())):
        return BLANK
    found = _NUMBER.fullmatch(plain)
    if found is None or len(found["digits"]) > _LONGEST or len(found["decimals"] or "") > _LONGEST:
        return NO_NUMBER
    value = Decimal(found["digits"].replace(",", "") + (found["decimals"] or ""))
    value = -value if found["sign"] in {"-", "−"} and value else value
    converted = _in_unit(value, found["unit"], unit)
    if converted is None:
        return NO_NUMBER
    odd_digits = re.match(r"0\d", found["digits"]) is not None
    odd = odd_digits or found["remark"] is not None or not _fits(found, kind)
    return Amount(converted, unexpected=odd)


def _in_unit(value: Decimal, printed: str | None, wanted: str | None) -> Decimal | None:
    """The value in the wanted unit; None where a sum of money meets a count."""
    if printed is None or printed == wanted:
        return value
    if printed in _MONEY and wanted in _MONEY:
        return _moved(value, _MONEY[printed] - _MONEY[wanted])
    money = printed.endswith("元") or (wanted or "").endswith("元")
    return None if money else value


def _moved(value: Decimal, places: int) -> Decimal:
    """value · 10^places, exact, without an exponent or zeros that nobody printed."""
    shifted = Decimal(format(value.scaleb(places), "f"))
    if places >= 0 or "." not in str(shifted):
        return shifted
    return Decimal(str(shifted).rstrip("0").rstrip("."))


def _fits(found: re.Match[str], kind: ValueKind) -> bool:
    """Whether the number as printed is of the kind that the cell holds."""
    match kind:
        case ValueKind.COUNT:
            return not found["sign"] and found["decimals"] is None
        case ValueKind.SIGNED:
            return found["decimals"] is None
        case ValueKind.AMOUNT:
            return not found["sign"]


def is_unit(text: str) -> bool:
    """Whether the text is a unit, as a printed 单位 column has it."""
    plain = unicodedata.normalize("NFKC", text).strip().strip("()")
    return plain in _MONEY or plain in {"人次", "场次"} or (len(plain) == 1 and plain in _COUNTERS)
