"""What happens to the light of a page once it lies where it lies: one function a cause.

Each takes a `Scanned` and a generator and gives the new light. Lengths are in inches, so that a
level looks the same at every resolution.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.forge.damage.scanned import Light, Scanned

Cause = Callable[[Scanned, np.random.Generator], Light]


def blur(least: float, most: float) -> Cause:
    """Optics out of focus: a Gaussian of this deviation in inches."""

    def cause(page: Scanned, chance: np.random.Generator) -> Light:
        return _light(cv2.GaussianBlur(page.light, (0, 0), chance.uniform(least, most) * page.dpi))

    return cause


def tone(paper: tuple[float, float], ink: tuple[float, float]) -> Cause:
    """Paper is not white nor ink black: the gray levels, 0 to 255, of both."""

    def cause(page: Scanned, chance: np.random.Generator) -> Light:
        white, black = chance.uniform(*paper) / 255, chance.uniform(*ink) / 255
        return _light(black + (white - black) * page.light)

    return cause


def noise(least: float, most: float, grain: float = 0.0) -> Cause:
    """The sensor's noise, in gray levels; `grain` inches wide where paper or toner adds to it."""

    def cause(page: Scanned, chance: np.random.Generator) -> Light:
        height, width = page.light.shape[:2]
        strength = chance.uniform(least, most) / 255
        field = chance.standard_normal((height, width), np.float32)
        if grain * page.dpi > 0.3:
            coarse = cv2.GaussianBlur(field, (0, 0), grain * page.dpi)
            field = 0.6 * field + 0.8 * coarse / np.float32(coarse.std())
        return _light(page.light + _over(field * np.float32(strength), page.light))

    return cause


def uneven(depth: float, detail: int = 3) -> Cause:
    """Light falls unevenly: up to `depth` of it is missing, changing slowly over the page."""

    def cause(page: Scanned, chance: np.random.Generator) -> Light:
        shade = _clouds(page, chance, detail) * np.float32(depth)
        return _light(page.light * _over(1 - shade, page.light))

    return cause


def fade(patches: tuple[int, int], depth: tuple[float, float]) -> Cause:
    """Toner was short: in patches an inch or two across, the ink lost up to `depth` of itself."""

    def cause(page: Scanned, chance: np.random.Generator) -> Light:
        width, height = page.sheet
        lost = np.zeros_like(page.across)
        for _ in range(int(chance.integers(patches[0], patches[1] + 1))):
            x, y = chance.uniform(0, width), chance.uniform(0, height)
            reach_x, reach_y = chance.uniform(30, 110), chance.uniform(30, 110)
            far = ((page.across - x) / reach_x) ** 2 + ((page.down - y) / reach_y) ** 2
            lost = np.maximum(lost, np.exp(-far) * chance.uniform(*depth))
        return _light(1 - (1 - page.light) * _over(1 - lost, page.light))

    return cause


def speckle(least: int, most: int, size: float = 0.008, dark: bool = True) -> Cause:
    """Dust on the glass, or where not `dark` pinholes in the ink: round specks up to `size` inch.

    The number is for an A4 page.
    """

    def cause(page: Scanned, chance: np.random.Generator) -> Light:
        light = page.light.copy()
        height, width = light.shape[:2]
        share = height * width / (page.dpi**2 * 8.27 * 11.69)
        count = chance.poisson(chance.uniform(least, most) * share)
        fine = 4  # fractional bits of cv2.circle, for specks smaller than a pixel grid's step
        for x, y, part, gray in chance.random((count, 4)):
            centre = int(x * width * 2**fine), int(y * height * 2**fine)
            radius = int(size * page.dpi / 2 * (0.25 + 0.75 * part**2) * 2**fine)
            shade = 0.15 + 0.5 * gray if dark else 0.75 + 0.25 * gray
            cv2.circle(light, centre, radius, (shade,) * 3, -1, cv2.LINE_AA, fine)
        return light

    return cause


def edges(page: Scanned, chance: np.random.Generator) -> Light:
    """Where the sheet does not cover the glass the lid shows, and the sheet's edge is a line."""
    lid, line = chance.uniform(0.9, 1.0), chance.uniform(0.1, 0.4)
    outside = page.depth < 0
    shadow = 1 - line * np.exp(-((page.depth / 1.5) ** 2))
    side = np.float32(chance.uniform(0.02, 0.08)) * np.exp(-page.across / 12)
    around = np.where(outside, lid * shadow, np.clip(1 - side, 0, 1))
    return _light(page.light * _over(around, page.light))


def table(page: Scanned, chance: np.random.Generator) -> Light:
    """The dark table around the sheet, its grain, and on it the sheet's soft shadow."""
    depth = page.depth
    height, width = depth.shape
    brown = _light(chance.uniform((0.12, 0.08, 0.05), (0.38, 0.28, 0.22)))
    streaks = chance.normal(1, 0.1, (height // 2 + 1, width // 40 + 1)).astype(np.float32)
    wood = cv2.resize(streaks, (width, height)) * (
        1 - np.float32(0.5) * np.exp(np.minimum(depth, 0) / np.float32(9))
    )
    inside = np.clip(depth * np.float32(page.dpi / 72) + np.float32(0.5), 0, 1)[:, :, None]
    return _light(page.light * inside + (wood[:, :, None] * (1 - inside)) * brown)


def slope_shade(least: float, most: float) -> Cause:
    """The page's left part, which rises to the binder, gets less light than the rest."""

    def cause(page: Scanned, chance: np.random.Generator) -> Light:
        depth, reach = chance.uniform(least, most), chance.uniform(0.12, 0.25) * page.sheet[0]
        shade = 1 - depth * np.exp(-np.maximum(page.across, 0) / reach)
        return _light(page.light * _over(shade, page.light))

    return cause


def cast_shadow(least: float, most: float) -> Cause:
    """The soft shadow of a hand or head across a part of the page."""

    def cause(page: Scanned, chance: np.random.Generator) -> Light:
        width, height = page.sheet
        x, y = page.across / width - 0.5, page.down / height - 0.5
        angle = chance.uniform(0, 2 * math.pi)
        along = x * math.cos(angle) + y * math.sin(angle)
        edge, soft = chance.uniform(-0.1, 0.35), chance.uniform(0.06, 0.2)
        shade = chance.uniform(least, most) / (1 + np.exp((edge - along) / soft))
        return _light(page.light * _over(1 - shade, page.light))

    return cause


def warmth(page: Scanned, chance: np.random.Generator) -> Light:
    """The colour of the lamp, warm or cool by a few hundredths."""
    red, blue = chance.uniform(-0.01, 0.05), chance.uniform(-0.02, 0.04)
    return _light(page.light * np.array([1 - max(-red, 0), 1 - 0.01, 1 - red - blue], np.float32))


def emphasis(page: Scanned, chance: np.random.Generator) -> Light:
    """A fax machine undoes the blur of its optics, lest hairlines be lost where it thresholds."""
    soft = cv2.GaussianBlur(page.light, (0, 0), page.dpi / 90)
    return _light(page.light + chance.uniform(0.7, 0.9) * (page.light - soft))


def bilevel(page: Scanned, chance: np.random.Generator) -> Light:
    """Only black and white are sent: strokes break or thicken with a threshold that wanders.

    Under 0.65 the hairlines of 9-point Song type dissolve, and no one can read what was sent.
    """
    middle = chance.uniform(0.65, 0.78)
    wander = (_clouds(page, chance, 6) - 0.5) * np.float32(0.12)
    return _light((page.light > middle + wander).astype(np.float32))


def flipped(share: float) -> Cause:
    """Noise on the line: this share of the pixels turns over."""

    def cause(page: Scanned, chance: np.random.Generator) -> Light:
        turned = chance.random(page.light.shape, np.float32) < share
        return _light(np.where(turned, 1 - page.light, page.light))

    return cause


def _clouds(page: Scanned, chance: np.random.Generator, detail: int) -> Light:
    """A field of values 0 to 1 with about `detail` hills a side."""
    height, width = page.light.shape[:2]
    coarse = chance.random((detail + 1, detail + 1), np.float32)
    field = np.clip(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)
    return _light(field)


def _over(field: npt.NDArray[np.floating], light: Light) -> Light:
    """The (h, w) field in the shape that multiplies with gray or colour light."""
    return _light(field if light.ndim == 2 else field[:, :, None])


def _light(values: object) -> Light:
    return np.asarray(values, dtype=np.float32)
