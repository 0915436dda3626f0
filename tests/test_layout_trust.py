from pathlib import Path

import numpy as np
import pytest

from document.page import PageKind, PageLayout
from layout import open_source, read_page
from tests.small_pdf import pdf, stream, table, text

XS, YS = (100, 200, 300, 400), (500, 530, 560, 590)
CELLS = [(x + 10, y + 10) for x in XS[:-1] for y in YS[:-1]]
FILLED = table(XS, YS) + "".join(text(x, y, str(37 * x + y)) for x, y in CELLS)
PROSE = "".join(
    text(72, y, "Some forty words about the year that was") for y in range(600, 760, 14)
)


def layout_of(folder: Path, content: str, **page: object) -> PageLayout:
    path = folder / "a.pdf"
    path.write_bytes(pdf(content, **page))  # type: ignore[arg-type]
    with open_source(path) as source:
        return read_page(source, 1, lambda _: 1.0)


def picture(gray: int | None = None) -> bytes:
    """An image XObject: one gray, or a chequered pattern like type."""
    pixels = bytes([gray] * 2500) if gray is not None else _chequered()
    size = "/Width 50 /Height 50 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return stream(pixels, f"/Type /XObject /Subtype /Image {size}")


def _chequered() -> bytes:
    pixels = np.full((50, 50), 255, np.uint8)
    pixels[10:40:8, 10:40] = 0
    return pixels.tobytes()


def with_picture(folder: Path, content: str, image: bytes) -> PageLayout:
    return layout_of(folder, content, resources="/XObject << /P 9 0 R >>", extra={9: image})


def hidden(content: str) -> str:
    """Text render mode 3 leaves no ink."""
    return content.replace("BT ", "BT 3 Tr ")


# Believed


@pytest.mark.parametrize(
    "content",
    [
        FILLED,
        PROSE,
        "",
        "0.85 0.9 1 rg 100 560 300 30 re f\n0 g " + FILLED,
        "0.1 0.2 0.5 rg 0 780 595 62 re f\n0 g " + FILLED,
        "0.6 g " + PROSE + "0 g",
        FILLED + text(110, 460, "o", 6) + PROSE,
    ],
    ids=["table", "prose", "nothing", "pale band", "dark band", "gray type", "both"],
)
def test_pages_that_print_what_they_say_are_believed(tmp_path: Path, content: str) -> None:
    assert layout_of(tmp_path, content).kind is PageKind.DIGITAL


def test_a_small_picture_beside_the_table_does_not_matter(tmp_path: Path) -> None:
    page = with_picture(tmp_path, PROSE + FILLED + "q 30 0 0 30 500 790 cm /P Do Q", picture())
    assert page.kind is PageKind.DIGITAL


# Doubted


def test_a_scan_with_a_hidden_layer_is_a_scan(tmp_path: Path) -> None:
    page = with_picture(tmp_path, "q 595 0 0 842 0 0 cm /P Do Q\n" + hidden(FILLED), picture())
    assert page.kind is PageKind.SCAN
    assert len(page.words) == 9


def test_so_is_one_whose_picture_covers_the_table_only(tmp_path: Path) -> None:
    page = with_picture(
        tmp_path, "q 300 0 0 90 100 500 cm /P Do Q\n" + hidden(FILLED), picture(128)
    )
    assert page.kind is PageKind.SCAN


def test_words_that_leave_no_ink_are_doubted(tmp_path: Path) -> None:
    assert layout_of(tmp_path, PROSE + hidden(FILLED)).kind is PageKind.SCAN


OUTLINED = "320 508 m 320 520 l 325 520 l 325 508 l 322 506 l h f\n"


@pytest.mark.parametrize(
    "content",
    [
        OUTLINED,
        OUTLINED.replace("320 508 m", "320 508 m 320 512 318 516 320 518 c"),
        "0.8 w 320 508 m 326 508 l 320 514 l 326 520 l 320 520 l S\n",
        *(f"{x} 506 0.5 8 re f\n" for x in (320, 320.3, 320.6, 320.9)),
    ],
    ids=["polygon", "curve", "stroke", "1 here", "1 there", "1 between", "1 beside"],
)
def test_a_number_drawn_as_an_outline_makes_the_table_doubtful(
    tmp_path: Path, content: str
) -> None:
    """All the other cells, and the prose round about, are sound."""
    kept = FILLED.replace(text(310, 510, str(37 * 310 + 510)), "")
    assert layout_of(tmp_path, PROSE + kept).kind is PageKind.DIGITAL
    assert layout_of(tmp_path, PROSE + kept + content).kind is PageKind.SCAN


def test_so_does_a_number_pasted_as_a_picture(tmp_path: Path) -> None:
    kept = FILLED.replace(text(310, 510, str(37 * 310 + 510)), "")
    page = with_picture(tmp_path, PROSE + kept + "q 12 0 0 12 320 506 cm /P Do Q", picture())
    assert page.kind is PageKind.SCAN


def test_a_table_pasted_as_a_picture_below_some_prose_is_read_from_it(tmp_path: Path) -> None:
    page = with_picture(tmp_path, PROSE + "q 400 0 0 300 90 200 cm /P Do Q", picture())
    assert page.kind is PageKind.SCAN


PAINTED_OVER = "1 g 302 505 60 20 re f 0 g\n"


@pytest.mark.parametrize("new", ["", text(310, 510, "741"), text(313, 510, "99")])
def test_so_does_a_number_painted_over(tmp_path: Path, new: str) -> None:
    """The layer still has the old number, and the new one among its digits."""
    assert layout_of(tmp_path, PROSE + FILLED + PAINTED_OVER + new).kind is PageKind.SCAN


def test_bold_type_drawn_twice_is_no_doubt(tmp_path: Path) -> None:
    again = "".join(text(x + 0.3, y, str(37 * x + y)) for x, y in CELLS)
    assert layout_of(tmp_path, PROSE + FILLED + again).kind is PageKind.DIGITAL


def test_characters_without_meaning_are_doubted(tmp_path: Path) -> None:
    """A font that maps what it prints to private characters."""
    mapping = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        "1 beginbfrange <00> <FF> <E000> endbfrange\nendcmap end end"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 9 0 R >>"
    page = layout_of(tmp_path, PROSE + FILLED, extra={3: font, 9: stream(mapping)})
    assert page.kind is PageKind.SCAN


def test_a_form_field_filled_in_is_not_overlooked(tmp_path: Path) -> None:
    """What stands in annotations is printed, though no content stream has it."""
    widget = b"<< /Type /Annot /Subtype /Square /Rect [315 505 335 525] /F 4 /AP << /N 10 0 R >> >>"
    look = stream("0 g 2 2 8 14 re f 12 2 4 12 re f", "/Subtype /Form /BBox [0 0 20 20]")
    kept = FILLED.replace(text(310, 510, str(37 * 310 + 510)), "")
    page = layout_of(tmp_path, kept, page="/Annots [9 0 R]", extra={9: widget, 10: look})
    assert page.kind is PageKind.SCAN
