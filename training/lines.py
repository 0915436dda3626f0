"""`python -m training.lines -o DIR`: lines of labels, cut from damaged sheets as the reader finds
them, with what is printed there."""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.forge.chromium import printer
from document.geometry import Box
from ocr.cell_picture import line_picture
from ocr.label_reader import STRANGE
from ocr.lines import character_height
from ocr.scan import CellScan
from reconstruct.characters import packed
from training.__main__ import SHARES
from training.cells import CROSSED, FINER, Cell
from training.pages import DamagedPage, Printed, damaged_pages
from training.shards import save
from training.wording_sheets import SEEN, UNSEEN, sheet
from training.wordings import characters

OFF = 0.5
"""Of a character's height: print further from a line's middle is not of that line."""


SPLITS = {"fit": (range(240), SEEN), "watch": (range(10_000, 10_008), UNSEEN)}
"""The sheets of each split, and their typefaces."""
LEVELS_A_SHEET = 2
Spelling = Callable[[str], str]


def main() -> None:
    """Print, damage and cut the sheets; what is there already is kept."""
    asked = argparse.ArgumentParser(prog="python -m training.lines", description=__doc__)
    asked.add_argument("-o", "--output", type=Path, required=True)
    options = asked.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as printed, printer() as chromium:
        for split, (sheets, families) in SPLITS.items():
            folder = options.output / split
            folder.mkdir(parents=True, exist_ok=True)
            for number in sheets:
                chance, pdf = Random(f"wordings/{number}"), Path(printed, f"{number:05d}.pdf")
                chromium.print_pdf(sheet(families, chance), pdf)
                levels = chance.choices(list(SHARES), list(SHARES.values()), k=LEVELS_A_SHEET)
                for level in set(levels):
                    shard = folder / f"{pdf.stem}-{level}.npz"
                    if not shard.exists():
                        save(shard, list(cut_lines(pdf, level, number)))
                        print(shard, flush=True)


def cut_lines(pdf: Path, level: str, seed: int) -> Iterator[Cell]:
    """All lines of words in a clean file's tables after the damage of a level."""
    for page in damaged_pages(pdf, level, seed):
        for box, text, em in lines_of(page, as_known):
            picture = line_picture(page.picture, box, em, FINER)
            if picture is not None:
                yield Cell(picture, text, level)


def lines_of(page: DamagedPage, spelt: Spelling) -> Iterator[tuple[Box, str, float]]:
    """The box of each line's ink, what it says, and the height of characters on the page."""
    boxes = [cell.box for grid in page.layout.grids for cell in grid.cells]
    inks = [page.picture.ink(box) for box in boxes]
    em = character_height((ink.mask for ink in inks), page.picture.scale)
    for box, ink in zip(boxes, inks, strict=True):
        lines = [c.box for c in CellScan.of(ink, page.picture, 1, em).crops]
        for line, text in zip(lines, _texts(page.printed, box, lines), strict=True):
            if text is not None:
                yield line, spelt(text), em


def _texts(printed: Printed, cell: Box, lines: list[Box]) -> list[str | None]:
    """What each line says; None where its ink is not all of its print, or none."""
    here = np.flatnonzero(printed.within(cell))
    middles = np.array([(line.y0 + line.y1) / 2 for line in lines])
    found: list[list[int]] = [[] for _ in lines]
    for i in here.tolist() if lines else []:
        off = np.abs(middles - printed.centres[i, 1])
        nearest, room = int(off.argmin()), printed.sizes[i]
        if off[nearest] > OFF * room or printed.starts[i, 0] < cell.x0 - CROSSED * room:
            return [None] * len(lines)
        if printed.ends[i, 0] > cell.x1 + CROSSED * room:
            return [None] * len(lines)
        found[nearest].append(i)
    return [_text(printed, each) for each in found]


def _text(printed: Printed, places: list[int]) -> str | None:
    across = sorted(places, key=lambda i: printed.centres[i, 0])
    return packed("".join(printed.text[i] for i in across)) or None


def as_known(text: str) -> str:
    """The text as the label reader can spell it."""
    known = set(characters())
    return "".join(c if c in known else STRANGE for c in text)


if __name__ == "__main__":
    main()
