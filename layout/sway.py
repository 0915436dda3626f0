"""How far long strokes sway from level or upright over the page: a smooth field fitted to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.polynomial import legendre

from layout.traces import Numbers, Traces

ALONG, ACROSS = 5, 3
"""Degrees of the field along the strokes and across them: a sheet that curls rolls up in one
direction, and strokes side by side bend nearly alike."""
TRUE, ROUGH = 0.06, 0.15
"""In characters: a ruling's points stray so far from it by blur and grain; those of a line of text,
or of a ruling on a bad page, up to so far. Strokes that stray twice as far do not agree."""
TOLD = 0.15
"""So much of how strokes bend and slope the field must explain, by squares. Of noise it explains up
to 0.08, of real pages' perspective and curl from 0.2 up, mostly over 0.7."""
LIKELY = 3.0
"""In characters: so far a page's strokes may sway by each term of the field; a term that no stroke
tells stays small. Higher terms are likely smaller, by the square of their degree."""
ALIKE = 8
"""Neighbouring points of a stroke stray together: so many count as one."""
ROUNDS = 12

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Sway:
    """A smooth field of shifts that makes strokes of one direction straight.

    At (x, y) a level stroke is to be moved down by Σ terms[i, j] · Pᵢ(u) · Pⱼ(v), P Legendre
    polynomials, u and v from -1 to 1 across the page's width and height; an upright one to the
    right, with the parts of x and y exchanged. `seen` is where strokes are, (2, 2): the least and
    the greatest x and y, and the field goes on beyond as at its edge. `trusted`: (strokes,) how
    far each stroke agrees with the others, 0 to 1.
    """

    terms: Floats
    size: Floats
    seen: Floats
    level: bool
    trusted: Floats

    def shift(self, points: Floats) -> Floats:
        """(n,): how far to move each of (n, 2) points."""
        clipped = np.clip(points, self.seen[0], self.seen[1])
        u, v = _units(clipped, self.size, self.level)
        return np.asarray(legendre.legval2d(u, v, self.terms))

    @property
    def extent(self) -> float:
        """How far the straight strokes of a flat page would stray on this one, within `seen`."""
        x, y = np.meshgrid(*np.linspace(self.seen[0], self.seen[1], 9).T)
        shifts = self.shift(np.stack([x.ravel(), y.ravel()], axis=1)).reshape(9, 9)
        return float(np.ptp(shifts, axis=1 if self.level else 0).max())


def fitted(traces: Traces, size: tuple[float, float], em: float) -> Sway:
    """The field that makes the strokes straight, by least squares over all their points.

    Each stroke keeps its own place, unknown, so only what varies along strokes counts. A stroke
    that disagrees with the rest loses weight round by round (iteratively reweighted least squares,
    Cauchy's weights). The field is zero where strokes may stray by chance alone. `size`: the page's
    width and height; `em`: the size of a character; both in the unit of the points.
    """
    page = np.array(size)
    u, v = _units(traces.points, page, traces.level)
    waves = np.asarray(legendre.legvander2d(u, v, [ALONG, ACROSS])[:, ACROSS + 1 :], np.float64)
    across = traces.points[:, 1 if traces.level else 0]
    sizes = np.bincount(traces.stroke)
    squares, products, spreads = _normal_equations(waves, -across, sizes)
    degree = np.add.outer(np.arange(1, ALONG + 1), np.arange(ACROSS + 1)).ravel()
    doubt = np.diag(ALIKE * (TRUE / LIKELY * degree**2) ** 2)
    trusted = np.ones(len(sizes))
    for _ in range(ROUNDS):
        total, right = np.tensordot(trusted, squares, 1), trusted @ products
        terms = np.linalg.solve(total + doubt, right)
        left = spreads - 2 * products @ terms + np.einsum("i,sij,j->s", terms, squares, terms)
        astray = np.sqrt(np.maximum(left, 0) / sizes)
        usual = np.clip(np.median(np.repeat(astray, sizes)), TRUE * em, ROUGH * em)
        trusted = 1 / (1 + (astray / (2 * usual)) ** 2)
    if trusted @ left > (1 - TOLD) * (trusted @ spreads):
        terms = np.zeros_like(terms)
    return Sway(
        terms=np.vstack([np.zeros(ACROSS + 1), terms.reshape(ALONG, ACROSS + 1)]),
        size=page,
        seen=_seen(traces, trusted),
        level=traces.level,
        trusted=trusted,
    )


def _normal_equations(a: Floats, b: Floats, sizes: Numbers) -> tuple[Floats, Floats, Floats]:
    """For each stroke AᵀA, Aᵀb and bᵀb, (s, k, k), (s, k) and (s,), less the stroke's own means.

    `a`: (n, k), `b`: (n,), `sizes`: how many of the rows, in order, belong to each stroke.
    """
    ends = np.cumsum(sizes)
    rows = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    centred = [(a[own] - a[own].mean(axis=0), b[own] - b[own].mean()) for own in rows]
    return (
        np.array([p.T @ p for p, _ in centred]),
        np.array([p.T @ q for p, q in centred]),
        np.array([q @ q for _, q in centred]),
    )


def _units(points: Floats, size: Floats, level: bool) -> tuple[Floats, Floats]:
    """Places along and across the strokes, -1 to 1 over the page."""
    x, y = (2 * points / size - 1).T
    return (x, y) if level else (y, x)


def _seen(traces: Traces, trusted: Floats) -> Floats:
    points = traces.points[trusted[traces.stroke] > 0.5]
    points = points if points.size else traces.points
    return np.stack([points.min(axis=0), points.max(axis=0)])
