"""The printed tables of the two forms: keys and labels, as the notices set them."""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its key and the labels it stands under, outermost first."""

    key: str
    labels: Path


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share columns, under a caption; `unit` is that of amounts.

    `spare` columns are printed after the others, without a heading or a value.
    """

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    caption: str = ""
    spare: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    blocks: tuple[Block, ...]


def _lines(prefix: str, above: Path, **labels: str) -> tuple[Line, ...]:
    return tuple(Line(prefix + key, (*above, label)) for key, label in labels.items())


def _block(caption: str, rows: dict[str, str], spare: int = 0, /, **columns: str) -> Block:
    unit = "万元" if "amount" in columns else ""
    return Block(_lines("", (), **rows), _lines("", (), **columns), caption, spare, unit)


_DISCLOSURE_2021 = (
    _block(
        "第二十条第(一)项",
        {"regulations": "规章", "normative_documents": "行政规范性文件"},
        issued="本年制发件数",
        repealed="本年废止件数",
        in_force="现行有效件数",
    ),
    _block("第二十条第(五)项", {"permits": "行政许可"}, decisions="本年处理决定数量"),
    _block(
        "第二十条第(六)项",
        {"penalties": "行政处罚", "coercion": "行政强制"},
        decisions="本年处理决定数量",
    ),
    _block("第二十条第(八)项", {"fees": "行政事业性收费"}, amount="本年收费金额(单位:万元)"),
)

_ITEMS = {"previous_items": "上一年项目数量", "change": "本年增/减"}

_DISCLOSURE_2019 = (
    _block(
        "第二十条第(一)项",
        {"regulations": "规章", "normative_documents": "规范性文件"},
        produced="本年新制作数量",
        published="本年新公开数量",
        published_total="对外公开总数量",
    ),
    _block(
        "第二十条第(五)项",
        {"permits": "行政许可", "other_services": "其他对外管理服务事项"},
        **_ITEMS,
        decisions="处理决定数量",
    ),
    _block(
        "第二十条第(六)项",
        {"penalties": "行政处罚", "coercion": "行政强制"},
        **_ITEMS,
        decisions="处理决定数量",
    ),
    _block("第二十条第(八)项", {"fees": "行政事业性收费"}, 1, **_ITEMS),
    _block(
        "第二十条第(九)项",
        {"procurement": "政府集中采购"},
        items="采购项目数量",
        amount="采购总金额",
    ),
)

CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
RESULTS = "三、本年度办理结果"

_APPLICANTS = (
    *_lines("", ("申请人情况",), natural_person="自然人"),
    *_lines(
        "legal.",
        ("申请人情况", "法人或其他组织"),
        business="商业企业",
        research="科研机构",
        charity="社会公益组织",
        law_firm="法律服务机构",
        other="其他",
    ),
    *_lines("", ("申请人情况",), total="总计"),
)

_RESULTS = (
    *_lines(
        "results.",
        (RESULTS,),
        granted="(一)予以公开",
        partial="(二)部分公开(区分处理的,只计这一情形,不计其他情形)",
    ),
    *_lines(
        "results.denied.",
        (RESULTS, "(三)不予公开"),
        state_secret="1.属于国家秘密",
        other_law="2.其他法律行政法规禁止公开",
        safety_stability="3.危及“三安全一稳定”",
        third_party="4.保护第三方合法权益",
        internal_affairs="5.属于三类内部事务信息",
        process_info="6.属于四类过程性信息",
        enforcement_files="7.属于行政执法案卷",
        administrative_query="8.属于行政查询事项",
    ),
    *_lines(
        "results.unavailable.",
        (RESULTS, "(四)无法提供"),
        not_held="1.本机关不掌握相关政府信息",
        needs_creation="2.没有现成信息需要另行制作",
        unclear="3.补正后申请内容仍不明确",
    ),
    *_lines(
        "results.not_processed.",
        (RESULTS, "(五)不予处理"),
        petition="1.信访举报投诉类申请",
        duplicate="2.重复申请",
        publication="3.要求提供公开出版物",
        excessive="4.无正当理由大量反复申请",
        reissue="5.要求行政机关确认或重新出具已获取信息",
    ),
)

_OTHER_2019 = _lines("results.", (RESULTS,), other="(六)其他处理")
_OTHER_2021 = _lines(
    "results.other.",
    (RESULTS, "(六)其他处理"),
    no_correction="1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    no_payment="2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    other="3.其他",
)


def _applications(other: tuple[Line, ...]) -> Table:
    rows = (
        *_lines(
            "",
            (),
            new="一、本年新收政府信息公开申请数量",
            carried_in="二、上年结转政府信息公开申请数量",
        ),
        *_RESULTS,
        *other,
        *_lines("results.", (RESULTS,), total="(七)总计"),
        *_lines("", (), carried_out="四、结转下年度继续办理"),
    )
    return Table("applications", (Block(rows, _APPLICANTS),))


_OUTCOMES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}

_LITIGATION = Table(
    "litigation",
    (
        Block(
            (Line("count", ()),),
            (
                *_lines("reconsideration.", ("行政复议",), **_OUTCOMES),
                *_lines("direct_suit.", ("行政诉讼", "未经复议直接起诉"), **_OUTCOMES),
                *_lines("suit_after_reconsideration.", ("行政诉讼", "复议后起诉"), **_OUTCOMES),
            ),
        ),
    ),
)

FORMS = {
    "zfxxgk-2019": (
        Table("disclosure", _DISCLOSURE_2019),
        _applications(_OTHER_2019),
        _LITIGATION,
    ),
    "zfxxgk-2021": (
        Table("disclosure", _DISCLOSURE_2021),
        _applications(_OTHER_2021),
        _LITIGATION,
    ),
}
