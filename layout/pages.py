"""One page of a file: digital where its text layer can be believed, else a scan."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import numpy as np

from document.geometry import Size
from document.page import PageLayout, Word
from document.picture import Picture, Pixels
from layout.digital import DigitalPage, read_digital
from layout.orientation import Legibility, Usual
from layout.scans import read_scan
from layout.source_file import SourceFile
from layout.trust import LOOK_DPI, content_doubt, ink_doubt, seen

SCAN_DPI = (150.0, 300.0)
UNKNOWN_DPI = 200.0
LONGEST_PAPER = 17.5
"""Inches, a little over A3: a longer page has its size from a camera, not from paper."""
USUAL_PAPER = 11.69
"""Inches, the height of A4."""

log = logging.getLogger("gouji.layout")


@dataclass(frozen=True, slots=True, eq=False)
class PageScan:
    """A page as a picture: (height, width) or (height, width, 3) BGR uint8, as a viewer shows it;
    its size in points; and the words of a text layer that cannot be believed."""

    number: int
    pixels: Pixels
    size: Size
    words: tuple[Word, ...] = ()

    def read(self, legibility: Legibility, usual: Usual = lambda: 0) -> PageLayout:
        """The page's tables and lines, upright: see `read_page`. Safe to call from any thread."""
        layout = read_scan(self.pixels, self.size, self.number, legibility, usual)
        return layout.with_words(self.words)


def read_page(
    source: SourceFile, number: int, legibility: Legibility, usual: Usual = lambda: 0
) -> PageLayout:
    """The page's tables, words and lines, upright. `number` counts from 1.

    `legibility` tells how well text lines read, 0 to 1; it is asked on scans only, to find which
    way is up; where no text tells, the page is turned by `usual` quarters clockwise, as the scan
    before it was. Raises SourceError (page_unreadable, page_too_large, truncated).
    """
    page = take_page(source, number)
    return page.read(legibility, usual) if isinstance(page, PageScan) else page


def take_page(source: SourceFile, number: int) -> PageLayout | PageScan:
    """The page out of its file: a digital one read, of any other its picture. The libraries that
    open files are not for several threads. Raises as `read_page` does."""
    drawing = source.drawing(number)
    page = read_digital(number, drawing) if drawing else None
    if drawing and page:
        reason = content_doubt(drawing)
        if reason is None:
            look = _look(source, number, page)
            reason = ink_doubt(page.drawing, page.grids, look)
            if reason is None:
                return page.with_glyphs(seen(page.drawing.glyphs, look)).layout(number)
        log.info("%s: page %d is read as a scan: %s", source.path, number, reason)
    size = source.size(number)
    pixels = source.render(number, scan_dpi(size, source.native_dpi(number)))
    return PageScan(number, pixels, size, page.words_on_page() if page else ())


def scan_dpi(page: Size, native: float | None) -> float:
    """The dpi to render a scan at: its picture's own, within what reading needs and can use.

    A page larger than any paper is taken for A4 that a camera measured in its own pixels.
    """
    longest = max(page.width, page.height) / 72
    shrink = USUAL_PAPER / longest if longest > LONGEST_PAPER else 1.0
    on_paper = native / shrink if native else UNKNOWN_DPI
    low, high = SCAN_DPI
    return min(max(on_paper, low), high) * shrink


def _look(source: SourceFile, number: int, page: DigitalPage) -> Picture:
    """The page small, gray and upright, for a judgement of its text layer."""
    gray = np.rot90(source.render(number, LOOK_DPI, gray=True), page.quarter_turns)
    return Picture(gray, gray.shape[1] / page.drawing.size.width)
