"""The measured rate of silent errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import sampling
from review.proof import Wrong, proof, upper_bound
from tests.queue_examples import TRUTH, archive, file_out
from tests.test_review_queue import answer, take


@pytest.mark.parametrize("read", [100, 3_000, 300_000])
def test_without_an_error_the_rule_of_three_holds(read: int) -> None:
    assert upper_bound(0, read) == pytest.approx(3 / read, rel=0.02)


@pytest.mark.parametrize(
    ("wrong", "read", "bound"), [(1, 100, 0.0466), (5, 1000, 0.01048), (10, 20, 0.6980)]
)
def test_with_errors_it_is_clopper_s_and_pearson_s(wrong: int, read: int, bound: float) -> None:
    """By sums of whole binomial coefficients."""
    assert upper_bound(wrong, read) == pytest.approx(bound, abs=2e-4)


@given(st.integers(0, 50), st.integers(0, 500))
def test_more_errors_prove_less_and_more_readings_more(wrong: int, more: int) -> None:
    read = wrong + more + 1
    assert wrong / read <= upper_bound(wrong, read) <= upper_bound(wrong + 1, read) <= 1
    assert upper_bound(wrong, read + 1) <= upper_bound(wrong, read)


def test_nothing_read_proves_nothing() -> None:
    assert upper_bound(0, 0) == 1


def test_what_people_read_otherwise_is_a_silent_error(tmp_path: Path) -> None:
    """The reader took 46 for 48 and was sure; nothing else of its rules is known to be wrong."""
    queue = archive(tmp_path / "out", file_out("a.pdf"), file_out("b.pdf", {}))
    sampling.draw(queue, 3)
    drawn = [item for item in take(queue, "li", count=20) if item.sample]
    for item in drawn[:2]:
        answer(queue, "li", item, "48" if item is drawn[0] else None)
    with queue.database.read() as session:
        found = proof(session)
    assert (found.drawn, found.read) == (3, 2)
    (wrong,) = found.wrong
    first = drawn[0]
    assert (wrong.row, wrong.column, wrong.said) == (first.row, first.column, "48")
    assert wrong.accepted == TRUTH[first.row, first.column]
    assert isinstance(wrong, Wrong)
    assert found.bound == pytest.approx(upper_bound(1, 2))
