"""Whether a number in a sentence is of the body's own and of the year reported on.

What stands before the number in its sentence tells: of two that tell, the last.
"""

from __future__ import annotations

import re

_OWN_DATES = re.compile(r"1月1日起?|12月(?:31日|底|末)|(?:今年|本年度?|年初)以来|统计期间")
_CARRIED = re.compile(r"(?:上一?年度?|去年度?)结转|结转(?:上一?年度?|去年度?)")
_TIMES = re.compile(
    r"(?P<own>今年|本年)|(?P<year>(?:19|20)\d\d)年"
    r"|(?P<other>上一?年|去年|往年|历年|以来|近\w年|半年|季度|\d月|同期|五(?:期间|时期))"
)
_SCOPES = re.compile(
    r"(?P<own>本(?:机关|单位|部门|局|委|办|院|厅|街道?|镇|乡|级|中心|府)"
    r"|我(?:局|办|委|院|厅|街道?|镇|乡|中心|站|处|所|单位|机关|部门))"
    r"|(?P<other>全[省市县区州旗国]|全系统|系统[内各]|所属|下属|直属|下辖|辖[区内]|[省市区县]直"
    r"|各(?!类|种|项|方面|环节))"
)
_PART = re.compile(r"其中|包括")
_PLANNED = re.compile(r"计划|拟|预计|力争|争取|目标|将要?(?!结转)|下一步")
_CLAUSE = re.compile(r"[,;:。]")


def is_own(before: str, clause: str, year: int | None, in_part: bool) -> bool:
    """Whether a number is the body's own count of the whole year.

    `before`: its sentence up to where it is spoken of; `clause`: up to the number. `year` is the
    one reported on. `in_part`: whether it may be a part of what was named before.
    """
    told = _CARRIED.sub("", _OWN_DATES.sub("", before))
    if not (_is_of(year, told) and _is_own_scope(told)):
        return False
    if not in_part and _PART.search(told[told.rfind(";") + 1 :]):
        return False
    if "累计" in clause and not re.search(r"今年|本年|全年|\d{4}年", before):
        return False
    return not _PLANNED.search(_CLAUSE.split(told)[-1])


def _is_of(year: int | None, told: str) -> bool:
    *_, last = (None, *_TIMES.finditer(told))
    if last is None or last["own"]:
        return True
    return bool(last["year"]) and year in {None, int(last["year"])}


def _is_own_scope(told: str) -> bool:
    *_, last = (None, *_SCOPES.finditer(told))
    return last is None or bool(last["own"])
