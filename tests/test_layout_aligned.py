"""Tables without rulings, from where their text stands."""

from __future__ import annotations

import pytest

from document.geometry import Box
from document.grid import Bounds, TableGrid
from document.picture import Pixels
from layout.aligned import aligned_grids
from layout.rulings import Ruling
from layout.scans import read_scan
from tests.painted_pages import A5, Painting, noisy, reads, spans, text_page

EM = 10.0
VALUES = (230, 270, 310, 350, 390, 430, 470)


def label(x: float, y: float, characters: float) -> Box:
    """A run of characters whose middle is at the height y."""
    return Box(x, y - 4.6, x + 10 * characters, y + 4.6)


def numbers(y: float, columns: tuple[float, ...] = VALUES) -> list[Box]:
    return [Box(x - 2.5, y - 3.6, x + 2.5, y + 3.6) for x in columns]


def head(x: float, y: float, characters: float) -> Box:
    return label(x - 5 * characters, y, characters)


def applications() -> list[Box]:
    """Heads of three levels, labels of three levels, a label of two lines beside one number."""
    heads = [
        *(label(45, 58, 15), head(350, 40, 5), head(350, 58, 7)),
        *(head(230, 74, 2.8), head(470, 74, 2)),
        *(head(x, 76, 2) for x in VALUES[1:-1]),
        *(head(x, 88, 2) for x in VALUES[1:-1]),
    ]
    rows = [
        *(label(30, 110, 14), *numbers(110)),
        *(label(30, 179, 3), label(30, 191, 3)),
        *(label(70, 130, 8), *numbers(130)),
        *(label(70, 188, 5), label(130, 150, 7), *numbers(150)),
        *(label(130, 169, 8), label(130, 181, 6), *numbers(175)),
        *(label(130, 200, 5), *numbers(200)),
        *(label(130, 220, 6), *numbers(220)),
        *(label(70, 240, 4), *numbers(240)),
    ]
    return [*heads, *rows]


def only(pieces: list[Box], level: list[Ruling] | None = None) -> TableGrid:
    (grid,) = aligned_grids(1, pieces, level or [], EM)
    return grid


def test_labels_and_heads_span_what_they_stand_for() -> None:
    grid = only(applications())
    assert (grid.rows, grid.columns) == (10, 10)
    wide = [cell for cell in spans(grid) if cell[2] * cell[3] > 1]
    assert wide == [
        (0, 0, 3, 3),  # the corner
        (0, 3, 1, 7),
        (1, 3, 2, 1),
        (1, 4, 1, 5),
        (1, 9, 2, 1),
        (3, 0, 1, 3),
        (4, 0, 6, 1),
        (4, 1, 1, 2),
        (5, 1, 4, 1),
        (9, 1, 1, 2),
    ]
    assert {cell.bounds for cell in grid.cells} == {Bounds.ALIGNED}


def test_every_piece_lies_in_one_cell() -> None:
    grid = only(applications())
    for piece in applications():
        assert sum(cell.box.holds(piece.center) for cell in grid.cells) == 1


def test_a_ruling_between_rows_keeps_their_labels_apart() -> None:
    pieces = [
        *(label(30, 40, 6), *numbers(40)),
        *(label(30, 60, 9), label(30, 72, 4), *numbers(60)),  # the number at the first line
        *(label(30, 90, 6), *numbers(90)),
    ]
    level = [Ruling(True, y, 20, 490, 1) for y in (30, 50, 81, 100)]
    assert only(pieces, level).rows == 3


def test_captions_span_the_table_and_a_lone_value_all_columns_of_values() -> None:
    columns = (200.0, 320.0, 440.0)
    pieces = [
        head(250, 40, 9),
        *(label(40, 60, 4), *(head(x, 60, 6) for x in columns)),
        *(label(40, 80, 2), *numbers(80, columns)),
        *(label(30, 100, 7), *numbers(100, columns)),
        head(250, 120, 9),
        *(label(40, 140, 4), head(320, 140, 8)),
        *(label(40, 160, 4), *numbers(160, (320.0,))),
    ]
    wide = [cell for cell in spans(only(pieces)) if cell[2] * cell[3] > 1]
    assert wide == [(0, 0, 1, 4), (4, 0, 1, 4), (5, 1, 1, 3), (6, 1, 1, 3)]


def test_a_table_of_fifteen_numbers_in_one_row() -> None:
    columns = tuple(40.0 + 32 * n for n in range(15))
    heads = [head(x, y, 1.9) for x in columns for y in (40, 51)]
    grid = only([*heads, *numbers(75, columns)])
    assert (grid.rows, grid.columns) == (2, 15)


@pytest.mark.parametrize("gap", [0.6, 0.9])
def test_prose_is_no_table_whatever_its_punctuation(gap: float) -> None:
    lines = [
        label(30 + 10 * (n * (3 + gap)), 40 + 18 * row, 3) for row in range(8) for n in range(10)
    ]
    assert aligned_grids(1, lines, [], EM) == []


def read(pixels: Pixels) -> tuple[TableGrid, ...]:
    return read_scan(pixels, A5, 1, (), reads).grids


def test_a_page_of_text_has_no_table() -> None:
    assert read(noisy(text_page(), 6)) == ()


def test_a_scan_with_horizontal_rulings_only() -> None:
    painting = Painting()
    rows = [100.0 + 20 * n for n in range(7)]
    for y in rows:
        painting.line((40, y), (380, y), 0.75)
    for y in rows[:-1]:
        painting.text((46, y + 5), "上片山仁土片"[: 3 + int(y) % 3], 10)
        for x in (160, 220, 280, 340):
            painting.text((x, y + 6.5), "山", 6.5)
    (grid,) = read(painting.pixels)
    assert (grid.rows, grid.columns) == (6, 5)
