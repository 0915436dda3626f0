"""Numbers as running text writes them: 1,234, 12.5, 十二."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

NUMERAL = (
    r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,10})(?!\d)(?:\.\d{1,6})?"
    r"|[零〇一二两三四五六七八九十百千]{1,9}"
)
"""What may be a number, as a regular expression of bounded length; NFKC has made its digits plain
ones."""

_PLAIN = re.compile(r"[\d,.]+", re.ASCII)
_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def number(numeral: str) -> Decimal | None:
    """The number a `NUMERAL` means; None where it is not certain, as of 二三 or 一百五."""
    if _PLAIN.fullmatch(numeral):
        return Decimal(numeral.replace(",", ""))
    found = _spellings().get(numeral.replace("两", "二").replace("〇", "零"))
    return None if found is None else Decimal(found)


@cache
def _spellings() -> Mapping[str, int]:
    return {_spelled(value): value for value in range(10_000)}


def _spelled(value: int) -> str:
    """二百零五: 零 stands once for what is left out in between; 12 is 十二."""
    text, gap = "", False
    for step, unit in _UNITS:
        digit, value = divmod(value, step)
        if digit:
            one = "" if (digit, step, text) == (1, 10, "") else _DIGITS[digit]
            text += ("零" if gap else "") + one + unit
        gap = bool(text) and not digit
    return text or "零"
