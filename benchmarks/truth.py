"""What the samples say, cell by cell."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"

Key = tuple[int, str, str, str]
"""Report (from 0), table, row, column."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A rendering of a sample report, and what its cells are worth and say."""

    path: Path
    scan: bool
    values: dict[Key, str | None]
    printed: dict[Key, str]


def samples() -> tuple[Sample, ...]:
    """Every rendering of every sample, digital and scan."""
    found = []
    for expected in sorted((SAMPLES / "expected").glob("*.json")):
        cells = {
            (number, table["id"], cell["row"], cell["column"]): cell
            for number, report in enumerate(json.loads(expected.read_text("utf-8"))["reports"])
            for table in report["tables"]
            for cell in table["cells"]
        }
        values = {key: cell["value"] for key, cell in cells.items()}
        printed = {key: cell["read"] for key, cell in cells.items()}
        digital = SAMPLES / f"{expected.stem}.pdf"
        (scan,) = SAMPLES.glob(f"{expected.stem}-scan.*")
        found += [
            Sample(digital, False, values, printed),
            Sample(scan, True, values, printed),
        ]
    return tuple(found)
