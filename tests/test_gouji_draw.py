"""The drawing of a page: every cell outlined in the colour of what it is, at its place."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from document.entry import Entry, Flag, Found, Judged, Status
from document.errors import ExitCode
from document.form import Slot, SlotForm, TableForm, ValueKind
from document.geometry import Box, Size, UprightFrame
from document.grid import Bounds, GridCell, TableGrid
from document.page import PageKind, PageLayout
from document.reading import Reading, Source
from document.report import JudgedReport, MatchedTable, ReadPage, ReadTable, Report
from gouji import draw
from gouji.cli import run
from gouji.draw import Mark, MarkKind, draw_page, marks_of, upright
from layout import open_source

SAMPLES = Path(__file__).parents[1] / "samples"
PAGE = Size(200, 100)
BOXES = [Box(10, 10, 70, 40), Box(70, 10, 130, 40), Box(130, 10, 190, 40)]
SCALE = draw.DPI / 72


def reading(text: str) -> Reading:
    return Reading(text, 0.9, Source.OCR)


def table(texts: list[str], boxes: list[Box], top: float) -> ReadTable:
    cells = tuple(GridCell(0, n, 1, 1, box) for n, box in enumerate(boxes))
    lines = (boxes[0].x0, *(box.x1 for box in boxes))
    return ReadTable(TableGrid(1, (top, top + 30), lines, cells), (*map(reading, texts),))


def judged(box: Box, text: str, status: Status, *flags: Flag) -> Judged:
    form = SlotForm(Slot("t", "new", "total"), (), (), "件", ValueKind.COUNT)
    entry = Entry(form, Found(1, box, reading(text), 1.0), None)
    return Judged(entry, 0.5, status, frozenset(flags))


@pytest.fixture
def page() -> ReadPage:
    layout = PageLayout(1, PageKind.DIGITAL, UprightFrame.unturned(PAGE), ())
    below = Box(10, 50, 70, 80)
    return ReadPage(layout, (table(["总计", "21", "4"], BOXES, 10), table(["x"], [below], 50)))


@pytest.fixture
def marks(page: ReadPage) -> tuple[Mark, ...]:
    entries = (
        judged(BOXES[1], "21", Status.ACCEPTED, Flag.BLANK),
        judged(BOXES[2], "4", Status.REVIEW, Flag.LOW_CONFIDENCE),
    )
    matched = MatchedTable("f", TableForm("t", "", ()), (1, 1), ())
    report = JudgedReport(Report(None, None, (1, 1), (matched,)), (entries,), ())
    return marks_of(page, [report], [page.tables[1]])


def test_every_cell_is_marked_once_as_what_it_is(marks: tuple[Mark, ...]) -> None:
    assert {mark.box.x0 + mark.box.y0: mark.kind for mark in marks} == {
        20: MarkKind.LABEL,
        80: MarkKind.ACCEPTED,
        140: MarkKind.REVIEW,
        60: MarkKind.UNMATCHED,
    }
    assert len(marks) == 4
    assert {mark.flags for mark in marks} == {"", "low_confidence"}


def test_a_red_stamp_stays_red(tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), (200, 0, 0)).save(tmp_path / "stamp.png")
    with open_source(tmp_path / "stamp.png") as source:
        image = draw_page(source.render(1, 72), 1, ())
    assert image.getpixel((200, image.height - 10)) == (200, 0, 0)


def test_outlines_lie_on_the_cells(marks: tuple[Mark, ...]) -> None:
    paper = np.full((round(100 * SCALE), round(200 * SCALE), 3), 255, np.uint8)
    image = draw_page(paper, SCALE, marks)
    band = image.height - paper.shape[0]
    for mark in marks:
        x, y = mark.box.center
        left = image.crop((0, round(y * SCALE) + band, image.width, round(y * SCALE) + band + 1))
        colours = {left.getpixel((round(mark.box.x0 * SCALE) + d, 0)) for d in range(6)}
        assert mark.kind.value in colours, mark
        assert left.getpixel((round(x * SCALE), 0)) != mark.kind.value


def test_bounds_that_no_ruling_shows_are_dashed() -> None:
    paper = np.full((200, 400, 3), 255, np.uint8)
    box = Box(10, 10, 190, 90)
    drawn = {
        bounds: np.asarray(draw_page(paper, 2, [Mark(box, MarkKind.LABEL, bounds=bounds)]))
        for bounds in Bounds
    }
    inked = {b: int((d == MarkKind.LABEL.value).all(axis=2).sum()) for b, d in drawn.items()}
    assert inked[Bounds.ALIGNED] < 0.7 * inked[Bounds.RULED]
    assert inked[Bounds.COMPLETED] < 0.7 * inked[Bounds.RULED]
    assert (drawn[Bounds.ALIGNED] != drawn[Bounds.COMPLETED]).any()


def test_without_a_chinese_font_digits_are_drawn_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(draw, "FONT_FOLDERS", ())
    draw._chinese_font.cache_clear()
    paper = np.full((200, 400, 3), 255, np.uint8)
    try:
        pictures = [
            draw_page(paper, 2, [Mark(Box(10, 10, 190, 90), MarkKind.ACCEPTED, note)])
            for note in ("", "总计", "21")
        ]
    finally:
        draw._chinese_font.cache_clear()
    bare, chinese, digits = (np.asarray(picture) for picture in pictures)
    assert (bare == chinese).all()
    assert (bare != digits).any()


def test_tiny_and_empty_cells_do_not_hurt() -> None:
    paper = np.full((50, 50, 3), 255, np.uint8)
    boxes = [Box(5, 5, 5, 5), Box(1, 1, 2, 40), Box(-50, -50, 500, 500)]
    draw_page(paper, 1, [Mark(box, MarkKind.REVIEW, "12345", "blank") for box in boxes])


@pytest.mark.parametrize("degrees", [0, 3, 90, 180])
def test_a_turned_page_is_drawn_upright(degrees: float) -> None:
    """A dot of the page lands where the frame says it is, upright."""
    turn = math.radians(degrees)
    c, s = math.cos(turn), math.sin(turn)
    matrix = (c, -s, 100 - 100 * c + 100 * s, s, c, 100 - 100 * s - 100 * c, 0.0, 0.0, 1.0)
    frame = UprightFrame(Size(200, 200), Size(200, 200), matrix)
    dpi = 144.0
    paper = np.full((400, 400, 3), 255, np.uint8)
    x, y = frame.point_on_page((60, 130))
    paper[round(y * 2) - 3 : round(y * 2) + 3, round(x * 2) - 3 : round(x * 2) + 3] = 0
    rows, columns = np.nonzero(upright(paper, frame, dpi)[..., 0] < 64)
    assert columns.mean() / 2 == pytest.approx(60, abs=1)
    assert rows.mean() / 2 == pytest.approx(130, abs=1)


def test_a_page_of_a_sample_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawing, sample = tmp_path / "page.png", str(SAMPLES / "xiaoying_2023.pdf")
    assert run(["inspect", sample, "--page", "2", "-o", str(drawing)]) == ExitCode.DONE
    assert capsys.readouterr().out.strip() == str(drawing)
    colours = {colour for _, colour in Image.open(drawing).getcolors(1 << 24) or ()}
    assert {MarkKind.ACCEPTED.value, MarkKind.LABEL.value} <= colours
    assert run(["inspect", sample, "--page", "99", "-o", str(drawing)]) == ExitCode.USAGE
    assert "no 99" in capsys.readouterr().err
