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
from benchmarks.forge.damage.scanned import Light, Scanned, caught
from benchmarks.forge.damage.seal import sealed
from benchmarks.forge.damage.sheet import Mishap, Sheet, words_of
from benchmarks.forge.damage.surface import Cause

Rulings = Literal["full", "partial"]
"""The print that a level wants: all rules, or `partial`: horizontal ones only, or none."""

FINER = 2.0
"""The clean page is rendered this much finer than it is scanned, so that bends cost no sharpness."""


@dataclass(frozen=True, slots=True)
class Level:
    """What befalls a page, in this order: the sheet itself, its place, its light, its storage.

    `quality` is the JPEG's; a `bilevel` page is stored as a group 4 TIFF instead.
    """

    dpi: int
    quality: int
    bends: tuple[Bend, ...]
    causes: tuple[Cause, ...]
    mishaps: tuple[Mishap, ...] = ()
    rulings: Rulings = "full"
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
        surface.blur(1 / 400, 1 / 260),
        surface.tone(paper=(238, 250), ink=(20, 45)),
        surface.speckle(4, 20),
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
        surface.blur(1 / 280, 1 / 200),
        surface.tone(paper=(228, 245), ink=(35, 65)),
        surface.speckle(60, 160, 0.012),
        surface.noise(3.0, 5.0, grain=0.004),
    ),
)
BAD = replace(
    POOR,
    quality=25,
    bends=(skew(2.5), perspective(0.008)),
    causes=(
        surface.edges,
        surface.fade((4, 8), (0.35, 0.62)),
        surface.uneven(0.25, detail=4),
        surface.blur(1 / 220, 1 / 165),
        surface.tone(paper=(215, 240), ink=(45, 80)),
        surface.speckle(150, 350, 0.015),
        surface.noise(5.0, 8.0, grain=0.005),
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
        surface.noise(6.0, 12.0, grain=0.003),
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
        "ruleless": replace(OFFICE, rulings="partial"),
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
        renders = [rendered(page, chosen) for page in document]
        for number, page in enumerate(printed.pages):
            back = renders[number + 1 if number % 2 == 0 else number - 1 :][:1] or renders[:1]
            size = document[number].get_size()
            sheet = Sheet(renders[number], back[0], size, page)
            chance = np.random.default_rng((seed, number))
            scan, warp = scanned(sheet, chosen, chance)
            text = _other_text(page, warp, scan, chance) if chosen.other_text else b""
            stored.append(StoredPage(_pixels(scan.light), chosen.dpi, text))
            warps.append(warp)
    if chosen.bilevel:
        write_tiff(stored, target)
    else:
        write_pdf(stored, chosen.quality, target)
    return tuple(warps)


def rendered(page: pdfium.PdfPage, level: Level) -> Light:
    """The clean page's light, finer than it will be scanned: (h, w), or (h, w, 3) in colour."""
    bitmap = page.render(
        scale=level.dpi * FINER / 72, grayscale=not level.colour, rev_byteorder=True
    )
    pixels = bitmap.to_numpy().astype(np.float32) / 255
    return pixels[:, :, :3] if level.colour else pixels.reshape(pixels.shape[:2])


def scanned(sheet: Sheet, level: Level, chance: np.random.Generator) -> tuple[Scanned, Warp]:
    """The sheet after all that befell it, and where its points went."""
    for mishap in level.mishaps:
        sheet = replace(sheet, light=mishap(sheet, chance))
    warp = untouched(*sheet.size)
    for bend in level.bends:
        warp = warp.then(bend, chance)
    scan = caught(sheet.light, sheet.size, warp, level.dpi)
    for cause in level.causes:
        scan = replace(scan, light=cause(scan, chance))
    return scan, warp


def _other_text(page: Page, warp: Warp, scan: Scanned, chance: np.random.Generator) -> bytes:
    height = scan.light.shape[0] * 72 / scan.dpi
    return hidden_text(misread(words_of(page), chance), warp, height)


def _pixels(light: Light) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.clip(light * 255 + 0.5, 0, 255).astype(np.uint8)
