"""The rules that a cell stands in, with the numbers as they are now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import checks
from document.contract import ReportOut, plain
from document.form import Slot, SlotForm, TableForm, slots_of
from document.form import Term as FormTerm
from review.items import cells_of
from review.views import RuleView, Term


def rule_views(
    form: TableForm, slot: Slot, report: ReportOut, items: Mapping[Slot, int]
) -> Iterator[RuleView]:
    """Every rule of the table that has the slot among its terms."""
    told = {(check.rule, tuple(check.at.items())): check for check in report.checks}
    slots = {each.slot: each for each in slots_of(form)}
    values = {each: cell.value for each, cell in cells_of(report)}
    for place in checks.places(form):
        if slot in place.slots.values():
            check = told.get((f"{place.table}.{place.rule.id}", place.at))
            sums = _Sums(place, slot, slots, values, items)
            yield RuleView(
                name=place.rule.id,
                notation=place.rule.notation,
                relation=place.rule.relation.value,
                terms=[*sums.terms("left"), *sums.terms("right")],
                ok=check.ok if check else None,
                difference=check.difference if check else None,
            )


@dataclass(frozen=True, slots=True)
class _Sums:
    """A rule at one place, for one of its cells."""

    place: checks.Place
    own: Slot
    slots: Mapping[Slot, SlotForm]
    values: Mapping[Slot, str | None]
    items: Mapping[Slot, int]

    def terms(self, side: Literal["left", "right"]) -> Iterator[Term]:
        """What stands on one side of it."""
        for term in self.place.rule.left if side == "left" else self.place.rule.right:
            yield self._term(side, term)

    def _term(self, side: Literal["left", "right"], term: FormTerm) -> Term:
        sign: Literal[1, -1] = 1 if term.sign > 0 else -1
        if term.key is None:
            value = plain(term.constant)
            return Term(side=side, sign=sign, label=value or "", value=value, this=False)
        slot = self.place.slots[term.key]
        return Term(
            side=side,
            sign=sign,
            label=self._label(slot),
            value=self.values[slot],
            this=slot == self.own,
            item=self.items.get(slot),
        )

    def _label(self, slot: Slot) -> str:
        """In a rule of one row the columns differ, in a rule of one column the rows."""
        about = self.slots[slot]
        labels = about.column_labels if self.place.at[0][0] == "row" else about.row_labels
        return labels[-1] if labels else ""
