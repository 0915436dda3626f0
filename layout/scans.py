"""A page from its picture alone: upright, its tables' grids, its lines of text."""

from __future__ import annotations

import logging

from document.geometry import Size, UprightFrame
from document.page import PageKind, PageLayout
from document.picture import Picture, Pixels
from layout.bleed import without_bleed
from layout.crowded import without_crowds
from layout.flatten import flattened
from layout.grids import find_grids
from layout.marked import MarkedPicture
from layout.marks import Marks, find_marks
from layout.orientation import Legibility, TextRuns, Usual, turn_of
from layout.paper import evenly_lit, picture_of
from layout.scan_lines import faint_text_ink, scan_lines, text_ink
from layout.sheet import find_sheet, on_white
from layout.small_print import page_rulings
from layout.straighten import levelled, straightened, turned
from layout.tilt import tilt
from layout.traces import traced

ASTRAY = 0.2
"""In characters of the tables: how far a ruling may lie from where it should."""

log = logging.getLogger("gouji.layout")


def read_scan(
    pixels: Pixels,
    page: Size,
    number: int,
    legibility: Legibility,
    usual: Usual = lambda: 0,
) -> PageLayout:
    """The layout of page `number` from its picture.

    `pixels`: (height, width) or (height, width, 3) BGR uint8 of the whole page as a viewer shows
    it; `page`: its size in points. `legibility` tells how well text reads; it is asked once for a
    page that stands upright.
    """
    picture, frame, marks = _straight(pixels, page)
    rulings, em = page_rulings(marks)
    text = text_ink(marks, rulings)
    runs = TextRuns.of(text)
    if not runs.are_enough:
        runs = TextRuns.of(faint_text_ink(marks, rulings))
    turn = turn_of(picture, runs, legibility, usual, [ruling.box for ruling in rulings])
    if turn.quarters:
        picture, frame = turned(picture, frame, turn.quarters)
        marks = marks.turned(turn.quarters)
        rulings, em = page_rulings(marks)
        text = text_ink(marks, rulings)
    grids = find_grids(number, rulings, tolerance=ASTRAY * em)
    grids = without_crowds(grids, text)
    lines = scan_lines(text, [grid.box for grid in grids])
    log.debug(
        "page %d: turned by %d quarters, %d rulings, %d tables, %d lines",
        *(number, turn.quarters, len(rulings), len(grids), len(lines)),
    )
    return PageLayout(
        number=number,
        kind=PageKind.SCAN,
        frame=frame,
        grids=grids,
        words=(),
        picture=MarkedPicture(picture.gray, picture.scale, marks, rulings),
        lines=lines,
        is_told=turn.is_told,
    )


def _straight(pixels: Pixels, page: Size) -> tuple[Picture, UprightFrame, Marks]:
    """The page evenly lit, level and flat, and what is printed on it; it may lie on its side."""
    shown = picture_of(pixels, page)
    sheet = find_sheet(shown)
    picture = evenly_lit(shown)
    picture = without_bleed(on_white(picture, sheet) if sheet else picture)
    angle = tilt(picture)
    log.debug("straightening: tilt %.2f°", angle)
    level, frame = levelled(picture, page, angle)
    marks = find_marks(level)
    outline = sheet.outline if sheet else None
    flat = flattened(traced(marks), frame, marks.em / marks.scale, outline)
    if flat is frame:
        return level, frame, marks
    straight = Picture(straightened(picture.gray, flat, picture.scale), picture.scale)
    return straight, flat, find_marks(straight)
