"""How reports repeat their tables' numbers in words, and which cells they mean.

Only wordings that hardly mean anything else are here: silence is better than a false mismatch.
"""

from __future__ import annotations

import re

from checks.numerals import NUMERAL
from checks.wording import Sum, Wording, cells, wordings

_END = r"(?=[,.;:、。!?]|$)"
_UNIT = "件份宗例起条个项"
_COUNT = rf"(?:总)?(?:数量|件数|数|量)?(?:共|共计|总计|合计|累计|为|是|有|达|:)*(?P<n>{NUMERAL})"
_N = rf"{_COUNT}[{_UNIT}](?![事套次餐])"
_FIRST = rf"(?P<n>{NUMERAL})[{_UNIT}](?:的)?"
_APART = rf"(?:(?<=[{_UNIT}]、)|(?<![、和与及或以]))"
"""Not the last of several things that are counted together: 行政许可、行政处罚信息12条."""

_WHOSE = (
    r"(?:(?:公民、?|自然人、?)法人(?:和|或|或者|及|以及|、)其他组织|社会公众|公众|群众|申请人)?"
    r"(?:的|提出的?|提交的?)?(?:各类|任何)?"
)
_REQUEST = (
    r"(?:(?:政府|政务)?信息(?:依申请)?公开的?申请|依申请公开(?:政府|政务)?(?:信息)?的?(?:申请)?"
    r"|申请公开(?:政府|政务)?信息|公开(?:政府|政务)?信息的?申请)(?:事项|案件|办件|件)??"
)
_LAST, _NEXT = "(?:上一?年度?|去年度?)", "(?:下一?年度?|次年度?|明年)"
_NONE = "(?:未|没有|未曾)"
_DONE = "(?:作出|做出|办理|办结|实施|完成|下达|核发)(?:了|各类|的|共)*"
_ISSUE = "(?:制定|制发|印发|出台)(?:并(?:公开|公布|发布|印发))?了?的?"
_TOLD = re.compile(r"信息公开|政务公开|依申请公开")
_DEALT_WITH = re.compile("收到|受理|办理|办结|答复")
_HANDLED = re.compile(
    r"(?:收到|受理|办理|办结|答复|处理).{0,200}申请|申请.{0,200}(?:办理|办结|答复)"
)
_OF_DOCUMENTS = re.compile("规范性文件")


def _total(*rows: str) -> Sum:
    return cells("applications", *(f"{row}/total" for row in rows))


def _listed(row: str) -> Sum:
    return cells("statistics", f"{row}/count")


_NEW, _BOTH, _ALL = _total("new"), _total("new", "carried_in"), _total("results.total")
_DECIDED = (
    ("permits", "行政许可"),
    ("penalties", "行政处罚"),
    ("coercion", "行政强制"),
)
_SUITS = "(?:行政)?诉讼"
_CAUSE = (
    r"(?:发生|产生|引发|收到|出现)?(?:过|因|关于|涉及)*(?:政府|政务)?(?:信息公开)?(?:工作|申请|的)*"
)
_CASES = r"的?(?:案件|情况|事项|情形|现象)*"


def _documents(column: str) -> Sum:
    return cells("disclosure", f"normative_documents/{column}")


def _of_decisions(row: str, name: str) -> tuple[Wording, ...]:
    of = (cells("disclosure", f"{row}/decisions"),)
    case, units = "(?:处理)?(?:决定|案件)?", "[件宗起例份]"
    return (
        *wordings(
            f"narrative.{row}", of,
            rf"{_DONE}{name}{case}{_COUNT}{units}",
            rf"{_DONE}(?P<n>{NUMERAL}){units}的?{name}{case}{_END}",
        ),
        *wordings(
            f"narrative.{row}", of,
            rf"{_APART}{name}(?:类|信息|公示|结果|决定|案件)*{_N}",
            firm=False,
        ),
    )  # fmt: skip


WORDINGS: tuple[Wording, ...] = (
    *wordings(
        "narrative.new", (_NEW, _listed("requests.received")),
        rf"(?:收到|接到|接收|新收到?)了?{_WHOSE}{_REQUEST}{_N}",
        rf"(?:收到|接到|接收|新收到?)了?{_FIRST}{_WHOSE}{_REQUEST}",
        rf"{_REQUEST}(?:共)?(?:收到|接到|新收到?){_N}",
        rf"{_NONE}(?:收到|接到|接收到?|受理|发生|产生)过?{_WHOSE}{_REQUEST}{_CASES}{_END}",
        rf"(?<![有])无{_REQUEST}{_CASES}{_END}",
    ),
    *wordings(
        "narrative.new", (_NEW, _listed("requests.received")), rf"收到的?申请{_N}", about=_TOLD
    ),
    *wordings(
        "narrative.accepted", (_NEW, _BOTH, _listed("requests.received")),
        rf"(?:受理|收办)了?{_WHOSE}{_REQUEST}{_N}",
        rf"(?:受理|收办)了?{_FIRST}{_WHOSE}{_REQUEST}",
        rf"{_REQUEST}(?:共)?(?:受理|收办){_N}",
    ),
    *wordings(
        "narrative.handled", (_ALL, _BOTH, _NEW, _listed("requests.replied")),
        rf"(?:办理|办结|处理|答复|回复)了?{_WHOSE}{_REQUEST}{_N}",
    ),
    *wordings(
        "narrative.requests", (_NEW, _BOTH, _ALL),
        rf"(?:^|(?<=[,、;:年]))依申请公开(?:政府信息)?(?:申请|事项)?{_N}",
        firm=False, about=_DEALT_WITH,
    ),
    *wordings(
        "narrative.carried_in", (_total("carried_in"),),
        rf"{_LAST}结转(?:至|到)?(?:本年度?|今年)?(?:继续)?(?:办理|处理)?的?(?:{_REQUEST}|申请)?{_N}",
        rf"结转{_LAST}(?:未办结)?的?(?:{_REQUEST}|申请)?{_N}",
        in_part=True,
    ),
    *wordings(
        "narrative.carried_out", (_total("carried_out"),),
        rf"结转(?:至|到|入)?{_NEXT}(?:继续)?(?:办理|处理)?的?(?:{_REQUEST}|申请)?{_N}",
        rf"{_FIRST}(?:{_REQUEST}|申请)?(?:将|已|需|则)?结转(?:至|到|入)?{_NEXT}",
        in_part=True,
    ),
    *wordings(
        "narrative.granted", (_total("results.granted"), _listed("requests.replied.granted")),
        rf"(?<!不)予以公开的?{_N}", in_part=True, about=_HANDLED,
    ),
    *wordings(
        "narrative.partial", (_total("results.partial"), _listed("requests.replied.partial")),
        rf"部分公开的?{_N}", in_part=True, about=_HANDLED,
    ),
    *wordings(
        "narrative.denied", (_total("results.denied.*"), _listed("requests.replied.denied")),
        rf"不予公开的?{_N}", in_part=True, about=_HANDLED,
    ),
    *wordings(
        "narrative.unavailable", (_total("results.unavailable.*"),),
        rf"无法提供的?{_N}", in_part=True, about=_HANDLED,
    ),
    *wordings(
        "narrative.not_processed", (_total("results.not_processed.*"),),
        rf"不予处理的?{_N}", in_part=True, about=_HANDLED,
    ),
    *wordings(
        "narrative.issued",
        (_documents("issued"), _documents("produced"), _documents("published"),
         _listed("disclosure.normative_documents_issued")),
        rf"{_ISSUE}(?:行政)?规范性文件{_N}",
        rf"{_ISSUE}{_FIRST}(?:行政)?规范性文件",
    ),
    *wordings(
        "narrative.documents",
        (_documents("issued"), _documents("in_force"), _documents("published"),
         _documents("produced"), _documents("published_total"),
         _listed("disclosure.normative_documents")),
        rf"(?:公开|公布|发布)(?:[^,;。]{{0,40}}[{_UNIT}篇]、)?行政规范性文件{_N}",
        firm=False,
    ),
    *wordings(
        "narrative.repealed", (_documents("repealed"),),
        rf"{_APART}废止(?:了)?(?:行政)?规范性文件{_N}",
        rf"{_APART}废止(?:了)?{_FIRST}(?:行政)?规范性文件",
    ),
    *wordings(
        "narrative.repealed", (_documents("repealed"),), rf"{_APART}废止{_N}", about=_OF_DOCUMENTS
    ),
    *wordings(
        "narrative.in_force", (_documents("in_force"),),
        rf"(?:现行|继续)有效的?(?:行政)?规范性文件{_N}",
        rf"规范性文件(?:现行|继续)有效{_N}",
    ),
    *wordings(
        "narrative.in_force", (_documents("in_force"),), rf"现行有效的?{_N}", about=_OF_DOCUMENTS
    ),
    *(wording for row, name in _DECIDED for wording in _of_decisions(row, name)),
    *wordings(
        "narrative.reconsideration",
        (cells("litigation", "count/reconsideration.total"), _listed("reconsideration")),
        rf"{_APART}(?:被)?(?:申请|提起)?行政复议(?:案件|申请)?{_N}",
        rf"(?:{_NONE}|无){_CAUSE}(?:被)?(?:申请|提起|引起|引发)?的?行政复议(?:案件|申请)?"
        rf"(?:(?:、|和|及|或|以及|与|或者)(?:被)?(?:提起)?{_SUITS})?{_CASES}{_END}",
        about=_TOLD,
    ),
    *wordings(
        "narrative.litigation",
        (cells("litigation", "count/direct_suit.total", "count/suit_after_reconsideration.total"),
         _listed("litigation")),
        rf"{_APART}(?:被)?(?:提起)?行政诉讼(?:案件)?{_N}",
        rf"(?:{_NONE}|无){_CAUSE}(?:被)?(?:申请|提起|引起|引发)?的?"
        rf"(?:行政复议(?:案件|申请)?(?:、|和|及|或|以及|与|或者)(?:被)?(?:提起)?)?{_SUITS}{_CASES}{_END}",
        about=_TOLD,
    ),
    *wordings(
        "narrative.fees", (cells("disclosure", "fees/amount"),),
        rf"行政事业性收费(?:金额|总额)?{_COUNT}(?P<unit>万?元)",
        rf"{_NONE}(?:收取|发生|产生)过?(?:任何)?行政事业性收费{_CASES}{_END}",
        rf"(?<![有])无行政事业性收费(?:项目)?{_CASES}{_END}",
    ),
)  # fmt: skip
