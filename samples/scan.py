"""A digital PDF put on paper and scanned: pictures only, a little askew, a little dirty."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

EPOCH = time.struct_time((2024, 1, 31, 0, 0, 0, 2, 31, 0))
MOST_SKEW = 0.6  # degrees
BLUR = 1 / 300  # of an inch, standard deviation
PAPER_WHITE, INK_BLACK = 243, 38  # gray levels of clean paper and full ink


@dataclass(frozen=True, slots=True)
class Scan:
    """How a scanner was set. `seed` draws each page's skew, shade and dirt."""

    dpi: int
    seed: int
    quality: int = 80
    colour: bool = False
    suffix: str = ".pdf"


def scan_pdf(pdf: Path, scan: Scan, target: Path) -> None:
    """Write the pages of a PDF as a file of JPEG pictures, PDF or TIFF by the target's suffix."""
    first, *others = scanned_pages(pdf, scan)
    if target.suffix == ".pdf":
        first.save(
            target,
            save_all=True,
            append_images=others,
            resolution=scan.dpi,
            quality=scan.quality,
            creationDate=EPOCH,
            modDate=EPOCH,
        )
    else:
        first.save(
            target,
            save_all=True,
            append_images=others,
            dpi=(scan.dpi, scan.dpi),
            compression="jpeg",
            quality=scan.quality,
        )


def scanned_pages(pdf: Path, scan: Scan) -> Iterator[Image.Image]:
    """Each page as the scanner saw it, gray or RGB."""
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            clean = page.render(scale=scan.dpi / 72).to_pil().convert("RGB" if scan.colour else "L")
            yield _on_paper(clean, scan, np.random.default_rng((scan.seed, number)))


def _on_paper(clean: Image.Image, scan: Scan, chance: np.random.Generator) -> Image.Image:
    angle = chance.uniform(-MOST_SKEW, MOST_SKEW)
    askew = clean.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    soft = askew.filter(ImageFilter.GaussianBlur(scan.dpi * BLUR))
    ink = 1 - np.asarray(soft, dtype=np.float32) / 255
    if ink.ndim == 2:
        ink = ink[:, :, None]
    height, width = ink.shape[:2]
    light = PAPER_WHITE - _shade(height, width, chance)[:, :, None]
    noise = chance.normal(0, 2.2, (height, width, 1)).astype(np.float32)
    seen = light - (light - INK_BLACK) * ink + noise * (0.6 + ink)
    pixels = np.clip(seen, 0, 255).astype(np.uint8)
    _speckle(pixels, scan.dpi, chance)
    return _as_jpeg(Image.fromarray(pixels if scan.colour else pixels[:, :, 0]), scan)


def _shade(height: int, width: int, chance: np.random.Generator) -> npt.NDArray[np.float32]:
    """How many gray levels darker than paper white each point is: a slope and a darker edge."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    down, across = chance.uniform(-5, 5, 2)
    return np.asarray(5 + down * (y - 0.5) + across * (x - 0.5) + 12 * np.exp(-x * 60))


def _speckle(pixels: npt.NDArray[np.uint8], dpi: int, chance: np.random.Generator) -> None:
    """Put a few specks of dust of up to 1/100 inch on the page."""
    height, width = pixels.shape[:2]
    for _ in range(12):
        y, x = chance.integers(0, height), chance.integers(0, width)
        size = chance.integers(1, max(2, dpi // 100))
        pixels[y : y + size, x : x + size] = chance.integers(90, 190)


def _as_jpeg(picture: Image.Image, scan: Scan) -> Image.Image:
    stored = BytesIO()
    picture.save(stored, "JPEG", quality=scan.quality, dpi=(scan.dpi, scan.dpi))
    return Image.open(stored)
