"""What the label reader's network says of a line, put in words, and what it does not say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import layout
from benchmarks.forge.examples import load
from ocr.cell_picture import as_line, line_picture
from ocr.engine import LineReading
from ocr.ink import EvenPage
from ocr.label_reader import (
    STRANGE,
    LabelReader,
    is_clear_line,
    is_legible_line,
    is_prose,
    line_reading,
)
from ocr.lines import character_height, joined_crop, text_lines
from ocr.scan import CellScan
from reconstruct import load_forms
from reconstruct.wordings import Wordings

WEIGHTS = Path(__file__).parents[1] / "ocr" / "weights"
SPELLING = "规章" + STRANGE


def frames(*likely: tuple[str, float]) -> np.ndarray:
    """Each frame's character with its probability, the rest being the blank's."""
    found = np.zeros((len(likely), 1 + len(SPELLING)), np.float32)
    for row, (character, chance) in zip(found, likely, strict=True):
        row[1 + SPELLING.index(character) if character else 0] += chance
        row[0] += 1 - chance
    return found


def test_a_clear_line_is_read_and_as_probable_as_its_characters_together() -> None:
    read = line_reading(frames(("规", 0.95), ("", 1.0), ("章", 0.9)), SPELLING)
    assert is_clear_line(read)
    assert read.text == "规章"
    assert read.probability == pytest.approx(0.855)


@pytest.mark.parametrize(
    "path",
    [
        [("规", 0.53), ("", 1.0), ("章", 0.53)],
        [("规", 1.0), (STRANGE, 1.0)],
        [("", 1.0), ("", 1.0)],
    ],
    ids=["unclear", "a strange character", "nothing"],
)
def test_other_lines_are_left_to_the_general_recogniser(path: list[tuple[str, float]]) -> None:
    assert not is_clear_line(line_reading(frames(*path), SPELLING))


@pytest.mark.parametrize(
    ("text", "probability", "legible"),
    [
        ("总计", 0.9, True),
        ("采购项□数量", 0.5, True),
        ("采购项□数量", 0.1, False),
        ("总□", 0.9, False),  # 总计 or 总数
        ("5.要□行□□关确认", 0.9, False),
    ],
)
def test_a_few_strange_characters_leave_a_line_legible(
    text: str, probability: float, legible: bool
) -> None:
    assert is_legible_line(LineReading(text, probability)) is legible


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("□□的□重□□□平均" * 3, True),
        ("4.无□当□□关量反□□请", False),  # a label, blurred
        ("行政机关" * 6, False),
    ],
)
def test_long_lines_of_strange_characters_are_prose(text: str, prose: bool) -> None:
    assert is_prose(LineReading(text, 0.01)) is prose


def test_the_card_is_of_these_weights() -> None:
    card = (WEIGHTS / "labels.md").read_text("utf-8")
    for name in ("labels.onnx", "labels.txt"):
        assert hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() in card
    assert (WEIGHTS / "labels.onnx").stat().st_size <= 2_000_000


def scanned(file: Path) -> Iterator[tuple[EvenPage, float, list[CellScan]]]:
    """Each page of a scan, its characters' height and its cells."""
    with layout.open_source(file) as source:
        for number in range(1, source.pages + 1):
            page = layout.read_page(source, number, lambda _: 1.0)
            assert page.picture is not None
            even = EvenPage.of(page.picture)
            inks = [even.ink(cell.box) for grid in page.grids for cell in grid.cells]
            em = character_height((ink.mask for ink in inks), even.scale)
            yield even, em, [CellScan.of(ink, even, number, em) for ink in inks]


@pytest.mark.parametrize("level", ["office", "photo"])
def test_labels_of_damaged_pages_are_read(level: str) -> None:
    """Most lines of words on a kept example are clear, and nearly all of those are labels."""
    file, _ = load(level)
    known, reader = Wordings(tuple(load_forms())), LabelReader()
    lines = clear = right = 0
    for even, em, scans in scanned(file):
        boxes = [crop.box for scan in scans if not scan.numeric for crop in scan.crops]
        pictures = [line_picture(even, box, em) for box in boxes]
        for read in reader.read([picture for picture in pictures if picture is not None]):
            lines += 1
            clear += is_clear_line(read)
            right += is_clear_line(read) and known.known(read.text) >= 0.6
    assert lines > 10
    assert clear >= 0.5 * lines
    assert right >= 0.9 * clear


def test_heads_written_downwards_are_read() -> None:
    file, _ = load("poor")
    reader, read = LabelReader(), []
    for _, em, scans in scanned(file):
        for ink in (scan.ink for scan in scans if scan.is_vertical):
            line = as_line(joined_crop(ink, text_lines(ink.mask, em), em))
            assert line is not None
            read += reader.read([line])
    assert all(map(is_clear_line, read))
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"]
    assert [line.text for line in read] == heads
