"""How alike each row of a grid is to each row that a form prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from document.form import Block, Label, Line, TableForm
from reconstruct.joined_table import JoinedTable
from reconstruct.label_paths import LEAST, Path, likeness_of_paths
from reconstruct.labels import label_similarity

_HELP = 0.5
"""What captions and headings weigh in the order of rows, where a row's own label weighs 1."""
_UNLABELLED = (0.15, 0.3)
"""What a row without label weighs: of blanks, with numbers."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row that the form may have: a line, a heading row, or a title (no line, no head).

    A title is a block's caption, or the name of a group of lines in a row of its own.
    """

    block: int
    line: int | None = None
    head: bool = False

    @property
    def is_title(self) -> bool:
        return self.line is None and not self.head

    def is_line_of(self, block: int) -> bool:
        return self.block == block and self.line is not None


def row_likeness(table: JoinedTable, form: TableForm) -> tuple[list[FormRow], list[list[float]]]:
    """The rows that the form prints, from top to bottom, and (rows of the form, rows of the grid)
    how alike each is to each."""
    paths = table.row_labels
    items: list[FormRow] = []
    likeness: list[list[float]] = []
    for number, block in enumerate(form.blocks):
        if block.caption is not None:
            items.append(FormRow(number))
            likeness.append(list(_likeness_by_row(paths, block.caption)))
        items.append(FormRow(number, head=True))
        likeness.append(head_likeness(paths, block))
        printed: set[str] = set()
        for index, line in enumerate(block.rows):
            for group in line.labels[:-1]:
                if group.text not in printed:
                    items.append(FormRow(number))
                    likeness.append(
                        [_title_likeness(table, row, group) for row in range(table.rows)]
                    )
            printed |= {label.text for label in line.labels}
            items.append(FormRow(number, index))
            likeness.append(_line_likeness(table, paths, line))
    return items, likeness


def gains(
    form: TableForm, items: Sequence[FormRow], likeness: Sequence[Sequence[float]]
) -> list[list[float]]:
    """What it is worth to pair each with each, of the same shape: below 0 if better left apart."""
    return [
        [(value - _least(item, form)) * _weight(item) for value in values]
        for item, values in zip(items, likeness, strict=True)
    ]


def _title_likeness(table: JoinedTable, row: int, label: Label) -> float:
    """How alike the row's own label is to the group's, in a row that has no number."""
    cells = table.row_cells(row)
    if any(cell.is_number for cell in cells):
        return 0.0
    return _likeness_of_any([c.text for c in cells if c.is_label and c.rowspan == 1], label)


def _line_likeness(table: JoinedTable, paths: tuple[Path, ...], line: Line) -> list[float]:
    if line.labels:
        return list(likeness_of_paths(paths, line.labels))
    return [_unlabelled(table, row) for row in range(table.rows)]


def _unlabelled(table: JoinedTable, row: int) -> float:
    """What speaks for a row of values without label: few words, if any, among its cells."""
    cells = table.row_cells(row)
    if 3 * sum(cell.is_label for cell in cells) > len(cells):
        return 0.0
    return _UNLABELLED[any(cell.is_number for cell in cells)]


def _likeness_of_any(path: Sequence[str], label: Label) -> float:
    return max((label_similarity(text, label) for text in path), default=0.0)


@lru_cache(maxsize=4096)
def _likeness_by_row(paths: tuple[Path, ...], label: Label) -> tuple[float, ...]:
    """How alike the label is to one of the texts of each row. Forms have labels in common."""
    likeness = {text: label_similarity(text, label) for path in paths for text in path}
    return tuple(max((likeness[text] for text in path), default=0.0) for path in paths)


def head_likeness(paths: tuple[Path, ...], block: Block) -> list[float]:
    """How many of the block's column labels stand in each row, each as far as it is alike."""
    leaves = [_likeness_by_row(paths, column.labels[-1]) for column in block.columns]
    return [sum(row) / len(leaves) for row in zip(*leaves, strict=True)]


def _least(item: FormRow, form: TableForm) -> float:
    if item.line is not None and not form.blocks[item.block].rows[item.line].labels:
        return 0.0
    return LEAST


def _weight(item: FormRow) -> float:
    return 1.0 if item.line is not None else _HELP
