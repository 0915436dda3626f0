"""Cells on disk: a compressed file for each damaged page source, its pictures end to end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from training.cells import Cell


def save(path: Path, cells: Sequence[Cell]) -> None:
    """Written whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez_compressed(
            file,
            pixels=np.concatenate([c.pixels.ravel() for c in cells] or [np.zeros(0, np.uint8)]),
            sizes=np.array([c.pixels.shape for c in cells], np.int32).reshape(-1, 2),
            labels=np.array([c.label for c in cells], np.str_),
            levels=np.array([c.level for c in cells], np.str_),
        )
    part.replace(path)


def load(path: Path) -> Iterator[Cell]:
    """What `save` wrote."""
    with np.load(path) as file:
        pixels, sizes = file["pixels"], file["sizes"]
        labels, levels = file["labels"].tolist(), file["levels"].tolist()
    ends = np.cumsum(sizes.prod(axis=1))
    for end, (height, width), label, level in zip(
        ends.tolist(), sizes.tolist(), labels, levels, strict=True
    ):
        yield Cell(pixels[end - height * width : end].reshape(height, width), label, level)
