"""A batch as its user sees it: the log for machines, status, retry, going on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.errors import ExitCode
from document.output_file import read_json
from gouji.cli import run
from gouji.cli.pace import Pace
from tests.batches import archive
from tests.gouji_examples import make_scripted


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.cli.digitize.make_pipeline", make_scripted)
    monkeypatch.setattr("gouji.cli.status.make_pipeline", make_scripted)


CONTENTS = {"a.pdf": b"good", "b.pdf": b"no table", "c.pdf": b"crashes", "d.pdf": b"good"}


def digitized(folder: Path, *more: str) -> int:
    return run(["digitize", str(folder / "in"), "-o", str(folder / "out"), *more])


def log(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_log_for_machines_tells_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive(tmp_path, CONTENTS)
    assert digitized(tmp_path, "--json-log", "-") == ExitCode.SOME_FAILED
    lines = log(capsys.readouterr().out)
    assert [line["event"] for line in lines[:2]] == ["batch", "planned"]
    assert lines[0]["files"] == 4
    files = {line["file"]: line for line in lines if line["event"] == "file"}
    assert {name: (file["how"], file["state"]) for name, file in files.items()} == {
        "a.pdf": ("read", "done"),
        "b.pdf": ("read", "failed"),
        "c.pdf": ("read", "quarantined"),
        "d.pdf": ("copied", "done"),
    }
    assert files["a.pdf"]["tally"]["review"] == 1
    assert [line["file"] for line in lines if line["event"] == "again"] == ["c.pdf"]
    assert [line["file"] for line in lines if line["event"] == "quarantined"] == ["c.pdf"]
    problems = {line["file"]: line["code"] for line in lines if line["event"] == "problem"}
    assert problems == {"b.pdf": "no_table", "c.pdf": "worker_died"}
    assert {"event": "page", "file": "a.pdf", "page": 1, "pages": 1}.items() <= next(
        line for line in lines if line["event"] == "page"
    ).items()
    assert (lines[-1]["event"], lines[-1]["exit"]) == ("finished", ExitCode.SOME_FAILED)
    assert lines[-1]["tally"]["tables"] == 4


def test_a_log_file_goes_on_too(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    path = tmp_path / "log"
    for _ in range(2):
        assert digitized(tmp_path, "-q", "--json-log", str(path)) == ExitCode.DONE
    hows = [line["how"] for line in log(path.read_text("utf-8")) if line["event"] == "file"]
    assert hows == ["read", "before"]


def test_a_log_that_cannot_be_written_stops_the_batch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    assert digitized(tmp_path, "-q", "--json-log", "/dev/full") == ExitCode.STOPPED
    assert "the log cannot be written to" in capsys.readouterr().err
    assert digitized(tmp_path, "-q", "--json-log", str(tmp_path)) == ExitCode.USAGE
    assert digitized(tmp_path, "-q", "--json-log", "missing/log") == ExitCode.USAGE


def test_a_second_run_says_and_answers_what_the_first_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(tmp_path, CONTENTS)
    first = digitized(tmp_path)
    table = capsys.readouterr().out.split("Total")[1].splitlines()[0]
    assert digitized(tmp_path) == first == ExitCode.SOME_FAILED
    again = capsys.readouterr()
    assert "4 files done before" in again.out
    assert "2 files failed before and would again" in again.out
    assert again.out.split("Total")[1].splitlines()[0] == table
    assert again.err == ""


def test_status_tells_what_became_of_every_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = archive(tmp_path, CONTENTS | {"gone.pdf": b"good"})
    (inputs / "gone.pdf").unlink()
    (inputs / "gone.pdf").symlink_to("nowhere")
    digitized(tmp_path, "-q")
    capsys.readouterr()
    assert run(["status", str(tmp_path / "out"), "--json"]) == ExitCode.DONE
    (told,) = log(capsys.readouterr().out)
    states = {name: told[name] for name in ("done", "failed", "quarantined", "waiting")}
    assert states == {"done": 2, "failed": 1, "quarantined": 1, "waiting": 1}
    assert told["to_review"] == 2
    assert {file["file"]: file["state"] for file in told["files"]} == {
        "b.pdf": "failed",
        "c.pdf": "quarantined",
        "gone.pdf": "waiting",
    }
    assert run(["status", str(tmp_path / "out")]) == ExitCode.DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "5 files: 2 done, 1 failed, 1 quarantined, 1 waiting"
    assert lines[1] == "2 cells to review"
    assert any(line.startswith("quarantined: c.pdf: its worker crashed") for line in lines)
    (inputs / "gone.pdf").unlink()
    run(["status", str(tmp_path / "out")])
    assert capsys.readouterr().out.startswith("4 files: 2 done, 1 failed, 1 quarantined, 0 waiting")


def test_status_of_a_folder_that_nothing_was_written_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("status", "retry"):
        assert run([command, str(tmp_path)]) == ExitCode.USAGE
        assert "has no gouji.db" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_retry_reads_what_failed_with_the_same_options_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = archive(tmp_path, {"a.pdf": b"good", "c.pdf": b"crashes once"})
    (inputs / "c.met").unlink(missing_ok=True)
    archive(tmp_path, {"b.pdf": b"crashes"})
    digitized(tmp_path, "-q", "--target-error", "0.01", "--pages", "1-3")
    settings = []

    def make(given: Any, verbosity: Any) -> Any:
        settings.append(given)
        return make_scripted(given, verbosity)

    monkeypatch.setattr("gouji.cli.status.partial", lambda _, *more: make(*more).__class__)
    path = tmp_path / "log"
    arguments = ["retry", str(tmp_path / "out"), "-q", "--json-log", str(path)]
    assert run(arguments) == ExitCode.NOTHING_READ
    assert [line["file"] for line in log(path.read_text()) if line["event"] == "file"] == ["b.pdf"]
    assert (settings[0].target_error, settings[0].pages) == (0.01, {1, 2, 3})
    archive(tmp_path, {"b.pdf": b"good"})
    assert run([*arguments, "--timeout", "60", "--memory", "2000"]) == ExitCode.DONE
    assert not read_json(tmp_path / "out" / "b.pdf.json").problems
    capsys.readouterr()
    assert run(["retry", str(tmp_path / "out")]) == ExitCode.DONE
    assert capsys.readouterr().out == "nothing failed\n"


@given(
    files=st.integers(1, 1000), to_go=st.integers(0, 1000), seconds=st.floats(0.1, 1e5),
    pages=st.integers(1, 10**5),
)  # fmt: skip
def test_what_is_left_takes_as_long_as_what_was_read(
    files: int, to_go: int, seconds: float, pages: int
) -> None:
    pace = Pace(files, pages, to_go, seconds)
    assert pace.left is not None
    assert pace.left / max(to_go, 1) == pytest.approx(seconds / files if to_go else 0)
    assert pace.pages_a_minute == pytest.approx(pages / seconds * 60)


def test_before_anything_is_read_nothing_is_foretold() -> None:
    assert Pace(to_go=7).line() == "0 pages"
    assert Pace(2, 31, 4, 60.0).line() == "31 pages at 31/min, 0:02:00 left"
