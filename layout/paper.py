"""From the pixels of a file to dark ink on even, white paper."""

from __future__ import annotations

import cv2
import numpy as np

from document.geometry import Size
from document.picture import Picture, Pixels
from layout.levels import unevenness
from layout.stamps import without_stamps

PATCH = 1 / 100  # of the page's longer side: light changes little over so short a way
DARKEST_PAPER = 0.35  # of the page's brightest paper: what is darker is print, not shade


def picture_of(pixels: Pixels, page: Size) -> Picture:
    """The page in gray with square pixels, as a viewer shows it, not yet upright.

    `pixels`: (height, width) or (height, width, 3) BGR uint8, covering exactly the page.
    """
    gray = pixels if pixels.ndim == 2 else without_stamps(pixels)
    height, width = gray.shape
    across, down = width / page.width, height / page.height
    scale = max(across, down)
    if abs(across / down - 1) > 0.01:  # a fax has twice as many dots across as down
        size = round(page.width * scale), round(page.height * scale)
        gray = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    return Picture(gray, scale)


def evenly_lit(picture: Picture) -> Picture:
    """The same page with its paper at 255, whatever the light or the colour of a band.

    The paper's own brightness is what is left when everything thinner than a patch is filled up
    (a gray closing on a small copy); the page is divided by it.
    """
    gray = picture.gray
    height, width = gray.shape
    step = max(round(max(height, width) * PATCH / 3), 1)
    small = cv2.resize(gray, (-(-width // step), -(-height // step)), interpolation=cv2.INTER_AREA)
    patch = np.ones((7, 7), np.uint8)
    paper = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, patch), 5)
    brightest = float(np.percentile(paper, 95))
    paper = np.maximum(paper, max(brightest * DARKEST_PAPER, 1)).astype(np.uint8)
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return Picture(cv2.divide(gray, light, scale=255), picture.scale)  # type: ignore[arg-type]


def reduced(picture: Picture, longest: int) -> Picture:
    """The page with at most `longest` pixels along its longer side."""
    height, width = picture.gray.shape
    factor = longest / max(height, width)
    if factor >= 1:
        return picture
    size = max(round(width * factor), 1), max(round(height * factor), 1)
    how = cv2.INTER_LINEAR if factor >= 0.5 else cv2.INTER_AREA  # either way no pixel is skipped
    small = cv2.resize(picture.gray, size, interpolation=how)
    return Picture(small, picture.scale * factor)  # type: ignore[arg-type]


def ink_mask(gray: Pixels) -> Pixels:
    """(height, width) uint8, 1 = ink, of evenly lit paper (near 255); dust is left out.

    What divides ink from paper lies between the darkest hundredth and white, well under the noise.
    """
    counts = np.cumsum(cv2.calcHist([gray], [0], None, [256], [0, 256]))
    darkest = int(np.searchsorted(counts, 0.01 * gray.size))
    contrast = max(0.45 * (255 - darkest), 6 * _noise(gray), 40)
    ink = (gray < 255 - contrast).astype(np.uint8)
    around = cv2.boxFilter(ink, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return ink & (around > 2)


def _noise(gray: Pixels) -> float:
    """The standard deviation of the paper's brightness, from what neighbours differ by."""
    return unevenness(gray[::3, ::3]) * 1.05
