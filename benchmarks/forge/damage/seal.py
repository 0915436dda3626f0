"""The red round seal of the office, pressed over the numbers."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.forge.damage.geometry import Points
from benchmarks.forge.damage.scanned import Light, Pixels
from benchmarks.forge.damage.sheet import Sheet, Word, words_of

ACROSS = 42 / 25.4 * 72
"""A county's seal is 42 mm across, here in points; an office's is 38 or 40."""
PASTE = np.array([0.86, 0.16, 0.18], np.float32)
"""What a full layer of vermilion paste leaves of red, green and blue light."""
FEWEST = 12
"""A page with fewer numbers than this holds no table worth sealing."""
MOST_SIGNS = 12
"""Signs that fit around the top of the ring."""
STAR = np.array(
    [
        (size * np.sin(k * np.pi / 5), -size * np.cos(k * np.pi / 5))
        for k, size in enumerate([0.34, 0.13] * 5)
    ]
)
"""The five-pointed star's corners, in radii of the seal about its centre."""


def sealed(sheet: Sheet, chance: np.random.Generator) -> Pixels:
    """One or two seals on a page with a table, over its numbers. `sheet.pixels` are in colour."""
    pixels = sheet.pixels.copy()
    numbers = [word for word in words_of(sheet.page) if word.is_number]
    if len(numbers) < FEWEST:
        return pixels
    signs = _signs(sheet)
    for _ in range(int(chance.integers(1, 3))):
        paste = seal(signs, ACROSS * chance.uniform(0.9, 1.0) * sheet.scale, sheet.scale, chance)
        aimed = _centre(numbers[int(chance.integers(len(numbers)))]) + chance.uniform(-12, 12, 2)
        _press(pixels, paste, aimed * sheet.scale)
    return pixels


def seal(signs: list[Light], across: float, scale: float, chance: np.random.Generator) -> Light:
    """How much paste, 0 to 1, a seal `across` pixels wide leaves: ring, star, signs around the top.

    `scale` is pixels per point; too little paste, and too much, come in patches and in grains.
    """
    side = round(across)
    radius = side / 2
    shape = np.zeros((side, side), np.uint8)
    middle = (round(radius), round(radius))
    cv2.circle(shape, middle, round(radius * 0.95), (255,), round(radius * 0.055), cv2.LINE_AA)
    cv2.fillPoly(shape, [np.round((STAR + 1) * radius).astype(np.int32)], (255,), cv2.LINE_AA)
    paste = shape.astype(np.float32) / 255
    for sign, angle in zip(signs, np.radians(np.linspace(-120, 120, len(signs))), strict=True):
        paste = np.maximum(paste, _around(sign, side, angle))
    paste = np.asarray(cv2.GaussianBlur(paste, (0, 0), 0.25 * scale), np.float32)
    patches = 0.15 * _grain(side, 4 * scale, chance) + 0.12 * _grain(side, 0.35 * scale, chance)
    paste *= np.clip(chance.uniform(0.6, 0.9) * (1 + patches), 0.15, 1)
    turn = cv2.getRotationMatrix2D((radius, radius), chance.uniform(-25, 25), 1.0)
    return np.asarray(cv2.warpAffine(paste, turn, (side, side)), np.float32)


def _press(pixels: Pixels, paste: Light, centre: Points) -> None:
    """Lay the paste over the pixels about `centre` (x, y): it filters light, black stays black."""
    side = paste.shape[0]
    left, top = (round(float(value)) - side // 2 for value in centre)
    bottom, right = min(top + side, pixels.shape[0]), min(left + side, pixels.shape[1])
    under = pixels[max(top, 0) : bottom, max(left, 0) : right]
    laid = paste[max(-top, 0) : bottom - top, max(-left, 0) : right - left]
    under[:] = np.round(under * (1 - laid[:, :, None] * (1 - PASTE))).astype(np.uint8)


def _signs(sheet: Sheet) -> list[Light]:
    """Ink of the page's first Chinese characters: the seal's text, whatever fonts there are."""
    drawn = (char for char in sheet.page.chars if "\u4e00" <= char["text"] <= "\u9fff")
    boxes = [(char["x0"], char["top"], char["x1"], char["bottom"]) for char in drawn]
    signs = []
    for box in boxes[:MOST_SIGNS]:
        x0, top, x1, bottom = (max(0, round(edge * sheet.scale)) for edge in box)
        cut = sheet.pixels[top:bottom, x0:x1]
        if cut.size:
            signs.append(np.asarray(1 - cut.mean(axis=2) / 255, np.float32))
    return signs


def _around(sign: Light, side: int, angle: float) -> Light:
    """The sign on the ring of text at `angle` from its top, foot towards the centre."""
    high, wide = sign.shape
    grow = 0.30 * side / 2 / high
    sine, cosine = np.sin(angle), np.cos(angle)
    turn = np.array([(0.72 * grow * cosine, -grow * sine), (0.72 * grow * sine, grow * cosine)])
    place = side / 2 * np.array([1 + 0.74 * sine, 1 - 0.74 * cosine])
    matrix = np.column_stack([turn, place - turn @ (wide / 2, high / 2)])
    return np.asarray(cv2.warpAffine(sign, matrix, (side, side)), np.float32)


def _grain(side: int, size: float, chance: np.random.Generator) -> Light:
    """Standard normal noise `size` pixels coarse."""
    field = cv2.GaussianBlur(chance.standard_normal((side, side), np.float32), (0, 0), size)
    return np.asarray(field / field.std(), np.float32)


def _centre(word: Word) -> Points:
    return np.array([(word.x0 + word.x1) / 2, (word.top + word.bottom) / 2])
