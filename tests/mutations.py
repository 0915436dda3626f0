"""Files damaged on purpose: small ones of every kind, each changed in a few ways by a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from tests.bad_files import CONTENTS, PASSWORD, PROSE, TABLE
from tests.small_pdf import encrypted, pdf, stream

MOST_SEED = 30_000
"""Bytes of a file worth changing; reading many large ones takes long."""

EXTREMES = (
    b"-1", b"0", b"1", b"2", b"255", b"256", b"32768", b"65535", b"65536", b"2147483647",
    b"2147483648", b"4294967295", b"4294967296", b"9999999999999999999999", b"-2147483648",
    b"0.0000001", b"1e38", b"-99999.5", b"nan", b"1000000",
)  # fmt: skip
FILTERS = (
    b"/FlateDecode", b"/LZWDecode", b"/ASCII85Decode", b"/ASCIIHexDecode", b"/RunLengthDecode",
    b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/CCITTFaxDecode", b"/Crypt",
)  # fmt: skip
NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?")
NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]{0,20}")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
FILTER = re.compile(rb"/Filter\s*(/\w+|\[[^\]]*\])")

Mutation = Callable[[Random, bytes, bytes], bytes]
"""Draws from the random numbers, changes the first file, may take from the second."""


def mutated(number: int) -> tuple[str, bytes]:
    """The file of this number and its name, always the same: a seed with one to four changes."""
    random = Random(number)
    seeds = _seeds()
    name, content = random.choice(seeds)
    other = random.choice(seeds)[1]
    changes = random.choices(MUTATIONS, k=random.randint(1, 4))
    for change in changes:
        content = change(random, content, other) or content
    told = "-".join(change.__name__.removeprefix("_") for change in changes)
    return f"{number:06}-{told}-{name}", content


def _flipped(random: Random, content: bytes, other: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 20)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _cut(random: Random, content: bytes, other: bytes) -> bytes:
    return content[: random.randrange(len(content))]


def _doubled(random: Random, content: bytes, other: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:end] + content[start:end] * random.choice((1, 2, 50)) + content[end:]


def _left_out(random: Random, content: bytes, other: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:start] + content[end:]


def _overstated(random: Random, content: bytes, other: bytes) -> bytes:
    """A number, or several, becomes one that nobody expects."""
    found = list(NUMBER.finditer(content))
    for match in sorted(_some(random, found), key=lambda m: m.start(), reverse=True):
        content = content[: match.start()] + random.choice(EXTREMES) + content[match.end() :]
    return content


def _streams_swapped(random: Random, content: bytes, other: bytes) -> bytes:
    found = list(STREAM.finditer(content))
    if not found:
        return content
    match, foreign = random.choice(found), list(STREAM.finditer(content + other))
    return content[: match.start(1)] + random.choice(foreign)[1] + content[match.end(1) :]


def _names_swapped(random: Random, content: bytes, other: bytes) -> bytes:
    found = list(NAME.finditer(content))
    if len(found) < 2:
        return content
    first, second = sorted(random.sample(found, 2), key=lambda m: m.start())
    between = content[first.end() : second.start()]
    return content[: first.start()] + second[0] + between + first[0] + content[second.end() :]


def _filtered(random: Random, content: bytes, other: bytes) -> bytes:
    """Streams that say they are packed, or packed otherwise, or over and over."""
    filters = b"/Filter [" + b" ".join(random.choices(FILTERS, k=random.randint(1, 5))) + b"]"
    if FILTER.search(content):
        return FILTER.sub(filters, content, count=random.randint(1, 3))
    return content.replace(b"/Length", filters + b" /Length", random.randint(1, 3))


def _spliced(random: Random, content: bytes, other: bytes) -> bytes:
    return content[: random.randrange(len(content))] + other[random.randrange(len(other)) :]


def _header_changed(random: Random, content: bytes, other: bytes) -> bytes:
    """Two or four bytes near the beginning, where pictures say how large they are."""
    width, big = random.choice((1, 2, 4)), random.random() < 0.5
    value = random.choice((0, 1, 2, 3, 7, 255, 256, 32767, 65535, 65500, 2**31 - 1, 2**32 - 1))
    at = random.randrange(min(len(content), 120))
    written = (value % (1 << 8 * width)).to_bytes(width, "big" if big else "little")
    return content[:at] + written + content[at + width :]


MUTATIONS: tuple[Mutation, ...] = (
    _flipped, _cut, _doubled, _left_out, _overstated, _streams_swapped, _names_swapped, _filtered,
    _spliced, _header_changed,
)  # fmt: skip


def _span(random: Random, content: bytes) -> tuple[int, int]:
    start = random.randrange(len(content))
    return start, min(len(content), start + random.choice((1, 4, 30, 200, 2000)))


def _some(random: Random, found: list[re.Match[bytes]]) -> list[re.Match[bytes]]:
    return random.sample(found, min(len(found), random.randint(1, 3)))


@cache
def _seeds() -> tuple[tuple[str, bytes], ...]:
    """Small files of all kinds, most of them sound."""
    sound = {
        "table.pdf": pdf(TABLE, PROSE),
        "tables.pdf": pdf(*[TABLE + PROSE] * 3),
        "forms.pdf": pdf(
            TABLE + "/X Do\n", resources="/XObject << /X 9 0 R >>",
            extra={9: stream(TABLE, "/Type /XObject /Subtype /Form /BBox [0 0 595 842]")},
        ),
        "font.pdf": pdf(PROSE, extra={
            3: b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
               b"/DescendantFonts [8 0 R] /ToUnicode 9 0 R >>",
            8: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W [0 9 500] >>",
            9: stream("begincmap 1 beginbfrange <0000> <00ff> <0041> endbfrange endcmap")}),
        "protected.pdf": encrypted(PROSE, "", PASSWORD),
        "scan.pdf": _scan(),
        **{f"a.{format.lower()}": _drawn(format) for format in ("PNG", "JPEG", "BMP", "WEBP")},
        "a.tif": _drawn("TIFF"),
    }  # fmt: skip
    bad = {file.name: content() if callable(content) else content
           for file, content in CONTENTS.items() if file.name.isascii()}  # fmt: skip
    small = {name: content for name, content in bad.items() if 0 < len(content) < MOST_SEED}
    # Sound files three times: most of what is wrong with the others stops their reader early.
    return (*(list(sound.items()) * 3), *small.items())


def _page() -> Image.Image:
    """A small table as a scan shows it."""
    page = Image.new("L", (300, 200), 255)
    draw = ImageDraw.Draw(page)
    for step in range(4):
        draw.line((20, 20 + 50 * step, 280, 20 + 50 * step), 0, 2)
        draw.line((20 + 86 * step, 20, 20 + 86 * step, 170), 0, 2)
    draw.text((40, 35), "123", 0)
    return page


def _drawn(format: str) -> bytes:
    out, page = BytesIO(), _page()
    exif = Image.Exif()
    exif[0x0112] = 6
    if format == "TIFF":
        pages = [page.convert("1"), page.convert("1")]
        pages[0].save(out, format, save_all=True, append_images=pages[1:], compression="group4")
    elif format == "PNG":
        told = PngInfo()
        told.add_text("Title", "年度报告", zip=True)
        page.save(out, format, pnginfo=told, exif=exif, icc_profile=bytes(200))
    elif format == "BMP":
        page.save(out, format)
    else:
        page.save(out, format, exif=exif, icc_profile=bytes(200))
    return out.getvalue()


def _scan() -> bytes:
    kind = "/Type /XObject /Subtype /Image /Width 300 /Height 200 /BitsPerComponent 8"
    return pdf(
        "q 595 0 0 397 0 0 cm /X Do Q\n",
        resources="/XObject << /X 9 0 R >>",
        extra={9: stream(_drawn("JPEG"), f"{kind} /ColorSpace /DeviceGray /Filter /DCTDecode")},
    )
