from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.number_slot import OTHER_TEXT, probability_of_value

ZERO, SIX, EIGHT = Decimal(0), Decimal(6), Decimal(8)

shares = st.lists(st.floats(0.001, 1), min_size=2, max_size=6).map(
    lambda weights: sorted((w / sum(weights) for w in weights), reverse=True)
)


def test_the_letter_o_costs_a_zero_little_in_a_numbers_cell() -> None:
    assert probability_of_value(ZERO, [(ZERO, 0.99)]) == pytest.approx(
        0.99 / (0.99 + 0.01 * OTHER_TEXT)
    )


def test_a_rival_number_costs_its_full_share() -> None:
    assert probability_of_value(SIX, [(SIX, 0.7), (EIGHT, 0.3)]) == pytest.approx(0.7)


def test_the_same_number_written_otherwise_is_no_rival() -> None:
    assert probability_of_value(ZERO, [(ZERO, 0.9), (Decimal("0.0"), 0.1)]) == pytest.approx(1)


def test_a_cell_full_of_other_text_is_hardly_a_number() -> None:
    assert probability_of_value(SIX, [(SIX, 0.001)]) < 0.1


@given(shares, st.floats(0, 1))
def test_it_is_a_probability_and_no_less_than_claimed(parts: list[float], lost: float) -> None:
    values = [(Decimal(i), share * (1 - lost)) for i, share in enumerate(parts)]
    assert values[0][1] - 1e-9 <= probability_of_value(values[0][0], values) <= 1 + 1e-9


def test_a_blank_is_as_sure_as_its_ink_says() -> None:
    """On grainy paper a stroke may be lost, and nothing but "" is left to choose from."""
    assert probability_of_value(None, [(None, 0.99)]) == 0.99


def test_a_dash_may_be_any_dash() -> None:
    """What is left is text in letters, and that is as seldom in a number's cell as beside one."""
    values = [(None, 0.95), (ZERO, 0.001)]
    blank = probability_of_value(None, values, marked=True)
    assert blank == pytest.approx(0.95 / (0.951 + 0.049 * OTHER_TEXT), abs=1e-4)


def test_the_probability_is_that_of_the_value_asked_for() -> None:
    values = [(ZERO, 0.55), (EIGHT, 0.45)]
    assert probability_of_value(EIGHT, values) == pytest.approx(0.45)
    assert probability_of_value(SIX, values) == 0
