"""How much memory a file of many pages takes: peak of the process as the pages go by.

`python -m benchmarks.memory FILE` prints one JSON object: the resident MiB after each page.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from gouji.pipeline import Pipeline
from gouji.settings import Settings

PAGES = 300
SPANS = (25, 50, 100, 200, 300)
"""Each from the page after the one before."""


def long_file(parts: Sequence[Path], target: Path) -> None:
    """The pages of PDFs over and over, `PAGES` of them."""
    with pdfium.PdfDocument.new() as whole:
        sources = [pdfium.PdfDocument(part) for part in parts]
        while len(whole) < PAGES:
            for source in sources:
                whole.import_pages(source)
        while len(whole) > PAGES:
            whole.del_page(PAGES)
        whole.save(target)


def measured(path: Path) -> list[float]:
    """The resident MiB after each page, of a process that reads the file and nothing else."""
    command = [sys.executable, "-m", "benchmarks.memory", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: list[float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def resident() -> float:
    """MiB of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 2**20


def table(figures: Sequence[float]) -> str:
    """The most within each span of pages."""
    spans = list(zip((0, *SPANS), SPANS, strict=False))
    head = "| pages | " + " | ".join(f"{a + 1}–{b}" for a, b in spans) + " |\n"
    rule = "|---|" + "---|" * len(spans) + "\n"
    peaks = " | ".join(f"{max(figures[a:b]):.0f}" for a, b in spans)
    return f"{head}{rule}| resident MiB at most | {peaks} |\n"


def main() -> None:
    """Read the file, answer on standard output."""
    logging.disable(logging.WARNING)
    figures: list[float] = []

    def note(*_: Any) -> None:
        figures.append(resident())

    Pipeline(Settings(threads=2)).digitize(Path(sys.argv[1]), on_page=note)
    sys.stdout.write("\n" + json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
