"""Files that are empty, cut off, locked, looping or no reports, through the command line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from document.contract import FileOut
from document.errors import ExitCode
from document.output_file import read_json
from tests.bad_files import BadFile, write_bad_files

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "laocheng_2024.pdf"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[BadFile, ...], str, int]:
    """A folder of bad files with a report among them, digitized: outputs, files, stderr, status."""
    folder, out = tmp_path_factory.mktemp("archive"), tmp_path_factory.mktemp("out")
    files = write_bad_files(folder)
    shutil.copyfile(SAMPLE, folder / "m-report.pdf")
    done = subprocess.run(
        [sys.executable, "-m", "gouji", "digitize", str(folder), "-o", str(out), "-j", "2"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return out, files, done.stdout + done.stderr, done.returncode


def outputs(out: Path) -> dict[str, FileOut]:
    return {path.name.removesuffix(".json"): read_json(path) for path in out.rglob("*.json")}


def test_a_report_among_bad_files_comes_out_whole(
    run: tuple[Path, tuple[BadFile, ...], str, int],
) -> None:
    out, _, _, status = run
    report = outputs(out)["m-report.pdf"]
    assert [len(table.cells) for table in report.reports[0].tables] == [10, 175, 15]
    assert status == ExitCode.SOME_FAILED


def test_every_bad_file_says_its_name_and_reason_on_one_line(
    run: tuple[Path, tuple[BadFile, ...], str, int],
) -> None:
    out, files, _, _ = run
    read = outputs(out)
    bad = [file for file in files if (file.opening or file.reading) and file.name in read]
    assert len(bad) >= 25
    for file in bad:
        output = read[file.name]
        codes = [p.code for p in output.problems]
        assert (file.opening or file.reading) in codes, file.name
        problem = output.problems[codes.index(file.opening or file.reading or "")]
        assert "\n" not in problem.message
        assert file.name in problem.message
        assert output.reports == []


def test_no_file_brings_a_traceback(run: tuple[Path, tuple[BadFile, ...], str, int]) -> None:
    out, _, said, _ = run
    assert "Traceback" not in said
    codes = {p.code for file in outputs(out).values() for p in file.problems}
    assert not codes & {"internal_error", "worker_died", "timed_out"}


def test_a_file_without_a_report_says_whether_it_has_tables(
    run: tuple[Path, tuple[BadFile, ...], str, int],
) -> None:
    codes = {p.code for file in outputs(run[0]).values() for p in file.problems}
    assert {"no_table", "no_form_matched"} <= codes
