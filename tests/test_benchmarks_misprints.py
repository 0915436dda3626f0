"""The errors that the forge plants: printed, and against the form's arithmetic."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from benchmarks.forge.content import content
from benchmarks.forge.forms import slots_of
from benchmarks.forge.misprints import misprinted
from benchmarks.forge.numbers import Numbers, Office, numbers
from checks.arithmetic import places
from document.form import Relation, Term
from reconstruct import load_forms

FORMS = {form.id: form for form in load_forms()}
BUSY = Office(3.0, 0.9)


def broken_rules(form: str, said: Numbers) -> int:
    """At how many rows and columns the numbers break a rule of the form."""
    broken = 0
    for table in FORMS[form].tables:
        for place in places(table):
            rule = place.rule

            def side(terms: tuple[Term, ...], at: dict[str, Decimal]) -> Decimal:
                return sum((t.sign * at.get(t.key or "", t.constant) for t in terms), Decimal(0))

            at = {key: said[s.table, s.row, s.column] for key, s in place.slots.items()}
            off = side(rule.left, at) - side(rule.right, at)
            broken += off != 0 if rule.relation is Relation.EQUAL else False
    return broken


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("seed", range(12))
def test_an_error_breaks_a_rule_that_held(form: str, seed: int) -> None:
    right = numbers(slots_of(form), BUSY, Random(seed))
    wrong = misprinted(right, Random(seed))
    assert broken_rules(form, right) == 0
    assert broken_rules(form, wrong) > 0
    assert 0 < sum(right[key] != wrong[key] for key in right) <= 7


def test_where_nothing_adds_up_nothing_is_wrong() -> None:
    alone = {("disclosure", "regulations", "issued"): Decimal(3)}
    assert misprinted(alone, Random(1)) == alone


def test_an_error_changes_the_numbers_alone() -> None:
    right, wrong = content("dev", 7), content("dev", 7, misprint=True)
    assert right.passages == wrong.passages
    assert right.cells.keys() == wrong.cells.keys()
    assert right.cells != wrong.cells
