"""Files made to hang, to fill the memory or to lead in circles: each comes to an end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from document.errors import SourceError
from document.limits import SourceLimits
from layout import open_source, read_page
from tests.bad_files import PROSE, TABLE
from tests.hostile_pdfs import HOSTILE_PDFS
from tests.hostile_pictures import HOSTILE_PICTURES
from tests.small_pdf import pdf

PATIENT = SourceLimits(seconds=1, mebibytes=300)
NEVER_ENDING = {"forms_of_forms.pdf", "tiny_tiles.pdf"}
"""pdfium draws them for hours, and only their worker's end ends that."""

HOSTILE = {**HOSTILE_PDFS, **HOSTILE_PICTURES}
REFUSED = {
    "thread.pdf": "page_too_large",
    "long_loop.pdf": "page_unreadable",
    "deep_tree.pdf": "page_unreadable",
    "same_page_again.pdf": "too_many_pages",
    "vast_index.pdf": "damaged",
    "wide_entries.pdf": "damaged",
    "protected_absurdly.pdf": "encrypted",
    "vast.jpg": "page_too_large",
    "told.png": "damaged",
    "profiled.png": "damaged",
    "long.tif": "too_many_pages",
    "vast.tif": "page_too_large",
    "vast.bmp": "page_too_large",
    "negative.bmp": "page_too_large",
    "pdf_and.png": "truncated",
    "png_and.pdf": "truncated",
}
"""What is said of those that are refused; the others have a page."""

QUICK = (
    "user_unit.pdf", "speck.pdf", "thread.pdf", "turned_oddly.pdf", "deep_tree.pdf",
    "long_loop.pdf", "same_page_again.pdf", "count_negative.pdf", "own_length.pdf",
    "referring_to_itself.pdf", "inherits_itself.pdf", "vast_index.pdf", "wide_entries.pdf",
    "bomb_predictor.pdf", "wide_characters.pdf", "character_range.pdf", "vast_annotation.pdf",
    "protected_absurdly.pdf", *HOSTILE_PICTURES.keys() - {"large_floats.tif", "large_gray.png",
                                                          "large.jpg", "long.tif"},
)  # fmt: skip


def told_of(path: Path, limits: SourceLimits) -> str | None:
    """The code that opening it or reading its first page gives, None where all is well."""
    try:
        with open_source(path, limits=limits) as source:
            read_page(source, 1, lambda _: 0.5)
    except SourceError as error:
        return error.code if str(error).startswith(str(path)) else str(error)
    return None


def written(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(HOSTILE[name]())
    return path


@pytest.mark.parametrize("name", sorted(QUICK))
def test_a_hostile_file_is_read_or_refused(tmp_path: Path, name: str) -> None:
    assert told_of(written(tmp_path, name), PATIENT) == REFUSED.get(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - NEVER_ENDING - set(QUICK)))
def test_a_large_hostile_file_is_read_or_refused(tmp_path: Path, name: str) -> None:
    assert told_of(written(tmp_path, name), PATIENT) == REFUSED.get(name)


# Limits


def test_a_file_with_more_pages_than_allowed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(PROSE, PROSE))
    assert told_of(tmp_path / "a.pdf", SourceLimits(pages=2)) is None
    assert told_of(tmp_path / "a.pdf", SourceLimits(pages=1)) == "too_many_pages"
    frames = [Image.new("1", (30, 30), 1)] * 2
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    with open_source(tmp_path / "a.tif", limits=SourceLimits(pages=2)) as source:
        assert source.pages == 2
    assert told_of(tmp_path / "a.tif", SourceLimits(pages=1)) == "too_many_pages"


def test_a_picture_with_more_pixels_than_allowed_is_refused(tmp_path: Path) -> None:
    Image.new("1", (1000, 1001), 1).save(tmp_path / "a.png")
    assert told_of(tmp_path / "a.png", SourceLimits(megapixels=2)) is None
    assert told_of(tmp_path / "a.png", SourceLimits(megapixels=1)) == "page_too_large"


def test_a_file_that_is_nothing_but_a_hole_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(10**12)
    assert told_of(tmp_path / "a.pdf", SourceLimits()) == "file_too_large"


def test_a_page_that_takes_too_long_to_tell_is_read_from_its_picture(tmp_path: Path) -> None:
    slow = pdf(TABLE, extra={3: b"3 0 R"})
    (tmp_path / "a.pdf").write_bytes(slow)
    with open_source(tmp_path / "a.pdf", limits=SourceLimits(seconds=0.5)) as source:
        page = read_page(source, 1, lambda _: 0.5)
    assert page.picture is not None
    assert [len(grid.cells) for grid in page.grids] == [4]


def test_no_limit_is_nothing() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        SourceLimits(pages=0)


def test_wide_values_become_gray_strip_by_strip_as_at_once(tmp_path: Path) -> None:
    values = np.random.default_rng(1).integers(0, 65536, (700, 30)).astype(np.uint16)
    Image.fromarray(values).save(tmp_path / "a.png")
    with open_source(tmp_path / "a.png") as source:
        pixels = source.render(1, 72)
    assert (pixels == (values / 65535 * 255).astype(np.uint8)).all()
