"""Every sample, in both renderings, through the whole pipeline."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ocr
from document.contract import FileOut, ReportOut
from gouji.pipeline import Pipeline

SAMPLES = Path(__file__).parent.parent / "samples"
RECORDINGS = Path(__file__).parent / "recordings"
NAMES = sorted(path.stem for path in (SAMPLES / "expected").glob("*.json"))


def scan_of(name: str) -> Path:
    (path,) = SAMPLES.glob(f"{name}-scan.*")
    return path


def expected(name: str) -> list[Mapping[str, Any]]:
    reports: list[Mapping[str, Any]] = json.loads(
        (SAMPLES / "expected" / f"{name}.json").read_text("utf-8")
    )["reports"]
    return reports


def printed(report: ReportOut) -> dict[tuple[str, str, str, str], tuple[str | None, str | None]]:
    return {
        (table.id, table.form, cell.row, cell.column): (cell.value, (cell.read or "").strip())
        for table in report.tables
        for cell in table.cells
    }


def assert_as_expected(out: FileOut, name: str) -> None:
    """Every cell right, no rule failing that holds in the report, nothing accepted wrongly."""
    assert out.problems == []
    assert out.unmatched == []
    for report, wanted in zip(out.reports, expected(name), strict=True):
        assert (report.agency, report.year) == (wanted["agency"], wanted["year"])
        assert printed(report) == {
            (table["id"], table["form"], cell["row"], cell["column"]): (cell["value"], cell["read"])
            for table in wanted["tables"]
            for cell in table["cells"]
        }
        failed = [{"rule": c.rule, "at": c.at} for c in report.checks if c.ok is False]
        assert failed == wanted["failed_checks"]


@cache
def digital(name: str) -> FileOut:
    return Pipeline(engine=_NoEngine()).digitize(SAMPLES / f"{name}.pdf")


@cache
def scan(name: str) -> FileOut:
    return Pipeline(engine=ocr.Playback(RECORDINGS / f"{name}.json")).digitize(scan_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_digital_sample_comes_out_right_and_needs_nobody(name: str) -> None:
    assert_as_expected(digital(name), name)
    cells = [
        cell for report in digital(name).reports for table in report.tables for cell in table.cells
    ]
    assert {cell.status for cell in cells} == {"accepted"}


@pytest.mark.parametrize("name", NAMES)
def test_a_scanned_sample_comes_out_right_from_recorded_readings(name: str) -> None:
    assert_as_expected(scan(name), name)


@pytest.mark.parametrize("name", ["shekou_2024"])
def test_a_scanned_sample_comes_out_right(name: str) -> None:
    assert_as_expected(Pipeline().digitize(scan_of(name)), name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({*NAMES} - {"shekou_2024"}))
def test_every_scanned_sample_comes_out_right(name: str) -> None:
    assert_as_expected(Pipeline().digitize(scan_of(name)), name)


@pytest.mark.parametrize("name", NAMES)
def test_both_renderings_of_a_sample_agree_on_where_the_cells_are(name: str) -> None:
    """The scan is the digital page askew, so each cell lies where the other rendering has it."""
    for ours, theirs in zip(_places(digital(name)), _places(scan(name)), strict=True):
        assert ours[0] == theirs[0]
        assert ours[1] == pytest.approx(theirs[1], abs=12)


def _places(out: FileOut) -> list[tuple[int | None, tuple[float, float]]]:
    cells = [cell for report in out.reports for table in report.tables for cell in table.cells]
    boxes = [cell.bbox for cell in cells if cell.bbox is not None]
    assert len(boxes) == len(cells)
    centres = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in boxes]
    return [(cell.page, centre) for cell, centre in zip(cells, centres, strict=True)]


class _NoEngine:
    """A digital page asks no recogniser; one that does fails the test."""

    def read_lines(self, crops: object) -> Any:
        raise AssertionError("a digital page was read as a picture")

    read_numbers = read_lines
