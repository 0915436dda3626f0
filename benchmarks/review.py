"""`python -m benchmarks.review`: from a keypress to the next cell, with 100,000 cells in the queue.

Copies of one digitized sample, all of whose cells are put before a person by the random sample, so
that the arithmetic has a whole report to go through after every answer. The page is Chromium's.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from document.output_file import read_json, write_json

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "damaged" / "poor.pdf"
QUEUED, PRESSES = 100_000, 100
GLANCE = 400
"""Milliseconds between two keys: less than anybody takes, more than the page asks for."""

WATCH = """() => {
  window.waits = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const start = performance.now(), cell = () => document.querySelector("#cell img, img#cell");
    const before = cell().currentSrc;
    const look = () => {
      const now = cell();
      if (now.currentSrc !== before && now.complete) window.waits.push(performance.now() - start);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
}"""


def main() -> None:
    """Make the queue, work at it, print the figures."""
    with tempfile.TemporaryDirectory() as name:
        outputs = Path(name) / "out"
        copies = _archive(Path(name) / "in", outputs)
        command = [sys.executable, "-m", "gouji", "review", str(outputs), "--no-browser"]
        started = time.monotonic()
        server = subprocess.Popen(
            [*command, "--sample", str(QUEUED)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        try:
            assert server.stdout
            told = [server.stdout.readline(), server.stdout.readline()]
            took = time.monotonic() - started
            link = re.search(r"http://\S+", told[1])
            assert link, told
            waits, answers = _worked(link.group())
        finally:
            server.terminate()
            server.wait(30)
    print(f"{told[0].strip()} ({copies} files loaded in {took:.0f} s)")
    print(f"keypress to next cell: {_spread(waits)} of {len(waits)}")
    print(f"answer to reply, arithmetic of the report included: {_spread(answers)}")


def _archive(inputs: Path, outputs: Path) -> int:
    """The sample digitized once, and copies of it until there are cells enough."""
    inputs.mkdir()
    shutil.copy(SAMPLE, inputs)
    digitize = [sys.executable, "-m", "gouji", "digitize", str(inputs), "-o", str(outputs), "-q"]
    subprocess.run(digitize, check=True, cwd=ROOT)
    made = read_json(outputs / f"{SAMPLE.name}.json")
    cells = sum(len(table.cells) for report in made.reports for table in report.tables)
    copies = QUEUED // cells + 100
    for number in range(copies):
        name = f"{number}.pdf"
        (inputs / name).hardlink_to(inputs / SAMPLE.name)
        source = made.source.model_copy(update={"name": name})
        write_json(made.model_copy(update={"source": source}), outputs / f"{name}.json")
    return copies


def _worked(link: str) -> tuple[list[float], list[float]]:
    """Milliseconds from key to cell, and from an answer sent to its reply."""
    from playwright.sync_api import Request, sync_playwright  # noqa: PLC0415 - for this alone

    answers: list[float] = []

    def finished(request: Request) -> None:
        if request.url.endswith("/answer"):
            answers.append(request.timing["responseEnd"])

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.on("requestfinished", finished)
        page.goto(link)
        page.wait_for_timeout(3000)
        page.evaluate(WATCH)
        for _ in range(PRESSES):
            page.keyboard.press("Enter")
            page.wait_for_timeout(GLANCE)
        page.wait_for_timeout(2000)
        waits: list[float] = page.evaluate("() => window.waits")
        browser.close()
    return waits, answers


def _spread(times: list[float]) -> str:
    tenths = quantiles(times, n=10)
    return f"median {median(times):.0f} ms, nine in ten within {tenths[-1]:.0f} ms"


if __name__ == "__main__":
    main()
