"""The cell reader's shipped weights: the file the card speaks of, and cells of damaged pages."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import layout
from benchmarks.forge.examples import load
from ocr.cell_picture import cell_picture
from ocr.cell_reader import CellReader
from ocr.ink import EvenPage
from ocr.lines import character_height
from ocr.numbers import folded
from training.labels import OTHER, label_of

WEIGHTS = Path(__file__).parents[1] / "ocr" / "weights"
READER = CellReader()


def test_the_card_is_of_these_weights() -> None:
    weights = (WEIGHTS / "cells.onnx").read_bytes()
    assert hashlib.sha256(weights).hexdigest() in (WEIGHTS / "cells.md").read_text("utf-8")
    assert len(weights) <= 2_000_000


@pytest.mark.parametrize("level", ["office", "fax", "poor"])
def test_number_cells_of_damaged_pages_are_read(level: str) -> None:
    """Each printed cell that stands alone in a cell of the layout, on the kept examples."""
    file, printed = load(level)
    right = asked = 0
    with layout.open_source(file) as source:
        for number in range(1, source.pages + 1):
            page = layout.read_page(source, number, lambda _: 1.0)
            assert page.picture is not None
            even = EvenPage.of(page.picture)
            boxes = [cell.box for grid in page.grids for cell in grid.cells]
            em = character_height((even.ink(box).mask for box in boxes), even.scale)
            points = [(page.frame.point_upright(p.point), p) for p in printed if p.page == number]
            for box in boxes:
                inside = [label_of(folded(p.text)) for point, p in points if box.holds(point)]
                picture = cell_picture(even, box, em)
                if len(inside) == 1 and inside[0] != OTHER and picture is not None:
                    (guess,) = READER.read([picture])
                    asked, right = asked + 1, right + (guess.best.text == inside[0])
    assert asked > 50
    assert right >= 0.98 * asked
