"""The page seen through its frame: level, without perspective and curl, the right way up."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from document.geometry import IDENTITY, Matrix, Size, UprightFrame, product, projected
from document.picture import Picture, Pixels

NEGLIGIBLE_TILT = 0.02  # degrees: 0.3 pixels over the width of a page at 100 dpi
SHARP = 2000
"""Pixels along the longer side: up to here interpolation is cubic, for small print needs it; above
it linear does as well in a quarter of the time."""
KNOT = 16
"""Pixels between places where the way through a bend is computed; it is smooth in between."""

Floats = npt.NDArray[np.float32]
NO_SECOND_MAP = np.empty(0, np.float32)
"""OpenCV's way to say that x and y are in one map."""


def levelled(picture: Picture, page: Size, angle: float) -> tuple[Picture, UprightFrame]:
    """The page turned back by `angle` degrees about its centre; new corners are white.

    The new page is as large as it takes to hold all of the old one.
    """
    height, width = picture.gray.shape
    if abs(angle) < NEGLIGIBLE_TILT:
        upright = Size(width / picture.scale, height / picture.scale)
        stretch = (
            page.width / upright.width,
            page.height / upright.height,
        )  # 1, but for half a pixel
        return picture, UprightFrame(page, upright, scaled(*stretch))
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    wide = math.ceil(width * cos + height * abs(sin))
    high = math.ceil(width * abs(sin) + height * cos)
    upright = Size(wide / picture.scale, high / picture.scale)
    turn: Matrix = (cos, -sin, 0, sin, cos, 0, 0, 0, 1)
    matrix = product(
        moved(page.width / 2, page.height / 2),
        product(turn, moved(-upright.width / 2, -upright.height / 2)),
    )
    frame = UprightFrame(page, upright, matrix)
    return Picture(straightened(picture.gray, frame, picture.scale), picture.scale), frame


def straightened(pixels: Pixels, frame: UprightFrame, scale: float) -> Pixels:
    """The upright page at `scale` pixels a point, of any channels; what lies beyond it is white.

    `pixels`: (height, width) or (height, width, 3) uint8 of the whole page as shown.
    """
    size = round(frame.upright.width * scale), round(frame.upright.height * scale)
    height, width = pixels.shape[:2]
    # A pixel's centre is half a pixel from where its place in points begins.
    to_pixels = product(
        moved(-0.5, -0.5), scaled(width / frame.page.width, height / frame.page.height)
    )
    from_pixels = product(scaled(1 / scale, 1 / scale), moved(0.5, 0.5))
    how = cv2.INTER_CUBIC if max(size) <= SHARP else cv2.INTER_LINEAR
    white = (255, 255, 255)
    if frame.bend:
        to_frame = replace(frame, matrix=product(frame.matrix, from_pixels))
        places = _places(to_frame, to_pixels, size)
        return cv2.remap(pixels, places, NO_SECOND_MAP, how, borderValue=white)  # type: ignore[return-value]
    warp = np.array(product(to_pixels, product(frame.matrix, from_pixels))).reshape(3, 3)
    flags = how | cv2.WARP_INVERSE_MAP
    if np.array_equal(warp[2], (0, 0, 1)):
        return cv2.warpAffine(pixels, warp[:2], size, flags=flags, borderValue=white)  # type: ignore[return-value]
    return cv2.warpPerspective(pixels, warp, size, flags=flags, borderValue=white)  # type: ignore[return-value]


def turned(picture: Picture, frame: UprightFrame, quarters: int) -> tuple[Picture, UprightFrame]:
    """The page turned clockwise by so many quarters; no pixel changes its value."""
    quarters %= 4
    if quarters == 0:
        return picture, frame
    old = frame.upright
    upright = Size(old.height, old.width) if quarters % 2 else old
    back: Matrix = {
        1: (0.0, 1.0, 0.0, -1.0, 0.0, old.height, 0.0, 0.0, 1.0),
        2: (-1.0, 0.0, old.width, 0.0, -1.0, old.height, 0.0, 0.0, 1.0),
        3: (0.0, -1.0, old.width, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0),
    }[quarters]
    gray = np.ascontiguousarray(np.rot90(picture.gray, -quarters))
    matrix = product(frame.matrix, back)
    return Picture(gray, picture.scale), replace(frame, upright=upright, matrix=matrix)


def moved(dx: float, dy: float) -> Matrix:
    """Everything moved so far right and down."""
    return (*IDENTITY[:2], dx, *IDENTITY[3:5], dy, *IDENTITY[6:])


def scaled(across: float, down: float) -> Matrix:
    """Everything so many times as wide and as high."""
    return (across, 0.0, 0.0, 0.0, down, 0.0, 0.0, 0.0, 1.0)


def _places(frame: UprightFrame, to_pixels: Matrix, size: tuple[int, int]) -> Floats:
    """(height, width, 2): where each pixel of the upright page comes from, in pixels.

    `frame` counts in pixels of the upright page. The places are computed at the middles of squares,
    one of them beyond each edge, and are linear in between.
    """
    wide, high = (-(-side // KNOT) for side in size)
    middles = [(np.arange(-1, n + 1) + 0.5) * KNOT - 0.5 for n in (wide, high)]
    x, y = np.meshgrid(*middles)
    on_page = frame.points_on_page(np.stack([x.ravel(), y.ravel()], axis=1))
    places = projected(to_pixels, on_page).reshape(high + 2, wide + 2, 2).astype(np.float32)
    fine = cv2.resize(places, None, fx=KNOT, fy=KNOT, interpolation=cv2.INTER_LINEAR)
    return np.asarray(fine[KNOT : KNOT + size[1], KNOT : KNOT + size[0]])
