"""Remake the samples: `python -m samples.make [NAME ...]`. Needs Chromium and the fonts."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from samples.expected import expected
from samples.markup import page
from samples.printing import print_pdf
from samples.report import load
from samples.scan import scan_pdf
from samples.style import STYLES, Style

SAMPLES = Path(__file__).parent


def make(style: Style) -> None:
    """One sample: the digital PDF, its scan, what a reader must find in either."""
    report = load(style.name)
    digital = SAMPLES / f"{style.name}.pdf"
    print_pdf(page(report, style), digital)
    scan_pdf(digital, style.scan, SAMPLES / f"{style.name}-scan{style.scan.suffix}")
    (SAMPLES / "expected" / f"{style.name}.json").write_text(
        as_json(expected(report)), encoding="utf-8"
    )


def as_json(found: dict[str, Any]) -> str:
    """Indented, but with a line for each cell."""
    spread = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    return re.sub(r'\{\s*"row":[^{}]*\}', lambda cell: re.sub(r"\s*\n\s*", " ", cell[0]), spread)


if __name__ == "__main__":
    wanted = sys.argv[1:] or [style.name for style in STYLES]
    for style in STYLES:
        if style.name in wanted:
            make(style)
            print(style.name)
