"""Photographed and curled pages made flat by their own rulings, never on too little evidence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.bend import Bend, Points
from document.geometry import Box, Size, UprightFrame
from document.page import PageLayout
from document.picture import Pixels
from layout.flatten import flattened
from layout.scans import read_scan
from layout.traces import Traces
from tests.painted_pages import (
    A5,
    REPORT_TABLE,
    Painting,
    noisy,
    reads,
    report_page,
    spans,
    text_page,
    unevenly_lit,
)
from tests.photographed import Shot, aslant

ASLANT = aslant(A5, np.array([(0.02, 0.02), (-0.06, 0.03), (-0.01, -0.02), (0.04, -0.05)]))
EM = 9.0
"""Points: the size of the print in the painted table."""


def read(pixels: Pixels, page: Size = A5) -> PageLayout:
    return read_scan(pixels, page, 1, reads)


def astray(shot: Shot, frame: UprightFrame) -> float:
    """In characters: how far the table's rulings are from straight, level and upright."""
    x, y = np.array(REPORT_TABLE.columns), np.array(REPORT_TABLE.rows)
    level = np.meshgrid(np.linspace(x[0], x[-1], 30), y)
    upright = np.meshgrid(np.linspace(y[0], y[-1], 30), x)[::-1]
    worst = 0.0
    for axis, lines in ((1, level), (0, upright)):
        for line in np.stack(lines, axis=2):
            seen = frame.points_upright(shot.place(line))
            worst = max(worst, float(np.ptp(seen[:, axis])))
    return worst / EM


@st.composite
def shots(draw: st.DrawFn, most: float = 0.05, curl: float = 8.0) -> Shot:
    """Each corner up to `most` of the page's width inside the picture, rows bowed up to `curl`."""
    inside = np.array([draw(st.floats(0.01, 0.01 + most)) for _ in range(8)]).reshape(4, 2)
    inwards = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
    return Shot(A5, aslant(A5, inside * inwards), draw(st.floats(-curl, curl)))


@settings(max_examples=5)
@given(shots())
def test_a_photographed_table_is_straight_again(shot: Shot) -> None:
    layout = read(noisy(shot.picture(report_page()), 6))
    assert astray(shot, layout.frame) < 0.15
    (grid,) = layout.grids
    assert spans(grid) == REPORT_TABLE.cells


def test_curl_alone_is_bent_back() -> None:
    shot = Shot(A5, curl=12)
    layout = read(shot.picture(report_page()))
    assert layout.frame.bend is not None
    assert astray(shot, layout.frame) < 0.1


def test_perspective_alone_needs_no_bend() -> None:
    shot = Shot(A5, ASLANT)
    layout = read(shot.picture(report_page()))
    assert layout.frame.bend is None
    assert astray(shot, layout.frame) < 0.1


def test_a_photographed_page_of_text_is_straight_again() -> None:
    shot = Shot(A5, ASLANT, curl=6)
    frame = read(shot.picture(text_page())).frame
    for top in (120, 192, 264, 310, 454):
        line = np.stack([np.linspace(45, 355, 30), np.full(30, top)], axis=1)
        assert np.ptp(frame.points_upright(shot.place(line))[:, 1]) < 0.3 * EM


def test_the_table_it_lies_on_is_white() -> None:
    shot = Shot(A5, aslant(A5, 0.03 * np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])))
    picture = read(shot.picture(report_page())).picture
    assert picture is not None
    edge = np.concatenate([picture.gray[:8].ravel(), picture.gray[:, :8].ravel()])
    assert edge.min() > 200


def test_a_level_page_keeps_its_pixels() -> None:
    layout = read(report_page())
    assert layout.frame.bend is None
    assert layout.picture is not None
    assert layout.picture.gray.shape == report_page().shape


def test_a_photograph_turned_on_its_side_is_read() -> None:
    shot = Shot(A5, ASLANT, curl=7)
    pixels = np.ascontiguousarray(np.rot90(shot.picture(report_page())))
    (grid,) = read(pixels, Size(A5.height, A5.width)).grids
    assert spans(grid) == REPORT_TABLE.cells


@settings(max_examples=3)
@given(shots(), st.floats(20, 400), st.floats(20, 570))
def test_a_point_of_a_photograph_comes_back(shot: Shot, x: float, y: float) -> None:
    frame = read(shot.picture(report_page())).frame
    there = frame.point_on_page((x, y))
    assert frame.point_upright(there) == pytest.approx((x, y), abs=0.01)


def test_a_dot_is_where_the_frame_says() -> None:
    """The warp of the pixels and the frame are one."""
    shot = Shot(A5, ASLANT, curl=9)
    painting = Painting()
    painting.table(REPORT_TABLE)
    painting.line((198, 440), (202, 440), 4)
    layout = read(shot.picture(painting.pixels))
    assert layout.picture is not None
    assert layout.frame.bend is not None
    x, y = layout.frame.point_upright(_placed(shot, (200, 440)))
    ink = 255.0 - layout.picture.crop(Box(x - 6, y - 6, x + 6, y + 6))
    rows, columns = np.indices(ink.shape) + 0.5
    left, top = round((x - 6) * layout.picture.scale), round((y - 6) * layout.picture.scale)
    centre = (ink * columns).sum() / ink.sum() + left, (ink * rows).sum() / ink.sum() + top
    assert np.divide(centre, layout.picture.scale) == pytest.approx((x, y), abs=0.15)


def _placed(shot: Shot, point: tuple[float, float]) -> tuple[float, float]:
    ((x, y),) = shot.place(np.array([point], np.float64)).tolist()
    return x, y


@pytest.mark.parametrize("seed", range(3))
def test_strokes_that_do_not_agree_move_nothing(seed: int) -> None:
    """Scribbles a few characters long, each in its own direction."""
    chance = np.random.default_rng(seed)
    painting = Painting()
    for _ in range(40):
        x, y = chance.uniform(60, 330), chance.uniform(60, 500)
        painting.line((x, y), (x + 60, y + chance.uniform(-3, 3)), 0.8)
    frame = read(painting.pixels).frame
    moved = frame.points_on_page(_corners(frame)) - _corners(frame)
    assert np.abs(moved).max() < 12


def _corners(frame: UprightFrame) -> Points:
    return np.array(frame.upright.box.corners)


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (5, 4)])
def test_a_picture_of_one_line_is_not_straightened(shape: tuple[int, int]) -> None:
    height, width = shape
    assert read(np.zeros(shape, np.uint8), Size(width, height)).frame.bend is None


def test_noise_is_not_straightened() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (900, 640), np.uint8)
    frame = read(noise, Size(640, 900)).frame
    assert frame.bend is None
    assert frame.matrix[6:] == (0, 0, 1)


def test_a_page_of_text_in_bad_light_is_only_levelled() -> None:
    frame = read(unevenly_lit(text_page(), 0.6)).frame
    assert frame.bend is None
    assert frame.matrix[6:] == (0, 0, 1)


def test_a_bend_that_folds_the_page_is_refused() -> None:
    shifts = np.zeros((3, 3, 2))
    shifts[1, 1] = (20, 0)
    with pytest.raises(ValueError, match="folds"):
        Bend(shifts, 10)


@given(st.integers(0, 1000), st.floats(-50, 650), st.floats(-50, 900))
@settings(max_examples=30)
def test_a_bend_leads_back(seed: int, x: float, y: float) -> None:
    """Also beyond the mesh."""
    shifts = np.cumsum(np.random.default_rng(seed).uniform(-0.4, 0.4, (30, 20, 2)), axis=seed % 2)
    steepest = max(np.abs(np.diff(shifts, axis=axis)).max() for axis in (0, 1))
    bend = Bend(shifts * min(1, 2.9 / steepest), 10)
    point = np.array([[x, y]])
    assert bend.flat(bend.bent(point)) == pytest.approx(point, abs=1e-3)


def test_the_edges_of_the_paper_turn_no_page() -> None:
    down = np.arange(40.0, 560.0, EM)
    edges = [np.stack([x + 0.004 * (down - 40.0), down], axis=1) for x in (1.0, 2.0, 3.0) * 2]
    points, stroke = np.concatenate(edges), np.repeat(np.arange(len(edges)), len(down))
    frame = UprightFrame.unturned(A5)
    level = Traces(np.zeros((0, 2)), np.zeros(0, np.intp), True, 0.1)

    def flat(points: Points) -> UprightFrame:
        return flattened([level, Traces(points, stroke, False, 0.1)], frame, EM, None)

    assert flat(points) is frame
    assert flat(np.add(points, (200.0, 0.0))) is not frame
