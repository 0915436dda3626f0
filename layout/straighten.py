"""How far a page is tilted, and the page without the tilt."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from document.geometry import IDENTITY, Matrix, Size, UprightFrame, product
from document.picture import Picture, Pixels
from layout.paper import ink_mask, reduced

LARGEST_TILT = 8.0  # degrees
NEGLIGIBLE_TILT = 0.02  # degrees: 0.3 pixels over the width of a page at 100 dpi
LOOK_AT = 1200  # pixels along the longer side are enough to measure the tilt
MOST_POINTS = 24_000
SHARP = 2000
"""Pixels along the longer side: up to here interpolation is cubic, for small print needs it; above
it linear does as well in a quarter of the time."""

Floats = npt.NDArray[np.float32]


def tilt(picture: Picture) -> float:
    """The angle in degrees, clockwise positive, by which rows of print fall to the right.

    Projection profiles (Postl 1986): seen along the right direction, rulings and lines of text
    pile up in few places, so the sum of squares of the pile heights is largest. Rows and columns
    of print count alike, so the page may lie on its side. 0 for a page without print. Right to
    0.05° from 0.1° up; less, a step of one pixel over the page, is mostly taken for none.
    """
    small = reduced(picture, LOOK_AT)
    ink = ink_mask(small.gray)
    rows, columns = _upper_edges(ink), _upper_edges(np.ascontiguousarray(ink.T))
    if rows.shape[1] < 50:
        return 0.0

    def sharpness(angle: np.floating, pile: float, every: int = 1) -> float:
        slope = math.tan(math.radians(angle))
        return _piled(rows[:, ::every], slope, pile) + _piled(columns[:, ::every], -slope, pile)

    tried = np.arange(-LARGEST_TILT, LARGEST_TILT + 0.1, 0.4)
    scores = [sharpness(angle, pile=4, every=3) for angle in tried]
    for step, pile in ((0.1, 2), (0.025, 1)):
        tried = tried[int(np.argmax(scores))] + step * np.arange(-5, 6)
        scores = [sharpness(angle, pile) for angle in tried]
    return _peak(tried, scores)


def levelled(picture: Picture, page: Size, angle: float) -> tuple[Picture, UprightFrame]:
    """The page turned back by `angle` degrees about its centre; new corners are white.

    The new page is as large as it takes to hold all of the old one. Perspective and curl would be
    taken out here too: the frame holds any homography.
    """
    height, width = picture.gray.shape
    across, down = page.width / width, page.height / height
    if abs(angle) < NEGLIGIBLE_TILT:
        upright = Size(width / picture.scale, height / picture.scale)
        stretch = across * picture.scale, down * picture.scale  # 1, but for half a pixel
        return picture, UprightFrame(page, upright, _scaled(*stretch))
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    wide = math.ceil(width * cos + height * abs(sin))
    high = math.ceil(width * abs(sin) + height * cos)
    upright = Size(wide / picture.scale, high / picture.scale)
    turn: Matrix = (cos, -sin, 0, sin, cos, 0, 0, 0, 1)
    matrix = product(
        _moved(page.width / 2, page.height / 2),
        product(turn, _moved(-upright.width / 2, -upright.height / 2)),
    )
    # A pixel's centre is half a pixel from where its place in points begins.
    to_pixels = product(_moved(-0.5, -0.5), _scaled(1 / across, 1 / down))
    from_pixels = product(_scaled(1 / picture.scale, 1 / picture.scale), _moved(0.5, 0.5))
    warp = product(to_pixels, product(matrix, from_pixels))
    gray = cv2.warpAffine(
        picture.gray,
        np.array(warp[:6]).reshape(2, 3),
        (wide, high),
        flags=(cv2.INTER_CUBIC if max(wide, high) <= SHARP else cv2.INTER_LINEAR)
        | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255,),
    )
    return Picture(gray, picture.scale), UprightFrame(page, upright, matrix)  # type: ignore[arg-type]


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
    return Picture(gray, picture.scale), UprightFrame(
        frame.page, upright, product(frame.matrix, back)
    )


def _moved(dx: float, dy: float) -> Matrix:
    return (*IDENTITY[:2], dx, *IDENTITY[3:5], dy, *IDENTITY[6:])


def _scaled(across: float, down: float) -> Matrix:
    return (across, 0.0, 0.0, 0.0, down, 0.0, 0.0, 0.0, 1.0)


def _upper_edges(ink: Pixels) -> Floats:
    """Where ink begins below paper: (2, points) of x and y, about MOST_POINTS at most."""
    y, x = np.nonzero(ink[1:] > ink[:-1])
    every = max(len(x) // MOST_POINTS, 1)
    return np.array((x[::every] - ink.shape[1] / 2, y[::every]), np.float32)


def _piled(points: Floats, slope: float, pile: float) -> float:
    """The sum of squares of the counts of points along lines of this slope.

    A count overlaps its neighbours, so that it does not matter where among them a line falls.
    """
    x, y = points
    places = np.rint((y - np.float32(slope) * x) * np.float32(2 / pile)).astype(np.int32)
    counts = np.bincount(places - places.min())
    return float(np.square(np.convolve(counts, (1, 2, 1)), dtype=np.float64).sum())


def _peak(angles: npt.NDArray[np.floating], scores: list[float]) -> float:
    """The top of the parabola through the highest score and two on either side of it."""
    near = slice(max(int(np.argmax(scores)) - 2, 0), int(np.argmax(scores)) + 3)
    bend, slope, _ = np.polyfit(angles[near], np.divide(scores[near], max(scores)), 2)
    top = -slope / (2 * bend) if bend < 0 else angles[int(np.argmax(scores))]
    return float(np.clip(top, angles[near][0], angles[near][-1]))
