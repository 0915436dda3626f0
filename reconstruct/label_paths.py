"""The labels over and beside a cell, and how well they fit a form's."""

from __future__ import annotations

from functools import lru_cache

from document.form import Label
from reconstruct.joined_table import JoinedTable, without_units
from reconstruct.labels import label_similarity

LEAST = 0.5
"""Labels less alike are not taken for the same."""

LEAST_IN_GAP = 0.3
"""Unless position leaves no other choice; then so little is enough, or a label nobody can read."""

_PARENTS = 0.25
"""The share of a path's likeness that its outer headings decide."""

_UNLIKE = 0.3
"""A line so unlike in its own label is another, whatever its headings."""

_NOT_INNERMOST = 0.3
"""Taken off where the label is not the innermost one printed: that row is another, below it."""


def column_path(table: JoinedTable, rows: range, column: int) -> tuple[str, ...]:
    """The texts over a column in the heading rows, top to bottom; captions left out.

    "" stands for the column's own heading where only those of several columns above it were read.
    """
    cells = list(dict.fromkeys(table.matrix[row][column] for row in rows))
    texts = [cell for cell in cells if not cell.blank and cell.colspan < table.columns]
    worded = [cell for cell in texts if cell.is_label]
    path = without_units([cell.text for cell in worded or texts])
    if worded and cells[-1].colspan < worded[-1].colspan and not cells[-1].is_number:
        return (*path, "")
    return path


Path = tuple[str, ...]
"""Printed labels, outermost first."""


@lru_cache(maxsize=8192)
def likeness_of_paths(paths: tuple[Path, ...], labels: tuple[Label, ...]) -> tuple[float, ...]:
    """How well each of a table's paths fits one of the form's. Forms have paths in common, and a
    table is compared with them again when some of its cells have changed."""
    return tuple(path_likeness(path, labels) for path in paths)


@lru_cache(maxsize=65536)
def path_likeness(printed: Path, labels: tuple[Label, ...]) -> float:
    """How well printed labels, outermost first, fit a path of the form's, 0 … 1."""
    if not printed or not labels:
        return 0.0
    likeness, at = max(
        (label_similarity(text, labels[-1]) - (_NOT_INNERMOST if at < len(printed) - 1 else 0), at)
        for at, text in enumerate(printed)
    )
    outer, parents = printed[:at], labels[:-1]
    if not outer or not parents or likeness < _UNLIKE:
        return max(likeness, 0.0)
    fits = [max(label_similarity(text, parent) for text in outer) for parent in parents]
    return max(likeness, 0.0) * (1 - _PARENTS + _PARENTS * sum(fits) / len(fits))
