"""Running text of a scan: all of it read by the label reader, what matters by the general one, too.

The label reader takes a twentieth of the general recogniser's time and knows the words that reports
speak of their tables with. Of what it cannot spell it says so; a digit it may lose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from statistics import median

from document.geometry import Box
from document.picture import Pixels
from document.report import TextLine
from ocr.batches import squeezed
from ocr.cell_picture import LONGEST_LINE, line_picture
from ocr.engine import Engine
from ocr.ink import EvenPage
from ocr.label_reader import STRANGE, LabelReader
from ocr.lines import type_height
from ocr.scan import line_of

FLAT = 0.8
"""Of the usual line's height: a lower one is of flat characters, its type no smaller."""

LONGEST = 90.0
"""Characters in a line of text at most."""

Telling = Callable[[Sequence[TextLine]], Collection[TextLine]]
"""Which of a page's lines say what is to be known for certain."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?!\d|\s*[年月日])|[未没无零〇一二两三四五六七八九十百千]")


def read_prose(
    page: EvenPage, number: int, boxes: Sequence[Box], readers: tuple[LabelReader, Engine],
    telling: Telling,
) -> tuple[TextLine, ...]:  # fmt: skip
    """The lines' text in the order of their boxes, figures that one reader alone saw struck out.

    `number` is the page's. Lines that are not telling are as the label reader spells them.
    """
    labels, engine = readers
    pictures = line_pictures(page, boxes, LONGEST)
    read = zip(pictures, labels.read(list(pictures.values())), strict=True)
    quick = {box: TextLine(line.text, line.probability, number, box) for box, line in read}
    lines = [quick[box] for box in boxes if box in quick]
    told = [(line, line_of(page, number, line.box)) for line in telling(lines)]
    asked = {
        line.box: replace(crop, pixels=squeezed(crop.pixels))
        for line, crop in told
        if crop is not None
    }
    answers = dict(zip(asked, engine.read_lines(list(asked.values())), strict=True))
    return tuple(
        replace(
            line,
            text=seen_by_both(answers[line.box].text, line.text),
            probability=answers[line.box].probability,
        )
        if line.box in answers
        else replace(line, text=seen_by_both(line.text, ""))
        for line in lines
    )


def seen_by_both(text: str, other: str) -> str:
    """The text, each figure that the other reading does not have made strange. Dates are kept: they
    are read for what they say of other numbers."""
    seen = Counter(_FIGURE.findall(other))

    def kept(found: re.Match[str]) -> str:
        seen[found[0]] -= 1
        return found[0] if seen[found[0]] >= 0 else STRANGE

    return _FIGURE.sub(kept, text)


def line_pictures(
    page: EvenPage, boxes: Sequence[Box], longest: float = LONGEST_LINE
) -> Mapping[Box, Pixels]:
    """The lines as the label reader takes them, each at the size of its own type.

    Lines longer than `longest`, in characters, are left out.
    """
    found = {}
    for box, height in line_heights(boxes, page.scale).items():
        picture = line_picture(page, box, type_height([height], page.scale), longest=longest)
        if picture is not None:
            found[box] = picture
    return found


def line_heights(boxes: Sequence[Box], scale: float) -> Mapping[Box, float]:
    """The heights of the type that the lines are set in, in pixels; `scale`: pixels per point."""
    usual = median([box.height for box in boxes] or [0.0])
    return {box: max(box.height, FLAT * usual) * scale for box in boxes}
