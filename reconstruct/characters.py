"""Text as people write it, whatever code points a file has for it."""

from __future__ import annotations

import unicodedata

_RADICALS = str.maketrans(
    "⺠⺟⻓⻔⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻁⻄⻅⻆⻉⻋⻘⻙⺁⺇⺌⺎⺗⺝⺪⺫⺮⺶⻊⻌",
    "民母长门页风飞食马骨鬼鱼鸟麦黄齐齿龙虎西见角贝车青韦厂几小兀心月疋目竹羊足辶",
)
"""Radicals that PDF files hold for the characters they look like, and that NFKC leaves as they are.
Those of the other radical block (U+2F00 …) NFKC maps itself."""


def standard(text: str) -> str:
    """NFKC, and radicals that stand for characters turned into these."""
    return unicodedata.normalize("NFKC", text).translate(_RADICALS)


def packed(text: str) -> str:
    """The same without any white space."""
    return "".join(standard(text).split())
