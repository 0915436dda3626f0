"""Rules as a clerk writes them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.form import Relation, Scope, Term
from reconstruct.rule_notation import RuleError, parse_rule

KEYS = ["total", "male", "female", "x", "x.a", "x.a.b", "x.c", "group.p", "group.q.r", "合计"]


def test_sums_signs_constants_and_relations() -> None:
    rule = parse_rule("r", "every row: total - 2.5 >= male + female −1", KEYS)
    assert (rule.id, rule.scope, rule.relation) == ("r", Scope.EVERY_ROW, Relation.AT_LEAST)
    assert rule.left == (Term(1, "total"), Term(-1, None, Decimal("2.5")))
    assert rule.right == (Term(1, "male"), Term(1, "female"), Term(-1, None, Decimal(1)))


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        ("every column: x = x.*", ["x.a", "x.c"]),
        ("every column: total = x.a.*", ["x.a.b"]),
        ("every column: x.c = x.*", ["x.a"]),
        ("every column: total = group.*", ["group.p", "group.q.r"]),
        ("every  column : 合计 = male", ["male"]),
    ],
)
def test_a_star_is_every_key_next_below(rule: str, keys: list[str]) -> None:
    assert [term.key for term in parse_rule("r", rule, KEYS).right] == keys


def test_a_sign_before_a_star_holds_for_each_of_its_keys() -> None:
    rule = parse_rule("r", "every column: total - x.* = male", KEYS)
    assert rule.left == (Term(1, "total"), Term(-1, "x.a"), Term(-1, "x.c"))


@pytest.mark.parametrize(
    "rule",
    [
        "total = male",
        "every cell: total = male",
        "every row: total",
        "every row: total = male = female",
        "every row: = male",
        "every row: total = male +",
        "every row: total = male + + female",
        "every row: total = male female",
        "every row: total = male * 2",
        "every row: total == male",
        "every row: total = none.*",
        "every row: total = nobody",
        "",
    ],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(RuleError):
        parse_rule("r", rule, KEYS)


@given(st.text(alphabet="everyowclmn: total=<>+-.*0123 ", max_size=40))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = parse_rule("r", text, KEYS)
    except RuleError:
        return
    assert rule.left
    assert rule.right


@given(st.lists(st.tuples(st.sampled_from("+-"), st.sampled_from(KEYS)), min_size=1, max_size=6))
def test_a_sum_comes_back_term_by_term(parts: list[tuple[str, str]]) -> None:
    rule = parse_rule("r", "every row: 0 = " + " ".join(f"{s} {k}" for s, k in parts), KEYS)
    assert rule.right == tuple(Term(1 if sign == "+" else -1, key) for sign, key in parts)
