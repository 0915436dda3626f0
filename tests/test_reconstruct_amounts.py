"""What is printed in number cells, and what it says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.form import ValueKind
from reconstruct.amounts import BLANK, NO_NUMBER, Amount, parse_amount

COUNT, SIGNED, AMOUNT = ValueKind.COUNT, ValueKind.SIGNED, ValueKind.AMOUNT


@pytest.mark.parametrize("text", ["", " ", "/", "-", "－", "—", "——", "–", "−", "无", "\n", "/ /"])
def test_a_blank_mark_is_blank_and_not_zero(text: str) -> None:
    assert parse_amount(text, "件", COUNT) == BLANK


@pytest.mark.parametrize(
    ("text", "unit", "kind", "value"),
    [
        ("0", "件", COUNT, "0"),
        ("  0", "件", COUNT, "0"),
        ("0件", "件", COUNT, "0"),
        ("12 条", "件", COUNT, "12"),
        ("１２０", "件", COUNT, "120"),
        ("1234567", "条", COUNT, "1234567"),
        ("1,234,567", "条", COUNT, "1234567"),
        ("1，234", "条", COUNT, "1234"),
        ("+19", "项", SIGNED, "19"),
        ("-3", "项", SIGNED, "-3"),
        ("−3", "项", SIGNED, "-3"),
        ("－3", "项", SIGNED, "-3"),
        ("-0", "项", SIGNED, "0"),
        ("7730.28", "万元", AMOUNT, "7730.28"),
        ("59237.2449", "万元", AMOUNT, "59237.2449"),
        ("462.657万元", "万元", AMOUNT, "462.657"),
        ("462.657 万元", "万元", AMOUNT, "462.657"),
        ("251000元", "万元", AMOUNT, "25.1"),
        ("250000元", "万元", AMOUNT, "25"),
        ("1.5亿元", "万元", AMOUNT, "15000"),
        ("0元", "万元", AMOUNT, "0"),
    ],
)
def test_a_number_is_read_in_the_unit_of_the_slot(
    text: str, unit: str, kind: ValueKind, value: str
) -> None:
    read = parse_amount(text, unit, kind)
    assert read == Amount(Decimal(value))
    assert "E" not in str(read.value)


@pytest.mark.parametrize(
    "text",
    ["1.2.3", "1,23", "12,34,567", "1 2", "7730.\n28", "O", "约5", "5-6", "1/2", "+", ".5", "5.",
     "二", "22其中修订16件", "5万", "3元", "1e5", "9" * 30],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_no_number(text: str) -> None:
    assert parse_amount(text, "件", COUNT) == NO_NUMBER


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("22（其中修订16件）", COUNT, "22"),
        ("-3", COUNT, "-3"),
        ("+3", COUNT, "3"),
        ("2.5", COUNT, "2.5"),
        ("007", COUNT, "7"),
        ("1.5", SIGNED, "1.5"),
        ("-1.5", AMOUNT, "-1.5"),
    ],
)
def test_a_number_that_such_a_cell_does_not_hold_is_kept_and_flagged(
    text: str, kind: ValueKind, value: str
) -> None:
    assert parse_amount(text, None, kind) == Amount(Decimal(value), unexpected=True)


@given(st.integers(0, 10**12))
def test_counts_come_back(number: int) -> None:
    for text in (str(number), f"{number:,}", f" {number}件", str(number).translate(FULL_WIDTH)):
        assert parse_amount(text, "件", COUNT) == Amount(Decimal(number))


@given(st.integers(-(10**9), 10**9))
def test_signed_numbers_come_back(number: int) -> None:
    assert parse_amount(f"{number:+d}", "项", SIGNED) == Amount(Decimal(number))


@given(st.decimals(0, 10**9, places=4))
def test_sums_of_money_come_back_in_any_unit(amount: Decimal) -> None:
    in_yuan = format(amount.scaleb(4), "f")
    assert parse_amount(f"{amount:f}", "万元", AMOUNT).value == amount
    assert parse_amount(f"{amount:f}万元", "万元", AMOUNT).value == amount
    assert parse_amount(f"{in_yuan}元", "万元", AMOUNT).value == amount


@given(st.text(max_size=12))
def test_any_text_is_a_number_a_blank_or_unexpected(text: str) -> None:
    read = parse_amount(text, "件", COUNT)
    assert [read.value is not None, read.blank, read == NO_NUMBER].count(True) == 1


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(("text", "value"), [("5①", "5"), ("12²", "12"), ("1,204 ③", "1204")])
def test_a_footnote_is_no_digit_of_the_number(text: str, value: str) -> None:
    """5① was 51, and accepted."""
    assert parse_amount(text, "件", ValueKind.COUNT) == Amount(Decimal(value), unexpected=True)


def test_a_footnote_alone_is_neither_number_nor_blank() -> None:
    assert parse_amount("①", "件", ValueKind.COUNT) == NO_NUMBER
