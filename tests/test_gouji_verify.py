"""`gouji verify` over a folder of outputs."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from document.contract import FileOut, ReportOut, SourceOut
from document.entry import Flag
from document.errors import GoujiError
from document.output_file import read_json, write_json
from gouji.cli.app import app
from tests.test_checks_years import BODY, carried, report


def filed(folder: Path, name: str, *reports: ReportOut) -> Path:
    """An output of these reports."""
    source = SourceOut(name=name, sha256=None, pages=2)
    path = folder / f"{name}.json"
    write_json(FileOut(source=source, reports=list(reports), unmatched=[], problems=[]), path)
    return path


def test_a_mismatch_is_listed_flagged_in_both_files_and_checked_in_the_later(
    tmp_path: Path,
) -> None:
    old = filed(tmp_path, "a/2022.pdf", report(BODY, 2022, carried(out="3", into="0")))
    new = filed(tmp_path, "2023.pdf", report(BODY, 2023, carried(out="0", into="2")))
    done = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert done.exit_code == 0
    assert (
        f"2023.pdf: {BODY} 2023: applications carried_in/total is 2, 3 by 2022 (a/2022.pdf)"
        in done.output
    )
    assert "2 reports, 1 pair of consecutive years: 0 comparisons hold, 1 do not" in done.output
    cells = {
        (path.name, cell.row): cell.flags
        for path in (old, new)
        for cell in read_json(path).reports[0].tables[0].cells
    }
    assert cells == {
        ("2022.pdf.json", "carried_in"): [],
        ("2022.pdf.json", "carried_out"): [Flag.YEAR_MISMATCH],
        ("2023.pdf.json", "carried_in"): [Flag.YEAR_MISMATCH],
        ("2023.pdf.json", "carried_out"): [],
    }
    assert not read_json(old).reports[0].checks
    assert [check.ok for check in read_json(new).reports[0].checks] == [False]


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    first = report(BODY, 2022, carried(out="3", into="0"))
    path = filed(tmp_path, "both.pdf", first, report(BODY, 2023, carried(out="0", into="2")))
    CliRunner().invoke(app, ["verify", str(tmp_path)])
    once = path.read_bytes()
    CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert path.read_bytes() == once


def test_a_file_without_reports_of_two_years_stays_as_it_is(tmp_path: Path) -> None:
    path = filed(tmp_path, "2022.pdf", report(BODY, 2022, carried(out="3", into="0")))
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_what_is_no_output_is_named_and_the_rest_compared(tmp_path: Path) -> None:
    filed(tmp_path, "2022.pdf", report(BODY, 2022, carried(out="3", into="0")))
    (tmp_path / "other.json").write_text("{}", "utf-8")
    done = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert done.exit_code == 3
    assert "other.json" in done.output
    assert "1 report, 0 pairs" in done.output


def test_an_empty_folder_is_an_error_that_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert isinstance(done.exception, GoujiError)
    assert "no JSON file" in str(done.exception)


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(tmp_path, "2022.pdf", report(BODY, 2022, carried(out="3", into="0")))
    filed(tmp_path, "2023.pdf", report(BODY, 2023, carried(out="0", into="2")))

    def full(_result: FileOut, _path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gouji.cli.verify.write_json", full)
    done = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert isinstance(done.exception, GoujiError)
    assert "No space left on device" in str(done.exception)
