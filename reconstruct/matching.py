"""Each grid on its form: the best form of each table, a table in several grids put together."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from document.form import Form
from reconstruct.form_matcher import FormMatcher
from reconstruct.joined_table import JoinedTable
from reconstruct.stacks import matched_stacks
from reconstruct.table_matching import TableMatch

_log = logging.getLogger("gouji.reconstruct")
_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Candidate:
    """One form for a table, with its grids in order, no row twice."""

    parts: tuple[TableMatch, ...]

    @property
    def name(self) -> tuple[str, str]:
        return self.parts[0].form.id, self.parts[0].table.id

    @property
    def fit(self) -> float:
        """The mean fit of the parts, by their slots."""
        weights = [max(part.slots, 1) for part in self.parts]
        total = sum(w * part.fit for w, part in zip(weights, self.parts, strict=True))
        return total / sum(weights)

    @property
    def pages(self) -> tuple[int, int]:
        return self.parts[0].grid.pages[0], self.parts[-1].grid.pages[1]

    def followed_by(self, part: TableMatch) -> Candidate | None:
        """With another grid of the same table, if its rows come after those already there."""
        last, first = self.parts[-1].blocks[-1], part.blocks[0]
        after = (last.number, last.rows[-1].line) < (first.number, first.rows[0].line)
        if after and self.name == (part.form.id, part.table.id):
            return Candidate((*self.parts, part))
        return None


def match_tables(
    grids: Sequence[JoinedTable], matcher: FormMatcher
) -> tuple[list[Candidate], list[JoinedTable]]:
    """The tables on their forms in reading order, and the grids that fit none."""
    groups: list[list[Candidate]] = []
    unmatched: list[JoinedTable] = []
    for grid, found in matched_stacks(grids, matcher):
        longer = _followed(groups[-1], found) if groups and found else []
        before = groups[-1] if groups else []
        alone = [Candidate((m,)) for m in found if m.stands_alone or _comes_next(before, m)]
        if longer:
            groups[-1] = longer
        elif alone:
            groups.append(alone)
        else:
            unmatched.append(grid)
    return _decided(groups, matcher.forms), unmatched


def _followed(group: Sequence[Candidate], found: Sequence[TableMatch]) -> list[Candidate]:
    """The group's candidates that the grid carries on, if its best fit is among them."""
    best = max(match.fit for match in found)
    longer = [
        (candidate, match)
        for before in group
        for match in found
        if (candidate := before.followed_by(match)) is not None
    ]
    if not any(match.fit >= best - _TIE for _, match in longer):
        return []
    return [candidate for candidate, _ in longer]


def _comes_next(group: Sequence[Candidate], match: TableMatch) -> bool:
    """Whether the grid is as large as the table that comes after the group's in the form."""
    tables = [(match.form.id, table.id) for table in match.form.tables]
    after = tables.index((match.form.id, match.table.id)) - 1
    return match.is_whole and after >= 0 and any(c.name == tables[after] for c in group)


def _decided(groups: Sequence[Sequence[Candidate]], forms: Sequence[Form]) -> list[Candidate]:
    """The best candidate of each group.

    Where forms share a table to the letter, the form of the nearest table decides, the one before
    first; where none decides, the form that comes last in `forms`.
    """
    best = [_best(group) for group in groups]
    order = [form.id for form in forms]
    decided: list[Candidate] = []
    for index, ties in enumerate(best):
        near = [
            *decided[::-1],
            *(c for later in best[index + 1 :] if len(later) == 1 for c in later),
        ]
        ranks = [candidate.parts[0].form.id for candidate in near]
        chosen = min(
            ties,
            key=lambda c: (
                ranks.index(c.name[0]) if c.name[0] in ranks else len(ranks),
                -order.index(c.name[0]),
            ),
        )
        _log.debug("pages %s: %s fits %.3f", chosen.pages, chosen.name, chosen.fit)
        decided.append(chosen)
    return decided


def _best(group: Sequence[Candidate]) -> list[Candidate]:
    top = max(candidate.fit for candidate in group)
    return [candidate for candidate in group if candidate.fit >= top - _TIE]
