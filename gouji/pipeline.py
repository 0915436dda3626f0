"""The order of the stages: from a file to its output. Start reading here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import checks
import layout
import ocr
import reconstruct
from document.contract import FileOut, SourceOut
from document.errors import GoujiError, Problem
from document.output_file import shown
from document.page import PageKind
from document.report import JudgedReport, ReadPage, Reconstruction, Report
from gouji import memory
from gouji.attempts import attempt, unexpected
from gouji.doubt import read_again
from gouji.headings import OPENINGS, opening_lines, opening_pages
from gouji.mending import Mender
from gouji.output import TOO_BIG, file_out, nothing_out
from gouji.page_reading import Read, Readers, read_pages, with_prose
from gouji.settings import Settings

log = logging.getLogger("gouji.pipeline")

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
    target_error: float

    def output(self) -> FileOut:
        """What goes into the file's JSON."""
        frames = {page.layout.number: page.layout.frame for page in self.pages}
        unmatched = self.reconstruction.unmatched
        out = file_out(self.source, self.reports, unmatched, self.problems, frames)
        return out.model_copy(update={"target_error": self.target_error})


class Pipeline:
    """The forms and the engine, ready for one file after another; not for several threads."""

    def __init__(self, settings: Settings | None = None, engine: ocr.Engine | None = None) -> None:
        self._settings = settings or Settings()
        self._forms = reconstruct.FormMatcher(reconstruct.load_forms(self._settings.forms))
        threads = self._settings.threads
        engine = engine or ocr.PaddleEngine(self._settings.engine_models, threads)
        self._readers = Readers(engine, ocr.CellReader(threads), ocr.LabelReader(threads), threads)

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
            problem = Problem("out_of_memory", f"{shown(path)}: {TOO_BIG}")
        except Exception as error:  # a hostile file must not take its neighbours along
            log.exception("%s: unexpected failure", path)
            problem = Problem("internal_error", unexpected(path, error))
        return nothing_out(path, name, problem)

    def trace(
        self,
        path: Path,
        name: str | None = None,
        on_page: OnPage | None = None,
    ) -> Trace:
        """As `digitize`, with every intermediate kept. GoujiError if the file cannot be read."""
        problems: list[Problem] = []
        settings = self._settings
        with layout.open_source(path, settings.password, settings.limits) as source:
            numbers = self._page_numbers(path, source.pages)
            pages: list[ReadPage] = []
            # What fails there fails again when the page is finished, and is told then.
            mend = partial(self._mended, path, before=(), problems=[])
            each = read_pages(self._readers, source, numbers, problems, mend)
            for place, read in enumerate(each, 1):
                if read is not None:
                    page = self._finished(path, read, pages[-1:], problems)
                    first = page.layout.number == numbers[0]  # its opening may yet be read
                    pages.append(page if first else page.without_picture())
                if place % memory.EVERY == 0:
                    memory.give_back()
                if on_page:
                    on_page(place, len(numbers))
            problems.sort(key=lambda problem: problem.page or 0)
            reconstruction, pages = self._reconstructed(source, pages)
        out = SourceOut(name=name or path.name, sha256=source.sha256, pages=source.pages)
        reports = tuple(map(self._judged, reconstruction.reports))
        problems += _emptiness(path, pages, reconstruction)
        target = self._settings.target_error
        return Trace(out, tuple(pages), reconstruction, reports, tuple(problems), target)

    def _judged(self, report: Report) -> JudgedReport:
        target = self._settings.target_error
        return checks.told_in_words(checks.judge(checks.jointly_read(report), target), target)

    def _page_numbers(self, path: Path, count: int) -> list[int]:
        wanted = self._settings.pages
        numbers = [n for n in range(1, count + 1) if wanted is None or n in wanted]
        if not numbers:
            raise PagesError(
                f"{shown(path)}: has {count} pages, none of those asked for with --pages"
            )
        return numbers

    def _finished(
        self,
        path: Path,
        read: Read,
        before: Sequence[ReadPage],
        problems: list[Problem],
    ) -> ReadPage:
        """The page with its tables as its forms have them, its doubtful cells read once more, its
        text if that is asked for; as far as this fails, the page as it was."""
        page, reader = read.page, read.reader
        mended = None if any(each.layout.grids for each in before) else read.alone
        page = mended or self._mended(path, page, reader, before, problems) or page
        step = partial(read_again, page, before, reader, self._forms, self._settings.target_error)
        page = attempt(path, page.layout.number, problems, step) or page
        if not self._settings.narrative or page.layout.kind is PageKind.DIGITAL:
            return page
        return (
            attempt(path, page.layout.number, problems, partial(with_prose, page, reader)) or page
        )

    def _mended(
        self,
        path: Path,
        page: ReadPage,
        reader: ocr.PageReader,
        before: Sequence[ReadPage],
        problems: list[Problem],
    ) -> ReadPage | None:
        """The page with its tables as its forms have them; None and a problem if this fails."""
        mend = partial(Mender(self._forms, reader).mended, page, before)
        return attempt(path, page.layout.number, problems, mend)

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
            whole = layout.read_page(source, whole.number, self._readers.legibility, lambda: turned)
        known = {line.box for line in page.lines}
        boxes = [box for box in opening_lines(whole, count) if box not in known]
        more = ocr.page_reader(whole, self._readers.engine).lines(boxes)
        return replace(page, lines=(*page.lines, *more))


class PagesError(GoujiError):
    """The pages asked for are not in the file."""

    code = "no_such_page"


def _emptiness(
    path: Path, pages: Sequence[ReadPage], reconstruction: Reconstruction
) -> Iterator[Problem]:
    """Why nothing came out, if nothing did."""
    if reconstruction.reports or not pages:
        return
    if tables := len(reconstruction.unmatched):
        fit = "table fits" if tables == 1 else "tables fit"
        yield Problem(
            "no_form_matched",
            f"{shown(path)}: {tables} {fit} no form; the output has them whole, and "
            "docs/forms.md shows how to write a form for them",
        )
    else:
        read = "the page" if len(pages) == 1 else f"any of the {len(pages)} pages"
        yield Problem("no_table", f"{shown(path)}: no table found on {read}")
