"""PDFs made to hang, to fill the memory or to lead in circles, each a few kilobytes long."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable

from tests.bad_files import PROSE, TABLE
from tests.small_pdf import CATALOG, assembled, line, pdf, stream

FLATE = "/Filter /FlateDecode"
MB = 1_000_000


def bomb(packed: bytes, layers: int = 1) -> bytes:
    """Deflated so many times."""
    for _ in range(layers):
        packed = zlib.compress(packed, 9)
    return packed


def _content(content: bytes, dictionary: str) -> bytes:
    return pdf("@").replace(stream("@"), stream(content, dictionary))


def _nested_bomb(megabytes: int) -> bytes:
    """Operators that were deflated twice: a thousandth of a thousandth remains."""
    return _content(
        bomb(b"0 0 m " * (megabytes * MB // 6), 2), "/Filter [/FlateDecode /FlateDecode]"
    )


def _with_font(font: str, extra: dict[int, bytes]) -> bytes:
    return pdf(PROSE, extra={3: f"<< /Type /Font {font} >>".encode(), **extra})


def _two_byte_font(descendant: str, more: str = "", extra: dict[int, bytes] | None = None) -> bytes:
    cid = f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A {descendant} >>".encode()
    font = f"/Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [90 0 R] {more}"
    return _with_font(font, {90: cid, **(extra or {})})


def _character_map(body: str) -> bytes:
    mapped = f"/CIDInit /ProcSet findresource begin begincmap {body} endcmap end"
    return _two_byte_font("", "/ToUnicode 91 0 R", {91: stream(mapped)})


def _picture(dictionary: str, content: bytes = b"\0") -> bytes:
    """A page that a picture fills."""
    return pdf(
        "q 595 0 0 842 0 0 cm /X Do Q\n",
        resources="/XObject << /X 90 0 R >>",
        extra={90: stream(content, f"/Type /XObject /Subtype /Image {dictionary}")},
    )


def _gray(side: int) -> str:
    return f"/Width {side} /Height {side} /BitsPerComponent 8 /ColorSpace /DeviceGray"


def _forms(depth: int, fan: int) -> bytes:
    """Forms that draw forms, `fan` times each: fan to the power of depth drawings."""
    kind = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
    forms = {
        90 + n: stream("/X Do " * fan, f"{kind} /Resources << /XObject << /X {91 + n} 0 R >> >>")
        for n in range(depth)
    }
    forms[90 + depth] = stream(line(0, 0, 9, 9), kind)
    return pdf("/X Do\n", resources="/XObject << /X 90 0 R >>", extra=forms)


def _tree(kids: str, count: int, nodes: dict[int, bytes]) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
    root = f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode()
    return assembled({CATALOG: b"<< /Type /Catalog /Pages 2 0 R >>", 2: root, 4: page, **nodes})


def _deep_tree(depth: int) -> bytes:
    nodes = {
        10 + n: f"<< /Type /Pages /Parent {9 + n} 0 R /Count 1 /Kids [{11 + n} 0 R] >>".encode()
        for n in range(depth)
    }
    nodes[10 + depth] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
    return _tree("10 0 R", 1, nodes)


def _xref_stream(dictionary: str, content: bytes) -> bytes:
    """A PDF whose table of objects is a stream, and nothing else in order."""
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    table = b"9 0 obj\n" + stream(content, f"/Type /XRef /Root 1 0 R {dictionary}") + b"\nendobj\n"
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


def _dense(lines: int) -> str:
    """So many rulings across and down, a ninth of a point apart."""
    return "".join(line(0, n / 9, 595, n / 9) + line(n / 9, 0, n / 9, 842) for n in range(lines))


def _annotated(annotation: str) -> bytes:
    return pdf(TABLE, page=f"/Annots [<< /Type /Annot {annotation} >>]")


SHADING = (
    "/Shading << /S << /ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1e9 0 1e9] "
    "/Function 90 0 R >> >>"
)
LOOP = b"{ 1 1 1 " + b"{ dup } if " * 3000 + b"}"

HOSTILE_PDFS: dict[str, Callable[[], bytes]] = {
    # Sizes
    "user_unit.pdf": lambda: pdf(TABLE, page="/UserUnit 75000"),
    "speck.pdf": lambda: pdf(TABLE, box=(0, 0, 0.0001, 0.0001)),
    "thread.pdf": lambda: pdf(TABLE, box=(0, 0, 1_000_000, 0.5)),
    "negative_box.pdf": lambda: pdf(TABLE, box=(-1e30, -1e30, -1e29, -1e29)),
    "endless_box.pdf": lambda: pdf(TABLE).replace(b"0 0 595 842", b"-1e400 nan 1e400 inf"),
    "turned_oddly.pdf": lambda: pdf(TABLE, page="/Rotate 99999999999999999999"),
    # Page trees
    "deep_tree.pdf": lambda: _deep_tree(3000),
    "long_loop.pdf": lambda: _tree("10 0 R", 3, {
        10: b"<< /Type /Pages /Count 3 /Kids [11 0 R] >>",
        11: b"<< /Type /Pages /Count 3 /Kids [2 0 R] >>"}),
    "same_page_again.pdf": lambda: _tree("4 0 R " * 30_000, 30_000, {}),
    "count_lies.pdf": lambda: _tree("4 0 R", 4000, {}),
    "count_negative.pdf": lambda: _tree("4 0 R", -5, {}),
    # References
    "own_length.pdf": lambda: pdf(PROSE).replace(b"/Length 66", b"/Length 5 0 R"),
    "referring_to_itself.pdf": lambda: pdf(PROSE, extra={3: b"3 0 R"}),
    "inherits_itself.pdf": lambda: pdf(PROSE).replace(b"/Parent 2 0 R", b"/Parent 4 0 R"),
    "tables_in_a_circle.pdf":
        lambda: pdf(PROSE).replace(b"/Root", b"/Prev 9 /Root").replace(
            b".7\n", b".7\nxref\n0 0\ntrailer\n<< /Prev 9 /Root 1 0 R >>\n"),
    "vast_index.pdf":
        lambda: _xref_stream("/Size 2000000000 /W [0 0 0] /Index [0 2000000000]", b""),
    "wide_entries.pdf":
        lambda: _xref_stream("/Size 9 /W [2000000000 2000000000 2000000000]", b"\0" * 60),
    "long_table.pdf": lambda: pdf(PROSE).replace(b"xref\n0 ", b"xref\n0 99999999", 1),
    # What unpacks to gigabytes
    "bomb_content.pdf": lambda: _content(bomb(bytes(400 * MB)), FLATE),
    "bomb_nested.pdf": lambda: _nested_bomb(400),
    "bomb_hex.pdf":
        lambda: _content(bomb(b"0 0 m " * (30 * MB)).hex().encode() + b">", "/Filter [/AHx /Fl]"),
    "bomb_lzw.pdf": lambda: _content(bytes.fromhex("800b60500c08") * 50_000, "/Filter /LZWDecode"),
    "bomb_run_length.pdf":
        lambda: _content(bomb(b"\x81q" * (2 * MB)), "/Filter [/FlateDecode /RunLengthDecode]"),
    "bomb_base85.pdf":
        lambda: _content(base64.a85encode(bomb(bytes(300 * MB)), adobe=True), "/Filter [/A85 /Fl]"),
    "bomb_character_map.pdf": lambda: _two_byte_font(
        "", "/ToUnicode 91 0 R", {91: stream(bomb(b"<00> <01> <02>\n" * (10 * MB)), FLATE)}),
    "bomb_font.pdf": lambda: _with_font(
        "/Subtype /Type1 /BaseFont /A /FontDescriptor 90 0 R",
        {90: b"<< /Type /FontDescriptor /FontFile 91 0 R >>",
         91: stream(bomb(bytes(500 * MB)), f"{FLATE} /Length1 500000000")}),
    "bomb_picture.pdf": lambda: _picture(f"{FLATE} {_gray(20_000)}", bomb(bytes(400 * MB))),
    "bomb_predictor.pdf": lambda: _content(
        bomb(b"\2" + PROSE.encode()),
        f"{FLATE} /DecodeParms << /Predictor 12 /Columns 900000000 >>"),
    # Pictures on pages
    "vast_picture.pdf": lambda: _picture(_gray(2_000_000_000)),
    "vast_fax.pdf": lambda: _picture(
        "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >> "
        "/Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray", bytes(100)),
    "vast_jbig2.pdf": lambda: _picture(
        f"/Filter /JBIG2Decode {_gray(60_000)}",
        bytes.fromhex("00000000300001000000130000ffff0000ffff00000000000000000000000000")),
    "vast_jpx.pdf": lambda: _picture("/Filter /JPXDecode", bytes.fromhex(
        "ff4fff510029000000007fffffff7fffffff00000000000000007fffffff7fffffff000000000000000000010701"
        "01ffd9")),
    # Drawings that take long
    "forms_of_forms.pdf": lambda: _forms(12, 10),
    "deep_forms.pdf": lambda: _forms(3000, 1),
    "million_strokes.pdf": lambda: _content(bomb(b"9 9 m 99 9 l S " * 1_000_000), FLATE),
    "million_words.pdf": lambda: _content(
        bomb(b"BT /F1 9 Tf 9 9 Td " + b"(2024) Tj " * 300_000 + b"ET"), FLATE),
    "dense_table.pdf": lambda: _content(bomb(_dense(9000).encode()), FLATE),
    "saved_states.pdf": lambda: _content(bomb(b"q " * 5 * MB), FLATE),
    "nested_dictionaries.pdf": lambda: _content(bomb(b"<<" * 2 * MB), FLATE),
    "slow_shading.pdf": lambda: pdf(
        "/S sh\n" * 200, resources=SHADING,
        extra={90: stream(LOOP, "/FunctionType 4 /Domain [0 1e9 0 1e9] /Range [0 1 0 1 0 1]")}),
    "tiny_tiles.pdf": lambda: pdf(
        "/Pattern cs /P scn 0 0 595 842 re f\n" * 100, resources="/Pattern << /P 90 0 R >>",
        extra={90: stream("0 0 1 1 re f", "/Type /Pattern /PatternType 1 /PaintType 1 "
                          "/TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 "
                          "/Resources << >>")}),
    "dashes.pdf": lambda: pdf("[0.00001] 0 d 0 0 m 595 842 l S\n" * 50),
    # Fonts
    "wide_characters.pdf": lambda: _two_byte_font("/W [0 2000000000 500]"),
    "character_range.pdf":
        lambda: _character_map("1 beginbfrange <00000000> <ffffffff> <0041> endbfrange"),
    "code_range.pdf":
        lambda: _character_map("1 begincidrange <00000000> <7fffffff> 0 endcidrange"),
    "endless_type.pdf": lambda: pdf(
        PROSE.replace(" 10 Tf", " 1e38 Tf") + PROSE.replace(" 10 Tf", " -1e38 Tf")),
    "font_draws_itself.pdf": lambda: _with_font(
        "/Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 "
        "/Widths [9] /Encoding << /Differences [65 /A] >> /CharProcs << /A 90 0 R >> "
        "/Resources << /Font << /F1 3 0 R >> >>", {90: stream("BT /F1 9 Tf (A) Tj ET")}),
    # Annotations, forms, protection
    "vast_annotation.pdf": lambda: _annotated(
        "/Subtype /Stamp /Rect [-1e30 -1e30 1e30 1e30] /AP << /N 4 0 R >>"),
    "fields_in_a_circle.pdf": lambda: pdf(TABLE, extra={
        90: b"<< /T (a) /Kids [90 0 R] /Parent 90 0 R >>"}).replace(
            b"/Catalog", b"/Catalog /AcroForm << /Fields [90 0 R] /XFA [(a) 5 0 R] >>"),
    "protected_absurdly.pdf": lambda: assembled(
        {CATALOG: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Count 0 /Kids [] >>",
         3: b"<< /Filter /Standard /V 5 /R 6 /Length 99999999 /P -4 /O <00> /U <00> /OE <> "
            b"/UE <> >>"},
        "/Encrypt 3 0 R /ID [<00> <00>]"),
}  # fmt: skip
