"""`python -m training -o DIR`: the cells that the reader is fitted to and told by, cut and kept."""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.forge.chromium import printer
from benchmarks.forge.sheet import clean_reports
from benchmarks.forge.typefaces import PACKAGES, require
from training.cells import cut
from training.shards import save
from training.sheets import sheet
from training.typefaces import PACKAGES as FURTHER
from training.typefaces import families

SHARES = {
    "office": 1.0, "poor": 2.0, "bad": 3.0, "dpi100": 1.5, "fax": 1.5, "photo": 1.0,
    "sealed": 1.0, "broken_rules": 1.0, "bleed": 1.0,
}  # fmt: skip
"""How often pages suffer each level. What is left out reads as `office` does."""
LEVELS_A_PAGE = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A part of the cells: number sheets and forge reports, and the seeds they come from.

    `unseen`: the sheets are set in the typefaces that training does without.
    """

    sheets: range
    reports: range
    unseen: bool = False


SPLITS = {
    "fit": Source(range(200), range(60)),
    "watch": Source(range(10_000, 10_016), range(60, 76), unseen=True),
    "calibrate": Source(range(20_000, 20_014), range(76, 90), unseen=True),
}
"""Told apart by seeds; `watch` says while fitting when to stop, `calibrate` how sure to be."""


def main() -> None:
    """Cut the cells; what is there already is kept."""
    asked = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    asked.add_argument("-o", "--output", type=Path, required=True)
    asked.add_argument("--split", choices=SPLITS, action="append")
    options = asked.parse_args()
    logging.disable(logging.WARNING)
    for unseen in (False, True):
        require(families(unseen), {**PACKAGES, **FURTHER})
    for split in options.split or SPLITS:
        folder = options.output / split
        folder.mkdir(parents=True, exist_ok=True)
        for pdf, number in _pages(SPLITS[split], options.output):
            chance = Random(f"{split}/{pdf.stem}")
            for level in _levels(chance):
                shard = folder / f"{pdf.stem}-{level}.npz"
                if not shard.exists():
                    save(shard, list(cut(pdf, level, number)))
                    print(shard, flush=True)


def _levels(chance: Random) -> set[str]:
    return set(chance.choices(list(SHARES), list(SHARES.values()), k=LEVELS_A_PAGE))


def _pages(source: Source, folder: Path) -> Iterator[tuple[Path, int]]:
    """Clean files and their numbers, sheets and reports in turn."""
    reports = iter(clean_reports("dev", source.reports, "full", folder / "reports"))
    every = max(len(source.sheets) // max(len(source.reports), 1), 1)
    with tempfile.TemporaryDirectory() as printed, printer() as chromium:
        for i, number in enumerate(source.sheets):
            pdf = Path(printed, f"sheet-{number:05d}.pdf")
            chance = Random(f"sheet/{number}")
            chromium.print_pdf(sheet(families(source.unseen), chance), pdf)
            yield pdf, number
            report = next(reports, None) if i % every == 0 else None
            if report:
                yield report.pdf, report.seed
        for report in reports:
            yield report.pdf, report.seed


if __name__ == "__main__":
    main()
