"""The sums beside a cell, worked out in the browser as somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review import views
from tests.browsing import Visit, a_page, press
from tests.review_fake import Fake
from tests.review_fake_app import fake_app, serving
from tests.review_items import a_queue, an_item


def test_sums_follow_each_key(visit: Visit) -> None:
    page = visit(Fake(a_queue(1)))
    sums = page.locator("#sums")
    assert "✓" in sums.text_content()
    press(page, "2")
    assert "off by 19" in sums.text_content()
    press(page, "4")
    assert "off by 3" in sums.text_content()
    press(page, "Backspace", "1")
    assert "✓" in sums.text_content()


def test_a_rule_is_named_by_its_labels_of_many_the_first_and_the_last(visit: Visit) -> None:
    def term(label: str, side: Any = "right", sign: Any = 1) -> views.Term:
        return views.Term(side=side, sign=sign, label=label, value="1", this=label == "甲")

    rules = [
        views.RuleView(
            name="r", notation="n", relation=relation, terms=terms, ok=None, difference=None
        )
        for relation, terms in (
            ("=", [term("总计", "left"), *(term(label) for label in "甲乙丙丁戊")]),
            ("<=", [term("乙", "left"), term("丙", "left", -1), term("甲")]),
        )
    ]
    page = visit(Fake({1: an_item(rules=rules)}))
    assert page.locator("#sums .name").all_text_contents() == ["总计 = 甲 + … + 戊", "乙 − 丙 ≤ 甲"]


amounts = st.decimals(-(10**9), 10**9, places=3).map(lambda d: d.normalize() + 0)


@settings(max_examples=25)
@given(st.lists(st.tuples(amounts, st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_a_rule_is_worked_out_as_exactly_as_in_python(
    sums_page: Any, terms: list[tuple[Decimal, bool, bool]]
) -> None:
    rule = {
        "relation": "=",
        "ok": None,
        "difference": None,
        "terms": [
            {"side": "left" if left else "right", "sign": 1 if plus else -1, "this": not i,
             "value": format(value, "f")}
            for i, (value, left, plus) in enumerate(terms)
        ],
    }  # fmt: skip
    expected = sum((v if left is plus else -v for v, left, plus in terms), Decimal(0))
    ok, shown = sums_page.evaluate(
        """async ([rule, typed]) => {
            const {workedOut} = await import("/static/rules.js");
            const {shown} = await import("/static/amounts.js");
            const {ok, difference} = workedOut(rule, typed);
            return [ok, shown(difference)];
        }""",
        [rule, format(terms[0][0], "f")],
    )
    assert Decimal(shown.replace("−", "-")) == expected
    assert ok is (expected == 0)


@pytest.fixture(scope="module")
def sums_page(browser: Any) -> Iterator[Any]:
    with serving(fake_app(Fake({}))) as base, a_page(browser) as page:
        page.goto(base + "/help")
        yield page


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234", "1234"), ("１２．５", "12.5"), ("−3", "−3"), ("+7", "7"), ("007", "7"),
     ("1.50", "1.5"), ("", None), ("-", None), ("3件", None), ("1e5", None), ("1.", None)],
)  # fmt: skip
def test_what_counts_as_a_number(sums_page: Any, text: str, value: str | None) -> None:
    found = sums_page.evaluate(
        """async (text) => {
            const {parsed, shown} = await import("/static/amounts.js");
            return parsed(text) && shown(parsed(text));
        }""",
        text,
    )
    assert found == value
