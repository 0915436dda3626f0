"""What every score of a reader is asked for: which reports, damaged how."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

from benchmarks.forge.damage.levels import LEVELS
from benchmarks.forge.sheet import CleanReport, clean_reports

SKIPPED = {"rotated", "wrong_layer", "ruleless"}
"""Levels whose cells look as those of `office` do, or are found only after reading."""


def asked(prog: str, about: str | None, count: int) -> argparse.Namespace:
    """What was asked for; `count` reports a level if nothing else was."""
    parser = argparse.ArgumentParser(prog=f"python -m {prog}", description=about)
    parser.add_argument("--split", default="test", choices=("dev", "test"))
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=count, help="reports a level")
    parser.add_argument("--levels", nargs="*", default=[v for v in LEVELS if v not in SKIPPED])
    parser.add_argument("--clean", type=Path, required=True, help="folder for the clean reports")
    parser.add_argument("-o", "--output", type=Path, required=True)
    logging.disable(logging.WARNING)
    return parser.parse_args()


def reports(options: argparse.Namespace) -> Sequence[CleanReport]:
    """The clean reports, the same at every level."""
    seeds = range(options.first, options.first + options.count)
    return tuple(clean_reports(options.split, seeds, "full", options.clean))
