"""Cells of a scan: which crops they ask the engine about, and what its answers make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from itertools import islice, product
from math import prod

from document.geometry import Box
from document.reading import Candidate, Reading, Source
from ocr.agreement import heard_together, is_clear
from ocr.batches import squeezed
from ocr.cell_reader import Guess
from ocr.cut import is_cut
from ocr.dust import without_dust
from ocr.engine import Crop, Engine, LineReading, NumberReading
from ocr.ink import EvenPage, Ink
from ocr.lines import (
    Span,
    character_height,
    is_vertical,
    joined_crop,
    line_crop,
    stacked_lines,
    text_lines,
)
from ocr.look_alikes import chosen
from ocr.stray import DOUBT, swept
from ocr.strokes import Stroke, stroke_of, with_stroke, without_specks

_LONGEST_NUMBER = 8.0
"""A line wider than this many times its height is no number: 7730.28万元 is 6 times as wide."""
_MOST_LINES = 3
_KEEP = 6
CUT = 0.5
"""Chance that a number that goes on in the ruling is not all there."""
NO_DIGIT = 0.01
"""A level stroke is a dash, however short, if of all that the cell reader makes of it no more than
this share is a digit; it may take it for either dash, for dirt or for 一."""
_DOT_IS_DIRT = 0.5
"""A lone dot may be dirt or print: nobody can tell, and a person shall look."""


@dataclass(frozen=True, slots=True, eq=False)
class CellScan:
    """A cell's ink and the crops to be read; `numeric`: they may be a number's lines.

    `dirt` is the probability that the ink is none of the print; `stroke` is set
    where the ink is one straight stroke; `doubt` is the probability that the crops are not all
    there is: the number goes on in a ruling, or the specks beside a stroke belong to it.
    """

    ink: Ink
    crops: tuple[Crop, ...]
    numeric: bool
    dirt: float = 0.0
    stroke: Stroke | None = None
    doubt: float = 0.0
    is_vertical: bool = False

    @classmethod
    def of(cls, ink: Ink, page: EvenPage, number: int, em: float) -> CellScan:
        """`number` is the page's, `em` a Chinese character's height in pixels."""
        if not ink.mask.any():
            return cls(ink, (), numeric=True)
        scale = page.scale
        bare = without_specks(ink, scale)
        stroke = stroke_of(bare, scale)
        specks = stroke is not None and bare is not ink
        ink = bare if stroke else without_dust(ink, scale)
        lines = text_lines(ink.mask, em)
        if is_vertical(lines, em):
            pixels = squeezed(joined_crop(ink, lines, em))
            return cls(
                ink, (Crop(pixels, number, _box(ink, lines, scale)),), False, is_vertical=True
            )
        numeric = len(lines) <= _MOST_LINES and all(
            line.width <= _LONGEST_NUMBER * max(line.height, 0.6 * em) for line in lines
        )
        pictures = [line_crop(ink, lines, i, em) for i in range(len(lines))]
        crops = tuple(
            Crop(pixels if numeric else squeezed(pixels), number, _box(ink, (line,), scale))
            for pixels, line in zip(pictures, lines, strict=True)
        )
        cut = numeric and is_cut(page, ink, lines)
        doubt = CUT if cut else DOUBT if specks else 0.0
        dirt = _DOT_IS_DIRT if ink.dots else 0.0
        return cls(ink, crops, numeric, dirt, stroke if numeric else None, doubt)

    def as_words(self) -> CellScan:
        """The same cell, whose crops are no number's."""
        crops = tuple(replace(crop, pixels=squeezed(crop.pixels)) for crop in self.crops)
        return replace(self, crops=crops, numeric=False, dirt=0.0, stroke=None, doubt=0.0)


def line_of(page: EvenPage, number: int, box: Box) -> Crop | None:
    """The crop of a line of text outside the tables, None if there is no ink."""
    ink = page.ink(box.grown(2, 1.2))
    if not ink.mask.any():
        return None
    em = character_height([ink.mask], page.scale)
    lines = text_lines(ink.mask, 100 * em)
    return Crop(line_crop(ink, lines, 0, em), number, _box(ink, lines, page.scale))


def rows_of(page: EvenPage, box: Box) -> list[Box]:
    """The boxes of the lines that stand under each other in the box, the box itself if but one."""
    ink = page.ink(box.grown(2, 1.2))
    return [_box(ink, [line], page.scale) for line in stacked_lines(ink.mask)] or [box]


def by_first(cell: CellScan, guess: Guess | None) -> Reading | None:
    """The cell reader's word, None where it is not clear enough to be taken for now."""
    if guess is None or not cell.crops or not cell.numeric or cell.doubt or cell.dirt:
        return None
    best = guess.best
    if not is_clear(guess) or cell.stroke:
        return None
    return Reading(best.text, best.probability, Source.OCR, guess.candidates, cell.ink.share)


def by_stroke(cell: CellScan, guess: Guess | None, speaks: Mapping[str, float]) -> Reading | None:
    """The mark that the stroke's own measures are of, where the cell reader names it, too, or where
    it is level and the cell reader sees no digit: two witnesses that saw the same, and none else
    need be asked. None if there are no such two."""
    if guess is None or not cell.stroke or not cell.numeric or cell.doubt or cell.dirt:
        return None
    mark, best = cell.stroke.mark, guess.best
    if not (best.text == mark and is_clear(guess)) and (mark == "/" or _digits(guess) > NO_DIGIT):
        return None
    told = NumberReading(mark, best.probability, guess.candidates)
    heard = with_stroke(told, mark, speaks[mark])
    if heard.text != mark:
        return None
    return Reading(heard.text, heard.probability, Source.OCR, heard.candidates, cell.ink.share)


def _digits(guess: Guess) -> float:
    """The share of digits in what the cell reader makes of a cell; 1 where it makes nothing of it.
    What it cannot make out tells of neither."""
    made_out = sum(c.probability for c in guess.candidates) + guess.other
    digits = sum(c.probability for c in guess.candidates if any(map(str.isdigit, c.text)))
    return digits / made_out if made_out else 1.0


def of_words(cell: CellScan, lines: Sequence[LineReading]) -> Reading:
    """What a cell of words says, line by line."""
    probability = prod(line.probability for line in lines)
    return Reading(_text(lines), probability, Source.OCR, (), cell.ink.share)


@dataclass(frozen=True, slots=True)
class Told:
    """What the readers that come first say of a cell: `guess` is the cell reader's, None if it was
    not asked; `lines` the label reader's, by their place, as far as they are clear."""

    guess: Guess | None = None
    lines: Mapping[int, LineReading] = field(default_factory=dict)


def by_both(
    cells: Sequence[CellScan], told: Sequence[Told], engine: Engine, speaks: Mapping[str, float]
) -> list[Reading]:
    """A reading for each cell; the engine is asked once for numbers and once for lines.

    `speaks`: how much a stroke speaks for its mark, for each mark that a cell has.
    """
    numbers = iter(engine.read_numbers([c for cell in cells if cell.numeric for c in cell.crops]))
    unclear = [
        crop
        for cell, first in zip(cells, told, strict=True)
        for i, crop in enumerate(cell.crops)
        if not cell.numeric and i not in first.lines
    ]
    texts = iter(engine.read_lines(unclear))
    return [
        _reading(cell, first, numbers, texts, speaks)
        for cell, first in zip(cells, told, strict=True)
    ]


def _blank(cell: CellScan) -> Reading:
    """What the ink alone says of a cell without any."""
    blank = cell.ink.blank
    return Reading("", blank, Source.OCR, (Candidate("", blank),), cell.ink.share)


def _reading(
    cell: CellScan,
    told: Told,
    numbers: Iterator[NumberReading],
    texts: Iterator[LineReading],
    speaks: Mapping[str, float],
) -> Reading:
    if not cell.crops:
        return heard_together(_blank(cell), told.guess)
    if not cell.numeric:
        places = range(len(cell.crops))
        return of_words(cell, [told.lines[i] if i in told.lines else next(texts) for i in places])
    parts = list(islice(numbers, len(cell.crops)))
    if mark := cell.stroke.mark if cell.stroke else None:
        parts = [with_stroke(part, mark, speaks[mark]) for part in parts]
    candidates = _with_blank(swept(_combined(parts)), cell.dirt)
    probability = prod(part.probability for part in parts) * (1 - cell.dirt)
    text, probability = chosen(_text(parts), probability, candidates)
    reading = Reading(text, probability, Source.OCR, candidates, cell.ink.share)
    reading = heard_together(reading, told.guess)
    return doubted(reading, cell.doubt) if cell.doubt else reading


def doubted(reading: Reading, doubt: float) -> Reading:
    """The reading if with the probability `doubt` something else stands there."""
    candidates = tuple(Candidate(c.text, c.probability * (1 - doubt)) for c in reading.candidates)
    return replace(reading, probability=reading.probability * (1 - doubt), candidates=candidates)


def _text(lines: Sequence[LineReading | NumberReading]) -> str:
    return "\n".join(line.text for line in lines if line.text)


def _combined(parts: Sequence[NumberReading]) -> list[Candidate]:
    """The rivals of a number on several lines: every line one of its rivals."""
    rivals = [
        Candidate("\n".join(c.text for c in choice if c.text), prod(c.probability for c in choice))
        for choice in product(*(part.candidates for part in parts))
    ]
    return nlargest(_KEEP, rivals, key=lambda c: c.probability)


def _with_blank(candidates: Sequence[Candidate], dirt: float) -> tuple[Candidate, ...]:
    """The rivals when the ink is dirt, and the cell blank, with some probability."""
    chances: dict[str, float] = {"": dirt} if dirt else {}
    for c in candidates:
        chances[c.text] = chances.get(c.text, 0.0) + c.probability * (1 - dirt)
    ranked = sorted(chances.items(), key=lambda item: -item[1])
    return tuple(Candidate(text, min(chance, 1.0)) for text, chance in ranked)


def _box(ink: Ink, lines: Sequence[Span], scale: float) -> Box:
    """The ink's box in upright points."""
    return Box(
        (ink.left + min(line.x0 for line in lines)) / scale,
        (ink.top + min(line.y0 for line in lines)) / scale,
        (ink.left + max(line.x1 for line in lines)) / scale,
        (ink.top + max(line.y1 for line in lines)) / scale,
    )
