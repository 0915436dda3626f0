"""`python -m training.score -o FILE`: the cell reader beside the general one on unseen typefaces.

On the forge's held-out split, on cells as the layout finds them, both in the same run.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

import ocr
from benchmarks.forge.damage.levels import LEVELS
from benchmarks.forge.sheet import CleanReport
from document.reading import Candidate
from ocr.cell_picture import cell_picture
from ocr.cell_reader import CellReader
from ocr.ink import EvenPage
from ocr.lines import character_height
from ocr.numbers import folded
from ocr.scan import CellScan, Told, by_both
from ocr.strokes import evidence
from training.cells import Labelled, located
from training.labels import OTHER, label_of
from training.scoring import asked, reports


@dataclass(frozen=True, slots=True)
class Score:
    """A number cell or blank one, and how each reader read it; `sure` is the cell reader's p."""

    level: str
    label: str
    own: str
    general: str
    sure: float


@dataclass(slots=True)
class Clock:
    """Seconds spent in each reader, pictures and crops made and all."""

    own: float = 0.0
    general: float = 0.0


def main() -> None:
    """Print the table and write it."""
    options = asked("training.score", __doc__, count=8)
    clean = reports(options)
    readers = Readers(CellReader(threads=2), ocr.PaddleEngine(threads=2), Clock())
    scores: list[Score] = []
    for level in options.levels:
        scores += _scores(level, clean, readers)
        print(row(level, [s for s in scores if s.level == level]), flush=True)
    options.output.write_text(table(scores, readers.clock), "utf-8")


@dataclass(frozen=True, slots=True)
class Readers:
    """The two, and the time that each has taken."""

    own: CellReader
    general: ocr.PaddleEngine
    clock: Clock

    def read(
        self, number: int, page: EvenPage, cells: Sequence[Labelled], em: float
    ) -> Iterator[tuple[Labelled, Candidate, str]]:
        """Each cell with the best guess of the cell reader and the text of the general one."""
        begun = time.perf_counter()
        pictures = [cell_picture(page, cell.box, em) for cell in cells]
        best = [guess.best for guess in self.own.read([p for p in pictures if p is not None])]
        self.clock.own += time.perf_counter() - begun
        begun = time.perf_counter()
        scans = [CellScan.of(page.ink(cell.box), page, number, em) for cell in cells]
        speaks = evidence([scan.stroke for scan in scans if scan.stroke])
        read = by_both(scans, [Told()] * len(scans), self.general, speaks)
        self.clock.general += time.perf_counter() - begun
        yield from zip(cells, best, (reading.text for reading in read), strict=True)


def _scores(level: str, clean: Iterable[CleanReport], readers: Readers) -> Iterator[Score]:
    for report in clean:
        for number, page, cells in located(report.pdf, level, report.seed):
            em = character_height((page.ink(cell.box).mask for cell in cells), page.scale)
            told = [cell for cell in cells if _is_told(cell, page, em)]
            for cell, own, general in readers.read(number, page, told, em):
                text = label_of(folded(general))
                yield Score(level, cell.label, own.text, text, own.probability)


def _is_told(cell: Labelled, page: EvenPage, em: float) -> bool:
    """Whether the cell says nothing or a number, and is no larger than a number's may be."""
    return cell.label != OTHER and cell_picture(page, cell.box, em) is not None


def row(level: str, scores: Sequence[Score]) -> str:
    """A level's line of the table."""
    cells = len(scores)
    if not cells:
        return f"| {level} | 0 |"
    own = [s.own == s.label for s in scores]
    general = [s.general == s.label for s in scores]
    both = sum(s.own == s.general != s.label for s in scores)
    neither = sum(not (o or g) for o, g in zip(own, general, strict=True))
    lost = sum(bool(s.label) and not s.own for s in scores)
    sure = [s for s in scores if s.sure >= 0.9999]
    wrong = sum(s.own != s.label for s in sure)
    figures = (
        f"{np.mean(own):.4f}", f"{np.mean(general):.4f}", neither, both, lost,
        f"{calibration_error(scores):.4f}", f"{len(sure) / cells:.3f}", wrong,
    )  # fmt: skip
    return f"| {level} | {cells} | " + " | ".join(map(str, figures)) + " |"


def calibration_error(scores: Sequence[Score], bins: int = 20) -> float:
    """The expected calibration error over bins of like many cells (Naeini et al. 2015)."""
    ordered = sorted(scores, key=lambda s: s.sure)
    parts = np.array_split(np.array([(s.sure, s.own == s.label) for s in ordered], float), bins)
    return float(
        sum(len(p) * abs(p[:, 0].mean() - p[:, 1].mean()) for p in parts if len(p)) / len(ordered)
    )


def table(scores: Sequence[Score], clock: Clock) -> str:
    """All levels, and what was confused with what."""
    lines = [
        "| level | cells | cell reader | PP-OCRv6 small | both wrong | alike | false empty "
        "| ECE | p ≥ 0.9999 | of them wrong |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        row(level, [s for s in scores if s.level == level])
        for level in LEVELS
        if level in {s.level for s in scores}
    ]
    lines.append(row("all", scores))
    a_second = len(scores) / max(clock.own, 1e-9), len(scores) / max(clock.general, 1e-9)
    lines += [
        "",
        f"{a_second[0]:.0f} cells a second, the general reader {a_second[1]:.0f}, pictures made.",
    ]
    wrong = Counter((s.label, s.own) for s in scores if s.own != s.label)
    lines += ["", *(f"- `{a}` read `{b}`: {n}" for (a, b), n in wrong.most_common(40))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
