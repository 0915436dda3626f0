"""Islands of ink: dark pixels that hang together, by their corners too."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from ocr.edges import Mask

_MOST = 65_535
"""Islands, what is none of them counted too: what labels of 16 bits tell apart. These are found in
a third of the time of longer ones, and OpenCV spreads no others."""
_FEW = 4 * (_MOST - 1)
"""Pixels: of so many there are no more islands, for each has a block of 2 × 2 to itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Islands:
    """`labels`: (height, width) uint16, which island each pixel is of, 0 for none. `stats`: (count,
    5) left, top, width, height and area in pixels; row 0 stands for what is no island."""

    labels: npt.NDArray[np.uint16]
    stats: npt.NDArray[np.int32]

    @classmethod
    def of(cls, mask: Mask) -> Islands:
        """All of them; of more than can be told apart, which is grain, the largest."""
        size = cv2.CV_16U if mask.size <= _FEW else cv2.CV_32S
        _, labels, stats, _ = cv2.connectedComponentsWithStats(
            mask.view(np.uint8), connectivity=8, ltype=size
        )
        found = cls(np.asarray(labels), np.asarray(stats, np.int32))
        return found if size == cv2.CV_16U else found._largest()

    def __len__(self) -> int:
        """How many, what is no island counted too."""
        return len(self.stats)

    def only(self, chosen: Mask) -> Islands:
        """Those chosen, in the same order; the first is what is no island."""
        if chosen.all() and self.labels.dtype == np.uint16:
            return self
        places = np.where(chosen, chosen.cumsum() - 1, 0).astype(np.uint16)
        return Islands(places[self.labels], self.stats[chosen])

    def _largest(self) -> Islands:
        chosen = np.zeros(len(self), np.bool_)
        chosen[0] = True
        chosen[1 + np.argsort(-self.stats[1:, cv2.CC_STAT_AREA], kind="stable")[: _MOST - 1]] = True
        return self.only(chosen)


def darker(gray: Pixels, level: float) -> Mask:
    """Which pixels are below the level: `gray < level` in a third of the time."""
    last = math.ceil(level) - 1
    if last < 0:
        return np.zeros(gray.shape, np.bool_)
    return np.asarray(cv2.threshold(gray, last, 1, cv2.THRESH_BINARY_INV)[1]).view(np.bool_)
