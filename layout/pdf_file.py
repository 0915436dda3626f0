"""A PDF as a source file: pdfium renders it, pdfplumber says what it draws."""

from __future__ import annotations

import logging
import os
import re
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from document.errors import SourceError
from document.geometry import Size
from document.limits import SourceLimits
from document.picture import Pixels
from layout.content import DamagedContentError, is_reasonable
from layout.drawing import Drawing, drawing_of
from layout.patience import within
from layout.source_file import (
    SourceFile,
    bounded_dpi,
    guarded,
    quiet,
    refusal,
    too_many_pages,
)

ASK_AGAIN = "Ask for the file again or print it to a new PDF"
TAIL = 1 << 16
"""The end of a whole PDF says where its table of objects is; some append rubbish behind it."""
HEAD = 1024
LINEARIZED = re.compile(rb"/Linearized[^>]{0,200}?/L\s+(\d{1,12})\b")
"""A PDF laid out for the web says at its head how long it is, and has a table there as well."""

log = logging.getLogger("gouji.layout")


class PdfFile(SourceFile):
    """A PDF opened by pdfium at once, by pdfplumber when its content is first asked for."""

    def __init__(self, path: Path, sha256: str, password: str | None, limits: SourceLimits) -> None:
        self._password = password
        self._limits = limits
        self._pdfium = _opened(path, password)
        super().__init__(path, sha256, _page_count(path, self._pdfium, limits.pages))
        self._plumber: Any = None
        self._drawn: tuple[int, Drawing | None] = (0, None)

    def size(self, number: int) -> Size:
        with self._guarded(number):
            return Size(*self._pdfium.get_page_size(number - 1))

    def render(self, number: int, dpi: float, gray: bool = False) -> Pixels:
        scale = bounded_dpi(self.path, self.size(number), dpi) / 72
        with self._guarded(number):
            page = self._pdfium[number - 1]
            try:
                bitmap = page.render(scale=scale, grayscale=gray)
                pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
                bitmap.close()
            finally:
                page.close()
        return pixels[..., 0] if gray and pixels.ndim == 3 else pixels

    def native_dpi(self, number: int) -> float | None:
        drawing = self.drawing(number)
        pictures = [p for p in drawing.pictures if p.columns * p.rows > 0] if drawing else []
        return max(pictures, key=lambda p: p.box.area).dpi if pictures else None

    def drawing(self, number: int) -> Drawing | None:
        if self._drawn[0] != number:
            self._drawn = (number, self._drawing(number))
        return self._drawn[1]

    def close(self) -> None:
        with quiet():
            try:
                self._pdfium.close()
                if self._plumber is not None:
                    self._plumber.close()
            except Exception as error:  # a broken file need not close cleanly
                log.debug("%s: %s", self.path, error)

    def _drawing(self, number: int) -> Drawing | None:
        """None when pdfplumber cannot read the page: pdfium may still render it."""
        size = self.size(number)
        with quiet():
            try:
                drawn = partial(self._drawn_by, number, size)
                return within(self._limits.seconds, self._limits.mebibytes, drawn)
            except DamagedContentError as error:
                raise self._unreadable(number) from error
            except Exception as error:  # see guarded: anything may come out
                log.info("%s: page %d has no usable text layer: %s", self.path, number, error)
                return None

    def _drawn_by(self, number: int, size: Size) -> Drawing | None:
        if self._plumber is None:
            self._plumber = pdfplumber.open(_readable(self.path), password=self._password)
        page = self._plumber.pages[number - 1]
        drawing = drawing_of(page, size) if is_reasonable(page.page_obj) else None
        page.close()
        return drawing

    def _guarded(self, number: int) -> AbstractContextManager[None]:
        return guarded(self._unreadable(number))

    def _unreadable(self, number: int) -> SourceError:
        cause = f"page {number} is damaged and cannot be drawn"
        return refusal(self.path, "page_unreadable", cause, ASK_AGAIN)


def _opened(path: Path, password: str | None) -> Any:
    """The pdfium document; SourceError says why there is none."""
    with quiet():
        try:
            document = pdfium.PdfDocument(_readable(path), password=password, autoclose=True)
        except pdfium.PdfiumError as error:
            raise _reason(path, error.err_code, password) from error
        except Exception as error:
            raise _reason(path, None, password) from error
        try:
            document.init_forms()
        except Exception as error:
            log.debug("%s: form fields are not drawn: %s", path, error)
    if _is_cut_off(path):
        document.close()
        raise _truncated(path)
    return document


def _readable(path: Path) -> Any:
    """The path where the library can take it, an open file where its name is no UTF-8."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        return path.open("rb")
    return path


def _reason(path: Path, code: int | None, password: str | None) -> SourceError:
    opens = _opens(path, password)
    if not opens and code == pdfium_raw.FPDF_ERR_PASSWORD:
        if password is None:
            return refusal(path, "encrypted", "it is encrypted", "Give its password: --password")
        return refusal(path, "wrong_password", "the password does not open it", "Check --password")
    if not opens and code == pdfium_raw.FPDF_ERR_SECURITY:
        return refusal(
            path, "encrypted", "its kind of encryption is not supported",
            "Save an unprotected copy with the program that made it",
        )  # fmt: skip
    if _is_cut_off(path):
        return _truncated(path)
    if opens:
        return refusal(path, "no_pages", "it has no pages", ASK_AGAIN)
    return refusal(path, "damaged", "it begins like a PDF but is damaged", ASK_AGAIN)


def _opens(path: Path, password: str | None) -> bool:
    """Whether pdfium opens a file that pypdfium2 refused: then all that is wrong is no page.

    pypdfium2 takes a document without pages for one that failed, and gives as the reason pdfium's
    last error, which is then that of an earlier file.
    """
    document = pdfium_raw.FPDF_LoadDocument(
        os.fsencode(path), None if password is None else password.encode(errors="replace")
    )
    if document:
        pdfium_raw.FPDF_CloseDocument(document)
    return bool(document)


def _truncated(path: Path) -> SourceError:
    return refusal(path, "truncated", "its end is missing", "Copy or download it again")


def _is_cut_off(path: Path) -> bool:
    """Whether the file is shorter than it says, or no table of objects stands at the end.

    pdfium opens many such files all the same, and shows the pages it finds: some would be lost
    without a word.
    """
    with path.open("rb") as file:
        whole = LINEARIZED.search(file.read(HEAD))
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - TAIL, 0))
        return b"startxref" not in file.read() or (whole is not None and int(whole[1]) > size)


def _page_count(path: Path, document: Any, most: int) -> int:
    with guarded(refusal(path, "damaged", "its list of pages is damaged", ASK_AGAIN)):
        count = len(document)
    if count == 0:
        raise refusal(path, "no_pages", "it has no pages", ASK_AGAIN)
    if count > most:
        raise too_many_pages(path, f"it claims {count} pages, more than {most}")
    return count
