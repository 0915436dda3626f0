"""A page as a picture, upright."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from document.geometry import Box

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """The upright page in pixels.

    `gray`: (height, width) uint8, 0 = ink, 255 = paper. `scale`: pixels per upright point, so
    upright point (x, y) is the pixel position (x · scale, y · scale).
    """

    gray: Pixels
    scale: float

    def __post_init__(self) -> None:
        if self.gray.ndim != 2 or self.gray.dtype != np.uint8 or self.gray.size == 0:
            raise ValueError(f"a picture of {self.gray.shape} {self.gray.dtype} is not gray pixels")
        if self.scale <= 0:
            raise ValueError(f"a picture needs a scale above 0, not {self.scale}")

    @property
    def dpi(self) -> float:
        return self.scale * 72

    def crop(self, box: Box) -> Pixels:
        """The pixels inside an upright box, cut at the picture's edges; may be empty."""
        height, width = self.gray.shape
        x0, x1 = (min(max(round(x * self.scale), 0), width) for x in (box.x0, box.x1))
        y0, y1 = (min(max(round(y * self.scale), 0), height) for y in (box.y0, box.y1))
        return self.gray[y0:y1, x0:x1]
