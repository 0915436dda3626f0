"""All labels that the forms know: what a piece of text on a page may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from document.form import Form, Label, TableForm
from reconstruct.labels import normalise, similarity


def labels_of(table: TableForm) -> set[Label]:
    """Every label of a table: captions, headings of rows and columns on all levels."""
    return {
        label
        for block in table.blocks
        for line in (*block.rows, *block.columns)
        for label in line.labels
    } | headings_of(table)


def headings_of(table: TableForm) -> set[Label]:
    """The labels that can stand in a table's first rows: captions and column headings."""
    columns = {
        label for block in table.blocks for column in block.columns for label in column.labels
    }
    return columns | {block.caption for block in table.blocks if block.caption}


@dataclass(frozen=True)
class Wordings:
    """What the forms know of labels. A table is named by its form's id and its own."""

    forms: tuple[Form, ...]

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(
            normalise(wording)
            for form in self.forms
            for table in form.tables
            for label in labels_of(table)
            for wording in label.wordings
        )

    def known(self, text: str) -> float:
        """How alike the text is to the label most like it, 0 … 1."""
        if normalise(text) in self._all:
            return 1.0
        return max((similarity(text, wording) for wording in self._all), default=0.0)

    def tables_with(self, texts: Iterable[str], *, headings: bool) -> set[tuple[str, str]]:
        """The tables that have one of the texts among their headings, or all their labels."""
        wanted = {normalise(text) for text in texts if text.strip()}
        return {
            (form.id, table.id)
            for form in self.forms
            for table in form.tables
            if wanted
            & {
                normalise(wording)
                for label in (headings_of(table) if headings else labels_of(table))
                for wording in label.wordings
            }
        }
