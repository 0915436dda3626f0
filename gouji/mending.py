"""A page's grids made what its forms say: lines that lack a ruling drawn in, tables without rulings
put where their lines are printed. Done page by page, while the page's picture is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import layout
import ocr
import reconstruct
from document.geometry import Box
from document.grid import TableGrid
from document.report import ReadPage

LOOKS = 2
"""Times at most that a page's grids are compared with its forms and completed."""


@dataclass(frozen=True, slots=True)
class Mender:
    """The forms that pages are compared with, and the reader of what is new on this one.

    `before`, here and below, is the page before or nothing, for a table that begins there.
    """

    forms: reconstruct.FormMatcher
    reader: ocr.PageReader

    def mended(self, page: ReadPage, before: Sequence[ReadPage]) -> ReadPage:
        """The page with its tables as its forms have them."""
        drawn = self._completed(page, before)
        placed = self._placed(drawn, before)
        return drawn if placed is drawn else self._completed(placed, before)

    def _completed(self, page: ReadPage, before: Sequence[ReadPage]) -> ReadPage:
        """The page with its grids as its forms expect them, what is new in them read.

        A second look is for what the first brought to light.
        """
        for _ in range(LOOKS):
            expected = reconstruct.expectations([*before, page], self.forms)
            grids = layout.completed(page.layout, expected)
            if grids == page.layout.grids:
                break
            page = self._with_grids(page, grids)
        return page

    def _placed(self, page: ReadPage, before: Sequence[ReadPage]) -> ReadPage:
        """The page with the tables that rulings do not draw, or draw in part only, put where a
        form's lines are printed, if then more of the forms' slots are found."""
        known = reconstruct.coverage([*before, page], self.forms)
        whole = [each.grid.box for each in known if each.whole]
        placed = self._told_by_text(page, before, whole)
        better = reconstruct.better_placed(page.layout.grids, known, placed)
        if not better:
            return page
        found = layout.on_rulings(page.layout, [each.grid for each in better])
        other = self._with_grids(page, _instead(page.layout.grids, found))
        gained = reconstruct.coverage([*before, other], self.forms)
        if _slots(gained) < _slots(known):
            return page
        on_form = [each.grid for each in gained]
        kept = [
            grid
            for grid, each in zip(found, better, strict=True)
            if grid in on_form or not each.slots  # the headings of a table that goes on
        ]
        return self._with_grids(page, _instead(page.layout.grids, kept))

    def _told_by_text(
        self, page: ReadPage, before: Sequence[ReadPage], whole: Sequence[Box]
    ) -> tuple[reconstruct.PlacedTable, ...]:
        """Tables found in what is printed outside the `whole` ones."""
        lines = layout.loose_text(page.layout, whole)
        boxes = [box for line in lines for box in line]
        words = iter(self.reader.loose_lines(boxes))
        text = [[next(words) for _ in line] for line in lines]
        above = before[-1].layout.grids if before else ()
        return reconstruct.placed_tables(page.layout.number, text, self.forms.forms, above)

    def _with_grids(self, page: ReadPage, grids: Sequence[TableGrid]) -> ReadPage:
        """The page with these grids, what is new in them read."""
        drawn = page.layout.with_grids(grids)
        return replace(page, layout=drawn, tables=self.reader.tables(drawn.grids))


def _instead(grids: Sequence[TableGrid], new: Sequence[TableGrid]) -> tuple[TableGrid, ...]:
    """The new grids and those of the others over which none of them stands."""
    kept = [grid for grid in grids if not any(grid.box.common(each.box) for each in new)]
    return (*kept, *new)


def _slots(known: Sequence[reconstruct.Coverage]) -> int:
    return sum(each.slots for each in known)
