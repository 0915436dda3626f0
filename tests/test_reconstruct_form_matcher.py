"""A grid is compared with the forms once, however often it is asked about."""

from __future__ import annotations

import pytest

from reconstruct import FormMatcher, load_forms
from reconstruct.joined_table import as_joined
from tests.drawn_tables import DISCLOSURE_2021, table

FORMS = load_forms()


def test_the_same_grid_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    matcher = FormMatcher(FORMS)
    first = matcher.compared(as_joined(table(DISCLOSURE_2021)))
    monkeypatch.setattr("reconstruct.form_matcher.compared", None)
    assert matcher.compared(as_joined(table(DISCLOSURE_2021))) is first


def test_a_grid_read_otherwise_is_another() -> None:
    matcher = FormMatcher(FORMS)
    matcher.matches(as_joined(table(DISCLOSURE_2021)))
    other = matcher.matches(as_joined(table(DISCLOSURE_2021.replace("规章", "说明"))))
    assert other != matcher.matches(as_joined(table(DISCLOSURE_2021)))


def test_what_was_asked_long_ago_is_forgotten() -> None:
    matcher = FormMatcher(FORMS[:1])
    for number in range(100):
        matcher.matches(as_joined(table(f"甲 | {number}")))
    assert len(matcher._known) < 100
