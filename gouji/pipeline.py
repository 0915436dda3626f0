"""The order of the stages: from a file to its output. Start reading here."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import checks
import layout
import ocr
import reconstruct
from document.contract import FileOut, SourceOut
from document.errors import GoujiError, Problem, SourceError, reason_of
from document.page import PageKind, PageLayout
from document.picture import Pixels
from document.report import JudgedReport, ReadPage, Reconstruction
from gouji.doubt import read_again
from gouji.headings import OPENINGS, opening_lines, opening_pages, title_lines
from gouji.mending import Mender
from gouji.output import TOO_BIG, file_out, nothing_out
from gouji.settings import Settings

log = logging.getLogger("gouji.pipeline")

MOST_PAGES_AT_ONCE = 4
"""Pages read side by side at most, on however many cores: each holds its picture in memory."""

Result = TypeVar("Result")

OnPage = Callable[[int, int], None]
"""Called after each page with its place in the run and the number of pages in the run."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything on the way from a file to its output, for looking at."""

    source: SourceOut
    pages: tuple[ReadPage, ...]
    reconstruction: Reconstruction
    reports: tuple[JudgedReport, ...]
    problems: tuple[Problem, ...]

    def output(self) -> FileOut:
        """What goes into the file's JSON."""
        frames = {page.layout.number: page.layout.frame for page in self.pages}
        unmatched = self.reconstruction.unmatched
        return file_out(self.source, self.reports, unmatched, self.problems, frames)


class Pipeline:
    """The forms and the engine, ready for one file after another; not for several threads."""

    def __init__(self, settings: Settings | None = None, engine: ocr.Engine | None = None) -> None:
        self._settings = settings or Settings()
        self._forms = reconstruct.FormMatcher(reconstruct.load_forms(self._settings.forms))
        self._engine = engine or ocr.PaddleEngine(
            self._settings.engine_models, self._settings.threads
        )
        self._cells = ocr.CellReader(self._settings.threads)
        self._labels = ocr.LabelReader(self._settings.threads)

    def digitize(
        self, path: Path, name: str | None = None, on_page: OnPage | None = None
    ) -> FileOut:
        """What is in the file; if it cannot be read, a `problems` entry says why. Never raises.

        `name` goes into the output as the source's name, the file's own name if not given.
        """
        name = name or path.name
        try:
            return self.trace(path, name, on_page).output()
        except GoujiError as error:
            problem = Problem(error.code, str(error))
        except MemoryError:
            problem = Problem("out_of_memory", f"{path}: {TOO_BIG}")
        except Exception as error:  # a hostile file must not take its neighbours along
            log.exception("%s: unexpected failure", path)
            problem = Problem("internal_error", _unexpected(path, error))
        return nothing_out(path, name, problem)

    def trace(
        self,
        path: Path,
        name: str | None = None,
        on_page: OnPage | None = None,
    ) -> Trace:
        """As `digitize`, with every intermediate kept. GoujiError if the file cannot be read."""
        problems: list[Problem] = []
        with layout.open_source(path, self._settings.password) as source:
            numbers = self._page_numbers(path, source.pages)
            pages: list[ReadPage] = []
            for place, read in enumerate(self._read_pages(source, numbers, problems), 1):
                if read is not None:
                    page = self._finished(path, *read, pages[-1:], problems)
                    first = page.layout.number == numbers[0]  # its opening may yet be read
                    pages.append(page if first else page.without_picture())
                if on_page:
                    on_page(place, len(numbers))
            problems.sort(key=lambda problem: problem.page or 0)
            reconstruction, pages = self._reconstructed(source, pages)
        out = SourceOut(name=name or path.name, sha256=source.sha256, pages=source.pages)
        reports = tuple(
            checks.judge(report, checks.evaluate(report), self._settings.target_error)
            for report in reconstruction.reports
        )
        problems += _emptiness(path, pages, reconstruction)
        return Trace(out, tuple(pages), reconstruction, reports, tuple(problems))

    def _page_numbers(self, path: Path, count: int) -> list[int]:
        wanted = self._settings.pages
        numbers = [n for n in range(1, count + 1) if wanted is None or n in wanted]
        if not numbers:
            raise PagesError(f"{path}: has {count} pages, none of those asked for with --pages")
        return numbers

    def _read_pages(
        self, source: layout.SourceFile, numbers: Sequence[int], problems: list[Problem]
    ) -> Iterator[tuple[ReadPage, ocr.PageReader] | None]:
        """Each page read, in order, and its reader, or None and a problem. While a page's cells are
        read, the next page's are found."""
        at_once = min(self._settings.threads, MOST_PAGES_AT_ONCE)
        with ThreadPoolExecutor(at_once, "gouji-ocr") as readers:
            reading: deque[Callable[[], tuple[ReadPage, ocr.PageReader] | None]] = deque()
            turned = 0
            for number in numbers:
                attempt = partial(_attempt, source.path, number, problems)
                page = attempt(partial(layout.read_page, source, number, self._legibility, turned))
                if page is not None and page.kind is PageKind.SCAN:
                    turned = page.frame.quarters
                if page is None:
                    reading.append(lambda: None)
                else:
                    future = readers.submit(self._read_page, page)
                    reading.append(partial(attempt, future.result))
                if len(reading) > at_once:
                    yield reading.popleft()()
            while reading:
                yield reading.popleft()()

    def _read_page(self, page: PageLayout) -> tuple[ReadPage, ocr.PageReader]:
        reader = ocr.page_reader(page, self._engine, self._cells, self._labels)
        return ReadPage(page, reader.tables(page.grids), reader.lines(title_lines(page))), reader

    def _finished(
        self,
        path: Path,
        page: ReadPage,
        reader: ocr.PageReader,
        before: Sequence[ReadPage],
        problems: list[Problem],
    ) -> ReadPage:
        """The page with its tables as its forms have them, its doubtful cells read once more; as
        far as this fails, the page as it was."""
        number = page.layout.number
        mend = partial(Mender(self._forms, reader).mended, page, before)
        page = _attempt(path, number, problems, mend) or page
        step = partial(read_again, page, before, reader, self._forms, self._settings.target_error)
        return _attempt(path, number, problems, step) or page

    def _reconstructed(
        self, source: layout.SourceFile, pages: list[ReadPage]
    ) -> tuple[Reconstruction, list[ReadPage]]:
        """The reports; where no title tells a scanned one's year, its opening lines are read too.
        Most titles do, and reading on in all reports would cost as much as their tables."""
        found = reconstruct.reconstruct(pages, self._forms)
        for count in OPENINGS:
            again = opening_pages(found.reports, [page.layout for page in pages])
            if not again:
                break
            pages = [
                self._with_opening(source, page, count) if page.layout.number in again else page
                for page in pages
            ]
            found = reconstruct.reconstruct(pages, self._forms)
        return found, pages

    def _with_opening(self, source: layout.SourceFile, page: ReadPage, count: int) -> ReadPage:
        if page.layout.kind is PageKind.DIGITAL:
            return page
        whole = page.layout
        if whole.picture is None:
            turned = whole.frame.quarters
            whole = layout.read_page(source, whole.number, self._legibility, turned)
        known = {line.box for line in page.lines}
        boxes = [box for box in opening_lines(whole, count) if box not in known]
        more = ocr.page_reader(whole, self._engine).lines(boxes)
        return replace(page, lines=(*page.lines, *more))

    def _legibility(self, crops: Sequence[Pixels]) -> float:
        return ocr.legibility(crops, self._labels, self._engine)


class PagesError(GoujiError):
    """The pages asked for are not in the file."""

    code = "no_such_page"


def _attempt(
    path: Path, number: int, problems: list[Problem], step: Callable[[], Result]
) -> Result | None:
    """What the step gives; None and a problem where it fails on this page and may not on others."""
    try:
        return step()
    except SourceError as error:
        problems.append(Problem(error.code, str(error), number))
    except (GoujiError, MemoryError):
        raise
    except Exception as error:  # as in `digitize`, for one page
        log.exception("%s: unexpected failure on page %d", path, number)
        problems.append(Problem("internal_error", _unexpected(path, error), number))
    return None


def _unexpected(path: Path, error: Exception) -> str:
    return (
        f"{path}: failed inside Gouji ({reason_of(error)}); "
        "run again with -v and report it with the file if you can"
    )


def _emptiness(
    path: Path, pages: Sequence[ReadPage], reconstruction: Reconstruction
) -> Iterator[Problem]:
    """Why nothing came out, if nothing did."""
    if reconstruction.reports or not pages:
        return
    if tables := len(reconstruction.unmatched):
        yield Problem(
            "no_form_matched",
            f"{path}: {tables} {'table fits' if tables == 1 else 'tables fit'} no form; the output "
            "has them whole, and docs/forms.md shows how to write a form for them",
        )
    else:
        read = "the page" if len(pages) == 1 else f"any of the {len(pages)} pages"
        yield Problem("no_table", f"{path}: no table found on {read}")
