"""A file's pages taken out of it one by one, and read several at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import checks
import layout
import ocr
from document.errors import Problem
from document.page import PageLayout
from document.picture import Pixels
from document.report import ReadPage
from gouji.attempts import attempt
from gouji.headings import title_lines

MOST_PAGES_AT_ONCE = 4
"""Pages read side by side at most, on however many cores: each holds its picture in memory."""

Mend = Callable[[ReadPage, ocr.PageReader], ReadPage | None]
"""The page with its tables as its forms have them, None where that fails."""


@dataclass(frozen=True, slots=True)
class Readers:
    """All that read pages, several of them at the same time, in so many `threads`."""

    engine: ocr.Engine
    cells: ocr.CellReader
    labels: ocr.LabelReader
    threads: int

    def legibility(self, crops: Sequence[Pixels]) -> float:
        """How well lines of text read, 0 to 1: see `ocr.legibility`."""
        return ocr.legibility(crops, self.labels, self.engine)

    def page(self, page: PageLayout) -> tuple[ReadPage, ocr.PageReader]:
        """The page with its cells read, and the reader that remembers them."""
        reader = ocr.page_reader(page, self.engine, self.cells, self.labels)
        return ReadPage(page, reader.tables(page.grids), reader.lines(title_lines(page))), reader


@dataclass(frozen=True, slots=True)
class Read:
    """A page, `alone` as mended without a look at the page before, and the reader that remembers
    what it read for both."""

    page: ReadPage
    alone: ReadPage | None
    reader: ocr.PageReader


def read_pages(
    readers: Readers,
    source: layout.SourceFile,
    numbers: Sequence[int],
    problems: list[Problem],
    mend: Mend,
) -> Iterator[Read | None]:
    """Each page read, in order, or None and a problem.

    `mend` is done beside other pages, while those before are not done with: most of what a page's
    forms make it read does not depend on them.
    """
    at_once = min(readers.threads, MOST_PAGES_AT_ONCE)
    with ThreadPoolExecutor(at_once, "gouji-page") as pool:
        reading: deque[Callable[[], Read | None]] = deque()
        before = _told(0)
        for number in numbers:
            tried = partial(attempt, source.path, number, problems)
            taken = tried(partial(layout.take_page, source, number))
            if taken is None:
                reading.append(lambda: None)
            else:
                turned: Future[int] = Future()
                reading.append(
                    partial(tried, pool.submit(_read, readers, taken, before, turned, mend).result)
                )
                before = turned
            if len(reading) > at_once:
                yield reading.popleft()()
        while reading:
            yield reading.popleft()()


def _read(
    readers: Readers,
    taken: PageLayout | layout.PageScan,
    before: Future[int],
    turned: Future[int],
    mend: Mend,
) -> Read:
    """The page read. `before`: by how many quarters the page before is turned, which began to be
    read earlier; `turned`, to be told: by how many this one is, or else the last scan before it."""
    quarters: int | None = None
    try:
        if isinstance(taken, PageLayout):
            page = taken
        else:
            page = taken.read(readers.legibility, before.result)
            quarters = page.frame.quarters
    finally:
        turned.set_result(before.result() if quarters is None else quarters)
    read, reader = readers.page(page)
    is_digital = isinstance(taken, PageLayout)  # all of it is read, and mending it takes no time
    return Read(read, None if is_digital else mend(read, reader), reader)


def with_prose(page: ReadPage, reader: ocr.PageReader) -> ReadPage:
    """The scanned page with its running text read."""
    level = [line for line in page.layout.lines if line.width > line.height]
    return replace(page, prose=reader.prose(level, checks.telling))


def _told(quarters: int) -> Future[int]:
    told: Future[int] = Future()
    told.set_result(quarters)
    return told
