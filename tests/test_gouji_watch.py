"""A folder watched: what comes to lie in it is read once, when it is whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.output_file import read_json
from gouji.batch import Job
from gouji.batch.arrivals import Arrivals

PATIENCE = 60.0

WATCHES = """
import signal
import gouji.cli.watch
from gouji.cli import main
from tests.gouji_examples import make_scripted
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # the tests may run in the background
    gouji.cli.watch.make_pipeline = make_scripted
    main()
"""


def a_job(folder: Path, name: str, content: bytes) -> Job:
    (folder / name).write_bytes(content)
    return Job(folder / name, name, folder / "out" / f"{name}.json")


def test_a_file_is_given_out_when_it_has_come_to_rest(tmp_path: Path) -> None:
    arrivals, job = Arrivals(rest=5), a_job(tmp_path, "a.pdf", b"half")
    assert arrivals.whole([job], 0) == []
    a_job(tmp_path, "a.pdf", b"half and more")
    assert arrivals.whole([job], 4) == []
    assert arrivals.whole([job], 8.9) == []
    assert arrivals.whole([job], 9) == [job]
    assert arrivals.whole([job], 99) == [], "once"


def test_a_file_that_changes_later_is_given_out_anew(tmp_path: Path) -> None:
    arrivals, job = Arrivals(rest=1), a_job(tmp_path, "a.pdf", b"first")
    arrivals.whole([job], 0)
    assert arrivals.whole([job], 1) == [job]
    a_job(tmp_path, "a.pdf", b"another scan")
    assert arrivals.whole([job], 2) == []
    assert arrivals.whole([job], 3) == [job]


def test_what_is_taken_back_comes_again_after_a_rest(tmp_path: Path) -> None:
    arrivals, job = Arrivals(rest=1), a_job(tmp_path, "a.pdf", b"locked by the scanner")
    arrivals.whole([job], 0)
    assert arrivals.whole([job], 1) == [job]
    arrivals.take_back(job)
    assert arrivals.whole([job], 2) == []
    assert arrivals.whole([job], 3) == [job]


def test_a_file_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    arrivals, job = Arrivals(rest=1), a_job(tmp_path, "a.pdf", b"good")
    arrivals.whole([job], 0)
    job.source.unlink()
    assert arrivals.whole([job], 5) == []
    assert arrivals.whole([], 6) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=30))
def test_every_content_is_given_out_once(
    tmp_path_factory: pytest.TempPathFactory, looks: list[tuple[str, bool]]
) -> None:
    """Whatever is written between the looks, and however often one looks."""
    folder, arrivals = tmp_path_factory.mktemp("drop"), Arrivals(rest=1)
    jobs: dict[str, Job] = {}
    given_out: list[tuple[str, bytes]] = []
    for now, (name, written) in enumerate([*looks, *[("a", False)] * 3]):
        if written:
            jobs[name] = a_job(folder, name, b"x" * (now + 1))
        whole = arrivals.whole(list(jobs.values()), float(now))
        given_out += [(job.name, job.source.read_bytes()) for job in whole]
    assert len(set(given_out)) == len(given_out)
    assert set(given_out) >= {(name, job.source.read_bytes()) for name, job in jobs.items()}


@contextmanager
def watching(folder: Path) -> Iterator[subprocess.Popen[str]]:
    arguments = ["watch", str(folder / "in"), "-o", str(folder / "out"), "--every", "0.1"]
    process = subprocess.Popen(
        [sys.executable, str(folder / "watches.py"), *arguments, "--rest", "0.3"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(path: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not path.is_file():
        assert time.monotonic() < end, f"{path} did not come"
        time.sleep(0.05)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_drop_folder_is_read_until_it_is_told_to_end(
    tmp_path: Path, ending: signal.Signals
) -> None:
    (tmp_path / "watches.py").write_text(WATCHES, "utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "there before.pdf").write_bytes(b"good")
    with watching(tmp_path) as process:
        wait_for(tmp_path / "out" / "there before.pdf.json")
        (tmp_path / "in" / "scan 1.pdf").write_bytes(b"bad page")
        wait_for(tmp_path / "out" / "scan 1.pdf.json")
        process.send_signal(ending)
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert read_json(tmp_path / "out" / "scan 1.pdf.json").problems
    assert said.count("there before.pdf: ") == 1, "read once"
    assert "what is done is kept" in said
