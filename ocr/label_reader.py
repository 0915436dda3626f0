"""The reader of label lines: a small network of our own that knows the characters of the forms.

What it has no character for it calls strange, and leaves to the general recogniser. How it was made
and what it can do is in `ocr/weights/labels.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from ocr.ctc import Frames, best_path, string_probability
from ocr.engine import LineReading
from ocr.networks import Network, batches, own_network

WEIGHTS = files("ocr") / "weights" / "labels.onnx"
SPELLING = files("ocr") / "weights" / "labels.txt"
STRANGE = "□"
"""The network's word for a character that it does not know."""
CLEAR, SPAN = 0.3, 6
"""From this probability of so many characters on its word is taken; a shorter line's as a whole. Of
2078 lines of the forge's development split (bad, poor, dpi100, fax), 84 have between 0.3 and 0.7;
read so they are to 0.93 like what is printed, by the general recogniser to 0.81."""
LEGIBLE, GAPS = 4, 0.25
"""A line of so many known characters at least, and no larger share of strange ones, is told from a
form's other labels by what is known of it."""
PROSE, PROSE_SHARE = 20, 0.3
"""A line of so many characters at least, so many of them strange, is none of a form's. Shorter ones
may be labels blurred beyond reading: they have up to half of their characters strange on the
forge's development split (ruleless)."""


class LabelReader:
    """Loads its network at the first question. EngineError if that cannot be done."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads

    def read(self, pictures: Sequence[Pixels]) -> list[LineReading]:
        """The text of each picture of `ocr.cell_picture.line_picture`, clear or not, in order."""
        return self._network.answers(batches(pictures), self._told) if pictures else []

    def _told(self, lines: npt.NDArray[np.float32]) -> list[LineReading]:
        return [line_reading(frames, self._spelling) for frames in lines]

    @cached_property
    def _network(self) -> Network:
        return own_network(WEIGHTS, self._threads)

    @cached_property
    def _spelling(self) -> str:
        """Class k is the character k − 1 of this, class 0 the blank."""
        return SPELLING.read_text("utf-8").strip("\n")


def line_reading(frames: Frames, spelling: str) -> LineReading:
    """`frames` (T, classes) are probabilities."""
    path = best_path(frames)
    return LineReading("".join(spelling[k - 1] for k in path), string_probability(frames, path))


def is_clear_line(line: LineReading) -> bool:
    """Whether the line is one of the forms' characters, and is read."""
    return _is_read(line) and bool(line.text) and STRANGE not in line.text


def is_legible_line(line: LineReading) -> bool:
    """Whether the line is clear, or read but for a few characters."""
    gaps = line.text.count(STRANGE)
    known = len(line.text) - gaps
    is_told = known >= LEGIBLE and gaps <= GAPS * len(line.text)
    return is_clear_line(line) or (_is_read(line) and is_told)


def _is_read(line: LineReading) -> bool:
    least: float = CLEAR ** max(len(line.text) / SPAN, 1)
    return line.probability >= least


def is_prose(line: LineReading) -> bool:
    """Whether the line can be no label's and no number's, whatever it says."""
    return len(line.text) >= PROSE and line.text.count(STRANGE) >= PROSE_SHARE * len(line.text)
