"""The other side of the sheet shines through."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.forge.damage.scanned import Pixels
from benchmarks.forge.damage.sheet import Mishap, Sheet

SOFT = 0.008
"""Deviation in inches of the blur that the paper gives what is behind it."""


def bleed(least: float, most: float) -> Mishap:
    """The back, mirrored and blurred, with this share of its contrast; ink hides it."""

    def mishap(sheet: Sheet, chance: np.random.Generator) -> Pixels:
        height, width = sheet.pixels.shape[:2]
        back = cv2.flip(cv2.resize(sheet.back(), (width, height), interpolation=cv2.INTER_AREA), 1)
        slip = chance.uniform(-8, 8, 2) * sheet.scale
        laid = cv2.warpAffine(
            cv2.GaussianBlur(back, (0, 0), SOFT * 72 * sheet.scale),
            np.array([(1.0, 0.0, slip[0]), (0.0, 1.0, slip[1])]),
            (width, height),
            borderMode=cv2.BORDER_REPLICATE,
        )
        contrast = chance.uniform(least, most)
        through = cv2.addWeighted(laid, contrast, laid, 0, 255 * (1 - contrast))
        return np.asarray(cv2.multiply(sheet.pixels, through, scale=1 / 255), np.uint8)

    return mishap
