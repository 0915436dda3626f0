"""Writing pages of pixels to a file, the same bytes for the same pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from benchmarks.forge.damage.scanned import Pixels


@dataclass(frozen=True, slots=True)
class StoredPage:
    """`pixels` (h, w) or (h, w, 3) RGB at `dpi`; `text`: PDF operators written unseen over them."""

    pixels: Pixels
    dpi: float
    text: bytes = b""


def write_tiff(pages: Sequence[StoredPage], target: Path) -> None:
    """Black and white pages as a fax keeps them: TIFF, CCITT group 4."""
    first, *others = (Image.fromarray(page.pixels >= 128) for page in pages)
    dpi = pages[0].dpi
    first.save(target, save_all=True, append_images=others, compression="group4", dpi=(dpi, dpi))


def write_pdf(pages: Sequence[StoredPage], quality: int, target: Path) -> None:
    """Each page one JPEG that fills it, and its hidden text."""
    objects: dict[int, bytes] = {}
    kids = []
    for number, page in enumerate(pages):
        node, picture, content = (3 * number + offset for offset in (5, 6, 7))
        kids.append(f"{node} 0 R")
        height, width = page.pixels.shape[:2]
        wide, high = width * 72 / page.dpi, height * 72 / page.dpi
        space = "DeviceGray" if page.pixels.ndim == 2 else "DeviceRGB"
        objects[node] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:.4f} {high:.4f}] "
            f"/Resources << /XObject << /I0 {picture} 0 R >> /Font << /F0 3 0 R >> >> "
            f"/Contents {content} 0 R >>"
        ).encode()
        objects[picture] = _stream(
            jpeg(page, quality),
            f"/Type /XObject /Subtype /Image /Width {width} /Height {height} "
            f"/ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode",
        )
        drawn = f"q {wide:.4f} 0 0 {high:.4f} 0 0 cm /I0 Do Q\n".encode()
        objects[content] = _stream(drawn + page.text)
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    objects[3] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [4 0 R] >>"
    )
    objects[4] = (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/W [1 [1000] 814 [1000]] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 "
        b"/FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 "
        b"/CapHeight 880 /StemV 93 >> >>"
    )
    target.write_bytes(document(objects))


def jpeg(page: StoredPage, quality: int) -> bytes:
    """The page's pixels as a JPEG file."""
    stored = BytesIO()
    Image.fromarray(page.pixels).save(stored, "JPEG", quality=quality)
    return stored.getvalue()


def _stream(data: bytes, entries: str = "") -> bytes:
    head = f"<< {entries} /Length {len(data)} >>\nstream\n".encode()
    return head + data + b"\nendstream"


def document(objects: dict[int, bytes]) -> bytes:
    """The objects, numbered 1 to n without gaps, as a PDF file with its cross-reference table."""
    written = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    table = ["0000000000 65535 f \n"]
    for number in sorted(objects):
        table.append(f"{len(written):010d} 00000 n \n")
        written += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    start = len(written)
    written += f"xref\n0 {len(table)}\n{''.join(table)}".encode()
    written += f"trailer\n<< /Size {len(table)} /Root 1 0 R >>\nstartxref\n{start}\n".encode()
    return bytes(written + b"%%EOF\n")
