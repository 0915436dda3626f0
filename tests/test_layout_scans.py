"""Scanned pages: every cell of a table found, whatever the office's scanner did to it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from document.geometry import Box, Size
from document.page import PageKind, PageLayout, Word
from document.picture import Pixels
from layout.scans import read_scan
from tests.painted_pages import (
    A5,
    REPORT_TABLE,
    TEXT,
    Painting,
    Table,
    bilevel,
    blurred,
    jpeg,
    noisy,
    reads,
    report_page,
    skewed,
    skewed_point,
    spans,
    speckled,
    text_page,
    unevenly_lit,
)

LANDSCAPE = Size(A5.height, A5.width)


def read(pixels: Pixels, page: Size = A5, words: tuple[Word, ...] = ()) -> PageLayout:
    return read_scan(pixels, page, 1, reads).with_words(words)


def assert_report_table(layout: PageLayout, angle: float = 0) -> None:
    """The one grid is REPORT_TABLE, its cells on the page where they were painted and skewed."""
    (grid,) = layout.grids
    assert spans(grid) == REPORT_TABLE.cells
    for cell in grid.cells:
        drawn = REPORT_TABLE.box((cell.row, cell.column, cell.rowspan, cell.colspan))
        for found, corner in zip(cell.box.corners, drawn.corners, strict=True):
            there = skewed_point(corner, angle)
            assert layout.frame.point_on_page(found) == pytest.approx(there, abs=1.5)


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
def test_clean_scan(dpi: int) -> None:
    layout = read(report_page(dpi))
    assert layout.kind is PageKind.SCAN
    assert_report_table(layout)
    assert layout.picture is not None
    assert layout.picture.dpi == pytest.approx(dpi, rel=0.01)


@pytest.mark.parametrize("angle", [-3, -1.7, -0.4, 0.07, 0.9, 2.2, 3])
def test_skewed_page_is_straightened(angle: float) -> None:
    assert_report_table(read(skewed(report_page(), angle)), angle)


def noise(pixels: Pixels) -> Pixels:
    return noisy(pixels, 18)


def office_copy(pixels: Pixels) -> Pixels:
    return jpeg(noisy(unevenly_lit(blurred(pixels)), 8))


def fax(pixels: Pixels) -> Pixels:
    return speckled(bilevel(blurred(pixels, 0.6)))


@pytest.mark.parametrize(
    "damage", [blurred, noise, jpeg, bilevel, unevenly_lit, speckled, office_copy, fax]
)
@pytest.mark.parametrize(("dpi", "angle"), [(110, -1.3), (150, 2.6)])
def test_damaged_scan(damage: Callable[[Pixels], Pixels], dpi: int, angle: float) -> None:
    assert_report_table(read(damage(skewed(report_page(dpi), angle))), angle)


@pytest.mark.parametrize("gray", [90, 150])
def test_faint_rulings(gray: int) -> None:
    assert_report_table(read(noisy(report_page(150, gray), 6)))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("angle", [0, 1.6])
def test_page_that_lies_on_its_side_or_head_is_turned_upright(quarters: int, angle: float) -> None:
    pixels = np.ascontiguousarray(np.rot90(skewed(report_page(), angle), quarters))
    page = LANDSCAPE if quarters % 2 else A5
    layout = read(pixels, page)
    (grid,) = layout.grids
    assert spans(grid) == REPORT_TABLE.cells
    assert layout.picture is not None
    straight = layout.picture.crop(grid.box)
    painted_table = report_page()[round(150 * 150 / 72) :, round(40 * 150 / 72) :]
    painted_table = painted_table[: straight.shape[0], : straight.shape[1]]
    assert np.corrcoef(straight.ravel(), painted_table.ravel())[0, 1] > 0.5
    assert Box(-2, -2, page.width + 2, page.height + 2).holds(layout.frame.on_page(grid.box).center)


def test_upright_page_asks_a_sure_reader_only_once() -> None:
    asked = []

    def sure(crops: object) -> float:
        asked.append(crops)
        return 0.97

    read_scan(report_page(), A5, 1, sure)
    assert len(asked) == 1


def test_text_page_has_lines_and_no_grid() -> None:
    layout = read(text_page())
    assert layout.grids == ()
    assert len(layout.lines) == 19
    tops = [line.y0 for line in layout.lines]
    assert tops == sorted(tops)
    title = layout.lines[0]
    assert (title.x0, title.x1) == pytest.approx((100, 262), abs=4)


def test_lines_outside_the_table_with_the_page_number_alone() -> None:
    layout = read(skewed(report_page(), -1.1))
    (grid,) = layout.grids
    assert len(layout.lines) == 8
    assert all(line.common(grid.box) == 0 for line in layout.lines)
    number = layout.frame.on_page(layout.lines[-1]).center
    assert number == pytest.approx(skewed_point((219, 554.5), -1.1), abs=3)


@pytest.mark.parametrize("damage", [lambda page: page, noise, unevenly_lit, fax])
def test_blank_page_gives_nothing(damage: Callable[[Pixels], Pixels]) -> None:
    blank = np.full(report_page().shape, 245, np.uint8)

    def never(crops: object) -> float:
        raise AssertionError("there is nothing to read on a blank page")

    layout = read_scan(damage(blank), A5, 3, never)
    assert (layout.number, layout.grids, layout.lines) == (3, (), ())


def test_page_of_one_pixel() -> None:
    assert read(np.zeros((1, 1), np.uint8)).grids == ()


def test_solid_black_page() -> None:
    assert read(np.zeros((800, 600, 3), np.uint8)).grids == ()


def test_words_of_the_text_layer_come_along_upright() -> None:
    cell = REPORT_TABLE.box((7, 2, 1, 1))
    on_page = Box.around(skewed_point(corner, 2) for corner in cell.corners)
    (word,) = read(skewed(report_page(), 2), words=(Word("21", on_page),)).words
    assert word.text == "21"
    assert word.box.center == pytest.approx(cell_center(skewed(report_page(), 2), 7, 2), abs=1)


def cell_center(pixels: Pixels, row: int, column: int) -> tuple[float, float]:
    (grid,) = read(pixels).grids
    return next(c.box.center for c in grid.cells if (c.row, c.column) == (row, column))


def test_colour_page_with_a_blue_band() -> None:
    pixels = np.repeat(report_page()[..., None], 3, axis=2)
    band = pixels[313:387, 84:790]
    band[:] = np.minimum(band, np.array((241, 230, 205), np.uint8))
    assert_report_table(read(pixels))


def test_fax_with_half_as_many_dots_down_as_across() -> None:
    fine = skewed(report_page(200), 0.8)
    coarse = fine[: len(fine) // 2 * 2].reshape(-1, 2, fine.shape[1]).mean(axis=1).astype(np.uint8)
    assert_report_table(read(bilevel(coarse)), 0.8)


def test_photograph_without_a_stated_resolution() -> None:
    """One pixel counts as one point: the page is a large one, and so are its characters."""
    pixels = report_page(200)
    layout = read(pixels, Size(pixels.shape[1], pixels.shape[0]))
    (grid,) = layout.grids
    assert spans(grid) == REPORT_TABLE.cells


def test_table_that_the_page_break_cut_at_the_top() -> None:
    pixels = report_page().copy()
    cut = round(238 * 150 / 72)
    pixels[:cut] = 255
    (grid,) = read(pixels).grids
    assert grid.open_top
    assert (grid.rows, grid.columns) == (4, 8)


def test_characters_in_the_row_that_the_page_break_cut_are_no_columns() -> None:
    """All strokes of a low row end at one height above its ruling, those of the columns higher."""
    table = Table((60, 76, 92, 108), (40, 140, 200, 260, 320, 380))
    painting = Painting()
    for y in table.rows[1:]:
        painting.line((40, y), (380, y), 0.75)
    for x in table.columns:
        painting.line((x, 60), (x, 108), 0.75)
        painting.text((x + 12, 63.5), "土土", 10)
    painting.paragraph(150, 8)
    (grid,) = read(painting.pixels).grids
    assert (grid.rows, grid.columns, grid.open_top) == (3, 5, True)


def test_lone_row_without_upper_ruling() -> None:
    table = Table((60, 78, 96), (40, 140, 200, 260, 320, 380))
    painting = Painting()
    painting.table(table)
    painting.paragraph(150, 5)
    pixels = painting.pixels
    pixels[: round(80 * 150 / 72)] = 255
    (grid,) = read(pixels).grids
    assert (grid.rows, grid.columns, grid.open_top) == (1, 5, True)


def test_short_columns_cut_at_the_bottom_with_the_last_one_running_on() -> None:
    table = Table((60, 78, 96), (40, 140, 200, 260, 320, 380))
    painting = Painting()
    painting.text((45, 20), TEXT, 12)
    painting.table(table)
    painting.line((380, 96), (380, 112), 0.75)
    pixels = painting.pixels
    pixels[round(94 * 150 / 72) :, : round(375 * 150 / 72)] = 255
    (grid,) = read(pixels).grids
    assert (grid.rows, grid.columns, grid.open_bottom) == (2, 5, True)
