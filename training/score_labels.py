"""`python -m training.score_labels -o FILE`: the label reader beside the general one on unseen
typefaces: lines of words in the tables of the forge's held-out split, both in the same run."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

import ocr
from benchmarks.forge.sheet import CleanReport
from document.geometry import Box
from ocr.batches import squeezed
from ocr.cell_picture import line_picture
from ocr.engine import LineReading
from ocr.ink import EvenPage
from ocr.label_reader import is_clear_line
from ocr.scan import line_of
from reconstruct.characters import packed
from training.labels import OTHER, label_of
from training.lines import lines_of
from training.pages import damaged_pages
from training.scoring import asked, reports


@dataclass(frozen=True, slots=True)
class Score:
    """A line of words and how each reader read it, "" where the label reader is not clear."""

    level: str
    printed: str
    own: str
    general: str


class Readers:
    """The two, and the seconds that each has taken, pictures and crops made and all."""

    def __init__(self) -> None:
        self.own, self.general = ocr.LabelReader(threads=2), ocr.PaddleEngine(threads=2)
        self.own_time = self.general_time = 0.0

    def read(self, page: EvenPage, boxes: Sequence[Box], em: float) -> Iterator[tuple[str, str]]:
        """What the label reader and the general one say of each line."""
        begun = time.perf_counter()
        pictures = [line_picture(page, box, em) for box in boxes]
        found = iter(self.own.read([picture for picture in pictures if picture is not None]))
        own = [next(found) if picture is not None else None for picture in pictures]
        self.own_time += time.perf_counter() - begun
        begun = time.perf_counter()
        crops = [line_of(page, 1, box) for box in boxes]
        asked = [ocr.Crop(squeezed(c.pixels), c.page, c.box) for c in crops if c is not None]
        told = iter(self.general.read_lines(asked))
        general = [next(told).text if crop is not None else "" for crop in crops]
        self.general_time += time.perf_counter() - begun
        yield from zip((_clear(line) for line in own), general, strict=True)


def _clear(line: LineReading | None) -> str:
    return line.text if line and is_clear_line(line) else ""


def main() -> None:
    """Print the table and write it."""
    options = asked("training.score_labels", __doc__, count=6)
    clean = reports(options)
    readers, scores = Readers(), list[Score]()
    lines = [
        "| level | lines | clear | right | general, of these | general, of all |",
        "|---" * 6 + "|",
    ]
    for level in options.levels:
        found = [s for report in clean for s in _scores(level, report, readers)]
        scores += found
        lines.append(_row(level, found))
        print(lines[-1], flush=True)
    lines.append(_row("all", scores))
    pace = f"{len(scores) / readers.own_time:.0f} lines a second, "
    lines += ["", pace + f"the general reader {len(scores) / readers.general_time:.0f}."]
    options.output.write_text("\n".join(lines) + "\n", "utf-8")


def _scores(level: str, report: CleanReport, readers: Readers) -> Iterator[Score]:
    for page in damaged_pages(report.pdf, level, report.seed):
        words = [line for line in lines_of(page, packed) if label_of(line[1]) == OTHER]
        boxes, em = [box for box, _, _ in words], words[0][2] if words else 0.0
        read = readers.read(page.picture, boxes, em)
        for (_, printed, _), (own, general) in zip(words, read, strict=True):
            yield Score(level, printed, own, packed(general))


def _row(level: str, scores: Sequence[Score]) -> str:
    """A level's line: how many the label reader takes, and what each reader makes of them."""
    clear = [s for s in scores if s.own]
    if not clear:
        return f"| {level} | {len(scores)} | 0 |"
    own, general = (
        np.mean([s.own == s.printed for s in clear]),
        np.mean([s.general == s.printed for s in clear]),
    )
    whole = np.mean([s.general == s.printed for s in scores])
    return (
        f"| {level} | {len(scores)} | {len(clear) / len(scores):.3f} | {own:.3f} "
        f"| {general:.3f} | {whole:.3f} |"
    )


if __name__ == "__main__":
    main()
