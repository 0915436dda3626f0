"""How many cells a tool got right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.truth import Key, Sample


@dataclass(frozen=True, slots=True)
class Score:
    """Cells in all, cells exactly right, cells accepted though wrong, cells to review."""

    cells: int
    exact: int
    silent: int
    review: int

    def __add__(self, other: Score) -> Score:
        return Score(
            self.cells + other.cells,
            self.exact + other.exact,
            self.silent + other.silent,
            self.review + other.review,
        )


NOTHING = Score(0, 0, 0, 0)


def cells_of(output: Mapping[str, Any]) -> dict[Key, Mapping[str, Any]]:
    """The output's cells by report, table, row and column."""
    return {
        (number, table["id"], cell["row"], cell["column"]): cell
        for number, report in enumerate(output["reports"])
        for table in report["tables"]
        for cell in table["cells"]
    }


def table_pages(output: Mapping[str, Any]) -> set[int]:
    """The pages that hold a cell of a matched table."""
    pages = {cell["page"] for cell in cells_of(output).values()}
    return {page for page in pages if page is not None}


def score_output(sample: Sample, output: Mapping[str, Any]) -> Score:
    """Gouji's own output: every slot counts, found or not."""
    cells = cells_of(output)
    total = NOTHING
    for key, value in sample.values.items():
        cell = cells.get(key)
        right = cell is not None and cell["value"] == value and cell["read"] is not None
        accepted = cell is not None and cell["status"] == "accepted"
        total += Score(1, int(right), int(accepted and not right), int(not accepted))
    return total


def score_texts(
    sample: Sample, texts: Mapping[str, Sequence[Sequence[Any]]], output: Mapping[str, Any]
) -> Score:
    """A peer's texts, put into the cells whose boxes Gouji found: a gift, for it finds no slots.

    A cell is right when the texts whose centre lies in it say what is printed there. Such a tool
    accepts everything.
    """
    total = NOTHING
    cells = cells_of(output)
    for key, printed in sample.printed.items():
        cell = cells.get(key)
        said = "" if cell is None or cell["bbox"] is None else _inside(cell, texts)
        right = said == printed.replace(" ", "")
        total += Score(1, int(right), int(not right), 0)
    return total


def _inside(cell: Mapping[str, Any], texts: Mapping[str, Sequence[Sequence[Any]]]) -> str:
    x0, y0, x1, y1 = cell["bbox"]
    inside = [
        (top, left, text)
        for text, left, top, right, bottom in texts[str(cell["page"])]
        if x0 <= (left + right) / 2 <= x1 and y0 <= (top + bottom) / 2 <= y1
    ]
    return "".join(text for _, _, text in sorted(inside)).replace(" ", "")
