"""The forms that docs/forms.md teaches with: they load, and a table comes out on them."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from document.errors import FormError
from document.form import Relation, slots_of
from reconstruct import FormMatcher, load_forms, read_form, reconstruct
from reconstruct.rule_notation import parse_rule, scope_of
from tests.drawn_tables import DISCLOSURE_2021, page, table

DOCS = Path(__file__).parent.parent / "docs"

SETTLEMENT = """
一、收入 | < | < | <
项目 | 年初预算数 | 决算数 | .
一般公共预算财政拨款 | 7,730.28 | 7,912.06 | .
政府性基金预算财政拨款 | 120.00 | 96.50 | .
收入合计 | 7,850.28 | 8,008.56 | .
二、支出 | < | < | <
项目 | 决算数 | < | <
^ | 小计 | 基本支出 | 项目支出
一般公共服务支出 | 5,200.10 | 4,100.10 | 1,100.00
社会保障和就业支出 | 1,800.46 | 1,700.46 | 100
其中：行政事业单位养老支出 | 900 | 900 | .
卫生健康支出 | 1008 | 1000 | 80000元
本年支出合计 | 8,008.56 | 6,800.56 | 1,208.00
"""


def test_the_worked_example_reads_its_table() -> None:
    forms = load_forms(DOCS / "forms")
    out = reconstruct([page(1, table(SETTLEMENT))], FormMatcher(forms))
    (found,) = out.reports[0].tables
    assert (found.form, found.table.id) == ("finance-2023", "settlement")
    values = {(e.slot.row, e.slot.column): e.value for e in found.entries}
    assert len(values) == len(slots_of(found.table)) == 3 * 2 + 5 * 3
    assert values["income.general", "budget"] == Decimal("7730.28")
    assert values["income.total", "settled"] == Decimal("8008.56")
    assert values["spending.social.pensions", "basic"] == 900
    assert values["spending.social.pensions", "project"] is None
    assert values["spending.health", "project"] == 8
    assert all(e.found and e.found.match > 1 - 1e-4 for e in found.entries)


def test_the_worked_example_changes_nothing_for_other_tables() -> None:
    out = reconstruct([page(1, table(DISCLOSURE_2021))], FormMatcher(load_forms(DOCS / "forms")))
    assert out.reports[0].tables[0].form == "zfxxgk-2021"


def test_the_rules_of_the_worked_example_count_no_part_twice() -> None:
    rules = {rule.id: rule for rule in read_form(DOCS / "forms/finance-2023.toml").tables[0].rules}
    spending = [term.key for term in rules["spending_total"].right]
    assert spending == ["spending.services", "spending.social", "spending.health"]
    assert rules["pensions_part"].relation is Relation.AT_MOST
    assert [term.key for term in rules["spending_kinds"].right] == ["basic", "project"]


def test_the_form_printed_in_the_guide_is_right(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (DOCS / "forms.md").read_text("utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        path = tmp_path / "form.toml"
        path.write_text(block, encoding="utf-8")
        assert read_form(path).tables


MISTAKES = [
    ('title = "人口情况"\n', ""),
    ('title = "人口情况"', 'title = "人口情况'),
    ('label = "年末人口 > 男"', 'lable = "年末人口 > 男"'),
    ('label = "年末人口 > 男"', 'kind = "number", label = "年末人口 > 男"'),
    ('key = "village"', 'key = "city"'),
    ("male + female", "male + femal"),
    ("total = male", "total male"),
]


def test_the_errors_printed_in_the_guide_are_what_those_mistakes_give(tmp_path: Path) -> None:
    guide = (DOCS / "forms.md").read_text("utf-8")
    (good,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "form.toml"
    errors = []
    for right, wrong in MISTAKES:
        path.write_text(good.replace(right, wrong, 1), encoding="utf-8")
        with pytest.raises(FormError) as raised:
            read_form(path)
        errors.append(str(raised.value).removeprefix(f"{tmp_path}/"))
    assert errors == re.findall(r"^form\.toml:.*$", guide, re.MULTILINE)


def test_the_rules_printed_in_the_guide_are_right() -> None:
    guide = (DOCS / "forms.md").read_text("utf-8")
    rules = re.findall(r"^every (?:row|column): .*$", guide, re.MULTILINE)
    assert len(rules) >= 5
    keys = [
        "total", "natural_person", "legal.a", "legal.b", "results.total", "results.a", "new",
        "carried_in", "carried_out", "disclosure.normative_documents", "disclosure.total",
        "part", "whole",
    ]  # fmt: skip
    for rule in rules:
        assert parse_rule("any", rule, keys).scope is scope_of(rule)
