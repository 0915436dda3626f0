"""`python -m benchmarks`: measure, print the table, write docs/benchmarks.md."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.contenders import PEER_DPI, THREADS
from benchmarks.score import NOTHING, Score, score_output, score_texts, table_pages
from benchmarks.truth import Sample, samples

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"

NAMES = {
    "gouji": "Gouji",
    "paddle": "PaddleOCR, full page",
    "rapidocr": "RapidOCR, full page",
    "img2table": "img2table + PaddleOCR",
    "pdfplumber": "pdfplumber `extract_tables`",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    tool: str
    kind: str
    score: Score | None
    seconds: float
    seconds_table_page: float | None
    peak_mib: float


def main() -> None:
    """Measure every tool on the same pages, one after the other."""
    every = samples()
    rows = []
    for scan in (False, True):
        chosen = [sample for sample in every if sample.scan is scan]
        kind = "scan" if scan else "digital"
        peers = ("paddle", "img2table") if scan else ("pdfplumber",)
        paths = [sample.path for sample in chosen]
        ours = run("gouji", paths)
        outputs = [file["output"] for file in ours["files"]]
        rows.append(row("gouji", kind, chosen, ours, outputs))
        rows += [row(peer, kind, chosen, run(peer, paths), outputs) for peer in peers]
    text = page(rows)
    PAGE.write_text(text, "utf-8")
    sys.stdout.write(text)


def run(tool: str, paths: Sequence[Path], threads: int = THREADS) -> dict[str, Any]:
    """The tool's answer from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.contenders", str(threads), tool]
    done = subprocess.run(
        [*command, *map(str, paths)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def row(
    tool: str,
    kind: str,
    chosen: Sequence[Sample],
    answer: Mapping[str, Any],
    outputs: Sequence[Mapping[str, Any]],
) -> Row:
    """Score one tool's run; `outputs` are Gouji's, whose cell boxes the peers are lent."""
    files = answer["files"]
    triples = list(zip(chosen, files, outputs, strict=True))
    score: Score | None = None
    if tool == "gouji":
        score = sum((score_output(s, out) for s, _, out in triples), NOTHING)
    elif tool != "pdfplumber":
        score = sum((score_texts(s, f["texts"], out) for s, f, out in triples), NOTHING)
    every = [second for file in files for second in file["seconds"]]
    on_tables = [
        second
        for file, out in zip(files, outputs, strict=True)
        for second in file["seconds_tables"]
        or [file["seconds"][number - 1] for number in sorted(table_pages(out))]
    ]
    table_page = mean(on_tables) if kind == "scan" else None
    return Row(tool, kind, score, mean(every), table_page, answer["peak_mib"])


def page(rows: Sequence[Row]) -> str:
    """docs/benchmarks.md."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; the figures are one run of all tools, one after the other, on "
        f"{platform.machine()}, {THREADS} threads, same models. Peers get pages at "
        f"{PEER_DPI} dpi and keep their stock settings. "
        "A page's seconds include rendering, not loading models. Times hold only as ratios within "
        "one run.",
        "",
        "The peers find no template slots, so they are lent the cells' boxes that Gouji found; a "
        "cell is right when the text inside its box is. They accept everything, so every wrong "
        "cell of theirs is a silent error. The samples are what Gouji was built on: they show that "
        "it does what it should, not how it fares on other archives.",
        "",
        "| pages | tool | cells exact | silent errors | to review | s a page | s a page with "
        "tables | against Gouji | peak MiB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    ours = {r.kind: r for r in rows if r.tool == "gouji"}
    for r in rows:
        exact, silent, review = "–", "–", "–"
        if r.score:
            share = 100 * r.score.exact / r.score.cells
            exact = f"{r.score.exact} of {r.score.cells} ({share:.2f} %)"
            silent = str(r.score.silent)
            review = f"{100 * r.score.review / r.score.cells:.2f} %"
        our = ours[r.kind]
        ratio = f"{r.seconds / our.seconds:.2f} ×"
        table_page = "–"
        if r.seconds_table_page and our.seconds_table_page:
            table_page = f"{r.seconds_table_page:.2f}"
            ratio += f" ({r.seconds_table_page / our.seconds_table_page:.2f} × with tables)"
        lines.append(
            f"| {r.kind} | {NAMES[r.tool]} | {exact} | {silent} | {review} | {r.seconds:.2f} | "
            f"{table_page} | {ratio} | {r.peak_mib:.0f} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
