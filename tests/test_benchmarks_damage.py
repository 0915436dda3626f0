"""The forge's damage: every mark lies where it is said to lie, and the same seed spoils alike."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from benchmarks.forge.damage import LEVELS, Level, damaged
from benchmarks.forge.damage.files import StoredPage, document, write_pdf
from benchmarks.forge.damage.geometry import untouched
from benchmarks.forge.damage.layer import misread
from benchmarks.forge.damage.levels import scanned
from benchmarks.forge.damage.seal import sealed
from benchmarks.forge.damage.sheet import Sheet, Word, rules_of, words_of

WIDTH, HEIGHT = 240, 300
MARKS = np.array([(x, y) for y in (60.0, 150.0, 240.0) for x in (50.0, 120.0, 190.0)])
MARK = 5.0  # half a mark's side, in points


def clean_pdf(path: Path) -> Path:
    """A page of marks, a ruled table of numbers above, rules as thin filled rectangles."""
    marks = [f"{x - MARK} {HEIGHT - y - MARK} {2 * MARK} {2 * MARK} re f" for x, y in MARKS]
    rules = [f"20 {HEIGHT - y - 0.35} 200 0.7 re f" for y in (80, 100, 120)]
    rules += [f"{x - 0.35} {HEIGHT - 120} 0.7 40 re f" for x in (20, 120, 220)]
    texts = [
        f"BT /F0 8 Tf {x} {HEIGHT - y} Td ({x}{y}) Tj ET"
        for y in (94, 114)
        for x in (24, 54, 84, 126, 156, 186)
    ]
    content = "\n".join([*marks, *rules, *texts]).encode()
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /Font << /F0 5 0 R >> >> >>" % (WIDTH, HEIGHT),
        4: b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    path.write_bytes(document(objects))
    return path


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clean_pdf(tmp_path_factory.mktemp("clean") / "clean.pdf")


def stored_pictures(path: Path) -> list[np.ndarray]:
    """The file's pages as stored, through a red glass: (h, w), a seal hardly seen."""
    if path.suffix == ".tif":
        with Image.open(path) as picture:
            return [np.asarray(picture.convert("L"))]
    with pdfium.PdfDocument(path) as file:
        pictures = [next(iter(page.get_objects(max_depth=1))) for page in file]
        return [np.asarray(one.get_bitmap().to_pil().convert("RGB"))[:, :, 0] for one in pictures]


def found_mark(picture: np.ndarray, at: np.ndarray, reach: int) -> np.ndarray:
    """The middle of the dark blot about a place, in pixels from the page's corner."""
    left, top = (round(value) - reach for value in at)
    window = picture[top : top + 2 * reach, left : left + 2 * reach]
    _, dark = cv2.threshold(window, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, stats, middles = cv2.connectedComponentsWithStats(dark)
    blot = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    return np.asarray(np.add(middles[blot], (left + 0.5, top + 0.5)))


@pytest.mark.parametrize("name", LEVELS)
def test_marks_lie_where_the_warp_puts_them(name: str, pdf: Path, tmp_path: Path) -> None:
    level, target = LEVELS[name], tmp_path / f"page{LEVELS[name].suffix}"
    (warp,) = damaged(pdf, name, 1, target)
    (picture,) = stored_pictures(target)
    assert picture.shape[1] == round(warp.width * level.dpi / 72)
    for place in warp.place(MARKS) * level.dpi / 72:
        found = found_mark(picture, place, reach=round(1.8 * MARK * level.dpi / 72))
        assert np.hypot(*(found - place)) < 1


@pytest.mark.parametrize("name", LEVELS)
def test_the_same_seed_spoils_alike(name: str, pdf: Path, tmp_path: Path) -> None:
    first, again = (tmp_path / f"{part}{LEVELS[name].suffix}" for part in "ab")
    for target in (first, again):
        damaged(pdf, name, 5, target)
    assert first.read_bytes() == again.read_bytes()


def test_another_seed_spoils_otherwise(pdf: Path, tmp_path: Path) -> None:
    for seed in (5, 6):
        damaged(pdf, "office", seed, tmp_path / f"{seed}.pdf")
    assert (tmp_path / "5.pdf").read_bytes() != (tmp_path / "6.pdf").read_bytes()


@given(
    name=st.sampled_from(sorted(LEVELS)),
    seed=st.integers(0, 10_000),
    width=st.floats(100, 900),
    height=st.floats(100, 900),
)
@settings(max_examples=40, deadline=None)
def test_what_a_warp_places_it_finds_again(
    name: str, seed: int, width: float, height: float
) -> None:
    chance = np.random.default_rng(seed)
    warp = untouched(width, height)
    for bend in LEVELS[name].bends:
        warp = warp.then(bend, chance)
    points = chance.uniform((0, 0), (width, height), (50, 2))
    np.testing.assert_allclose(warp.source(warp.place(points)), points, atol=1e-6)


def test_turned_pages_change_sides(pdf: Path, tmp_path: Path) -> None:
    shapes = set()
    for seed in range(5):
        (warp,) = damaged(pdf, "rotated", seed, tmp_path / "page.pdf")
        shapes.add((warp.width, warp.height))
    assert shapes == {(WIDTH, HEIGHT), (HEIGHT, WIDTH)}


def test_fax_is_black_and_white_at_200_dpi(pdf: Path, tmp_path: Path) -> None:
    damaged(pdf, "fax", 1, tmp_path / "page.tif")
    with Image.open(tmp_path / "page.tif") as picture:
        assert picture.mode == "1"
        assert picture.info["compression"] == "group4"
        assert picture.info["dpi"] == (200, 200)


def test_joined_rules_of_a_page(pdf: Path) -> None:
    with pdfplumber.open(pdf) as printed:
        rules = rules_of(printed.pages[0])
    centres = {(round(rule.x0), round(rule.y0), round(rule.x1), round(rule.y1)) for rule in rules}
    assert {(20, 100, 220, 100), (120, 80, 120, 120)} <= centres


def light_at(level: Level, pdf: Path, box: tuple[int, int, int, int]) -> float:
    """The mean of a box (points) of the clean sheet after the level's mishaps and nothing else."""
    with pdfium.PdfDocument(pdf) as file, pdfplumber.open(pdf) as printed:
        gray = np.array(file[0].render(scale=4, grayscale=True).to_numpy())
        back = np.zeros_like(gray)
        sheet = Sheet(gray, lambda: back, (WIDTH, HEIGHT), printed.pages[0])
        bare = replace(level, dpi=288, bends=(), causes=())
        scan, _ = scanned(sheet, bare, np.random.default_rng(2))
    x0, top, x1, bottom = (4 * edge for edge in box)
    return float(scan.light[top:bottom, x0:x1].mean())


def test_broken_rules_lose_ink_and_numbers_none(pdf: Path) -> None:
    rule, numbers = (22, 99, 218, 101), (24, 86, 116, 98)
    whole, broken = LEVELS["office"], LEVELS["broken_rules"]
    assert light_at(broken, pdf, rule) > light_at(whole, pdf, rule) + 0.05
    assert light_at(broken, pdf, numbers) == light_at(whole, pdf, numbers)


def test_the_other_side_shines_through_by_a_third_at_most(pdf: Path) -> None:
    blank = (20, 255, 220, 290)
    assert 0.64 < light_at(LEVELS["bleed"], pdf, blank) < 0.86


def test_seal_leaves_black_black_and_lays_red_on_white(pdf: Path) -> None:
    with pdfium.PdfDocument(pdf) as file, pdfplumber.open(pdf) as printed:
        clean = np.array(file[0].render(scale=4, rev_byteorder=True).to_numpy())
        sheet = Sheet(clean, lambda: clean, (WIDTH, HEIGHT), printed.pages[0])
        pixels = sealed(sheet, np.random.default_rng(1))
    assert (pixels[clean == 0] == 0).all()
    paper = pixels[(clean == 255).all(axis=2)].astype(int)
    red = paper[(paper < 250).any(axis=1)]
    assert len(red) > 1000
    assert (red[:, 0] >= red[:, 1]).all()
    assert (red[:, 1] <= 250).all()


def test_hidden_layer_says_other_numbers_at_the_same_places(pdf: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    (warp,) = damaged(pdf, "wrong_layer", 3, target)
    with pdfplumber.open(pdf) as clean, pdfplumber.open(target) as spoilt:
        truth, layer = words_of(clean.pages[0]), words_of(spoilt.pages[0])
    assert {word.text for word in layer} != {word.text for word in truth}
    middles = warp.place(np.array([_middle(word) for word in truth]))
    near = [min(np.hypot(*(middles - _middle(word)).T)) for word in layer]
    assert len(layer) >= 6
    assert max(near) < 4


def test_misreading_touches_only_numbers() -> None:
    words = (Word("申请", 0, 0, 20, 10), Word("120", 30, 0, 45, 10)) * 20
    changed = misread(words, np.random.default_rng(4))
    assert sum(word.text == "申请" for word in changed) == 20
    assert any(word.is_number and word.text != "120" for word in changed)


def test_pages_of_a_written_pdf_have_the_size_of_their_pixels(tmp_path: Path) -> None:
    pages = [
        StoredPage(np.full((150, 100), 255, np.uint8), 100),
        StoredPage(np.zeros((30, 60, 3), np.uint8), 150),
    ]
    write_pdf(pages, 75, tmp_path / "two.pdf")
    with pdfium.PdfDocument(tmp_path / "two.pdf") as file:
        assert [page.get_size() for page in file] == [(72, 108), pytest.approx((28.8, 14.4))]


def _middle(word: Word) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
