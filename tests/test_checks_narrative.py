"""Numbers in the running text that repeat cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.narrative import told_in_words
from checks.numerals import number
from checks.wordings import WORDINGS
from document.entry import Check, Flag, Judged, Status
from document.form import slots_of
from document.reason_words import in_words
from reconstruct import load_forms
from tests.told_reports import prose, told_report

NEW = "applications new total"
APPLICATIONS: Mapping[str, str | None] = {
    NEW: "12",
    "applications carried_in total": "3",
    "applications results.granted total": "5",
    "applications results.partial total": "1",
    "applications results.denied.internal_affairs total": "4",
    "applications results.denied.process_info total": "2",
    "applications results.unavailable.not_held total": "1",
    "applications results.total total": "13",
    "applications carried_out total": "2",
}
DISCLOSURE: Mapping[str, str | None] = {
    "disclosure normative_documents issued": "3",
    "disclosure normative_documents repealed": "2",
    "disclosure normative_documents in_force": "1500",
    "disclosure permits decisions": "274",
    "disclosure penalties decisions": "88",
    "disclosure fees amount": "2.5",
}
LITIGATION: Mapping[str, str | None] = {
    "litigation count reconsideration.total": "4",
    "litigation count direct_suit.total": "1",
    "litigation count suit_after_reconsideration.total": "2",
}
REPORT = {**APPLICATIONS, **DISCLOSURE, **LITIGATION}


def checks_of(*paragraphs: str, year: int | None = 2023) -> list[Check]:
    return list(told_in_words(told_report(prose(*paragraphs), REPORT, year=year)).checks)


def verdicts(*paragraphs: str) -> dict[str, tuple[str, bool | None]]:
    return {
        c.rule.removeprefix("narrative."): (f"{c.expected}", c.ok) for c in checks_of(*paragraphs)
    }


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("2023年，本单位收到政府信息公开申请 12 件，已全部办结。", {"new": "12"}),
        ("2023年，我街共收到政府信息公开申请数量12件，全部按要求及时回复。", {"new": "12"}),
        (
            "2023年，区政府办公室共受理依申请公开12件，未发生信息公开行政诉讼败诉的情况。",
            {"accepted": "12"},
        ),
        ("2023年我区收到政务咨询、投诉75件,依申请公开12件都已依规依法办结。", {"requests": "12"}),
        ("全年共收到公民、法人和其他组织提出的政府信息公开申请十二件。", {"new": "12"}),
        ("收到１２件政府信息公开申请。", {"new": "12"}),
        ("2023年1月1日至12月31日，依申请公开收到12件。", {"new": "12"}),
        (
            "收办政府信息公开申请15件，其中新收12件，上年结转3件。",
            {"accepted": "15", "carried_in": "3"},
        ),
        ("全年办结政府信息公开申请13件，2件结转下一年度。", {"handled": "13", "carried_out": "2"}),
        (
            "收到政府信息公开申请12件，其中，予以公开5件，部分公开1件，不予公开6件，无法提供1件。",
            {"new": "12", "granted": "5", "partial": "1", "denied": "6", "unavailable": "1"},
        ),
        (
            "制定行政规范性文件3件，废止2件，现行有效1,500件。",
            {"issued": "3", "repealed": "2", "in_force": "1500"},
        ),
        (
            "主动公开办公室文件151条、行政规范性文件3条，编辑出版政府公报4期。",
            {"documents": "3"},
        ),
        ("主要类别有：行政许可类274条；行政处罚类88条。", {"permits": "274", "penalties": "88"}),
        ("作出行政许可决定274件、行政处罚决定88件。", {"permits": "274", "penalties": "88"}),
        (
            "因政府信息公开被申请行政复议4件，提起行政诉讼3件。",
            {"reconsideration": "4", "litigation": "3"},
        ),
        ("收取行政事业性收费2.5万元。", {"fees": "2.5"}),
        ("行政事业性收费共25000元。", {"fees": "2.5"}),
    ],
)  # fmt: skip
def test_a_number_that_repeats_a_cell_agrees(sentence: str, told: Mapping[str, str]) -> None:
    assert verdicts(sentence) == {rule: (said, True) for rule, said in told.items()}


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年度我镇未收到政府信息公开申请。",
        "全年无依申请公开事项。",
        "没有收到公民、法人和其他组织的政府信息公开申请。",
        "收到政府信息公开申请0件。",
        "收到政府信息公开申请零件。",
    ],
)
def test_that_there_were_none_says_0(sentence: str) -> None:
    (check,) = told_in_words(told_report(prose(sentence))).checks
    assert (check.rule, check.expected, check.ok) == ("narrative.new", Decimal(0), True)
    assert verdicts(sentence) == {"new": ("0", False)}


def test_that_there_were_neither_says_0_twice() -> None:
    told = verdicts("未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。")
    assert told == {"reconsideration": ("0", False), "litigation": ("0", False)}


@pytest.mark.parametrize(
    "sentence",
    [
        "全区各级行政机关共收到政府信息公开申请95件。",
        "各部门、各镇街共受理政府信息公开申请95件。",
        "2022年收到政府信息公开申请8件。",
        "上年收到政府信息公开申请8件。",
        "上半年收到政府信息公开申请6件。",
        "政府信息公开申请较多，其中网上收到政府信息公开申请8件。",
        "自《条例》施行以来，累计收到政府信息公开申请120件。",
        "累计收到政府信息公开申请120件。",
        "收到政府信息公开申请2300余件。",
        "收到政府信息公开申请约10件。",
        "收到网上申请5件。",
        "收到申请一件事。",
        "政府信息公开申请办结率100%。",
        "主动公开政府信息285条。",
        "公开通过备案审查的规章和规范性文件113个。",
        "修改、废止行政规范性文件5件。",
        "计划制定行政规范性文件6件。",
        "公文属性：主动公开20件、依申请公开5件、不予公开8件。",
        "行政许可、行政处罚信息362条。",
        "办理施工许可8件、项目报建5件。",
        "行政许可事项20项。",
        "办理行政复议案件120件。",
        "未发生信息公开行政诉讼败诉的情况。",
        "本年度本机关未收取政府信息公开信息处理费。",
    ],
)
def test_another_scope_year_or_thing_says_nothing(sentence: str) -> None:
    assert not checks_of(sentence)


def test_of_two_scopes_and_of_two_years_the_last_counts() -> None:
    ours = "全市收到政府信息公开申请1,295件，我局收到政府信息公开申请17件。"
    assert verdicts(ours) == {"new": ("17", False)}
    this = "2022年收到政府信息公开申请8件，2023年收到政府信息公开申请12件，同比增长50%。"
    assert verdicts(this) == {"new": ("12", True)}
    assert not checks_of(this.replace("2023", "2021"))


def test_a_mismatch_is_told_with_both_numbers_and_its_sentence() -> None:
    (check,) = checks_of("一是完善制度。2023年受理政府信息|公开申请17件。三是加强督促。")
    assert (check.rule, check.ok) == ("narrative.accepted", False)
    assert [check.expected, check.found, check.difference] == [17, 12, -5]
    assert dict(check.at) == {"table": "applications", "row": "new", "column": "total"}
    assert check.quote is not None
    assert (check.quote.text, check.quote.page) == ("2023年受理政府信息公开申请17件。", 1)
    assert (check.quote.box.y0, check.quote.box.y1) == (20, 52), "both lines"


def test_a_sentence_that_may_mean_several_sums_agrees_with_each_and_says_with_which() -> None:
    (one,), (both,) = (
        checks_of("共受理政府信息公开申请12件。"),
        checks_of("共受理政府信息公开申请15件。"),
    )
    assert (one.ok, in_words(one.note)) == (True, None)
    assert (both.ok, in_words(both.note)) == (True, "the sum of new + carried_in")
    assert verdicts("共收到政府信息公开申请15件。") == {"new": ("15", False)}, "this may not"


def test_a_wording_that_may_count_something_else_stays_open() -> None:
    (check,) = checks_of("公开行政许可信息300条。")
    assert (check.ok, check.difference) == (None, Decimal(-26))
    assert in_words(check.note) == "the words may count something else"


def test_a_blank_cell_leaves_it_open() -> None:
    (check,) = told_in_words(told_report(prose("收到政府信息公开申请3件。"), {NEW: None})).checks
    assert (check.ok, check.found) == (None, None)


def test_where_one_sentence_agrees_another_is_of_something_else() -> None:
    both = checks_of("收到政府信息公开申请12件。", "窗口收到政府信息公开申请4件。")
    assert [(f"{check.expected}", check.ok) for check in both] == [("12", True)]


def test_a_number_said_twice_is_one_check() -> None:
    assert len(checks_of("收到政府信息公开申请9件。", "2023年收到政府信息公开申请9件。")) == 1


def test_a_rounded_amount_agrees() -> None:
    fees = {"disclosure fees amount": "12.3456"}
    for said, ok in (("12.35", True), ("12", False), ("12.3", True), ("12.4", False)):
        report = told_report(prose(f"行政事业性收费{said}万元。"), fees)
        assert [check.ok for check in told_in_words(report).checks] == [ok], said


def test_a_sentence_goes_on_over_the_page_but_not_into_the_next_paragraph() -> None:
    before = prose("我局共收到政府信息公开申|", page=1)[:-1]
    after = [line for line in prose("|请12件。", page=2) if "请" in line.text]
    number_of_page = prose("- 1 -", page=1)[-1:]
    (check,) = told_in_words(told_report([*before, *number_of_page, *after], REPORT)).checks
    assert check.quote is not None
    assert check.quote.page == 2, "where the number is"
    assert not checks_of("（二）收到和处理政府信息公开申请", "12件实事已办结。")


def test_the_list_of_2014_is_repeated_too() -> None:
    values = {"statistics requests.received count": "7"}
    report = told_report(prose("收到政府信息公开申请7件。"), values, "zfxxgk-2014")
    assert [check.ok for check in told_in_words(report).checks] == [True]


def cell(judged_at: float, sentence: str) -> Judged:
    report = told_report(prose(sentence), REPORT, confidence=judged_at)
    (found,) = [
        each
        for table in told_in_words(report, 1e-4).judged
        for each in table
        if each.entry.slot.row == "new" and each.entry.slot.column == "total"
    ]
    return found


def test_a_mismatch_flags_a_clearly_read_cell_and_leaves_it_accepted() -> None:
    found = cell(1 - 2e-6, "收到政府信息公开申请17件。")
    assert found.status is Status.ACCEPTED
    assert found.flags == {Flag.NARRATIVE_MISMATCH}
    assert found.entry.value == 12


def test_a_mismatch_sends_a_cell_that_was_just_accepted_to_review() -> None:
    found = cell(1 - 5e-5, "收到政府信息公开申请17件。")
    assert found.status is Status.REVIEW
    assert found.flags == {Flag.NARRATIVE_MISMATCH, Flag.LOW_CONFIDENCE}
    assert found.entry.value == 12


@given(st.floats(0, 1), st.sampled_from(["收到政府信息公开申请12件。", "收到网上申请5件。"]))
def test_a_match_makes_no_cell_surer_and_a_mismatch_less_sure(sure: float, sentence: str) -> None:
    found = cell(sure, sentence)
    assert (found.confidence, found.flags) == (sure, frozenset())
    assert cell(sure, "收到政府信息公开申请17件。").confidence <= sure


@given(st.integers(0, 10**9))
def test_a_number_is_read_with_and_without_separators(value: int) -> None:
    assert number(f"{value}") == number(f"{value:,}") == value


@given(st.decimals(0, 10**6, places=3))
def test_an_amount_is_read_to_its_last_decimal(value: Decimal) -> None:
    assert number(f"{value:,}") == value


@given(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9))
def test_a_chinese_number_of_three_digits_is_read(hundreds: int, tens: int, ones: int) -> None:
    digits = "零一二三四五六七八九"
    middle = f"{digits[tens]}十" if tens else "零" if ones else ""
    text = f"{digits[hundreds]}百{middle}{digits[ones] if ones else ''}"
    assert number(text) == 100 * hundreds + 10 * tens + ones


@pytest.mark.parametrize(
    ("text", "value"),
    [("零", 0), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("两千零五", 2005)],
)
def test_small_and_large_chinese_numbers(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["二三", "一百五", "十十", "百", "零五", "一二三"])
def test_what_is_no_certain_number_is_none(text: str) -> None:
    assert number(text) is None


def test_a_text_without_a_full_stop_for_pages_is_not_compared() -> None:
    assert not checks_of("收到政府信息公开申请17件," * 200)


@given(
    st.text(
        alphabet="收到受理政府信息公开申请依结转上下年度行许可处罚未无12件条、,。其中", max_size=60
    )
)
def test_no_text_is_too_odd(text: str) -> None:
    for check in checks_of(text):
        assert check.quote is not None
        assert check.quote.text in "".join(line.text for line in prose(text))


def test_every_wording_means_cells_of_a_form() -> None:
    known = {
        slot.slot for each in load_forms() for table in each.tables for slot in slots_of(table)
    }
    rows = {(slot.table, re.sub(r"\.[^.]+$", ".*", slot.row), slot.column) for slot in known}
    for wording in WORDINGS:
        for slot in (slot for reading in wording.readings for slot in reading):
            assert slot in known or (slot.table, slot.row, slot.column) in rows, slot
