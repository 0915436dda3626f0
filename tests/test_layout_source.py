import hashlib
import logging
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from document.errors import SourceError
from document.geometry import Size
from layout import open_source, read_page
from layout.pages import scan_dpi
from layout.source_file import MOST_PIXELS
from tests.bad_files import PASSWORD, PROSE, TABLE, BadFile, write_bad_files
from tests.small_pdf import encrypted, pdf


@pytest.fixture(scope="module")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, BadFile]]:
    folder = tmp_path_factory.mktemp("bad")
    return [(folder / file.name, file) for file in write_bad_files(folder)]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


# Bad files


def test_every_bad_file_says_what_is_wrong_with_it_and_nothing_else(
    bad_files: list[tuple[Path, BadFile]], caplog: pytest.LogCaptureFixture
) -> None:
    assert len(bad_files) >= 25
    found, expected = {}, {}
    for path, file in bad_files:
        expected[file.name] = (file.opening, file.reading)
        opening = reading = message = None
        try:
            with open_source(path) as source:
                try:
                    read_page(source, 1, lambda _: 0.5)
                except SourceError as error:
                    reading, message = error.code, str(error)
        except SourceError as error:
            opening, message = error.code, str(error)
        found[file.name] = (opening, reading)
        if message is not None:
            assert file.name in message
            assert "\n" not in message
    assert found == expected
    assert {r.name.split(".")[0] for r in caplog.records if r.levelno >= logging.WARNING} <= {
        "gouji"
    }


@pytest.mark.parametrize("before", ["needs_password.pdf", "headed_garbage.pdf", "no_table.pdf"])
def test_what_was_wrong_with_the_file_before_is_not_told_of_the_next(
    bad_files: list[tuple[Path, BadFile]], before: str
) -> None:
    files = {file.name: path for path, file in bad_files}
    with suppress(SourceError), open_source(files[before]):
        pass
    with pytest.raises(SourceError) as caught:
        open_source(files["no_pages.pdf"])
    assert caught.value.code == "no_pages"


def test_a_name_with_odd_characters_stays_one_printable_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(written(tmp_path / "a\nb\x1b[31m.pdf", b""))
    assert "a\\x0ab\\x1b[31m.pdf" in str(caught.value)


# Passwords


def test_a_password_opens_an_encrypted_file(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", encrypted(PROSE, PASSWORD, "owner"))
    with open_source(path, PASSWORD) as source:
        words = [w.text for w in read_page(source, 1, lambda _: 0.5).words]
    assert words == ["A", "report", "without", "any", "table"]


def test_a_wrong_password_is_told_from_none(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", encrypted(PROSE, PASSWORD, "owner"))
    with pytest.raises(SourceError, match="password") as caught:
        open_source(path, "guess")
    assert caught.value.code == "wrong_password"


# What a source is


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    path = written(tmp_path / "scan.jpg", pdf(TABLE, PROSE))
    with open_source(path) as source:
        assert source.pages == 2
        assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert source.size(2) == Size(595, 842)
        assert source.native_dpi(1) is None


def test_a_tiff_has_a_page_per_frame(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    frames = [Image.new("1", (1728, 1100 + 10 * n), 1) for n in range(3)]
    frames[0].save(
        path, save_all=True, append_images=frames[1:], compression="group4", dpi=(204, 98)
    )
    with open_source(path) as source:
        assert source.pages == 3
        size = source.size(3)
        assert (size.width, size.height) == pytest.approx((1728 / 204 * 72, 1120 / 98 * 72))
        pixels = source.render(3, 150)
    assert pixels.shape == (round(1120 / 98 * 150), round(1728 / 204 * 150))
    assert pixels.min() == 255


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["jpg", "tif", "png", "webp"])
def test_exif_orientation_is_applied(tmp_path: Path, orientation: int, format: str) -> None:
    """A dark corner, stored as each orientation stores it, comes out top left."""
    upright = np.full((60, 40), 255, np.uint8)
    upright[:20, :10] = 0
    stored = {
        1: upright, 2: upright[:, ::-1], 3: upright[::-1, ::-1], 4: upright[::-1],
        5: upright.T, 6: np.rot90(upright, 1), 7: upright.T[::-1, ::-1], 8: np.rot90(upright, -1),
    }[orientation]  # fmt: skip
    image = Image.fromarray(np.ascontiguousarray(stored))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"photo.{format}"
    image.save(path, exif=exif, dpi=(72, 72))
    with open_source(path) as source:
        size = source.size(1)
        assert (size.width, size.height) == pytest.approx((40, 60), rel=1e-3)
        pixels = source.render(1, 72, gray=True)
    assert pixels.shape == (60, 40)
    assert pixels[:18, :8].max() < 100
    assert pixels[22:].min() > 150


def test_a_sideways_fax_keeps_its_two_resolutions(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (400, 300), 255).save(tmp_path / "a.tif", exif=exif, dpi=(200, 100))
    with open_source(tmp_path / "a.tif") as source:
        assert source.size(1) == Size(300 / 100 * 72, 400 / 200 * 72)
        assert source.render(1, 100).shape == (200, 300)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixels_becomes_gray_or_colour(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.tif" if mode == "CMYK" else "a.png")
    image = Image.new("L", (20, 10), 255)
    image.paste(0, (0, 0, 10, 10))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    image.convert(mode).save(path)
    with open_source(path) as source:
        pixels = source.render(1, 72)
    assert pixels.dtype == np.uint8
    assert pixels.shape[:2] == (10, 20)
    assert pixels[:, :9].max() < 10
    assert pixels[:, 11:].min() > 245


def test_colours_are_blue_green_red(tmp_path: Path) -> None:
    Image.new("RGB", (5, 5), (250, 20, 10)).save(tmp_path / "red.png")
    red = written(tmp_path / "red.pdf", pdf("1 0 0 rg 0 0 595 842 re f"))
    for path in (tmp_path / "red.png", red):
        with open_source(path) as source:
            blue, _, red_part = source.render(1, 72)[3, 3]
        assert (red_part > 200, blue < 50) == (True, True)


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    Image.new("RGBA", (5, 5), (0, 0, 0, 0)).save(tmp_path / "a.png")
    with open_source(tmp_path / "a.png") as source:
        assert source.render(1, 72).min() == 255


def test_a_resolution_nobody_means_is_not_believed(tmp_path: Path) -> None:
    Image.new("L", (300, 150), 255).save(tmp_path / "a.png", dpi=(1, 1))
    Image.new("L", (300, 150), 255).save(tmp_path / "b.png", dpi=(150, 150))
    with open_source(tmp_path / "a.png") as source:
        assert source.size(1) == Size(300, 150)
    with open_source(tmp_path / "b.png") as source:
        size = source.size(1)
        assert (size.width, size.height) == pytest.approx((144, 72), rel=1e-3)
        assert source.native_dpi(1) == pytest.approx(150, rel=1e-3)


# Renderings


def test_a_huge_page_is_rendered_within_bounds(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", pdf(TABLE, box=(0, 0, 14400, 10000)))
    with open_source(path) as source:
        pixels = source.render(1, 300)
    height, width = pixels.shape[:2]
    assert height * width <= 1.01 * MOST_PIXELS
    assert width / height == pytest.approx(1.44, rel=0.01)


def test_scans_are_rendered_as_finely_as_they_are_stored() -> None:
    a4 = Size(595, 842)
    assert scan_dpi(a4, 200) == 200
    assert scan_dpi(a4, 72) == 150
    assert scan_dpi(a4, 1200) == 300
    assert scan_dpi(a4, None) == 200


def test_a_photograph_counts_as_a4() -> None:
    """4000 pixels that call themselves points: 342 to the inch of an A4 page, 300 are enough."""
    assert scan_dpi(Size(3000, 4000), 72) * 4000 / 72 == pytest.approx(300 * 11.69)


def test_pages_count_from_one(tmp_path: Path) -> None:
    with (
        open_source(written(tmp_path / "a.pdf", pdf(PROSE))) as source,
        pytest.raises(SourceError) as caught,
    ):
        source.render(2, 72)
    assert caught.value.code == "page_unreadable"
