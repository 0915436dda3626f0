"""A page's picture with what was found on it: cells outlined by status, readings, flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from document.entry import Flag, Judged, Status
from document.geometry import Box, UprightFrame
from document.grid import Bounds
from document.picture import Pixels
from document.reading import Source
from document.report import JudgedReport, ReadPage, ReadTable
from layout.straighten import straightened

DPI = 240
"""Of the drawing: small writing fits into a corner of a cell and can be read."""


class MarkKind(Enum):
    """What a cell is, and the colour it is outlined in (red, green, blue)."""

    ACCEPTED = (0, 140, 60)
    REVIEW = (215, 70, 0)
    UNMATCHED = (150, 40, 170)
    LABEL = (60, 110, 190)


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell to outline, its box in upright points; `note` goes into its top left corner.

    Bounds that no ruling shows are dashed, by `bounds`.
    """

    box: Box
    kind: MarkKind
    note: str = ""
    flags: str = ""
    bounds: Bounds = Bounds.RULED


def marks_of(
    page: ReadPage, reports: Iterable[JudgedReport], unmatched: Iterable[ReadTable]
) -> tuple[Mark, ...]:
    """The page's cells: slots of a form, then the others as labels or as tables of no form."""
    slots = {mark.box: mark for mark in _slots_on(page.layout.number, reports)}
    strangers = {table.grid for table in unmatched}
    others = [
        Mark(
            cell.box,
            MarkKind.UNMATCHED if table.grid in strangers else MarkKind.LABEL,
            _one_line(reading.text) if reading.source is not Source.TEXT else "",
            bounds=cell.bounds,
        )
        for table in page.tables
        for cell, reading in zip(table.grid.cells, table.readings, strict=True)
        if cell.box not in slots
    ]
    return (*others, *slots.values())


def draw_page(picture: Pixels, scale: float, marks: Sequence[Mark]) -> Image.Image:
    """The marks on an upright picture, `scale` pixels per point.

    `picture`: (height, width, 3) uint8 BGR or (height, width) uint8 gray, as files are rendered.
    """
    seen = picture[..., ::-1] if picture.ndim == 3 else picture
    image = Image.fromarray(np.ascontiguousarray(seen)).convert("RGB")
    pen = ImageDraw.Draw(image, "RGBA")
    for mark in marks:
        _draw(pen, mark, scale)
    return _with_legend(image)


def upright(picture: Pixels, frame: UprightFrame, dpi: float) -> Pixels:
    """The page as shown, any channels, turned and straightened as the frame says."""
    return straightened(picture, frame, dpi / 72)


def _slots_on(number: int, reports: Iterable[JudgedReport]) -> Iterator[Mark]:
    for report in reports:
        for judged in (entry for table in report.judged for entry in table):
            found = judged.entry.found
            if found is not None and found.page == number:
                accepted = judged.status is Status.ACCEPTED
                kind = MarkKind.ACCEPTED if accepted else MarkKind.REVIEW
                flags = _flags(judged.flags)
                yield Mark(found.box, kind, _reading(judged), flags, found.bounds)


def _reading(judged: Judged) -> str:
    """The value as understood, and what stands there where that is something else."""
    found = judged.entry.found
    text = _one_line(found.reading.text) if found else ""
    value = "" if judged.entry.value is None else format(judged.entry.value, "f")
    return text if text == value else f"{text or 'blank'} = {value or 'none'}" if text else value


def _flags(flags: Iterable[Flag]) -> str:
    return " ".join(sorted(flag.value for flag in flags if flag is not Flag.BLANK))


def _one_line(text: str) -> str:
    return " ".join(text.split())


FONT_SIZE = 15
_GAP = 2
DASHES = {Bounds.RULED: 0, Bounds.ALIGNED: 4, Bounds.COMPLETED: 10}
"""Length of the dashes that a cell is outlined in, by how its bounds are known."""


def _draw(pen: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    x0, y0, x1, y1 = (v * scale for v in (mark.box.x0, mark.box.y0, mark.box.x1, mark.box.y1))
    colour = mark.kind.value
    if x1 - x0 > 2 * _GAP and y1 - y0 > 2 * _GAP:
        tint = 48 if mark.kind in (MarkKind.REVIEW, MarkKind.UNMATCHED) else 20
        inside = (x0 + _GAP, y0 + _GAP, x1 - _GAP, y1 - _GAP)
        pen.rectangle(inside, fill=(*colour, tint))
        _outline(pen, inside, colour, DASHES[mark.bounds])
    room = x1 - x0 - 4 * _GAP
    _write(pen, (x0 + 2 * _GAP, y0 + _GAP), mark.note, colour, room)
    _write(pen, (x0 + 2 * _GAP, y1 - FONT_SIZE - 3 * _GAP), mark.flags, colour, room)


def _outline(
    pen: ImageDraw.ImageDraw,
    box: tuple[float, float, float, float],
    colour: tuple[int, int, int],
    dash: int,
) -> None:
    """The box's edges, in dashes of so many pixels with gaps as long; 0 for whole lines."""
    if not dash:
        pen.rectangle(box, outline=colour, width=2)
        return
    x0, y0, x1, y1 = (round(v) for v in box)
    for x in range(x0, x1, 2 * dash):
        end = min(x + dash, x1)
        pen.line([(x, y0), (end, y0)], colour, 2)
        pen.line([(x, y1), (end, y1)], colour, 2)
    for y in range(y0, y1, 2 * dash):
        end = min(y + dash, y1)
        pen.line([(x0, y), (x0, end)], colour, 2)
        pen.line([(x1, y), (x1, end)], colour, 2)


def _write(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    colour: tuple[int, int, int],
    room: float,
) -> None:
    """The text on a white label, shortened to the room; nothing if no font can write it."""
    font = _font_for(text)
    if not text or font is None:
        return
    while text and pen.textlength(text, font) > room:
        text = text[:-2].rstrip() + "…" if len(text) > 2 else ""
    if text:
        x0, y0, x1, y1 = pen.textbbox(at, text, font)
        pen.rectangle((x0 - 1, y0 - 1, x1 + 1, y1 + 1), fill=(255, 255, 255, 190))
        pen.text(at, text, colour, font)


LEGEND = {
    MarkKind.ACCEPTED: "accepted",
    MarkKind.REVIEW: "to review",
    MarkKind.LABEL: "label",
    MarkKind.UNMATCHED: "table of no known form",
}


def _with_legend(image: Image.Image) -> Image.Image:
    band = FONT_SIZE + 14
    sheet = Image.new("RGB", (image.width, image.height + band), "white")
    sheet.paste(image, (0, band))
    pen = ImageDraw.Draw(sheet)
    x = 10.0
    font = ImageFont.load_default(FONT_SIZE)
    for kind, words in LEGEND.items():
        pen.rectangle((x, 7, x + FONT_SIZE, 7 + FONT_SIZE), outline=kind.value, width=3)
        pen.text((x + FONT_SIZE + 6, 5), words, kind.value, font)
        x += FONT_SIZE + 30 + pen.textlength(words, font)
    return sheet


Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def _font_for(text: str) -> Font | None:
    """Pillow's own font has no Chinese; for that a font of the system, None if there is none."""
    plain = text.replace("…", "")
    return ImageFont.load_default(FONT_SIZE) if plain.isascii() else _chinese_font()


FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
CHINESE_FONTS = (
    "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf",
    "NotoSerifCJK-Regular.ttc", "wqy-microhei.ttc", "wqy-zenhei.ttc", "uming.ttc",
    "PingFang.ttc", "STHeiti Light.ttc", "msyh.ttc", "simsun.ttc", "simhei.ttf",
)  # fmt: skip


@cache
def _chinese_font() -> ImageFont.FreeTypeFont | None:
    """The first of CHINESE_FONTS the system has, None if it has none."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    present = {file.name: file for folder in folders for file in folder.rglob("*.[to]t[cf]")}
    for name in CHINESE_FONTS:
        if name in present:
            try:
                return ImageFont.truetype(present[name], FONT_SIZE)
            except OSError:
                continue
    return None
