"""The other side of the sheet shines through."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.forge.damage.scanned import Light
from benchmarks.forge.damage.sheet import Mishap, Sheet

SOFT = 0.008
"""Deviation in inches of the blur that the paper gives what is behind it."""


def bleed(least: float, most: float) -> Mishap:
    """The back, mirrored and blurred, with this share of its contrast; ink never adds to ink."""

    def mishap(sheet: Sheet, chance: np.random.Generator) -> Light:
        height, width = sheet.light.shape[:2]
        back = cv2.flip(cv2.resize(sheet.back, (width, height), interpolation=cv2.INTER_AREA), 1)
        slip = chance.uniform(-8, 8, 2) * sheet.scale
        laid = cv2.warpAffine(
            cv2.GaussianBlur(back, (0, 0), SOFT * 72 * sheet.scale),
            np.array([(1, 0, slip[0]), (0, 1, slip[1])]),
            (width, height),
            borderMode=cv2.BORDER_REPLICATE,
        )
        through = 1 - np.float32(chance.uniform(least, most)) * (1 - laid)
        return np.asarray(sheet.light * through, dtype=np.float32)

    return mishap
