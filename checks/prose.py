"""A report's lines of text put together again: its paragraphs, and their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from document.entry import Quote
from document.geometry import Box
from document.report import TextLine

SHORT, INDENT = 2.0, 1.0
"""In characters: a line that ends so far before its page's longest ends a paragraph; one that
begins so far inside begins one."""

APART = 1.5
"""Of a line's height: the next line of a paragraph is no further down."""

LONGEST = 2000
"""Characters: more without a full stop are no sentence, but a list or worse."""

_PAGE_NUMBER = re.compile(r"[-—–―·.\s]*第?\s*\d{1,4}\s*页?(?:\s*[/,]?\s*共\s*\d+\s*页)?[-—–―·.\s]*")
_END = re.compile(r"[。!?]|(?<!\d)\.(?!\d)")
"""A full stop of a scan may be read as a point."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its white space, and the lines it stands on.

    `places[i]` is the number of the line of the character i; `printed`: with its white space.
    """

    text: str
    printed: str
    lines: tuple[TextLine, ...]
    places: tuple[int, ...]

    def lines_at(self, start: int, end: int) -> tuple[TextLine, ...]:
        """The lines of these characters; the end is not included."""
        return tuple(self.lines[number] for number in sorted(set(self.places[start:end])))

    def quote(self, start: int) -> Quote:
        """The sentence, and where it stands on the page of the character `start`."""
        page = self.lines[self.places[start]].page
        boxes = [self.lines[n].box for n in set(self.places) if self.lines[n].page == page]
        return Quote(self.printed, page, Box.enclosing(boxes))


def sentences(lines: Iterable[TextLine]) -> Iterator[Sentence]:
    """The sentences of lines in reading order; page numbers belong to none."""
    text = [line for line in lines if line.text and not _PAGE_NUMBER.fullmatch(line.text)]
    for paragraph in _paragraphs(text):
        yield from _sentences_of(paragraph)


def _sentences_of(paragraph: Sequence[TextLine]) -> Iterator[Sentence]:
    printed = "".join(line.text for line in paragraph)
    numbers = [number for number, line in enumerate(paragraph) for _ in line.text]
    ends = [found.end() for found in _END.finditer(printed)]
    for start, end in pairwise([0, *ends, len(printed)]):
        kept = [i for i in range(start, end) if not printed[i].isspace()]
        if 0 < len(kept) <= LONGEST:
            yield Sentence(
                "".join(printed[i] for i in kept),
                printed[start:end].strip(),
                tuple(paragraph),
                tuple(numbers[i] for i in kept),
            )


@dataclass(frozen=True, slots=True)
class _Column:
    """Between which x a page's lines stand, and how high they usually are."""

    left: float
    right: float
    em: float

    @classmethod
    def of(cls, lines: Iterable[TextLine]) -> _Column:
        boxes = [line.box for line in lines]
        em = median(box.height for box in boxes)
        return cls(min(box.x0 for box in boxes), max(box.x1 for box in boxes), em)


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    columns = {
        page: _Column.of(on_page) for page, on_page in groupby(lines, key=lambda line: line.page)
    }
    paragraph: list[TextLine] = []
    for line in lines:
        if paragraph and not _goes_on(paragraph[-1], line, columns):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _goes_on(line: TextLine, after: TextLine, columns: Mapping[int, _Column]) -> bool:
    """Whether the line after it is of the same paragraph, perhaps on the next page."""
    here, there = columns[line.page], columns[after.page]
    if line.box.x1 < here.right - SHORT * here.em or after.box.x0 > there.left + INDENT * there.em:
        return False
    if after.page == line.page:
        return after.box.y0 - line.box.y1 < APART * line.box.height
    return after.page == line.page + 1 and not _END.fullmatch(line.text[-1])
