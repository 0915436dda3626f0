"""Cells in batches of like size, each time a little different."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from ocr.cell_reader import ROUND, stacked
from training.cells import FINER, Cell

POOL = 4096
"""So many cells are drawn at once and sorted by size, so that batches waste little room."""

Batch = tuple[npt.NDArray[np.float32], list[str]]


def shuffled(cells: Sequence[Cell], size: int, chance: np.random.Generator) -> Iterator[Batch]:
    """All cells once, in random order, varied, in batches of `size`."""
    order = chance.permutation(len(cells))
    for start in range(0, len(order), POOL):
        pool = [
            (_varied(cells[i].pixels, chance), cells[i].label) for i in order[start : start + POOL]
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


def _varied(pixels: Pixels, chance: np.random.Generator) -> Pixels:
    """The cell as another scanner, or a slightly wrong idea of its bounds, would have shown it."""
    size = chance.uniform(0.82, 1.15, 2) / FINER
    height, width = (max(round(side * s), 8) for side, s in zip(pixels.shape, size, strict=True))
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    top, bottom, left, right = chance.integers(0, 3, 4)
    small = small[top : height - bottom, left : width - right]
    levels = small.astype(np.float32) * chance.uniform(0.7, 1.35)
    if chance.random() < 0.15:
        levels = np.asarray(cv2.GaussianBlur(levels, (0, 0), chance.uniform(0.3, 0.8)), np.float32)
    if chance.random() < 0.5:
        levels += chance.normal(0, chance.uniform(1, 10), levels.shape).astype(np.float32)
    return np.clip(levels, 0, 255).astype(np.uint8)
