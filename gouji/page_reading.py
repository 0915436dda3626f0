"""A file's pages taken out of it one by one, and read several at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

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

Read = tuple[ReadPage, ocr.PageReader]


def threads_a_page(threads: int) -> int:
    """What the networks get of them: a page read beside another needs no more than its own. On two
    cores a page takes 9 % longer where each of two has both."""
    return max(threads // MOST_PAGES_AT_ONCE, 1)


@dataclass(frozen=True, slots=True)
class Readers:
    """All that read pages; several pages may be read at the same time."""

    engine: ocr.Engine
    cells: ocr.CellReader
    labels: ocr.LabelReader

    def legibility(self, crops: Sequence[Pixels]) -> float:
        """How well lines of text read, 0 to 1: see `ocr.legibility`."""
        return ocr.legibility(crops, self.labels, self.engine)

    def page(self, page: PageLayout) -> Read:
        """The page with its cells read, and the reader that remembers them."""
        reader = ocr.page_reader(page, self.engine, self.cells, self.labels)
        return ReadPage(page, reader.tables(page.grids), reader.lines(title_lines(page))), reader


def read_pages(
    readers: Readers,
    source: layout.SourceFile,
    numbers: Sequence[int],
    problems: list[Problem],
    threads: int,
) -> Iterator[Read | None]:
    """Each page read, in order, or None and a problem."""
    at_once = min(threads, MOST_PAGES_AT_ONCE)
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
                    partial(tried, pool.submit(_read, readers, taken, before, turned).result)
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
    return readers.page(page)


def _told(quarters: int) -> Future[int]:
    told: Future[int] = Future()
    told.set_result(quarters)
    return told
