"""`python -m benchmarks.speed`: seconds a page on the forge's damaged pages, beside the peers.

Every tool reads the same files in processes of its own, one tool after the other, in the two ways
there are to use two threads. Writes docs/speed.md, with the memory that a file of 300 such pages
takes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import mean

from benchmarks import memory
from benchmarks.__main__ import NAMES, run
from benchmarks.accuracy.measure import damaged_file, tasks
from benchmarks.accuracy.tally import TARGETS
from benchmarks.contenders import PEER_DPI, THREADS

REPORTS, MORE = 3, {"bad": 10}
"""A level, and where pages differ most; a report has about three pages."""
PEERS = ("paddle", "rapidocr")
AT_ONCE = (1, THREADS)
"""Files read at the same time, each in an equal share of the threads."""
PAGE = Path(__file__).parent.parent / "docs" / "speed.md"

Seconds = Mapping[Path, Sequence[float]]
"""Of each file's pages: what each adds to the time of a run."""


def main() -> None:
    """Measure, print, write the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {level: _files(level, folder) for level in TARGETS}
        paths = [path for level in files.values() for path in level]
        times = {
            tool: [seconds(tool, paths, at_once) for at_once in AT_ONCE]
            for tool in ("gouji", *PEERS)
        }
        pages = [path for level in ("poor", "sealed") for path in files[level]]
        memory.long_file(pages, folder / "long.pdf")
        figures = memory.measured(folder / "long.pdf")
    text = page(table(files, times), memory.table(figures))
    PAGE.write_text(text, "utf-8")
    sys.stdout.write(text)


def seconds(tool: str, paths: Sequence[Path], at_once: int) -> Seconds:
    """The files read by so many processes of the tool side by side."""
    shares = [paths[first::at_once] for first in range(at_once)]
    with ThreadPoolExecutor(at_once) as pool:
        answers = pool.map(partial(run, tool, threads=THREADS // at_once), shares)
    return {
        path: [second / at_once for second in file["seconds"]]
        for share, answer in zip(shares, answers, strict=True)
        for path, file in zip(share, answer["files"], strict=True)
    }


def page(speed: str, resident: str) -> str:
    """docs/speed.md."""
    return "\n".join(
        [
            "# Speed and memory",
            "",
            f"Written by `make bench-speed`: {REPORTS} reports a level ({_more()}) from the "
            "held-out split of the page forge, every tool on the same files and the same models, "
            f"one after the other, in {THREADS} threads. Peers get pages at {PEER_DPI} dpi and "
            "keep their stock settings. A page's seconds include rendering, not loading models. "
            "Seconds hold only as ratios within one run.",
            "",
            f"Each tool reads in both ways: one file at a time in {THREADS} threads, and, after "
            f"the stroke, {THREADS} files at a time in one thread each, as `gouji digitize FOLDER "
            f"-j {THREADS}` does on as many cores. How many times as long as Gouji a peer takes is "
            "told for one file at a time, and for a folder, read by each tool the faster way.",
            "",
            speed,
            f"## Memory over {memory.PAGES} pages",
            "",
            "One PDF of poor scans and scans under red seals, read in one process, looked at after "
            "each page:",
            "",
            resident,
        ]
    )


def _more() -> str:
    told = ", ".join(f"{count} at {level}" for level, count in MORE.items())
    return f"{told}, where pages differ most"


def _files(level: str, folder: Path) -> list[Path]:
    (folder / level).mkdir()
    chosen = tasks(level, "test", MORE.get(level, REPORTS), folder / "clean")
    return [damaged_file(task, folder / level)[0] for task in chosen]


def table(files: Mapping[str, Sequence[Path]], times: Mapping[str, Sequence[Seconds]]) -> str:
    """A line for each level: each tool's seconds a page, and how many times as long as Gouji its
    peers take."""
    head = [
        "level",
        "pages",
        *(f"{NAMES[tool]}, s a page" for tool in times),
        *(f"{NAMES[peer]}, one file × / folder ×" for peer in PEERS),
    ]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for level, paths in files.items():
        found = {
            tool: [mean(s for path in paths for s in way[path]) for way in ways]
            for tool, ways in times.items()
        }
        pages = sum(len(times["gouji"][0][path]) for path in paths)
        cells = [level, str(pages), *_cells(found)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cells(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    for ways in found.values():
        yield " / ".join(f"{way:.2f}" for way in ways)
    ours = found["gouji"]
    for peer in PEERS:
        theirs = found[peer]
        yield f"{theirs[0] / ours[0]:.1f} / {min(theirs) / min(ours):.1f}"


if __name__ == "__main__":
    main()
