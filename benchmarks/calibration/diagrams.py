"""Diagrams as SVG: one small panel a level."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from benchmarks.accuracy.cells import CellResult
from benchmarks.calibration.reliability import DECADES, bins, coverage

WIDE, HIGH, EDGE, ACROSS = 190, 150, 34, 4
"""Pixels of a panel's field, of the room left of it and above it, and panels in a row."""

Panel = Callable[[Sequence[CellResult]], str]


def reliability(levels: Mapping[str, Sequence[CellResult]]) -> str:
    """Error stated across, error observed up, by decades. A bar ends at the 95 % bound; a hollow
    point is a decade in which no cell is wrong."""
    return _sheet(levels, _reliability, "error stated", "error observed")


def risk_coverage(levels: Mapping[str, Sequence[CellResult]]) -> str:
    """Share of cells accepted across, share of wrong ones among them up, as the target loosens."""
    return _sheet(levels, _risk, "cells accepted, %", "error among them")


def _reliability(cells: Sequence[CellResult]) -> str:
    line = f'<path d="M{_log(1e-6)} {_up(1e-6)} L{_log(1)} {_up(1)}" class="even"/>'
    points = []
    for each in bins(cells):
        x, share = _log(each.stated), each.wrong / each.cells
        top, y = _up(each.most), _up(share) if share else _up(each.most)
        points.append(f'<path d="M{x} {_up(share)} L{x} {top}" class="bar"/>')
        points.append(f'<circle cx="{x}" cy="{y}" r="3" class="{"some" if share else "none"}"/>')
    return line + "".join(points)


def _risk(cells: Sequence[CellResult]) -> str:
    steps = [10 ** (k / 4) for k in range(-24, 1)]
    found = [coverage(cells, target) for target in steps]
    points = [
        (share * WIDE, _up(wrong / (share * len(cells)) if share else 0.0))
        for share, wrong in found
    ]
    path = " ".join(f"{x:.1f},{y}" for x, y in points)
    at, wrong = coverage(cells, 1e-4)
    y = _up(wrong / (at * len(cells)) if at else 0.0)
    return (
        f'<polyline points="{path}" class="line"/>'
        f'<circle cx="{at * WIDE:.1f}" cy="{y}" r="3" class="some"/>'
    )


def _log(share: float) -> float:
    low = math.log10(DECADES[0])
    return round((math.log10(max(share, DECADES[0])) - low) / -low * WIDE, 1)


def _up(share: float) -> float:
    return round(HIGH - _log(share) / WIDE * HIGH, 1)


def _sheet(levels: Mapping[str, Sequence[CellResult]], panel: Panel, across: str, up: str) -> str:
    rows = -(-len(levels) // ACROSS)
    width, height = ACROSS * (WIDE + EDGE) + EDGE, rows * (HIGH + 2 * EDGE) + EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="10">',
        "<style>.field{fill:#fff;stroke:#999}.even{stroke:#bbb;stroke-dasharray:3}"
        ".bar,.line{stroke:#27618f;fill:none;stroke-width:1.5}.some{fill:#c33}"
        ".none{fill:#fff;stroke:#27618f}.tick{fill:#555}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, (level, cells) in enumerate(levels.items()):
        x = EDGE + number % ACROSS * (WIDE + EDGE)
        y = EDGE + number // ACROSS * (HIGH + 2 * EDGE)
        parts.append(f'<g transform="translate({x},{y})">{_frame(level, across)}{panel(cells)}</g>')
    parts.append(f'<text x="4" y="14" class="tick">up: {up}, 10⁻⁶ to 1</text></svg>')
    return "\n".join(parts) + "\n"


def _frame(level: str, across: str) -> str:
    grid = "".join(
        f'<path d="M0 {_up(share)} H{WIDE}" stroke="#eee"/>'
        f'<text x="-4" y="{_up(share) + 3}" text-anchor="end" class="tick">{_power(share)}</text>'
        for share in DECADES[::2]
    )
    ends = ("0", "100") if "%" in across else (_power(DECADES[0]), "1")
    return (
        f'<rect width="{WIDE}" height="{HIGH}" class="field"/>{grid}'
        f'<text x="4" y="12" font-weight="bold">{level}</text>'
        f'<text y="{HIGH + 13}" class="tick">{ends[0]}</text>'
        f'<text x="{WIDE}" y="{HIGH + 13}" text-anchor="end" class="tick">{ends[1]}</text>'
        f'<text x="{WIDE / 2}" y="{HIGH + 13}" text-anchor="middle" class="tick">{across}</text>'
    )


def _power(share: float) -> str:
    digits = "⁰¹²³⁴⁵⁶"
    return "1" if share == 1 else f"10⁻{digits[round(-math.log10(share))]}"
