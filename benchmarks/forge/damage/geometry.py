"""Where the points of a clean page come to lie: exact maps there and back.

All points are 1/72 inch, origin top left, as float64 arrays of shape (n, 2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Matrix = npt.NDArray[Any]
PointMap = Callable[[Points], Points]


@dataclass(frozen=True, slots=True)
class Warp:
    """`place` takes a point of the clean page to the damaged one, `source` takes it back.

    `width` and `height` are the damaged page's, in points.
    """

    place: PointMap
    source: PointMap
    width: float
    height: float

    def then(self, bend: Bend, chance: np.random.Generator) -> Warp:
        """This warp, and after it the bend drawn for a page of its size."""
        after = bend(self.width, self.height, chance)
        return Warp(
            lambda points: after.place(self.place(points)),
            lambda points: self.source(after.source(points)),
            after.width,
            after.height,
        )


Bend = Callable[[float, float, np.random.Generator], Warp]


def untouched(width: float, height: float) -> Warp:
    """Everything stays in its place."""
    return Warp(lambda points: points, lambda points: points, width, height)


def skew(most: float) -> Bend:
    """The sheet lies askew by up to `most` degrees either way, turned about its centre."""

    def bend(width: float, height: float, chance: np.random.Generator) -> Warp:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-most, most), 1.0)
        return _homography(np.vstack([turn, (0.0, 0.0, 1.0)]), width, height)

    return bend


def perspective(most: float) -> Bend:
    """Each corner strays by up to `most` of the page's width, as under a worn copier's optics."""

    def bend(width: float, height: float, chance: np.random.Generator) -> Warp:
        corners = np.array([(0, 0), (width, 0), (width, height), (0, height)])
        strayed = corners + chance.uniform(-most, most, (4, 2)) * width
        matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), strayed.astype(np.float32))
        return _homography(matrix, width, height)

    return bend


def camera(tilt: float, roll: float, distance: float = 1200.0) -> Bend:
    """A camera held over the page's centre at `distance` points, not quite level.

    `tilt` bounds its two angles off the vertical and `roll` that about it, in degrees. The
    homography is K·R·K⁻¹ of a pinhole camera turned by R.
    """

    def bend(width: float, height: float, chance: np.random.Generator) -> Warp:
        angles = np.radians([*chance.uniform(-tilt, tilt, 2), chance.uniform(-roll, roll)])
        rotation = np.eye(3)
        for axis, angle in zip(np.eye(3), angles, strict=True):
            rotation = cv2.Rodrigues(axis * angle)[0] @ rotation
        lens = np.array([(distance, 0, width / 2), (0, distance, height / 2), (0, 0, 1)])
        turned = lens @ rotation @ np.linalg.inv(lens)
        centre = cv2.perspectiveTransform(np.array([[[width / 2, height / 2]]]), turned)[0, 0]
        aimed = np.eye(3)
        aimed[:2, 2] = (width / 2, height / 2) - centre
        return _homography(aimed @ turned, width, height)

    return bend


def curl(lift: tuple[float, float], distance: float = 1200.0) -> Bend:
    """The left part of the page rises towards the binder on a cylinder, seen from above.

    `lift` bounds, in points, how high the left edge stands. Right of the fold the page is flat;
    left of it, a point at arc length s from the fold stands at x = fold - R·sin θ and
    z = R·(1 - cos θ), θ = s/R. A camera at `distance` over the centre (c, d) sees it at
    c + D·(x-c)/(D-z), d + D·(y-d)/(D-z): the rows bow. With u = (x'-c)/D the way back is
    R·sin θ + u·R·cos θ = (fold-c) - u·(D-R), one arc sine.
    """

    def bend(width: float, height: float, chance: np.random.Generator) -> Warp:
        fold = width * chance.uniform(0.3, 0.55)
        high = chance.uniform(*lift)
        radius = (fold * fold + high * high) / (2 * high)
        centre = np.array([width / 2, height / 2])

        def place(points: Points) -> Points:
            angle = np.maximum(fold - points[:, 0], 0) / radius
            flat = np.maximum(points[:, 0], fold) - radius * np.sin(angle)
            above = distance - radius * (1 - np.cos(angle))
            stood = np.stack([flat, points[:, 1]], axis=1)
            seen: Points = centre + (stood - centre) * (distance / above)[:, None]
            return seen

        def source(points: Points) -> Points:
            ray = (points - centre) / distance
            reach = (fold - centre[0]) - ray[:, 0] * (distance - radius)
            sine = np.clip(reach / (radius * np.hypot(1, ray[:, 0])), -1, 1)
            angle = np.maximum(np.arcsin(sine) - np.arctan(ray[:, 0]), 0)
            above = distance - radius * (1 - np.cos(angle))
            across = np.where(angle > 0, fold - radius * angle, points[:, 0])
            return np.stack([across, centre[1] + ray[:, 1] * above], axis=1)

        return Warp(place, source, width, height)

    return bend


def margin(least: float, most: float) -> Bend:
    """The picture shows the table around the page: this share of the page's width on each side."""

    def bend(width: float, height: float, chance: np.random.Generator) -> Warp:
        left, top, right, bottom = chance.uniform(least, most, 4) * width
        matrix = np.array([(1, 0, left), (0, 1, top), (0, 0, 1)])
        return _homography(matrix, width + left + right, height + top + bottom)

    return bend


def quarter_turn(width: float, height: float, chance: np.random.Generator) -> Warp:
    """The sheet was laid in sideways or upside down: 90, 180 or 270 degrees clockwise."""
    turns = {
        1: (np.array([(0, -1, height), (1, 0, 0), (0, 0, 1)]), height, width),
        2: (np.array([(-1, 0, width), (0, -1, height), (0, 0, 1)]), width, height),
        3: (np.array([(0, 1, 0), (-1, 0, width), (0, 0, 1)]), height, width),
    }
    return _homography(*turns[int(chance.integers(1, 4))])


def _homography(matrix: Matrix, width: float, height: float) -> Warp:
    back = np.linalg.inv(matrix)
    return Warp(
        lambda points: _projected(points, matrix),
        lambda points: _projected(points, back),
        width,
        height,
    )


def _projected(points: Points, matrix: Matrix) -> Points:
    return np.asarray(cv2.perspectiveTransform(points[None], matrix)[0], dtype=np.float64)
