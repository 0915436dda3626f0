"""Islands of ink: dark pixels that hang together, by their corners too."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from ocr.edges import Mask

_FEW = 4 * 65_535
"""Pixels: of so many no more than 65535 islands can be, for each has a block of 2 × 2 pixels to
itself. Labels of 16 bits are found in a third of the time."""


@dataclass(frozen=True, slots=True, eq=False)
class Islands:
    """`labels`: (height, width), which island each pixel is of, 0 for none. `stats`: (count, 5)
    left, top, width, height and area in pixels; row 0 stands for what is no island."""

    labels: npt.NDArray[Any]
    stats: npt.NDArray[np.int32]

    @classmethod
    def of(cls, mask: Mask) -> Islands:
        size = cv2.CV_16U if mask.size <= _FEW else cv2.CV_32S
        _, labels, stats, _ = cv2.connectedComponentsWithStats(
            mask.view(np.uint8), connectivity=8, ltype=size
        )
        return cls(np.asarray(labels), np.asarray(stats, np.int32))

    def __len__(self) -> int:
        """How many, what is no island counted too."""
        return len(self.stats)

    def only(self, chosen: Mask) -> Islands:
        """Those chosen, in the same order; the first is what is no island."""
        if chosen.all():
            return self
        places = np.where(chosen, chosen.cumsum() - 1, 0).astype(np.uint16)
        return Islands(places[self.labels], self.stats[chosen])


def darker(gray: Pixels, level: float) -> Mask:
    """Which pixels are below the level: `gray < level` in a third of the time."""
    last = math.ceil(level) - 1
    if last < 0:
        return np.zeros(gray.shape, np.bool_)
    return np.asarray(cv2.threshold(gray, last, 1, cv2.THRESH_BINARY_INV)[1]).view(np.bool_)
