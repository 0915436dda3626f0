"""Pages photographed by hand: seen aslant, curled, on a dark table, with the way of every point."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from document.bend import Points
from document.geometry import IDENTITY, Matrix, Size, inverse, projected
from document.picture import Pixels

TABLE = 60
"""How bright the table is that the page lies on."""


Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shot:
    """How a page is seen. `curl`: how far in points its rows bow, most along the top; `slant`: the
    homography by which the bowed page comes to lie in the picture, both of the page's size."""

    page: Size
    slant: Matrix = IDENTITY
    curl: float = 0.0

    def place(self, points: Points) -> Points:
        """(n, 2) points of the page → points of the picture."""
        x, y = points.T
        rise = self._rise(x)
        return projected(self.slant, np.stack([x, y + rise * (1 - y / self._fade)], axis=1))

    def picture(self, pixels: Pixels) -> Pixels:
        """The page (height, width) as it is seen, in as many pixels."""
        height, width = pixels.shape
        scale = np.array([width / self.page.width, height / self.page.height])
        x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
        seen = np.stack([x.ravel(), y.ravel()], axis=1) / scale
        x, bowed = projected(inverse(self.slant), seen).T
        rise = self._rise(x)
        flat = np.stack([x, (bowed - rise) / (1 - rise / self._fade)], axis=1)
        x, y = (flat * scale - 0.5).astype(np.float32).T.reshape(2, height, width)
        return cv2.remap(pixels, x, y, cv2.INTER_CUBIC, borderValue=(TABLE,))  # type: ignore[return-value]

    @property
    def _fade(self) -> float:
        """Rows this far down would not bow at all."""
        return 2 * self.page.height

    def _rise(self, x: Numbers) -> Numbers:
        """How far the top row bows."""
        return np.asarray(self.curl * np.sin(np.pi * x / self.page.width))


def aslant(page: Size, corners: Points) -> Matrix:
    """The homography that moves the page's corners, clockwise from the top left, so far.

    `corners`: (4, 2), shares of the page's width.
    """
    at = np.array(page.box.corners)
    to = (at + corners * page.width).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(at.astype(np.float32), to)
    return (*(float(v) for v in matrix.ravel()),)  # type: ignore[return-value]  # nine of them
