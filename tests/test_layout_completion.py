"""Lines that a form expects, drawn into grids: never through print."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from document.expectation import Expectation
from document.geometry import Box, Size, UprightFrame
from document.grid import Bounds, GridCell, TableGrid
from document.page import PageKind, PageLayout
from document.picture import Picture
from layout import completed

SCALE = 3.0
PAGE = Size(320, 240)
ROWS = (20.0, 50.0, 80.0, 110.0, 140.0)
COLUMNS = (20.0, 100.0, 180.0, 260.0)

Place = tuple[int, int, int, int]
"""Row, column, rowspan, colspan."""


Texts = dict[tuple[int, int], str]
"""Texts by the point they are centred at."""


def grid(*merged: Place, rows: Sequence[float] = ROWS) -> TableGrid:
    hidden = {(r, c) for y, x, h, w in merged for r in range(y, y + h) for c in range(x, x + w)}
    single = [
        (r, c, 1, 1)
        for r in range(len(rows) - 1)
        for c in range(len(COLUMNS) - 1)
        if (r, c) not in hidden
    ]
    cells = [
        GridCell(r, c, h, w, Box(COLUMNS[c], rows[r], COLUMNS[c + w], rows[r + h]))
        for r, c, h, w in sorted([*merged, *single])
    ]
    return TableGrid(1, tuple(rows), COLUMNS, tuple(cells))


def page(table: TableGrid, texts: Texts, remnant: float = 0) -> PageLayout:
    """The table painted with its cells' rulings, texts centred at points, and a piece of ruling."""
    gray = np.full((round(PAGE.height * SCALE), round(PAGE.width * SCALE)), 255, np.uint8)
    for cell in table.cells:
        x0, y0, x1, y1 = (
            round(v * SCALE) for v in (cell.box.x0, cell.box.y0, cell.box.x1, cell.box.y1)
        )
        cv2.rectangle(gray, (x0, y0), (x1, y1), (0,), 2)
    for (x, y), text in [*texts.items(), ((160, 180), "many other words stand below")]:
        (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 2)
        at = round(x * SCALE - w / 2), round(y * SCALE + h / 2)
        cv2.putText(gray, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0,), 2, cv2.LINE_AA)
    if remnant:
        y = round(remnant * SCALE)
        cv2.line(gray, (round(30 * SCALE), y), (round(90 * SCALE), y), (0,), 2)
    picture = Picture(gray, SCALE)
    return PageLayout(1, PageKind.SCAN, UprightFrame.unturned(PAGE), (table,), picture=picture)


def cell_at(table: TableGrid, row: int, column: int) -> GridCell:
    return next(
        c
        for c in table.cells
        if c.row <= row < c.row + c.rowspan and c.column <= column < c.column + c.colspan
    )


def test_a_dash_that_is_left_of_the_line_does_not_stand_in_its_way() -> None:
    merged = grid((1, 1, 1, 2))
    painted = page(merged, {(140, 65): "12", (220, 65): "7"})
    assert painted.picture is not None
    x = round(180 * SCALE)
    painted.picture.gray[round(62 * SCALE) : round(66 * SCALE), x - 1 : x + 2] = 0
    (found,) = completed(painted, [Expectation(1, cell_at(merged, 1, 1).box, (), (180.0,))])
    assert [c.box for c in found.cells] == [c.box for c in grid().cells]


def test_a_dash_as_thick_as_the_line_does_not_stand_in_its_way() -> None:
    """Thicker than most print is for its size."""
    merged = grid((1, 1, 1, 2))
    painted = page(merged, {(140, 65): "12", (220, 65): "7"})
    assert painted.picture is not None
    gray, x = painted.picture.gray, round(180 * SCALE)
    for top, bottom in ((20, 50), (80, 140), (55, 58)):
        gray[round(top * SCALE) : round(bottom * SCALE), x - 4 : x + 5] = 0
    (found,) = completed(painted, [Expectation(1, cell_at(merged, 1, 1).box, (), (180.0,))])
    assert [c.box for c in found.cells] == [c.box for c in grid().cells]


def test_columns_are_drawn_where_print_stands_in_the_way_of_rows_only() -> None:
    merged = grid((1, 1, 2, 2))
    texts = {(140, 80): "12", (220, 80): "34"}
    (found,) = completed(
        page(merged, texts), [Expectation(1, cell_at(merged, 1, 1).box, (80.0,), (180.0,))]
    )
    assert [c.box for c in found.cells] == [c.box for c in grid((1, 1, 2, 1), (1, 2, 2, 1)).cells]


def test_a_merged_cell_is_divided_where_the_grid_has_a_line() -> None:
    merged = grid((1, 1, 2, 1))
    texts = {(140, 65): "12", (140, 95): "7"}
    box = cell_at(merged, 1, 1).box
    (found,) = completed(page(merged, texts), [Expectation(1, box, (80.0,))])
    assert [(c.row, c.column, c.box) for c in found.cells] == [
        (c.row, c.column, c.box) for c in grid().cells
    ]
    new = {(c.row, c.column) for c in found.cells if c.bounds is Bounds.COMPLETED}
    assert new == {(1, 1), (2, 1)}


def test_cells_of_two_rows_and_columns_are_divided_both_ways() -> None:
    merged = grid((1, 1, 2, 2))
    texts = {(140, 65): "1", (220, 65): "2", (140, 95): "3", (220, 95): "4"}
    (found,) = completed(
        page(merged, texts), [Expectation(1, cell_at(merged, 1, 1).box, (80.0,), (180.0,))]
    )
    assert [c.box for c in found.cells] == [c.box for c in grid().cells]


@pytest.mark.parametrize("text", ["12", "1234"])
def test_print_in_the_middle_of_a_merged_cell_is_not_cut(text: str) -> None:
    merged = grid((1, 1, 2, 1), (3, 0, 1, 2))
    drawn = page(merged, {(140, 80): text, (100, 125): "123456"})
    wanted = [
        Expectation(1, cell_at(merged, 1, 1).box, (80.0,)),
        Expectation(1, cell_at(merged, 3, 0).box, (), (100.0,)),
    ]
    assert completed(drawn, wanted) == (merged,)


@pytest.mark.parametrize("remnant", [0, 82.0])
def test_a_row_without_its_ruling_is_divided_in_the_white_or_along_a_remnant(
    remnant: float,
) -> None:
    rows = (ROWS[0], ROWS[1], ROWS[3], ROWS[4])
    double = grid((1, 2, 2, 1), rows=rows)  # one cell reaches over the row and the next
    texts = {(60, 65): "up", (60, 95): "low", (140, 65): "5", (140, 95): "6"}
    drawn = page(double, texts, remnant)
    (found,) = completed(drawn, [Expectation(1, Box(20, 50, 260, 110), (78.0,))])
    assert found.rows == 4
    assert found.row_lines[2] == pytest.approx(remnant or 80, abs=0.5 if remnant else 4)
    assert cell_at(found, 1, 2).rowspan == 3
    assert cell_at(found, 1, 0).bounds is Bounds.COMPLETED
    assert cell_at(found, 1, 2).bounds is Bounds.RULED


def test_pieces_of_one_cell_are_made_one() -> None:
    (found,) = completed(page(grid(), {}), [Expectation(1, Box(100, 50, 180, 110))])
    whole = cell_at(found, 1, 1)
    assert (whole.rowspan, whole.box, whole.bounds) == (
        2, Box(100, 50, 180, 110), Bounds.COMPLETED,
    )  # fmt: skip


def test_other_pages_and_pages_without_their_picture_are_left_alone() -> None:
    merged = grid((1, 1, 2, 1))
    box = cell_at(merged, 1, 1).box
    drawn = page(merged, {})
    assert completed(drawn, [Expectation(2, box, (80.0,))]) == (merged,)
    assert completed(drawn.without_picture(), [Expectation(1, box, (80.0,))]) == (merged,)


def test_an_expected_line_lies_inside_its_box() -> None:
    with pytest.raises(ValueError, match="outside"):
        Expectation(1, Box(0, 0, 10, 10), (10.0,))
