"""Labels as they are met in the wild compare as the form's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.form import Label
from reconstruct.labels import label_similarity, normalise, similarity


@pytest.mark.parametrize(
    ("printed", "wording"),
    [
        ("商业\n企业", "商业企业"),
        ("三\n、\n本\n年\n度\n办\n理\n结\n果", "三、本年度办理结果"),
        ("（一）予以公开", "(一)予以公开"),
        ("1、属于国家秘密", "1.属于国家秘密"),
        ("１．属于国家秘密", "1.属于国家秘密"),
        ("属于国家秘密", "1.属于国家秘密"),
        ("3.危及三安全一稳定", "3.危及“三安全一稳定”"),
        ('3. 危及"三安全一稳定"', "3.危及“三安全一稳定”"),
        ("本年收费金额（单位：万元）", "本年收费金额(单位:万元)"),
        ("其中：主动公开规范性文件数", "主动公开规范性文件数"),
        ("其中:1.涉及国家秘密", "1.涉及国家秘密"),
        ("㈠予以公开", "(一)予以公开"),
        ("本年增減", "本年增/减"),
        ("結果維持", "结果维持"),
        ("(-)予以公开", "(一)予以公开"),
        ("一.本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量"),
        (
            "(二)部分公开（区分处理的，只计这一情形，不计其他情形）",
            "(二)部分公开(区分处理的,只计这一情形,不计其他情形)",
        ),
    ],
)
def test_the_same_label_in_other_type_is_the_same(printed: str, wording: str) -> None:
    assert normalise(printed) == normalise(wording)
    assert similarity(printed, wording) == 1


def test_captions_that_differ_by_their_number_stay_apart() -> None:
    assert similarity("第二十条第（五）项", "第二十条第(六)项") < 1
    assert similarity("第二十条第（五）项", "第二十条第(五)项") == 1


@pytest.mark.parametrize(
    ("printed", "right", "wrong"),
    [
        ("其他法律行政止公开", "2.其他法律行政法规禁止公开", "8.属于行政查询事项"),
        ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
        ("现行有效件", "现行有效件数", "本年废止件数"),
        ("尚未", "尚未审结", "结果维持"),
        ("规范性文件", "行政规范性文件", "规章"),
        ("第二十条第", "第二十条第(一)项", "信息内容"),
    ],
)
def test_a_damaged_label_is_nearer_to_its_own(printed: str, right: str, wrong: str) -> None:
    assert similarity(printed, right) > 0.6
    assert similarity(printed, right) > similarity(printed, wrong) + 0.25


def test_an_alias_counts_almost_as_much() -> None:
    label = Label("结转下年度继续办理", ("结转下一年度继续办理",))
    assert 0.98 < label_similarity("四、结转下一年度继续办理", label) < 1
    assert label_similarity("四、结转下年度继续办理", label) == 1


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_between_0_and_1_and_the_same_both_ways(a: str, b: str) -> None:
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, b) == pytest.approx(similarity(b, a))
    assert similarity(a, a) in {0, 1}


@given(st.text(alphabet="属于国家秘密其他处理公开", min_size=1, max_size=12), st.integers(0, 12))
def test_a_line_break_anywhere_changes_nothing(label: str, at: int) -> None:
    assert similarity(label[:at] + "\n" + label[at:], label) == 1
