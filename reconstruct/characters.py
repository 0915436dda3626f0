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


_SIMPLIFIED = str.maketrans(
    "萬專業個為舉於從會傳體況減決關務動區單參發員國圍處復審對導屬應廢開強當徑總態執護報擔據數斷無時"
    "權條構標樣檢沒濟濟點熱狀環現監確禮種稱穩類糾納線組織終經結給絡統繼續維編繳網罰職輿獲補規計認訓議"
    "許訟設訪訴評詢請讀談負責購費轉輯過這違遞採釋錯門聞閱陳險隱難項題額駁價與儀產機",
    "万专业个为举于从会传体况减决关务动区单参发员国围处复审对导属应废开强当径总态执护报担据数断无时"
    "权条构标样检没济济点热状环现监确礼种称稳类纠纳线组织终经结给络统继续维编缴网罚职舆获补规计认训议"
    "许讼设访诉评询请读谈负责购费转辑过这违递采释错门闻阅陈险隐难项题额驳价与仪产机",
)
"""Traditional characters, which recognisers take simplified ones for in Song and Kai type, and the
simplified ones of labels."""


def simplified(text: str) -> str:
    """The text in simplified characters, as far as labels need them."""
    return text.translate(_SIMPLIFIED)
