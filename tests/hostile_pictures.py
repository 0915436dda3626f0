"""Pictures that claim, pack or chain more than anybody could mean."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from tests.bad_files import png


def _saved(image: Image.Image, format: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def _sized_jpeg(side: int) -> bytes:
    """A small JPEG that says another size."""
    small = _saved(Image.new("L", (16, 16), 255), "JPEG")
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", side, side) + small[at + 4 :]


def _directory(entries: dict[int, tuple[int, int, int]], following: int) -> bytes:
    """A TIFF's directory: (type, count, value) by tag."""
    body = b"".join(struct.pack("<HHII", tag, *entry) for tag, entry in sorted(entries.items()))
    return struct.pack("<H", len(entries)) + body + struct.pack("<I", following)


def _tiff(columns: int, rows: int, following: Callable[[int], int], pages: int = 1) -> bytes:
    """Bilevel pages of the same eight bytes; `following` says where the directory after each is."""
    length = len(_directory(dict.fromkeys(range(8), (3, 1, 0)), 0))
    at = [16 + length * n for n in range(pages)]
    entries = {256: (4, 1, columns), 257: (4, 1, rows), 258: (3, 1, 1), 259: (3, 1, 1),
               262: (3, 1, 1), 273: (4, 1, 8), 278: (4, 1, rows), 279: (4, 1, 8)}  # fmt: skip
    directories = [_directory(entries, following(n)) for n in range(len(at))]
    return b"II*\0" + struct.pack("<I", 16) + bytes(8) + b"".join(directories)


def _long_tiff(pages: int) -> bytes:
    length = len(_directory(dict.fromkeys(range(8), (3, 1, 0)), 0))
    return _tiff(8, 8, lambda n: 16 + length * (n + 1) if n + 1 < pages else 0, pages)


def _told_png(kind: bytes, packed: bytes) -> bytes:
    """A PNG with a chunk before its pixels."""
    whole = png(8, 8, bytes(16))
    chunk = kind + b"a\0\0" + packed
    told = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return whole[:33] + told + whole[33:]


def _bmp(columns: int, rows: int) -> bytes:
    small = _saved(Image.new("RGB", (8, 8), "white"), "BMP")
    return small[:18] + struct.pack("<ii", columns, rows) + small[26:]


def _animated() -> bytes:
    frames = [Image.new("RGB", (300, 200), (n, n, n)) for n in range(200)]
    return _saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=False)


def _chained_exif() -> bytes:
    """An orientation among ten thousand tags, and a directory that follows itself."""
    entries = {274: (3, 1, 6), 34665: (4, 1, 8), **{40000 + n: (4, 1, 8) for n in range(5000)}}
    exif = b"Exif\0\0II*\0\x08\0\0\0" + _directory(entries, 8)
    return _saved(Image.new("L", (60, 40), 255), "JPEG", exif=exif)


HOSTILE_PICTURES: dict[str, Callable[[], bytes]] = {
    "vast.jpg": lambda: _sized_jpeg(65_500),
    "large.jpg": lambda: _sized_jpeg(11_000),
    "large_floats.tif": lambda: _saved(
        Image.new("F", (11_000, 11_000)), "TIFF", compression="tiff_deflate"),
    "large_gray.png": lambda: png(11_000, 11_000, bytes(1376 * 11_000)),
    "told.png": lambda: _told_png(b"zTXt", zlib.compress(bytes(70_000_000), 9)),
    "profiled.png": lambda: _told_png(b"iCCP", zlib.compress(bytes(70_000_000), 9)),
    "circle.tif": lambda: _tiff(8, 8, lambda _: 16),
    "long.tif": lambda: _long_tiff(200_000),
    "vast.tif": lambda: _tiff(2**31 - 1, 2**31 - 1, lambda _: 0),
    "vast.bmp": lambda: _bmp(2**31 - 1, 2**31 - 1),
    "upside_down.bmp": lambda: _bmp(8, -8),
    "negative.bmp": lambda: _bmp(-8, -(2**31)),
    "animated.webp": _animated,
    "chained_exif.jpg": _chained_exif,
    "pdf_and.png": lambda: png(8, 8, bytes(16)) + b"%PDF-1.7\n",
    "png_and.pdf": lambda: b"%PDF-1.7\n" + png(8, 8, bytes(16)),
}  # fmt: skip
