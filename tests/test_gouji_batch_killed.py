"""A batch killed at any moment and started again gives what an undisturbed one gives."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from document.contract import FileOut
from document.errors import ExitCode
from gouji.batch import Batch, Limits
from gouji.settings import Settings
from tests.batches import archive, done, jobs, outputs
from tests.gouji_examples import ScriptedPipeline

ROOT = Path(__file__).parents[1]
SAMPLES = ("laocheng_2024.pdf", "xiaoying_2023.pdf")

PROGRAM = """
import sys
import gouji.cli.digitize as command
from gouji.cli import run
from tests.test_gouji_batch_killed import make_quick

if __name__ == "__main__":
    if sys.argv.pop(1) == "stand-in":
        command.make_pipeline = make_quick
    sys.exit(run())
"""


class Quick(ScriptedPipeline):
    """Fast, but not so fast that nothing could happen meanwhile."""

    def digitize(
        self,
        path: Path,
        name: str | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> FileOut:
        time.sleep(0.02)
        return super().digitize(path, name, on_page)


def make_quick(*_: object) -> Quick:
    return Quick()


def digitize(folder: Path, reader: str, out: str = "out") -> subprocess.Popen[bytes]:
    program = folder / "program.py"
    program.write_text(PROGRAM)
    command = [sys.executable, str(program), reader, "digitize", "in", "-o", out, "-j", "2"]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def killed(process: subprocess.Popen[bytes], after: float) -> bool:
    """Whether it was still running after so many seconds, and is not any more."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def undisturbed(folder: Path, reader: str) -> Mapping[str, bytes]:
    with digitize(folder, reader) as process:
        code = process.wait()
    assert code in {ExitCode.DONE, ExitCode.SOME_FAILED}
    made = outputs(folder)
    (folder / "out").rename(folder / "undisturbed")
    return made


def survived(folder: Path, reader: str, kills: int, seconds: float, seed: int) -> int:
    """Kills runs at random moments until they were so many, then lets one end; how often the
    archive was done and begun anew."""
    chance, begun = random.Random(seed), 0
    expected = undisturbed(folder, reader)
    while kills:
        with digitize(folder, reader) as process:
            if killed(process, chance.uniform(0, seconds)):
                kills -= 1
                continue
        assert outputs(folder) == expected
        (folder / "out").rename(folder / f"done{begun}")
        begun += 1
    with digitize(folder, reader) as process:
        process.wait()
    assert outputs(folder) == expected
    return begun


def small_archive(folder: Path, files: int) -> None:
    kinds = [b"good", b"no table", b"bad page", b"unmatched"]
    contents = {f"{n % 5}/{n}.pdf": kinds[n % 4] + b" " * (n % 7) for n in range(files)}
    archive(folder, contents)


def with_a_crash(folder: Path, files: int) -> None:
    small_archive(folder, files)
    archive(folder, {"crash.pdf": b"crashes"})


def test_killed_a_few_times(tmp_path: Path) -> None:
    with_a_crash(tmp_path, 30)
    survived(tmp_path, "stand-in", kills=4, seconds=5, seed=1)


@pytest.mark.slow
def test_killed_fifty_times(tmp_path: Path) -> None:
    with_a_crash(tmp_path, 60)
    survived(tmp_path, "stand-in", kills=44, seconds=7, seed=2)


@pytest.mark.slow
def test_the_real_pipeline_killed(tmp_path: Path) -> None:
    archive(tmp_path, {name: (ROOT / "samples" / name).read_bytes() for name in SAMPLES})
    archive(tmp_path, {"again.pdf": (ROOT / "samples" / SAMPLES[0]).read_bytes()})
    survived(tmp_path, "pipeline", kills=6, seconds=12, seed=3)


def test_neither_order_nor_workers_tell_in_the_outputs(tmp_path: Path) -> None:
    small_archive(tmp_path, 12)
    done(tmp_path)
    expected = outputs(tmp_path)
    (tmp_path / "out").rename(tmp_path / "one by one")
    (tmp_path / "out").mkdir()
    batch = Batch(tmp_path / "out", Settings(), ScriptedPipeline, 3, Limits(files=2))
    for _ in batch.run(jobs(tmp_path)[::-1]):
        pass
    assert outputs(tmp_path) == expected
