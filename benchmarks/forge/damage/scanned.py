"""A page as it was caught: its light, and where each of its pixels came from."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.forge.damage.geometry import Warp

Light = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

SMOOTH = 0.35
"""Deviation of the smoothing before sampling, in target pixels: no aliasing, hardly any blur."""

BLOCK = 8
"""Pixels between the points at which a warp is asked; between them it is as good as straight. A
curl of radius 1000 pixels strays 8²/8/1000, less than 0.01 pixels."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """One page at a scanner's or camera's resolution.

    `light` is (h, w) or (h, w, 3) RGB: 0 full black, 1 what clean paper sends back. `across` and
    `down`, (h, w), tell from which point of the sheet each pixel comes (1/72 inch, outside it
    beyond `sheet`, its width and height).
    """

    light: Light
    dpi: float
    across: Light
    down: Light
    sheet: tuple[float, float]

    @property
    def depth(self) -> Light:
        """How far each pixel lies inside the sheet's edge, in points; outside it is negative."""
        width, height = self.sheet
        sides = np.minimum(self.across, width - self.across)
        return np.asarray(np.minimum(sides, np.minimum(self.down, height - self.down)), np.float32)


def caught(clean: Pixels, sheet: tuple[float, float], warp: Warp, dpi: float) -> Scanned:
    """The clean sheet, any resolution, as the warp lays it under a scanner of `dpi`.

    Beyond the sheet there is light 1, for a later step to darken.
    """
    scale = clean.shape[1] / sheet[0], clean.shape[0] / sheet[1]
    width, height = (max(1, round(side * dpi / 72)) for side in (warp.width, warp.height))
    source = _source(warp, width, height, dpi)
    soft = cv2.GaussianBlur(clean, (0, 0), SMOOTH * scale[0] * 72 / dpi)
    light = cv2.remap(
        soft,
        source[:, :, 0] * np.float32(scale[0]) - np.float32(0.5),
        source[:, :, 1] * np.float32(scale[1]) - np.float32(0.5),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return Scanned(
        np.asarray(light, np.float32) / np.float32(255),
        dpi,
        source[:, :, 0].copy(),
        source[:, :, 1].copy(),
        sheet,
    )


def _source(warp: Warp, width: int, height: int, dpi: float) -> Light:
    """The point of the sheet that each pixel shows: (h, w, 2)."""
    down, across = (np.arange(-1, -(-side // BLOCK) + 1) for side in (height, width))
    middles = np.stack(np.meshgrid(across, down), axis=2) + 0.5
    points = warp.source(middles.reshape(-1, 2) * (BLOCK * 72 / dpi)).astype(np.float32)
    coarse = points.reshape(len(down), len(across), 2)
    fine = cv2.resize(coarse, (len(across) * BLOCK, len(down) * BLOCK))
    return np.asarray(fine[BLOCK : BLOCK + height, BLOCK : BLOCK + width], np.float32)
