"""`python -m benchmarks.calibration`: docs/calibration.md from what `benchmarks.accuracy` measured.

The scales are fitted by `python -m benchmarks.calibration.fit`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.accuracy.measure import read_back
from benchmarks.accuracy.tally import TARGETS
from benchmarks.calibration.diagrams import reliability, risk_coverage
from benchmarks.calibration.fit import ROOT, SCALES
from benchmarks.calibration.misprints import planted
from benchmarks.calibration.misreadings import restored
from benchmarks.calibration.page import page

DOCS = ROOT / "docs"
LIMITS = ROOT / "benchmarks" / "calibration" / "limits.md"


def main() -> None:
    """Read the results of the held-out split, plant misprints, write the page and its diagrams."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--count", type=int, default=60, help="misprinted reports a level")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "out" / "accuracy")
    options = parser.parse_args()
    levels = {level: read_back(options.output / f"{level}.jsonl") for level in TARGETS}
    (DOCS / "images" / "reliability.svg").write_text(reliability(levels), "utf-8")
    (DOCS / "images" / "risk-coverage.svg").write_text(risk_coverage(levels), "utf-8")
    timed = restored()  # before the workers of the others take the cores
    found = planted(options.count, options.output)
    text = page(SCALES, levels, found, timed, LIMITS.read_text("utf-8"))
    (DOCS / "calibration.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
