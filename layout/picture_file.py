"""A picture file (PNG, JPEG, TIFF, BMP, WebP) as a source file, read by Pillow."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from document.errors import SourceError
from document.geometry import Size
from document.limits import SourceLimits
from document.picture import Pixels
from layout.drawing import Drawing
from layout.source_file import SourceFile, bounded_dpi, guarded, refusal, too_many_pages

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
LEAST_STATED_DPI = 50
"""Files state 1 or 0 dpi where they mean none; then one pixel counts as one point."""
ORIENTATION = 0x0112
STRIP = 256
"""Rows of wide values made gray at a time."""
SIDEWAYS = (5, 6, 7, 8)


class PictureFile(SourceFile):
    """A picture, one page, or a TIFF with a page per frame."""

    def __init__(self, path: Path, sha256: str, limits: SourceLimits) -> None:
        self._limits = limits
        super().__init__(path, sha256, _page_count(path, limits))

    def size(self, number: int) -> Size:
        with self._frame(number) as frame:
            sideways = frame.getexif().get(ORIENTATION) in SIDEWAYS
            columns, rows = frame.size
            if sideways and frame.format == "TIFF":
                columns, rows = rows, columns  # Pillow gives a TIFF's size as if turned already
            dpi_x, dpi_y = _stated_dpi(frame) or (72.0, 72.0)
        width, height = columns / dpi_x * 72, rows / dpi_y * 72
        with guarded(self._unreadable(number)):
            return Size(height, width) if sideways else Size(width, height)

    def render(self, number: int, dpi: float, gray: bool = False) -> Pixels:
        page = self.size(number)
        dpi = bounded_dpi(self.path, page, dpi)
        target = max(round(page.width * dpi / 72), 1), max(round(page.height * dpi / 72), 1)
        with self._frame(number) as frame:
            _refuse_bomb(self.path, frame, self._limits.megapixels)
            frame.load()
            picture = ImageOps.exif_transpose(_plain(frame))
            if picture.size != target:
                picture = picture.resize(target, Image.Resampling.BICUBIC)
            pixels = np.asarray(picture.convert("L") if gray else picture, dtype=np.uint8)
        return pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[..., ::-1])

    def native_dpi(self, number: int) -> float | None:
        with self._frame(number) as frame:
            dpi = _stated_dpi(frame)
        return math.sqrt(dpi[0] * dpi[1]) if dpi else 72.0

    def drawing(self, number: int) -> Drawing | None:  # noqa: ARG002
        """None: a picture draws nothing it could tell."""
        return None

    def close(self) -> None:
        """Nothing stays open between calls."""

    @contextmanager
    def _frame(self, number: int) -> Iterator[Any]:
        with guarded(self._unreadable(number)), _opened(self.path) as image:
            if number != 1:
                image.seek(number - 1)
            yield image

    def _unreadable(self, number: int) -> SourceError:
        cause = f"page {number} of the picture is damaged"
        return refusal(self.path, "page_unreadable", cause, "Scan or save it again")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The picture, its pixels not yet read; those of Pillow's errors told that have a name.

    Pillow is not given the path: it would map uncompressed files into memory, and garbles those
    of them that lie sideways.
    """
    try:
        with path.open("rb") as file, Image.open(file, formats=FORMATS) as image:
            yield image
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    except UnidentifiedImageError:
        raise
    except (OSError, EOFError) as error:
        if isinstance(error, EOFError) or "truncated" in str(error):
            cause = "its end is missing"
            raise refusal(path, "truncated", cause, "Copy or scan it again") from error
        raise


def _page_count(path: Path, limits: SourceLimits) -> int:
    cause = "it begins like a picture but is damaged"
    failure = refusal(path, "damaged", cause, "Scan or save it again")
    with guarded(failure), _opened(path) as image:
        _refuse_bomb(path, image, limits.megapixels)
        # Only a TIFF's frames are pages; others hold animations, depth maps, thumbnails.
        return _frames(path, image, limits.pages) if image.format == "TIFF" else 1


def _frames(path: Path, image: Any, most: int) -> int:
    """How many the picture has. One by one, for to count more than are allowed takes long."""
    for count in range(1, most + 1):
        try:
            image.seek(count)
        except EOFError:
            return count
    raise too_many_pages(path, f"it has more than {most} pages")


def _refuse_bomb(path: Path, image: Any, megapixels: int) -> None:
    columns, rows = image.size
    if columns * rows > megapixels * 1_000_000:
        raise _too_large(path)


def _too_large(path: Path) -> SourceError:
    return refusal(
        path, "page_too_large", "the picture has too many pixels to be a page",
        "Scan it at 300 dpi, save it smaller, or allow more with --most-megapixels",
    )  # fmt: skip


def _stated_dpi(image: Any) -> tuple[float, float] | None:
    """The file's own resolution across and down (faxes differ), where it is one to believe."""
    try:
        across, down = (float(v) for v in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if not (math.isfinite(across) and math.isfinite(down)):
        return None
    if min(across, down) < LEAST_STATED_DPI or max(across, down) > 3 * min(across, down):
        return None
    return across, down


def _plain(image: Any) -> Any:
    """The picture in L or RGB, what is transparent on white; its EXIF data kept for turning."""
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image)
        top = max(float(np.nanmax(values)), 1.0)
        # Sixteen bits are stored as such or in wider numbers; wider values are unheard of.
        full = 255.0 if top <= 255 else 65535.0 if top <= 65535 else top
        gray = np.empty(values.shape, np.uint8)
        for start in range(0, len(gray), STRIP):  # or a large picture would take gigabytes
            rows = values[start : start + STRIP].astype(np.float64)
            gray[start : start + STRIP] = np.clip(rows / full * 255, 0, 255)
        plain = Image.fromarray(gray)
    elif image.has_transparency_data:
        pixels = image.convert("RGBA")
        plain = Image.new("RGB", image.size, "white")
        plain.paste(pixels, mask=pixels.getchannel("A"))
    else:
        plain = image.convert("L" if image.mode in ("1", "L") else "RGB")
    plain.getexif().update(image.getexif())
    return plain
