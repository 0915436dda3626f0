"""Bad and odd files, each with what opening it and reading its first page must say."""

from __future__ import annotations

import os
import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.small_pdf import CATALOG, assembled, encrypted, line, pdf, stream, table, text

PASSWORD = "open sesame"
PROSE = text(72, 700, "A report without any table")
TABLE = table((72, 272, 472), (600, 630, 660)) + text(80, 610, "rain") + text(280, 610, "31 mm")


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file in the folder; the code that opening it gives, and reading page 1; None: all well."""

    name: str
    opening: str | None = None
    reading: str | None = None


def write_bad_files(folder: Path) -> tuple[BadFile, ...]:
    """Every one of them, written into the folder, which must be there and empty."""
    for file, content in CONTENTS.items():
        (folder / file.name).write_bytes(content() if callable(content) else content)
    return (*CONTENTS, *_written_otherwise(folder))


def _written_otherwise(folder: Path) -> tuple[BadFile, ...]:
    """What is bad not by its content."""
    (folder / "folder.pdf").mkdir()
    (folder / "gone.pdf").symlink_to(folder / "nowhere")
    found = [BadFile("folder.pdf", "file_unreadable"), BadFile("gone.pdf", "file_unreadable")]
    locked = folder / "locked.pdf"
    locked.write_bytes(pdf(PROSE))
    locked.chmod(0)
    # Root may read everything.
    readable = os.access(locked, os.R_OK)
    return (*found, BadFile("locked.pdf", None if readable else "file_unreadable"))


def _picture(mode: str, size: tuple[int, int], color: int | str, format: str) -> bytes:
    out = BytesIO()
    Image.new(mode, size, color).save(out, format=format)
    return out.getvalue()


def _noise(format: str) -> bytes:
    out, pixels = BytesIO(), random.Random(1).randbytes(200 * 200)
    Image.frombytes("L", (200, 200), pixels).save(out, format=format)
    return out.getvalue()


def png(width: int, height: int, rows: bytes) -> bytes:
    """A bilevel PNG that claims a size; `rows` are its packed pixels, as many as there are."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _without_pages() -> bytes:
    return assembled({CATALOG: b"<< /Type /Catalog /Pages 2 0 R >>",
                      2: b"<< /Type /Pages /Count 0 /Kids [] >>"})  # fmt: skip


def _page_tree(kids: str, count: int = 1) -> bytes:
    return assembled({CATALOG: b"<< /Type /Catalog /Pages 2 0 R >>",
                      2: f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode()})  # fmt: skip


def _inflating() -> bytes:
    packed = zlib.compress(b"\n" * 20_000_000, 9)
    return pdf(PROSE).replace(stream(PROSE), stream(packed, "/Filter /FlateDecode"))


def _cut(share: float) -> Callable[[], bytes]:
    def content() -> bytes:
        whole = pdf(*[TABLE] * 5)
        return whole[: int(len(whole) * share)]

    return content


CONTENTS: dict[BadFile, bytes | Callable[[], bytes]] = {
    # No documents
    BadFile("empty.pdf", "empty_file"): b"",
    BadFile("empty.png", "empty_file"): b"",
    BadFile("one_byte.pdf", "not_a_document"): b"%",
    BadFile("garbage.pdf", "not_a_document"): random.Random(7).randbytes(5000),
    BadFile("web_page.pdf", "not_a_document"): b"\r\n<!DOCTYPE html><html><p>404</p></html>",
    BadFile("office.pdf", "not_a_document"): b"PK\x03\x04" + bytes(200),
    BadFile("old_office.pdf", "not_a_document"): b"\xd0\xcf\x11\xe0" + bytes(600),
    BadFile("text.png", "not_a_document"): "本年新收政府信息公开申请数量 3".encode(),
    # PDFs cut off or damaged
    BadFile("header_only.pdf", "truncated"): b"%PDF-1.7\n",
    BadFile("cut_early.pdf", "truncated"): _cut(0.1),
    BadFile("cut_half.pdf", "truncated"): _cut(0.5),
    BadFile("cut_late.pdf", "truncated"): _cut(0.95),
    BadFile("headed_garbage.pdf", "damaged"):
        b"%PDF-1.4\n" + random.Random(8).randbytes(5000) + b"startxref\n9\n%%EOF",
    BadFile("web_layout_cut.pdf", "truncated"):
        pdf(PROSE).replace(b".7\n", b".7\n9 0 obj\n<< /Linearized 1 /L 99999 >>\nendobj\n", 1),
    BadFile("no_pages.pdf", "no_pages"): _without_pages,
    BadFile("page_tree_loop.pdf", None, "page_unreadable"): lambda: _page_tree("2 0 R"),
    BadFile("page_missing.pdf", None, "page_unreadable"): lambda: _page_tree("4 0 R"),
    BadFile("page_null.pdf", None, "page_unreadable"): lambda: _page_tree("null"),
    BadFile("million_pages.pdf", "too_many_pages"): lambda: _page_tree("4 0 R", 1_000_000),
    BadFile("misplaced_table.pdf"): lambda: pdf(TABLE).replace(b"startxref\n", b"startxref\n1"),
    # Protected PDFs
    BadFile("needs_password.pdf", "encrypted"): lambda: encrypted(PROSE, PASSWORD, "owner"),
    BadFile("owner_password.pdf"): lambda: encrypted(PROSE, "", "owner"),
    # PDFs with strange content
    BadFile("nested_arrays.pdf"): lambda: pdf("[" * 50_000 + "]" * 50_000 + " TJ\n" + PROSE),
    BadFile("nested_objects.pdf"):
        lambda: pdf(PROSE, page="/Foo " + "[" * 5000 + "]" * 5000),
    BadFile("broken_content.pdf"): lambda: pdf(PROSE + "<< /A [ (unclosed \\ 12 re re 7 Tj Q Q Q"),
    BadFile("broken_compression.pdf", None, "page_unreadable"):
        lambda: assembled_with(stream(b"\x78\x9cnot deflate at all", "/Filter /FlateDecode")),
    BadFile("broken_font.pdf"):
        lambda: pdf(PROSE, extra={3: b"<< /Type /Font /Subtype /Type0 /BaseFont 7 "
                                     b"/DescendantFonts [99 0 R] /Encoding [] >>"}),
    BadFile("missing_font.pdf"): lambda: pdf(PROSE, extra={3: b"null"}),
    BadFile("endless_form.pdf"): lambda: pdf(
        PROSE + "/X Do\n", resources="/XObject << /X 9 0 R >>",
        extra={9: stream("/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                                  "/Resources << /XObject << /X 9 0 R >> >>")},
    ),
    BadFile("inflating.pdf"): _inflating,
    BadFile("huge_page.pdf"): lambda: pdf(TABLE, box=(0, 0, 14400, 14400)),
    BadFile("colossal_page.pdf", None, "page_too_large"):
        lambda: pdf(TABLE, box=(0, 0, 9_000_000, 9_000_000)),
    BadFile("inside_out_page.pdf"): lambda: pdf(TABLE, box=(595, 842, 0, 0)),
    BadFile("flat_page.pdf"): lambda: pdf(TABLE, box=(0, 0, 0, 0)),
    BadFile("rubbish_before.pdf"): lambda: b"\0\r\nrubbish\n" + pdf(TABLE),
    BadFile("rubbish_behind.pdf"): lambda: pdf(TABLE) + b"\0" * 5000,
    BadFile("blank_page.pdf"): lambda: pdf(""),
    BadFile("no_table.pdf"): lambda: pdf(PROSE),
    BadFile("other_table.pdf"): lambda: pdf(TABLE),
    BadFile("a line alone.pdf"): lambda: pdf(line(72, 500, 500, 500)),
    # Pictures
    BadFile("bomb.png", "page_too_large"): lambda: png(20_000, 20_000, bytes(2501 * 20_000)),
    BadFile("boastful.png", "page_too_large"): lambda: png(2**31 - 1, 2**31 - 1, b"\0\0"),
    BadFile("lying_header.png"): lambda: png(2000, 3000, bytes(251 * 40)),
    BadFile("cut.jpg", None, "truncated"): lambda: _noise("JPEG")[:9000],
    BadFile("cut.tif", None, "truncated"): lambda: _noise("TIFF")[:20_000],
    BadFile("cut.png", None, "truncated"): lambda: _noise("PNG")[:20_000],
    BadFile("header_only.jpg", "damaged"): b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    BadFile("header_only.tif", "damaged"): b"II*\0\x08\0\0\0",
    BadFile("one_pixel.png"): lambda: _picture("L", (1, 1), 0, "PNG"),
    BadFile("one_row.png"): lambda: _picture("L", (3000, 1), 255, "PNG"),
    BadFile("black.png"): lambda: _picture("L", (400, 600), 0, "PNG"),
    BadFile("white.bmp"): lambda: _picture("RGB", (400, 600), "white", "BMP"),
    BadFile("picture_named.pdf"): lambda: _picture("1", (400, 600), 1, "TIFF"),
    # Names
    BadFile("报告 (1)'\"&;\n\t$HOME 🙂.pdf"): lambda: pdf(PROSE),
    BadFile(os.fsdecode(b"latin-\xe9.pdf")): lambda: pdf(PROSE),
    BadFile("-o.pdf"): lambda: pdf(PROSE),
}  # fmt: skip


def assembled_with(content: bytes) -> bytes:
    """A one-page PDF whose content stream is this object."""
    return pdf("@").replace(stream("@"), content)
