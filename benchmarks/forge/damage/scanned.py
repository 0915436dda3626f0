"""A page as it was caught: its light, and where each of its pixels came from."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.forge.damage.geometry import Warp

Light = npt.NDArray[np.float32]

SMOOTH = 0.35
"""Deviation of the smoothing before sampling, in target pixels: no aliasing, hardly any blur."""


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
        return np.minimum(sides, np.minimum(self.down, height - self.down))


def caught(clean: Light, sheet: tuple[float, float], warp: Warp, dpi: float) -> Scanned:
    """The clean sheet, any resolution, as the warp lays it under a scanner of `dpi`.

    Beyond the sheet there is light 1, for a later step to darken.
    """
    scale = clean.shape[1] / sheet[0], clean.shape[0] / sheet[1]
    width, height = (max(1, round(side * dpi / 72)) for side in (warp.width, warp.height))
    y, x = np.mgrid[0:height, 0:width]
    points = np.stack([x.ravel() + 0.5, y.ravel() + 0.5], axis=1) * (72 / dpi)
    source = warp.source(points).astype(np.float32).reshape(height, width, 2)
    soft = cv2.GaussianBlur(clean, (0, 0), SMOOTH * scale[0] * 72 / dpi)
    light = cv2.remap(
        soft,
        source[:, :, 0] * np.float32(scale[0]) - np.float32(0.5),
        source[:, :, 1] * np.float32(scale[1]) - np.float32(0.5),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(1.0, 1.0, 1.0),
    )
    return Scanned(
        np.asarray(light, np.float32), dpi, source[:, :, 0].copy(), source[:, :, 1].copy(), sheet
    )
