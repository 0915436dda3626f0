"""Boxes and the two coordinate systems a page has.

Inside, everything is in *upright points*: 1/72 inch, origin top left, of the page after it was
turned and straightened. At the border (output files, messages) it is *page points*: 1/72 inch,
origin top left, of the page as a viewer shows the file. `UprightFrame` is the only way across.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from document.bend import Bend, Points

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float, float, float, float]
"""A 3 × 3 homography, row by row."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)

_INF = math.inf


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """An upright rectangle, x to the right, y down; x0 ≤ x1 and y0 ≤ y1, all finite."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if -_INF < self.x0 <= self.x1 < _INF and -_INF < self.y0 <= self.y1 < _INF:
            return
        if all(math.isfinite(v) for v in (self.x0, self.y0, self.x1, self.y1)):
            raise ValueError(f"box turned inside out: {self}")
        raise ValueError(f"box with a coordinate that is no number: {self}")

    @classmethod
    def around(cls, points: Iterable[Point]) -> Box:
        """The smallest box that holds all the points."""
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @classmethod
    def enclosing(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all the boxes."""
        every = list(boxes)
        return cls(
            min([box.x0 for box in every]),
            min([box.y0 for box in every]),
            max([box.x1 for box in every]),
            max([box.y1 for box in every]),
        )

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def center(self) -> Point:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def top_left(self) -> Point:
        return self.x0, self.y0

    @property
    def bottom_right(self) -> Point:
        return self.x1, self.y1

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Clockwise from the top left."""
        return (self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1)

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= point[0] <= self.x1 and self.y0 <= point[1] <= self.y1

    def common(self, other: Box) -> float:
        """The area both cover."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * height if width > 0 and height > 0 else 0.0

    def grown(self, dx: float, dy: float) -> Box:
        """Moved out by dx left and right and dy up and down; never inside out when shrunk."""
        x, y = self.center
        half_width, half_height = max(self.width / 2 + dx, 0), max(self.height / 2 + dy, 0)
        return Box(x - half_width, y - half_height, x + half_width, y + half_height)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height, both above zero."""

    width: float
    height: float

    def __post_init__(self) -> None:
        if not (0 < self.width < math.inf and 0 < self.height < math.inf):
            raise ValueError(f"a page of {self.width} × {self.height} points cannot be")

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class UprightFrame:
    """How the upright page lies in the page of the file.

    `page` and `upright` are sizes in points. `matrix` takes an upright point to a page point. On a
    sheet that is bent it takes it to the page as it would be if flat, and `bend` on from there.
    """

    page: Size
    upright: Size
    matrix: Matrix = IDENTITY
    bend: Bend | None = field(default=None, compare=False)

    @classmethod
    def unturned(cls, page: Size) -> UprightFrame:
        """The page is upright as it is."""
        return cls(page, page)

    @property
    def quarters(self) -> int:
        """How many quarters clockwise the page was turned to stand upright, 0 to 3."""
        return round(-math.atan2(self.matrix[3], self.matrix[0]) / (math.pi / 2)) % 4

    def points_on_page(self, points: Points) -> Points:
        """(n, 2) upright points → page points."""
        flat = projected(self.matrix, points)
        return self.bend.bent(flat) if self.bend else flat

    def points_upright(self, points: Points) -> Points:
        """(n, 2) page points → upright points."""
        flat = self.bend.flat(points) if self.bend else points
        return projected(inverse(self.matrix), flat)

    def point_on_page(self, point: Point) -> Point:
        """Upright point → page point."""
        ((x, y),) = self.points_on_page(np.array([point], np.float64)).tolist()
        return x, y

    def point_upright(self, point: Point) -> Point:
        """Page point → upright point."""
        ((x, y),) = self.points_upright(np.array([point], np.float64)).tolist()
        return x, y

    def on_page(self, box: Box) -> Box:
        """Upright box → the page box around its corners."""
        return Box.around(self.points_on_page(np.array(box.corners)).tolist())

    def upright_box(self, box: Box) -> Box:
        """Page box → the upright box around its corners."""
        return Box.around(self.points_upright(np.array(box.corners)).tolist())


def projected(m: Matrix, points: Points) -> Points:
    """(n, 2) points taken through a homography."""
    x, y = points.T
    w = m[6] * x + m[7] * y + m[8]
    return np.stack([(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w], axis=1)


def product(a: Matrix, b: Matrix) -> Matrix:
    """The homography that does b first, then a."""
    rows, columns = (a[0:3], a[3:6], a[6:9]), (b[0::3], b[1::3], b[2::3])
    cells = [sum(p * q for p, q in zip(r, c, strict=True)) for r in rows for c in columns]
    return (*cells,)  # type: ignore[return-value]  # nine of them


def inverse(m: Matrix) -> Matrix:
    """The homography back; ValueError if there is none."""
    a, b, c, d, e, f, g, h, i = m
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    if abs(determinant) < 1e-12:
        raise ValueError("a transform that flattens the page has no way back")
    adjugate = (
        e * i - f * h, c * h - b * i, b * f - c * e,
        f * g - d * i, a * i - c * g, c * d - a * f,
        d * h - e * g, b * g - a * h, a * e - b * d,
    )  # fmt: skip
    return (*(value / determinant for value in adjugate),)  # type: ignore[return-value]
