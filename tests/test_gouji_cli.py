"""The command line: what it prints, writes and answers, whatever the files are like."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from document.errors import ExitCode
from document.output_file import read_json
from gouji.cli import run
from tests.gouji_examples import make_scripted

ROOT = Path(__file__).parents[1]
PROGRAM = """
import signal, sys
import gouji.cli.digitize as command
from gouji.cli import run
from tests.gouji_examples import make_scripted

if __name__ == "__main__":
    # Where the tests run in the background, Ctrl-C is off.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command.make_pipeline = make_scripted
    sys.exit(run())
"""


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.cli.digitize.make_pipeline", make_scripted)


def archive(folder: Path, contents: dict[str, str]) -> Path:
    for name, content in contents.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_text(content)
    return folder / "in"


def test_good_and_bad_files_side_by_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contents = {
        "2022/一.pdf": "good",
        "2022/二.pdf": "no table",
        "2023/a.pdf": "unmatched",
        "2023/b.pdf": "bad page",
        "2023/c.pdf": "bug",
        "notes.docx": "",
    }
    inputs, out = archive(tmp_path, contents), tmp_path / "out"
    assert run(["digitize", str(inputs), "-o", str(out), "-j", "2"]) == ExitCode.SOME_FAILED
    said = capsys.readouterr()
    lines = said.out.splitlines()
    good = "2022/一.pdf: 2 tables, 24 cells, 23 accepted, 1 to review, 1 failed check"
    assert good in lines
    assert not any(line.startswith("2022/二.pdf:") for line in lines), "one line is enough"
    assert "2023/a.pdf: 1 table of no known form" in lines
    assert sorted(said.err.splitlines()) == [
        "2022/二.pdf: has no table",
        "2023/a.pdf: no table fits a known form",
        "2023/b.pdf, page 3: is damaged",
        "2023/c.pdf: Gouji failed on it (ZeroDivisionError: a bug); "
        "run it alone with -v and report that",
    ]
    totals = next(line for line in lines if "Total" in line)
    assert totals.split() == ["Total", "4", "1", "48", "46", "2", "2", "4"]
    assert "Left out, being of other kinds: .docx (1)" in lines
    assert f"Outputs: {out} (5 files)" in lines
    written = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    assert written == {"gouji.db", *(f"{name}.json" for name in contents if name.endswith(".pdf"))}
    assert read_json(out / "2022/一.pdf.json").source.name == "2022/一.pdf"


def test_all_well_is_0_and_quiet_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = archive(tmp_path, {"a.pdf": "good"})
    assert run(["digitize", str(inputs), "-o", str(tmp_path / "out"), "-q"]) == ExitCode.DONE
    assert capsys.readouterr() == ("", "")


def test_nothing_read_is_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = archive(tmp_path, {"a.pdf": "no table"})
    assert run(["digitize", str(inputs), "-o", str(tmp_path / "out"), "-q"]) == 4
    assert capsys.readouterr() == ("", "a.pdf: has no table\n")
    (tmp_path / "empty").mkdir()
    assert run(["digitize", str(tmp_path / "empty"), "-o", str(tmp_path / "out")]) == 4
    assert "no file to read in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["digitize", "a.pdf"], "Missing option"),
        (["digitize", "missing.pdf", "-o", "out"], "missing.pdf is not there"),
        (["digitize", "a.pdf", "-o", "a.pdf"], "needs a folder"),
        (["digitize", "a.pdf", "-o", "out", "--pages", "x"], "write 1-3,5"),
        (["digitize", "a.pdf", "-o", "out", "--target-error", "1"], "--target-error"),
        (["digitize", "a.pdf", "-o", "out", "-j", "0"], "--jobs"),
        (["digitize", "a.pdf", "-o", "out", "-q", "-v"], "exclude each other"),
        (["export", "missing", "--to", "csv"], "run `gouji digitize` first"),
        (["export", ".", "--to", "pdf"], "--to"),
        (["inspect", "a.pdf", "--page", "1", "-o", "a.jpg"], "name it *.png"),
        (["inspect", "b.pdf", "--page", "1", "-o", "b.png"], "b.pdf is not there"),
        (["unknown"], "No such command"),
    ],
)
def test_usage_errors_are_2_and_say_what_is_wrong(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.pdf").touch()
    assert run(arguments) == ExitCode.USAGE
    said = capsys.readouterr()
    assert words in said.err
    assert "Traceback" not in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf"]


def test_an_output_that_cannot_be_written_is_a_problem_of_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs, out = archive(tmp_path, {"a.pdf": "good", "b.pdf": "good"}), tmp_path / "out"
    (out / "a.pdf.json").mkdir(parents=True)
    assert run(["digitize", str(inputs), "-o", str(out), "-q"]) == ExitCode.SOME_FAILED
    assert "a.pdf.json cannot be written" in capsys.readouterr().err
    assert (out / "b.pdf.json").is_file()


def test_an_export_of_everything_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs, out = archive(tmp_path, {"a.pdf": "good", "2023/b.pdf": "good"}), tmp_path / "out"
    run(["digitize", str(inputs), "-o", str(out), "-q"])
    assert run(["export", str(out), "--to", "csv"]) == ExitCode.DONE
    assert len((out / "cells.csv").read_text("utf-8-sig").splitlines()) == 1 + 2 * 24
    one = tmp_path / "all.parquet"
    assert run(["export", str(out), "--to", "parquet", "-o", str(one)]) == ExitCode.DONE
    assert one.is_file()
    assert run(["export", str(out), "--to", "xlsx"]) == ExitCode.DONE
    assert len(load_workbook(out / "2023/b.pdf.xlsx").sheetnames) == 4
    together = tmp_path / "all.xlsx"
    assert run(["export", str(out), "--to", "xlsx", "-o", str(together)]) == ExitCode.DONE
    assert len(load_workbook(together).sheetnames) == 6
    (out / "foreign.json").write_text("{}")
    capsys.readouterr()
    assert run(["export", str(out), "--to", "csv"]) == ExitCode.SOME_FAILED
    assert "foreign.json is not an output of `gouji digitize`" in capsys.readouterr().err
    assert run(["export", str(out / "foreign.json"), "--to", "csv"]) == ExitCode.NOTHING_READ


def test_the_schema_and_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == ExitCode.DONE
    assert '"gouji/1"' in capsys.readouterr().out
    assert run(["--version"]) == ExitCode.DONE
    assert capsys.readouterr().out.startswith("gouji")


def start(folder: Path, *arguments: str, stderr: int) -> subprocess.Popen[str]:
    program = folder / "program.py"
    program.write_text(PROGRAM)
    return subprocess.Popen(
        [sys.executable, str(program), *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        start_new_session=True,
    )


def test_an_interrupt_keeps_what_is_finished(tmp_path: Path) -> None:
    inputs, out = archive(tmp_path, {"a.pdf": "good", "b.pdf": "hangs"}), tmp_path / "out"
    arguments = ("digitize", str(inputs), "-o", str(out))
    with start(tmp_path, *arguments, stderr=subprocess.PIPE) as process:
        finished = out / "a.pdf.json"
        deadline = time.monotonic() + 30
        while not finished.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to the workers too
        _, errors = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert (
        errors == "gouji: interrupted; what is done is kept: the same command goes on from there\n"
    )
    read_json(finished)
    assert {path.name for path in out.iterdir()} <= {"a.pdf.json", "gouji.db"}


def test_a_terminal_shows_a_bar_with_pages(tmp_path: Path) -> None:
    inputs, out = archive(tmp_path, {"a.pdf": "slow"}), tmp_path / "out"
    ours, theirs = pty.openpty()
    with start(tmp_path, "digitize", str(inputs), "-o", str(out), stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # Linux says so at the end
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    assert process.returncode == ExitCode.DONE
    bar = shown.decode()
    assert "a.pdf page 1/1" in bar
    assert "1 page at" in bar
    assert "0:00:00 left, 1 to review" in bar


def test_no_command_waits_for_what_another_stands_on() -> None:
    """Workers import the commands, too."""
    slow = ("sqlalchemy", "alembic", "fastapi", "uvicorn", "paddleocr", "onnxruntime")
    look = f"import sys, gouji.cli.app; print([m for m in {slow} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
