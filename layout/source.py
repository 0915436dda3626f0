"""Opening a file: what it is by its content, and why it cannot be read if it cannot."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from document.errors import SourceError
from document.limits import SourceLimits
from layout.pdf_file import PdfFile
from layout.picture_file import PictureFile
from layout.source_file import SourceFile, refusal

HEAD = 1024
"""A PDF's mark stands among the first so many bytes."""
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"BM")
OTHERS = (
    (b"PK\x03\x04", "it is an Office, OFD or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "it is an old Office file"),
    (b"{\\rtf", "it is a rich text file"),
    (b"<!doctype html", "it is a web page"),
    (b"<html", "it is a web page"),
)


def open_source(
    path: Path | str, password: str | None = None, limits: SourceLimits | None = None
) -> SourceFile:
    """The file as pages, a context manager.

    What it is shows in its content, whatever its name says. `password` opens an encrypted PDF.
    Raises SourceError with code file_unreadable, file_too_large, empty_file, not_a_document,
    damaged, truncated, encrypted, wrong_password, no_pages, too_many_pages or page_too_large.
    """
    path, limits = Path(path), limits or SourceLimits()
    try:
        head, sha256 = _head_and_digest(path, limits.megabytes)
    except OSError as error:
        cause = error.strerror or "it cannot be read"
        raise refusal(path, "file_unreadable", cause, "Check that it exists and may be read") \
            from error  # fmt: skip
    except ValueError as error:  # a zero byte in the name
        raise refusal(path, "file_unreadable", "no file can have this name", "Rename it") from error
    if not head:
        raise refusal(path, "empty_file", "the file is empty", "Copy or download it again")
    if b"%PDF-" in head:
        return PdfFile(path, sha256, password, limits)
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return PictureFile(path, sha256, limits)
    raise _no_document(path, head)


def _head_and_digest(path: Path, most: int) -> tuple[bytes, str]:
    """The first bytes and the SHA-256 of them all; pipes and devices are refused, not read, nor is
    a file of more than `most` megabytes, which may be nothing but a hole."""
    status = path.stat()
    if status.st_size > most * 1_000_000:
        cause = f"it has {status.st_size / 1e6:.0f} MB, more than {most}"
        advice = "Split it, or allow more with --most-megabytes"
        raise refusal(path, "file_too_large", cause, advice)
    if not stat.S_ISREG(status.st_mode):
        raise IsADirectoryError(0, "it is not a file" if not path.is_dir() else "it is a folder")
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(0)
        return head, hashlib.file_digest(file, "sha256").hexdigest()


def _no_document(path: Path, head: bytes) -> SourceError:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    causes = [cause for mark, cause in OTHERS if text.startswith(mark.lower())]
    cause = causes[0] if causes else "it is neither a PDF nor a picture"
    return refusal(path, "not_a_document", cause, "Print or save it as a PDF, PNG, JPEG or TIFF")
