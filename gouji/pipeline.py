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
from document.form import Form
from document.grid import TableGrid
from document.page import PageKind, PageLayout
from document.picture import Pixels
from document.report import JudgedReport, ReadPage, Reconstruction
from gouji.headings import OPENINGS, opening_lines, opening_pages, title_lines
from gouji.output import TOO_BIG, file_out, nothing_out
from gouji.settings import Settings

log = logging.getLogger("gouji.pipeline")

MOST_PAGES_AT_ONCE = 4
"""Pages read side by side at most, on however many cores: each holds its picture in memory."""

LOOKS = 2
"""Times at most that a page's grids are compared with its forms and completed."""

CLEARLY_MORE = 1.1
"""By so much more of a form's slots must a grid told by text have to replace one of rulings, which
tell better where its cells end."""

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
        self._forms: tuple[Form, ...] = reconstruct.load_forms(self._settings.forms)
        self._engine = engine or ocr.PaddleEngine(
            self._settings.engine_models, self._settings.threads
        )
        self._cells = ocr.CellReader(self._settings.threads)

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
                    step = partial(self._mended, read, pages[-1:])
                    page = _attempt(path, read.layout.number, problems, step) or read
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
    ) -> Iterator[ReadPage | None]:
        """Each page read, in order, or None and a problem.

        While a page's cells are read, the next page's are found.
        """
        at_once = min(self._settings.threads, MOST_PAGES_AT_ONCE)
        with ThreadPoolExecutor(at_once, "gouji-ocr") as readers:
            reading: deque[Callable[[], ReadPage | None]] = deque()
            for number in numbers:
                attempt = partial(_attempt, source.path, number, problems)
                page = attempt(partial(layout.read_page, source, number, self._legibility))
                if page is None:
                    reading.append(lambda: None)
                else:
                    future = readers.submit(self._read_page, page)
                    reading.append(partial(attempt, future.result))
                if len(reading) > at_once:
                    yield reading.popleft()()
            while reading:
                yield reading.popleft()()

    def _read_page(self, page: PageLayout) -> ReadPage:
        return ReadPage(
            page,
            ocr.read_cells(page, self._engine, first=self._cells),
            ocr.read_lines(page, self._engine, title_lines(page)),
        )

    def _mended(self, page: ReadPage, before: Sequence[ReadPage]) -> ReadPage:
        """The page with its tables as its forms have them; `before` is the page before, for a table
        that goes on. Done while the page's picture is at hand."""
        drawn = self._completed(page, before)
        placed = self._placed(drawn, before)
        return drawn if placed is drawn else self._completed(placed, before)

    def _placed(self, page: ReadPage, before: Sequence[ReadPage]) -> ReadPage:
        """The page with the tables that rulings do not draw, or draw in part only, put where a
        form's lines are printed. `before` is the page before, for a table that goes on."""
        known = reconstruct.coverage([*before, page], self._forms)
        whole = [each.grid for each in known if each.whole]
        lines = layout.loose_text(page.layout, [grid.box for grid in whole])
        if not lines:
            return page
        words = iter(ocr.read_lines(page.layout, self._engine, [b for line in lines for b in line]))
        text = [[next(words) for _ in line] for line in lines]
        above = before[-1].layout.grids if before else ()
        found = reconstruct.placed_tables(page.layout.number, text, self._forms, above)
        grids = _best_grids(page.layout, known, found)
        if not found or grids == page.layout.grids:
            return page
        other = self._with_grids(page, grids)
        gained = reconstruct.coverage([*before, other], self._forms)
        if _slots(gained) < _slots(known):
            return page
        headings = [each.grid.box for each in found if not each.slots]  # of a table that goes on
        good = [each.grid for each in gained] + list(page.layout.grids)
        kept = [g for g in grids if g in good or any(g.box.common(box) for box in headings)]
        return self._with_grids(replace(page, tables=other.tables), kept)

    def _with_grids(self, page: ReadPage, grids: Sequence[TableGrid]) -> ReadPage:
        """The page with these grids, what is new in them read."""
        drawn = page.layout.with_grids(grids)
        tables = ocr.read_cells(drawn, self._engine, page.tables, self._cells)
        return replace(page, layout=drawn, tables=tables)

    def _completed(self, page: ReadPage, before: Sequence[ReadPage]) -> ReadPage:
        """The page with its grids as its forms expect them, what is new in them read.

        `before` is the page before, for a table that begins there. A second look is for what the
        first brought to light. Done while the page's picture is at hand.
        """
        for _ in range(LOOKS):
            expected = reconstruct.expectations([*before, page], self._forms)
            grids = layout.completed(page.layout, expected)
            if grids == page.layout.grids:
                break
            page = self._with_grids(page, grids)
        return page

    def _reconstructed(
        self, source: layout.SourceFile, pages: list[ReadPage]
    ) -> tuple[Reconstruction, list[ReadPage]]:
        """The reports; where no title tells a scanned one's year, its opening lines are read too.

        Most titles do, and reading on in all reports would cost as much as their tables.
        """
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
            whole = layout.read_page(source, whole.number, self._legibility)
        known = {line.box for line in page.lines}
        boxes = [box for box in opening_lines(whole, count) if box not in known]
        more = ocr.read_lines(whole, self._engine, boxes)
        return replace(page, lines=(*page.lines, *more))

    def _legibility(self, crops: Sequence[Pixels]) -> float:
        return ocr.legibility(self._engine, crops)


def _best_grids(
    page: PageLayout,
    known: Sequence[reconstruct.Coverage],
    placed: Sequence[reconstruct.PlacedTable],
) -> tuple[TableGrid, ...]:
    """The grids on forms and, where they have clearly more of a form's slots, the placed ones.

    Of other grids those go over which a placed one stands.
    """
    better = []
    for each in placed:
        there = [g for g in page.grids if g.box.common(each.grid.box)]
        slots = sum(k.slots for k in known if k.grid in there)
        if not there or each.slots > CLEARLY_MORE * slots:
            better.append(each.grid)
    better = list(layout.on_rulings(page, better))
    kept = [g for g in page.grids if not any(g.box.common(b.box) for b in better)]
    return (*kept, *better)


def _slots(known: Sequence[reconstruct.Coverage]) -> int:
    return sum(each.slots for each in known)


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
