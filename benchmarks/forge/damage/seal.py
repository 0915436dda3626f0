"""The red round seal of the office, pressed over the numbers."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.forge.damage.scanned import Light
from benchmarks.forge.damage.sheet import Sheet, Word, words_of

ACROSS = 42 / 25.4 * 72
"""A county office's seal is 42 mm across, in points; a bureau's is 38 or 40."""
INK = np.array([0.86, 0.16, 0.18], np.float32)
"""What a full layer of vermilion paste leaves of red, green and blue light."""
FEWEST = 12
"""A page with fewer numbers than this holds no table worth sealing."""


def sealed(sheet: Sheet, chance: np.random.Generator) -> Light:
    """One or two seals on every page with a table, over its numbers: (h, w, 3)."""
    light = cv2.cvtColor(sheet.light, cv2.COLOR_GRAY2RGB) if sheet.light.ndim == 2 else sheet.light
    words = words_of(sheet.page)
    numbers = [word for word in words if word.is_number]
    if len(numbers) < FEWEST:
        return light
    for _ in range(int(chance.integers(1, 3))):
        target = numbers[int(chance.integers(len(numbers)))]
        centre = np.array([(target.x0 + target.x1) / 2, (target.top + target.bottom) / 2])
        ink = seal(glyphs_of(sheet, words), ACROSS * chance.uniform(0.9, 1.0), sheet.scale, chance)
        light = pressed(light, ink, (centre + chance.uniform(-12, 12, 2)) * sheet.scale)
    return light


def seal(
    glyphs: list[Light], across: float, scale: float, chance: np.random.Generator
) -> npt.NDArray[np.float32]:
    """How much ink (0 to 1) a seal of `across` points leaves: ring, star, glyphs around the top."""
    side = round(across * scale)
    middle, radius = side / 2, side / 2 - 1
    ink = np.zeros((side, side), np.float32)
    cv2.circle(ink, _at(middle, middle), round(radius * 0.97), 1.0, round(radius * 0.055), 16)
    points = np.array(
        [
            (
                middle + size * radius * np.sin(k * np.pi / 5),
                middle - size * radius * np.cos(k * np.pi / 5),
            )
            for k, size in enumerate([0.34, 0.13] * 5)
        ]
    )
    cv2.fillPoly(ink, [points.astype(np.int32)], 1.0, cv2.LINE_AA)
    for number, glyph in enumerate(glyphs):
        angle = (number / max(1, len(glyphs) - 1) - 0.5) * np.radians(240)
        _stamp(ink, glyph, middle, radius, angle)
    ink = cv2.GaussianBlur(ink, (0, 0), 0.25 * scale)
    uneven = cv2.GaussianBlur(chance.random((side, side), np.float32), (0, 0), 4 * scale)
    uneven = (uneven - uneven.mean()) / uneven.std()
    grain = cv2.GaussianBlur(chance.random((side, side), np.float32), (0, 0), 0.35 * scale)
    grain = (grain - grain.mean()) / grain.std()
    strength = chance.uniform(0.6, 0.9) * (1 + 0.15 * uneven + 0.12 * grain)
    turn = cv2.getRotationMatrix2D((middle, middle), chance.uniform(-25, 25), 1.0)
    return np.asarray(
        cv2.warpAffine(ink * np.clip(strength, 0.15, 1), turn, (side, side)), np.float32
    )


def pressed(light: Light, ink: npt.NDArray[np.float32], centre: npt.NDArray[np.float64]) -> Light:
    """The seal's ink laid over the light at `centre` (pixels); what is black stays black."""
    side = ink.shape[0]
    laid = cv2.warpAffine(
        ink,
        np.array([(1.0, 0.0, centre[0] - side / 2), (0.0, 1.0, centre[1] - side / 2)]),
        (light.shape[1], light.shape[0]),
    )
    return np.asarray(light * (1 - laid[:, :, None] * (1 - INK)), np.float32)


def glyphs_of(sheet: Sheet, words: tuple[Word, ...]) -> list[Light]:
    """Ink of up to 14 signs of the page's first long word: the seal's text, without any font."""
    long = [word for word in words if len(word.text) >= 6 and not word.is_number]
    if not long:
        return []
    word = long[0]
    advance = (word.x1 - word.x0) / len(word.text)
    light = sheet.light if sheet.light.ndim == 2 else sheet.light.mean(axis=2)
    rows = slice(round(word.top * sheet.scale), round(word.bottom * sheet.scale))
    return [
        np.asarray(
            1
            - light[
                rows,
                round((word.x0 + k * advance) * sheet.scale) : round(
                    (word.x0 + (k + 1) * advance) * sheet.scale
                ),
            ],
            np.float32,
        )
        for k in range(min(14, len(word.text)))
    ]


def _stamp(ink: Light, glyph: Light, middle: float, radius: float, angle: float) -> None:
    """Add one glyph on the ring of text, its foot towards the centre."""
    high, wide = glyph.shape
    if not high or not wide:
        return
    grow = radius * 0.3 / high
    thin = grow * 0.72
    sine, cosine = np.sin(angle), np.cos(angle)
    x, y = middle + 0.76 * radius * sine, middle - 0.76 * radius * cosine
    matrix = np.array([(thin * cosine, -grow * sine, x), (thin * sine, grow * cosine, y)])
    matrix[:, 2] -= matrix[:, :2] @ (wide / 2, high / 2)
    np.maximum(ink, cv2.warpAffine(glyph, matrix, ink.shape[::-1], flags=cv2.INTER_AREA), out=ink)


def _at(x: float, y: float) -> tuple[int, int]:
    return round(x), round(y)
