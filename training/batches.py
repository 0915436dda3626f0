"""Cells in batches of like size, each time a little different."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from ocr.cell_picture import EM
from ocr.networks import ROUND, stacked
from training.cells import FINER, Cell

POOL = 4096
"""So many cells are drawn at once and sorted by size, so that batches waste little room."""

SHINES, SOILED, FADES = 0.08, 0.15, 0.12
"""Shares of the cells with the paper's other side in them, with the dirt and rulings of an empty
cell over them, and with print that fades."""
RESHAPED, COARSE, SLANT = 0.3, 0.15, 0.12
"""Shares of the cells with heavier or lighter print, slanted by at most so much of its height, and
with fewer pixels: other typefaces and scanners than those of the pages."""
THROUGH, LEFT = (0.04, 0.16), 0.5
"""How much of the other side's ink comes through, and how much of faded ink is left at least. The
two must not meet: a mirrored 0 is a 0, and one network taught otherwise lost faint ones."""

TALLER, ROOM, BAND, PALE = 0.2, 2.0, 3, 12.0
"""The share of the cells with more paper above and below their print, of how many characters at
most, how many rows of pixels it is made of, and how dark paper is. Where rulings are far, print was
taken for none."""

Batch = tuple[npt.NDArray[np.float32], list[str]]


def shuffled(cells: Sequence[Cell], size: int, chance: np.random.Generator) -> Iterator[Batch]:
    """All cells once, in random order, varied, in batches of `size`."""
    order = chance.permutation(len(cells))
    empty = [cell.pixels for cell in cells if not cell.label]
    for start in range(0, len(order), POOL):
        drawn = [cells[i] for i in order[start : start + POOL].tolist()]
        pool = [
            (_varied(_soiled(_shone_through(c, cells, chance), empty, chance), chance), c.label)
            for c in drawn
        ]
        batches = list(_batches(pool, size))
        for i in chance.permutation(len(batches)):
            yield batches[i]


def plain(cells: Sequence[Cell], size: int) -> Iterator[Batch]:
    """All cells as the reader sees them, sorted by size."""
    yield from _batches([(_shrunk(c.pixels, 1 / FINER), c.label) for c in cells], size)


def _batches(pool: Sequence[tuple[Pixels, str]], size: int) -> Iterator[Batch]:
    ordered = sorted(pool, key=lambda item: (-(-item[0].shape[0] // ROUND), item[0].shape[1]))
    for start in range(0, len(ordered), size):
        chosen = ordered[start : start + size]
        yield stacked([pixels for pixels, _ in chosen]), [label for _, label in chosen]


def _shrunk(pixels: Pixels, size: float) -> Pixels:
    height, width = (max(round(side * size), 4) for side in pixels.shape)
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _shone_through(cell: Cell, others: Sequence[Cell], chance: np.random.Generator) -> Pixels:
    """The cell, now and then with the other side of the paper faintly in it: another cell's
    picture, mirrored."""
    if chance.random() > SHINES:
        return cell.pixels
    other = others[int(chance.integers(len(others)))].pixels[:, ::-1]
    blurred = cv2.GaussianBlur(other, (0, 0), chance.uniform(0.5, 1.5))
    return _laid_over(cell.pixels, blurred * chance.uniform(*THROUGH), chance)


def _soiled(pixels: Pixels, empty: Sequence[Pixels], chance: np.random.Generator) -> Pixels:
    """The cell, now and then with what an empty one has of dirt and rulings over it."""
    if chance.random() > SOILED:
        return pixels
    other = empty[int(chance.integers(len(empty)))]
    return _laid_over(pixels, other * chance.uniform(0.2, 1.0), chance)


def _laid_over(
    pixels: Pixels, ink: npt.NDArray[np.floating], chance: np.random.Generator
) -> Pixels:
    """Other ink over a cell's, as much of it as there is room for, anywhere."""
    size = tuple(min(a, b) for a, b in zip(pixels.shape, ink.shape, strict=True))
    here, there = (
        tuple(
            slice(start, start + part)
            for side, part in zip(shape, size, strict=True)
            for start in [int(chance.integers(side - part + 1))]
        )
        for shape in (pixels.shape, ink.shape)
    )
    mixed = pixels.copy()
    mixed[here] = np.maximum(mixed[here], ink[there].astype(np.uint8))
    return mixed


def _varied(pixels: Pixels, chance: np.random.Generator) -> Pixels:
    """The cell as another scanner, or a slightly wrong idea of its bounds and of the size of its
    print, would have shown it."""
    size = chance.uniform(0.78, 1.22) * chance.uniform(0.9, 1.1, 2) / FINER
    if chance.random() < TALLER:
        pixels = _taller(_taller(pixels, chance)[::-1], chance)[::-1]
    if chance.random() < RESHAPED:
        pixels = _slanted(_heavier(pixels, chance), chance)
    if chance.random() < COARSE:
        pixels = _coarser(pixels, chance.uniform(0.3, 0.6))
    height, width = (max(round(side * s), 8) for side, s in zip(pixels.shape, size, strict=True))
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    top, bottom, left, right = chance.integers(0, 3, 4)
    small = small[top : height - bottom, left : width - right]
    levels = small.astype(np.float32) * chance.uniform(0.7, 1.35)
    if chance.random() < FADES:
        levels *= _faded(small.shape, chance)
    if chance.random() < 0.15:
        levels = np.asarray(cv2.GaussianBlur(levels, (0, 0), chance.uniform(0.3, 0.8)), np.float32)
    if chance.random() < 0.5:
        levels += chance.normal(0, chance.uniform(1, 10), levels.shape).astype(np.float32)
    return np.clip(levels, 0, 255).astype(np.uint8)


def _taller(pixels: Pixels, chance: np.random.Generator) -> Pixels:
    """With the emptiest rows of the upper third over and over, if they are paper but at the sides,
    where rulings go on."""
    side = pixels.shape[1] // 8
    inside = slice(side, pixels.shape[1] - side)
    ink = [pixels[row : row + BAND, inside].mean() for row in range(len(pixels) // 3 - BAND)]
    if not ink or min(ink) > PALE:
        return pixels
    row = int(np.argmin(ink))
    times = int(chance.uniform(0, ROOM) * EM * FINER / BAND)
    again = np.tile(pixels[row : row + BAND], (times, 1))
    for line in again:  # or a grain would be a streak
        line[inside] = np.roll(line[inside], chance.integers(line[inside].size))
    return np.concatenate([pixels[:row], again, pixels[row:]])


def _heavier(pixels: Pixels, chance: np.random.Generator) -> Pixels:
    """The same print in thicker strokes, or in thinner ones."""
    change = cv2.dilate if chance.random() < 0.5 else cv2.erode
    changed = change(pixels, np.ones((2, 2), np.uint8))
    return np.asarray(cv2.addWeighted(pixels, 0.4, changed, 0.6, 0), np.uint8)


def _slanted(pixels: Pixels, chance: np.random.Generator) -> Pixels:
    slant, (height, width) = chance.uniform(-SLANT, SLANT), pixels.shape
    move = np.array([[1, slant, -slant * height / 2], [0, 1, 0]], np.float32)
    return np.asarray(
        cv2.warpAffine(pixels, move, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _coarser(pixels: Pixels, size: float) -> Pixels:
    """As a scan of fewer pixels shows it."""
    height, width = (max(round(side * size), 4) for side in pixels.shape)
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(small, pixels.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8
    )


def _faded(shape: tuple[int, ...], chance: np.random.Generator) -> npt.NDArray[np.float32]:
    """How much of the ink is left, here more and there less."""
    coarse = chance.uniform(LEFT, 1.1, (2, 3)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
