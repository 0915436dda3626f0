"""How well lines of text read as they stand, which tells a page that lies on its head."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from document.picture import Pixels
from ocr.cell_picture import as_line
from ocr.engine import Crop, Engine, LineReading
from ocr.label_reader import LabelReader

PLAIN = 0.4
"""So much of text standing upright the label reader makes out, or else it is not the judge. On 34
pages of the forge's development split (poor, bad) it makes out 0.48 or more of lines that stand
upright (less on three pages) and 0.15 at most of the same lines upside down."""
_EITHER_WAY = "一三十口日中"
"""Characters that look the same upside down; so do digits, marks and rows of them."""
_LEAST_CONTRAST = 30.0


def legibility(crops: Sequence[Pixels], labels: LabelReader | None, engine: Engine) -> float:
    """How well lines of text read as they stand, from 0 to 1: the mean probability a character.

    Each crop: (height, width) uint8 gray, 0 = ink, with a little paper around one line. The label
    reader is asked first, for it answers in a tenth of the time; 1 where it finds the lines plain.
    """
    lines = [line for crop in crops if (line := as_line(_evenly(crop))) is not None]
    if labels is not None and _known(labels.read(lines)) >= PLAIN:
        return 1.0
    # Asked as numbers, which are read with the whole vocabulary too and never have to wait.
    readings = engine.read_numbers([Crop.of(pixels) for pixels in crops])
    return _mean([_a_character(r.text, r.probability) for r in readings])


def _known(lines: Sequence[LineReading]) -> float:
    """The mean probability a character, those that tell nothing of their direction counting 0."""
    return _mean([_share_told(r.text) * _a_character(r.text, r.probability) for r in lines])


def _share_told(text: str) -> float:
    told = sum(c.isalpha() and c not in _EITHER_WAY for c in text)  # no letter: digits, marks, □
    return told / max(len(text), 1)


def _a_character(text: str, probability: float) -> float:
    return float(probability ** (1 / len(text))) if text else 0.0


def _mean(chances: Sequence[float]) -> float:
    return sum(chances) / max(len(chances), 1)


def _evenly(crop: Pixels) -> Pixels:
    """The crop with its paper white and its ink black."""
    paper = float(np.median(crop))
    contrast = max(paper - float(np.percentile(crop, 1)), _LEAST_CONTRAST)
    levels = 255 - (paper - crop.astype(np.float32)) * (255 / contrast)
    return np.asarray(np.clip(levels, 0, 255), np.uint8)
