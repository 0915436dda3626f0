from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.geometry import Box, Size
from document.page import PageKind, PageLayout
from layout import open_source, read_page
from layout.digital import turned_frame
from layout.drawing import Glyph
from layout.words import words_of
from tests.small_pdf import line, pdf, table, text

XS, YS = (100, 200, 300, 400), (500, 530, 560, 590)


def layout_of(folder: Path, content: str, **page: object) -> PageLayout:
    path = folder / "a.pdf"
    path.write_bytes(pdf(content, **page))  # type: ignore[arg-type]
    with open_source(path) as source:
        return read_page(source, 1, lambda _: 1.0)


def texts(page: PageLayout) -> list[str]:
    return [word.text for word in page.words]


# Coordinates


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", ["", "/CropBox [60 400 500 700]"])
@pytest.mark.parametrize("origin", [0, 40])
def test_boxes_lie_where_a_viewer_shows_the_ink(
    tmp_path: Path, rotate: int, crop: str, origin: int
) -> None:
    """Whatever turn and cut the page asks for, on pages that do not begin at 0 as well."""
    content = table(XS, YS) + text(210, 540, "12345", 14)
    path = tmp_path / "a.pdf"
    box = (origin, origin, 595, 842)
    path.write_bytes(pdf(content, box=box, page=f"/Rotate {rotate} {crop}"))
    with open_source(path) as source:
        page = read_page(source, 1, lambda _: 1.0)
        ink = source.render(1, 144, gray=True) < 128
    assert page.kind is PageKind.DIGITAL
    assert (page.grids[0].rows, page.grids[0].columns) == (3, 3)
    assert texts(page) == ["12345"]
    word = page.frame.on_page(page.words[0].box)
    cell = page.frame.on_page(page.grids[0].cells[4].box)
    assert _printed(ink, cell.grown(-2, -2)) == pytest.approx(_corners(word), abs=4)
    assert _printed(ink, page.frame.on_page(page.grids[0].box).grown(5, 5)) == pytest.approx(
        _corners(page.frame.on_page(page.grids[0].box)), abs=1.5
    )


def _corners(box: Box) -> tuple[float, ...]:
    return box.x0, box.y0, box.x1, box.y1


def _printed(ink: np.ndarray, box: Box) -> tuple[float, ...]:
    """The extent of the ink inside the box; two pixels to the point."""
    x0, y0, x1, y1 = (round(2 * v) for v in _corners(box))
    rows, columns = np.nonzero(ink[max(y0, 0) : y1, max(x0, 0) : x1])
    left, top = max(x0, 0), max(y0, 0)
    return (
        (left + columns.min()) / 2, (top + rows.min()) / 2,
        (left + columns.max() + 1) / 2, (top + rows.max() + 1) / 2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("matrix", "upright"),
    [("0 1 -1 0 595 0", (842, 595)), ("0 -1 1 0 0 842", (842, 595)), ("-1 0 0 -1 595 842", None)],
    ids=["reads upward", "reads downward", "upside down"],
)
def test_a_table_drawn_sideways_is_read_upright(
    tmp_path: Path, matrix: str, upright: tuple[int, int] | None
) -> None:
    drawing = table((100, 200, 300, 400), (300, 330, 360)) + text(110, 340, "first")
    drawing += text(310, 310, "last") + text(100, 420, "A heading over it")
    page = layout_of(tmp_path, f"q {matrix} cm {drawing} Q")
    assert (page.frame.upright.width, page.frame.upright.height) == (upright or (595, 842))
    (grid,) = page.grids
    assert (grid.rows, grid.columns) == (2, 3)
    assert texts(page) == ["A", "heading", "over", "it", "first", "last"]
    assert grid.cells[0].box.holds(page.words[-2].box.center)
    assert grid.cells[-1].box.holds(page.words[-1].box.center)
    assert len(page.lines) == 1


@given(st.integers(0, 3), st.floats(0, 300), st.floats(0, 500))
def test_turned_frames_lead_there_and_back(turns: int, x: float, y: float) -> None:
    frame = turned_frame(Size(300, 500), turns)
    assert frame.point_on_page(frame.point_upright((x, y))) == pytest.approx((x, y), abs=1e-6)
    assert frame.upright_box(Size(300, 500).box) == frame.upright.box


# Words


def test_words_do_not_cross_from_cell_to_cell(tmp_path: Path) -> None:
    """Two numbers so tight at the ruling that they would read as one."""
    digits = text(200 - 16.7, 540, "123") + text(200.1, 540, "456")
    page = layout_of(tmp_path, table(XS, YS) + digits)
    assert texts(page) == ["123", "456"]


def test_lines_of_neighbouring_cells_do_not_mix(tmp_path: Path) -> None:
    """Three lines beside two: their heights interlock."""
    rows = [text(110, y, w) for y, w in ((600, "one"), (588, "two"), (576, "three"))]
    rows += [text(210, y, w) for y, w in ((597, "left"), (585, "right"))]
    page = layout_of(tmp_path, table((100, 200, 300), (570, 612)) + "".join(rows))
    assert texts(page) == ["one", "two", "three", "left", "right"]


def test_half_a_character_is_a_damaged_one(tmp_path: Path) -> None:
    """Fonts may name such; no JSON can hold them."""
    cid = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) "
    cid += b"/Ordering (Identity) /Supplement 0 >> /DW 600 >>"
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H "
    font += b"/ToUnicode /Identity-H /DescendantFonts [9 0 R] >>"
    path = tmp_path / "a.pdf"
    content = "BT /F1 10 Tf 72 700 Td <0041D8006C49> Tj ET"
    path.write_bytes(pdf(content, extra={3: font, 9: cid}))
    with open_source(path) as source:
        drawing = source.drawing(1)
    assert drawing is not None
    assert [glyph.text for glyph in drawing.glyphs] == ["A", "\ufffd", "汉"]


def test_type_printed_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    twice = "".join(text(210 + d, 540, "1101", 12) for d in (0, 0.3, 0.6))
    assert texts(layout_of(tmp_path, table(XS, YS) + twice)) == ["1101"]


def test_text_nobody_can_see_is_left_out(tmp_path: Path) -> None:
    content = table(XS, YS) + text(210, 540, "31") + text(310, 540, "7", 0.4)
    content += text(700, 540, "99") + f"1 g {text(110, 540, '88')} 0 g"
    page = layout_of(tmp_path, content)
    assert page.kind is PageKind.DIGITAL
    assert texts(page) == ["31"]


def test_white_type_on_a_dark_band_is_read(tmp_path: Path) -> None:
    content = table(XS, YS) + "0.1 0.2 0.5 rg 100 560 300 30 re f\n" + text(210, 540, "31")
    content += f"1 g {text(210, 570, 'Total')} 0 g"
    page = layout_of(tmp_path, content)
    assert page.kind is PageKind.DIGITAL
    assert texts(page) == ["Total", "31"]


@given(st.text("0123456789", min_size=1, max_size=8), st.floats(0.05, 0.25))
def test_spacing_inside_a_word_does_not_part_it(digits: str, gap: float) -> None:
    glyphs = [
        Glyph(d, Box(100 + i * (5 + 10 * gap), 50, 105 + i * (5 + 10 * gap), 60), 0, False)
        for i, d in enumerate(digits)
    ]
    assert [w.text for w in words_of(reversed(glyphs), ())] == [digits]


def test_lines_are_text_outside_the_tables_top_to_bottom(tmp_path: Path) -> None:
    content = table(XS, YS) + text(210, 540, "31") + text(280, 30, "- 3 -")
    content += text(100, 700, "A heading") + text(100, 685, "and a second line")
    page = layout_of(tmp_path, content)
    assert len(page.lines) == 3
    assert [round(842 - box.y1, -1) for box in page.lines] == [700, 680, 30]


# What counts as a ruling


def bars(horizontal: str, vertical: str) -> str:
    return "".join(horizontal.format(y=y) for y in YS) + "".join(vertical.format(x=x) for x in XS)


@pytest.mark.parametrize(
    "drawing",
    [
        table(XS, YS),
        bars("100 {y} 300 0.5 re f\n", "{x} 500 0.5 90 re f\n"),
        "".join(f"{x} {y} 0.75 0.75 re f\n" for x in range(100, 401, 2) for y in YS)
        + "".join(f"{x} {y} 0.75 0.75 re f\n" for x in XS for y in range(500, 591, 2)),
        bars("100 {y} m 400 {y} l 399 {y} l h f\n100 {y} 300 1 re f\n", "{x} 500 1 90 re f\n"),
        "".join(f"{x} {y} 100 30 re S\n" for x in XS[:-1] for y in YS[:-1]),
        "".join(f"0.9 g {x} {y} 100 30 re B\n" for x in XS[:-1] for y in YS[:-1]),
        bars("[2 1] 0 d 100 {y} m 400 {y} l S\n", "{x} 500 m {x} 590 l S\n"),
        "q 0.24 0 0 0.24 0 0 cm 4 w\n"
        + table([x / 0.24 for x in XS], [y / 0.24 for y in YS])
        + "Q",
        "100 500 m 400 500 l 400 530 l 100 530 l 100 560 l 400 560 l 400 590 l 100 590 l h S\n"
        + "".join(line(x, 500, x, 590) for x in XS),
    ],
    ids=[
        "strokes",
        "bars",
        "dots",
        "polygons",
        "boxes",
        "filled boxes",
        "dashes",
        "scaled",
        "polyline",
    ],
)
def test_rulings_drawn_in_any_way_make_the_table(tmp_path: Path, drawing: str) -> None:
    (grid,) = layout_of(tmp_path, drawing + "0 g " + text(210, 540, "31")).grids
    assert (grid.rows, grid.columns, len(grid.cells)) == (3, 3, 9)


def test_coloured_bands_and_white_lines_are_no_rulings(tmp_path: Path) -> None:
    bands = "0.8 0.9 1 rg " + "".join(f"100 {y} 300 30 re f\n" for y in YS[::2])
    white = "1 G " + table(XS, YS) + "0 G"
    curves = "100 100 m 200 300 300 300 400 100 c S\n"
    page = layout_of(tmp_path, bands + white + curves + "0 g " + text(210, 540, "31"))
    assert page.grids == ()
