"""What stands in a number sheet: all that a number cell may say, and what none does."""

from __future__ import annotations

from random import Random

OTHERS = (
    *(
        "合计",
        "总计",
        "自然人",
        "商业企业",
        "其他",
        "公益组织",
        "不适用",
        "第三方",
        "小计",
        "见附件",
    ),
    *("规章", "行政许可", "予以公开", "结果纠正", "尚未审结", "收费", "全年", "N/A", "是", "否"),
    *("S", "B", "Z", "b", "×", "※", "…", "“", "二", "三", "十", "个", "号", "No.", "√", "注"),
)
"""Words and single marks, but none that some typeface draws as it does a digit or a dash."""

UNITS = (
    *("万元", "元", "件", "条", "项", "个", "次", "人", "%"),
    *("万元", "元", "件", "人次", "千元", "亿元", "万", "百万元"),
)
"""Behind a number; the usual ones twice."""

SLIGHT = ("1", "1", "1", "7", "4")
"""Alone in a cell these have least ink, or stand most like a ruling."""

BLANKS = ("/", "/", "-", "-", "—", "—", "——", "无")


def written(chance: Random) -> str:
    """One cell's text."""
    kind = chance.random()
    if kind < 0.16:
        return ""
    if kind < 0.32:
        return "0"
    if kind < 0.38:
        return chance.choice(SLIGHT)
    if kind < 0.44:
        return chance.choice(BLANKS)
    if kind < 0.53:
        return _other(chance)
    return _number(chance)


def _number(chance: Random) -> str:
    digits = min(1 + int(chance.expovariate(0.45)), 8)
    whole = "".join(chance.choice("0123456789") for _ in range(digits))
    whole = whole.lstrip("0") or chance.choice("123456789")
    kind = chance.random()
    if kind < 0.62:
        return whole
    if kind < 0.70:
        return f"{int(whole) * chance.choice((1, 1000)):,}"
    if kind < 0.82:
        places = chance.choice((1, 2, 2, 2, 3, 4))
        behind = "".join(chance.choice("0123456789") for _ in range(places))
        return f"{whole[:5]}.{behind}"
    if kind < 0.90:
        return chance.choice(("-", "-", "-", "+", "－", "—")) + whole
    if kind < 0.96:
        return whole + chance.choice(UNITS)
    return chance.choice(("({})", "（{}）")).format(whole)


def _other(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.7:
        return chance.choice(OTHERS)
    number = str(chance.randrange(1, 2030))
    return chance.choice(("{}年", "第{}页", "{}号", "{}期", "{}、", "约{}", "{}户", "*{}")).format(
        number
    )
