"""`python -m benchmarks.forge --split dev --count 10 --rulings full -o DIR`: PDFs and truth."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import get_args

from benchmarks.forge.content import Split
from benchmarks.forge.places import PlaceError
from benchmarks.forge.sheet import clean_reports
from benchmarks.forge.styles import Rulings
from benchmarks.forge.typefaces import TypefaceError


def main() -> None:
    """Print clean reports and name each file."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.forge", description=__doc__)
    asked.add_argument("--split", choices=get_args(Split), default="dev")
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--count", type=int, default=10)
    asked.add_argument("--rulings", choices=get_args(Rulings), default="full")
    asked.add_argument("-o", "--output", type=Path, required=True)
    options = asked.parse_args()
    seeds = range(options.first, options.first + options.count)
    try:
        for report in clean_reports(options.split, seeds, options.rulings, options.output):
            print(report.pdf, report.form, report.pages, "pages", len(report.cells), "cells")
    except (TypefaceError, PlaceError, RuntimeError) as error:
        sys.exit(f"forge: {error}")


if __name__ == "__main__":
    main()
