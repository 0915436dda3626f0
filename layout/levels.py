"""Quantiles of gray levels, by counting them: a tenth of the time that sorting takes."""

from __future__ import annotations

import cv2
import numpy as np

from document.picture import Pixels


def median_level(levels: Pixels) -> float:
    """The median of uint8 levels, of any shape but not empty."""
    counts = np.cumsum(cv2.calcHist([levels.reshape(len(levels), -1)], [0], None, [256], [0, 256]))
    half = (levels.size + 1) // 2, levels.size // 2 + 1
    lower, upper = np.searchsorted(counts, half).tolist()
    return float(lower + upper) / 2


def unevenness(rows: Pixels) -> float:
    """What a pixel usually differs by from that above it, 0 for a single row of them: noise, where
    most of it is paper. `rows`: (height, width)."""
    if len(rows) < 2 or not rows.size:
        return 0.0
    return median_level(np.asarray(cv2.absdiff(rows[1:], rows[:-1]), np.uint8))
