"""The named levels of damage, and the one door: a clean PDF in, a damaged file out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
from pdfplumber.page import Page

from benchmarks.forge.damage import surface
from benchmarks.forge.damage.bleed import bleed
from benchmarks.forge.damage.files import StoredPage, write_pdf, write_tiff
from benchmarks.forge.damage.geometry import (
    Bend,
    Warp,
    camera,
    curl,
    margin,
    perspective,
    quarter_turn,
    skew,
    untouched,
)
from benchmarks.forge.damage.layer import hidden_text, misread
from benchmarks.forge.damage.rules import broken_rules
from benchmarks.forge.damage.scanned import Light, Pixels, Scanned, caught
from benchmarks.forge.damage.seal import sealed
from benchmarks.forge.damage.sheet import Mishap, Sheet, words_of
from benchmarks.forge.damage.surface import Cause

Rulings = Literal["full", "horizontal", "none"]
"""How the clean page is printed: all rules; horizontal ones only; no rule at all."""

FINER = 2.0
"""How much finer the clean page is rendered than scanned, so that bends cost no sharpness."""


@dataclass(frozen=True, slots=True)
class Level:
    """What befalls a page, in this order: the sheet itself, its place, its light, its storage.

    `quality` is the JPEG's; a `bilevel` page is stored as a group 4 TIFF instead. `rulings`: the
    prints that the level is for. `other_text`: the PDF gets a hidden layer of wrong text.
    """

    dpi: int
    quality: int
    bends: tuple[Bend, ...]
    causes: tuple[Cause, ...]
    mishaps: tuple[Mishap, ...] = ()
    rulings: tuple[Rulings, ...] = ("full",)
    colour: bool = False
    bilevel: bool = False
    other_text: bool = False

    @property
    def suffix(self) -> str:
        return ".tif" if self.bilevel else ".pdf"


OFFICE = Level(
    dpi=200,
    quality=75,
    bends=(skew(0.5),),
    causes=(
        surface.edges,
        surface.uneven(0.04),
        surface.speckle(4, 20),
        surface.blur(1 / 400, 1 / 260),
        surface.tone(paper=(238, 250), ink=(20, 45)),
        surface.noise(1.0, 2.5),
    ),
)
POOR = Level(
    dpi=150,
    quality=45,
    bends=(skew(1.2), perspective(0.004)),
    causes=(
        surface.edges,
        surface.fade((2, 5), (0.25, 0.5)),
        surface.uneven(0.14),
        surface.speckle(60, 160, 0.012),
        surface.blur(1 / 240, 1 / 165),
        surface.tone(paper=(228, 245), ink=(35, 65)),
        surface.noise(3.0, 5.0, grain=0.004),
    ),
)
BAD = replace(
    POOR,
    quality=25,
    bends=(skew(2.5), perspective(0.008)),
    causes=(
        surface.edges,
        surface.fade((4, 8), (0.25, 0.45)),
        surface.uneven(0.25, detail=4),
        surface.speckle(150, 350, 0.015),
        surface.blur(1 / 185, 1 / 140),
        surface.tone(paper=(215, 240), ink=(40, 70)),
        surface.noise(3.5, 6.0, grain=0.004),
    ),
)
FAX = Level(
    dpi=200,
    quality=100,
    bilevel=True,
    bends=(skew(0.5),),
    causes=(
        surface.uneven(0.05),
        surface.blur(1 / 300, 1 / 220),
        surface.emphasis,
        surface.noise(4.0, 8.0, grain=0.003),
        surface.bilevel,
        surface.speckle(20, 80, 0.01),
        surface.flipped(0.0003),
        lambda page, _: (page.light > 0.5).astype(np.float32),
    ),
)
PHOTO = Level(
    dpi=200,
    quality=80,
    colour=True,
    bends=(curl((8, 30)), camera(4.0, 2.0), margin(0.03, 0.09)),
    causes=(
        surface.slope_shade(0.1, 0.35),
        surface.cast_shadow(0.1, 0.4),
        surface.uneven(0.08),
        surface.tone(paper=(205, 240), ink=(25, 50)),
        surface.warmth,
        surface.table,
        surface.blur(1 / 300, 1 / 220),
        surface.noise(2.0, 4.0),
    ),
)

LEVELS: Mapping[str, Level] = MappingProxyType(
    {
        "office": OFFICE,
        "poor": POOR,
        "bad": BAD,
        "dpi100": replace(OFFICE, dpi=100),
        "fax": FAX,
        "photo": PHOTO,
        "sealed": replace(OFFICE, mishaps=(sealed,), colour=True),
        "rotated": replace(OFFICE, bends=(skew(0.5), quarter_turn)),
        "wrong_layer": replace(OFFICE, other_text=True),
        "broken_rules": replace(OFFICE, mishaps=(broken_rules,)),
        "ruleless": replace(OFFICE, rulings=("horizontal", "none")),
        "bleed": replace(OFFICE, mishaps=(bleed(0.15, 0.35),)),
    }
)


def damaged(pdf: Path, level: str, seed: int, target: Path) -> tuple[Warp, ...]:
    """Write the pages of a clean PDF, damaged, and tell where the points of each came to lie.

    The warps' `place` takes 1/72 inch of the clean page to 1/72 inch of the damaged one, both
    from the top left as a viewer shows them. The same seed gives the same bytes. `target` should
    end in the level's `suffix`.
    """
    chosen = LEVELS[level]
    stored, warps = [], []
    with pdfium.PdfDocument(pdf) as document, pdfplumber.open(pdf) as printed:
        for number, page in enumerate(printed.pages):
            chance = np.random.default_rng((seed, number))
            scan, warp = scanned(_sheet(document, page, chosen), chosen, chance)
            text = _other_text(page, warp, scan, chance) if chosen.other_text else b""
            stored.append(StoredPage(_pixels(scan.light), chosen.dpi, text))
            warps.append(warp)
            page.close()
    if chosen.bilevel:
        write_tiff(stored, target)
    else:
        write_pdf(stored, chosen.quality, target)
    return tuple(warps)


def scanned(sheet: Sheet, level: Level, chance: np.random.Generator) -> tuple[Scanned, Warp]:
    """The sheet after all that befell it, and where its points went."""
    for mishap in level.mishaps:
        sheet = replace(sheet, pixels=mishap(sheet, chance))
    warp = untouched(*sheet.size)
    for bend in level.bends:
        warp = warp.then(bend, chance)
    scan = caught(sheet.pixels, sheet.size, warp, level.dpi)
    for cause in level.causes:
        scan = replace(scan, light=cause(scan, chance))
    return scan, warp


def _sheet(document: pdfium.PdfDocument, page: Page, level: Level) -> Sheet:
    """The printed page with, on its back, the next one of the file, or the one before it."""
    number = page.page_number - 1
    behind = number ^ 1 if number ^ 1 < len(document) else max(0, number - 1)
    front = document[number]
    return Sheet(
        _rendered(front, level),
        lambda: _rendered(document[behind], level),
        front.get_size(),
        page,
    )


def _rendered(page: pdfium.PdfPage, level: Level) -> Pixels:
    """The clean page, finer than it will be scanned."""
    scale = level.dpi * FINER / 72
    bitmap = page.render(scale=scale, grayscale=not level.colour, rev_byteorder=True)
    return np.array(bitmap.to_numpy())


def _other_text(page: Page, warp: Warp, scan: Scanned, chance: np.random.Generator) -> bytes:
    height = scan.light.shape[0] * 72 / scan.dpi
    return hidden_text(misread(words_of(page), chance), warp, height)


def _pixels(light: Light) -> Pixels:
    return np.clip(light * 255 + 0.5, 0, 255).astype(np.uint8)
