"""A file parted into reports, each with its body and its year."""

from collections.abc import Sequence

import pytest

from document.geometry import Box
from document.report import ReadPage, Report, TextLine
from reconstruct import FormMatcher, load_forms, reconstruct
from reconstruct.titles import agency_of, year_of
from tests.drawn_tables import DISCLOSURE_2021, LITIGATION_HEAD, LITIGATION_VALUES, page, table

FORMS = load_forms()


def lines(*texts: str) -> list[TextLine]:
    return [
        TextLine(text, 1.0, 1, Box(80, 60 + 20 * i, 500, 72 + 20 * i))
        for i, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        (["小营镇人民政府2023年政府信息公开年度报告"], "小营镇人民政府", 2023),
        (["小营镇人民政府2023年政府信息公开", "年度报告"], "小营镇人民政府", 2023),
        (["小营镇人民政府", "2023年政府信息公开工作年度报告"], "小营镇人民政府", 2023),
        (["老城区审批局 2024 年政府信息公开工作年度报告"], "老城区审批局", 2024),
        (["某某市2019年度政府信息公开工作报告"], "某某市", 2019),
        (["某某县人民政府二〇二三年政府信息公开工作年度报告"], "某某县人民政府", 2023),
        (["⼩营镇⼈⺠政府2023年政府信息公开⼯作年度报告"], "小营镇人民政府", 2023),
        (["某某局政府信息公开年报"], "某某局", None),
        (["某某局关于2023年政府信息公开工作的年度报告"], "某某局", 2023),
        (["2023年度某某局政府信息公开工作年度报告"], "某某局", 2023),
        (["政务公开专栏", "某某局2023年政府信息公开工作年度报告"], "某某局", 2023),
        (["政府信息公开工作年度报告"], None, None),
        (["一、总体情况"], None, None),
        (["现公布某某区2019年度政府信息公开年度报告。全文由六个部分组成"], None, 2019),
        (["根据《关于政府信息公开工作年度报告", "有关事项的通知》"], None, None),
    ],
)
def test_the_title_names_body_and_year(
    title: Sequence[str], agency: str | None, year: int | None
) -> None:
    assert (agency_of(lines(*title)), year_of(lines(*title))) == (agency, year)


def test_without_a_year_in_the_title_the_period_reported_on_tells_it() -> None:
    text = [
        "滠口街道办事处政府信息公开工作年度报告",
        "按照国办公开办函〔2021〕30号和2025年的要求,2025年1月编制",
        "统计期限为2024年1月1日至2024年12月31日",
    ]
    assert agency_of(lines(*text)) == "滠口街道办事处"
    assert year_of(lines(*text)) == 2024
    assert year_of(lines("2022年工作", "2024年,我街", "2024年以来")) == 2024


def report_pages(first: int, title: str | None) -> list[ReadPage]:
    """A report of two pages: its title and the disclosure table, then the litigation table."""
    above = [(title, 60.0)] if title else []
    return [
        page(
            first,
            table(DISCLOSURE_2021, first, 200),
            lines=[*above, ("一、总体情况", 100), ("二、主动公开政府信息情况", 180)],
        ),
        page(
            first + 1,
            table(LITIGATION_HEAD + LITIGATION_VALUES, first + 1, 200),
            lines=[("四、行政复议、行政诉讼情况", 100), ("六、其他需要报告的事项", 500)],
        ),
    ]


def reports_of(*pages: ReadPage) -> tuple[Report, ...]:
    return reconstruct(pages, FormMatcher(FORMS)).reports


def test_one_report_has_all_the_pages_of_its_file() -> None:
    (report,) = reports_of(page(1), *report_pages(2, "甲镇2022年政府信息公开工作年度报告"), page(4))
    assert (report.agency, report.year, report.pages) == ("甲镇", 2022, (1, 4))
    assert [t.table.id for t in report.tables] == ["disclosure", "litigation"]


def test_two_reports_in_one_file_are_parted_at_the_title_of_the_second() -> None:
    first, second = reports_of(
        *report_pages(1, "甲镇2022年政府信息公开工作年度报告"),
        page(3),
        *report_pages(4, "乙局2023年政府信息公开工作年度报告"),
    )
    assert (first.agency, first.year, first.pages) == ("甲镇", 2022, (1, 3))
    assert (second.agency, second.year, second.pages) == ("乙局", 2023, (4, 5))


def test_the_same_report_twice_is_two_reports_even_without_a_title() -> None:
    first, second = reports_of(*report_pages(1, None), *report_pages(3, None))
    assert (first.pages, second.pages) == ((1, 2), (3, 4))
    assert first.agency is None
    assert [e.value for t in first.tables for e in t.entries] == [
        e.value for t in second.tables for e in t.entries
    ]


def test_a_file_without_tables_has_no_reports() -> None:
    assert reconstruct([page(1, lines=[("通知", 100)])], FormMatcher(FORMS)).reports == ()
    assert reconstruct([], FormMatcher(FORMS)).reports == ()
