"""Disks that are full, read-only or cannot be read: told, and nothing is lost."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from document.contract import FileOut
from document.errors import ExitCode, GoujiError
from document.output_file import write_json
from gouji.batch import Finished, How
from gouji.batch.folder import StoppedError
from gouji.cli import run
from tests.batches import a_batch, archive, done, jobs, outputs
from tests.gouji_examples import ScriptedPipeline, make_scripted


def fresh(folder: Path) -> dict[str, bytes]:
    """The outputs that there should be."""
    read = ScriptedPipeline().digitize
    return {f"{j.name}.json": read(j.source, j.name).to_json().encode() for j in jobs(folder)}


def files(count: int) -> dict[str, bytes]:
    return {f"{number:03}.pdf": b"good" + b" " * number for number in range(count)}


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A small disk there; skips where none may be mounted."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        allowed = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        allowed = False
    if not allowed:
        pytest.skip("no disk may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def finish(folder: Path, names: list[str]) -> None:
    """Runs a batch, and notes the files as they are finished."""
    told = a_batch(folder).run(jobs(folder))
    names.extend(event.job.name for event in told if isinstance(event, Finished))


def test_a_full_disk_stops_the_batch_and_the_next_run_goes_on(tmp_path: Path) -> None:
    archive(tmp_path, files(60))
    with mounted(tmp_path / "out", "size=700k"):
        filler = tmp_path / "out" / "filler"
        filler.write_bytes(bytes(300_000))
        finished: list[str] = []
        with pytest.raises(GoujiError) as stop:
            finish(tmp_path, finished)
        assert stop.value.exit_code == ExitCode.STOPPED
        assert finished, "there was room for some"
        assert len(finished) < 60
        filler.unlink()
        expected = fresh(tmp_path)
        assert {name: outputs(tmp_path)[f"{name}.json"] for name in finished} == {
            name: expected[f"{name}.json"] for name in finished
        }
        subprocess.run(["mount", "-o", "remount,size=9m", str(tmp_path / "out")], check=True)
        again = done(tmp_path)
        assert [name for name, how in again.items() if how is How.BEFORE] == finished
        assert outputs(tmp_path) == expected


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_an_error_that_no_file_would_be_spared_stops_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    archive(tmp_path, files(3))
    written: list[str] = []

    def write(result: FileOut, path: Path, mark: str = "") -> str:
        if len(written) == 1:
            raise OSError(code, os.strerror(code))
        written.append(path.name)
        return write_json(result, path, mark)

    monkeypatch.setattr("gouji.keeping.write_json", write)
    with pytest.raises(StoppedError, match="run the same command again to go on"):
        list(a_batch(tmp_path).run(jobs(tmp_path)))
    monkeypatch.undo()
    assert done(tmp_path) == {"000.pdf": How.BEFORE, "001.pdf": How.READ, "002.pdf": How.READ}
    assert outputs(tmp_path) == fresh(tmp_path)


def test_an_output_that_alone_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    archive(tmp_path, files(2))
    (tmp_path / "out" / "000.pdf.json").mkdir(parents=True)
    told = {e.job.name: e for e in a_batch(tmp_path).run(jobs(tmp_path)) if isinstance(e, Finished)}
    assert "000.pdf.json cannot be written" in (told["000.pdf"].told or "")
    assert told["001.pdf"].told is None
    (tmp_path / "out" / "000.pdf.json").rmdir()
    assert done(tmp_path) == {"000.pdf": How.READ, "001.pdf": How.BEFORE}


def test_a_read_only_place_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gouji.cli.digitize.make_pipeline", make_scripted)
    inputs = archive(tmp_path, files(1))
    with mounted(tmp_path / "out", "ro"):
        assert run(["digitize", str(inputs), "-o", str(tmp_path / "out")]) == ExitCode.USAGE
        assert "cannot be written to; choose another -o" in capsys.readouterr().err
        below = tmp_path / "out" / "below"
        assert run(["digitize", str(inputs), "-o", str(below)]) == ExitCode.USAGE
        assert "cannot be made" in capsys.readouterr().err


def test_a_folder_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gouji.cli.digitize.make_pipeline", make_scripted)
    inputs = archive(tmp_path, {"a.pdf": b"good", "barred/b.pdf": b"good"})
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("barred"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    arguments = ["digitize", str(inputs), "-o", str(tmp_path / "out"), "-q"]
    assert run(arguments) == ExitCode.SOME_FAILED
    assert f"{inputs / 'barred'} cannot be read: Permission denied" in capsys.readouterr().err
    assert set(outputs(tmp_path)) == {"a.pdf.json"}
