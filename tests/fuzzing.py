"""Damaged files in one batch through the command line, and what came of them.

`python -m tests.fuzzing` reads 2,000 of them and prints a summary; its exit code is 1 where a
promise was broken.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from document.contract import FileOut
from document.output_file import read_json
from tests.mutations import mutated

ROOT = Path(__file__).parents[1]
CEILING = 2000
"""MiB in memory, of the batch and its worker together."""
SLOWEST = 120.0
"""Seconds for a file, on a busy machine; a worker's start is in the first one's."""
LOST = frozenset({"worker_died", "timed_out", "out_of_memory"})
"""The file ended its worker."""
TICK = 0.1


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What a batch did with the files: `outputs` by name, all `codes` of their problems, most
    memory in MiB, the longest time between two outputs in seconds, what it said, its exit code, and
    files `astray`, that nobody asked for."""

    names: frozenset[str]
    outputs: dict[str, FileOut]
    memory: float
    slowest: float
    said: str
    exit: int
    astray: frozenset[str]

    @property
    def codes(self) -> Counter[str]:
        """How many files had which problem; `read` those without."""
        found: Counter[str] = Counter()
        for output in self.outputs.values():
            found.update({problem.code for problem in output.problems} or {"read"})
        return found

    def with_problem(self, *codes: str) -> list[str]:
        """One line for each file that had one of these."""
        return [
            f"{name}: {problem.message}"
            for name, output in self.outputs.items()
            for problem in output.problems
            if problem.code in codes
        ]

    def broken_promises(self) -> Iterator[str]:
        """What should not have happened, a line each."""
        yield from (f"no output: {name}" for name in sorted(self.names - self.outputs.keys()))
        yield from (f"file astray: {name}" for name in sorted(self.astray))
        yield from self.with_problem("internal_error", *LOST)
        if self.exit not in {0, 3, 4}:
            yield f"exit code {self.exit}"
        if "Traceback" in self.said:
            yield "a traceback was printed"
        if self.memory > CEILING:
            yield f"{self.memory:.0f} MiB of memory, more than {CEILING}"
        if self.slowest > SLOWEST:
            yield f"{self.slowest:.0f} s for a file, more than {SLOWEST:.0f}"


def fuzzed(numbers: range, folder: Path) -> Fuzzed:
    """The damaged files of these numbers, digitized in `folder`, which must be empty."""
    inputs, outputs, temporary = folder / "in", folder / "out", folder / "tmp"
    inputs.mkdir()
    temporary.mkdir()
    files = dict(map(mutated, numbers))
    for name, content in files.items():
        (inputs / name).write_bytes(content)
    command = [sys.executable, "-m", "gouji", "digitize", str(inputs), "-o", str(outputs)]
    with (folder / "said").open("w+") as said:
        batch = subprocess.Popen(
            command, cwd=ROOT, stdout=said, stderr=said, env=os.environ | {"TMPDIR": str(temporary)}
        )
        memory, slowest = _watched(batch, outputs)
        said.seek(0)
        told = said.read()
    known = {"in", "out", "tmp", "said", *(f"in/{name}" for name in files)}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    ours = {f"out/{name}.json" for name in files} | {"out/gouji.db"}
    read = {name: read_json(outputs / f"{name}.json") for name in files
            if (outputs / f"{name}.json").is_file()}  # fmt: skip
    astray = frozenset(found - known - ours)
    return Fuzzed(frozenset(files), read, memory, slowest, told, batch.returncode, astray)


def _watched(batch: subprocess.Popen[bytes], outputs: Path) -> tuple[float, float]:
    """Waits for its end: most memory in MiB, longest time between two outputs in seconds."""
    memory, slowest, count, last = 0.0, 0.0, 0, time.monotonic()
    while batch.poll() is None:
        memory = max(memory, sum(map(_resident, _family(batch.pid))))
        now, there = time.monotonic(), sum(1 for _ in outputs.glob("*.json"))
        slowest = max(slowest, now - last)
        if there != count:
            count, last = there, now
        time.sleep(TICK)
    return memory, slowest


def _family(pid: int) -> Iterator[int]:
    """The process and those it started, as far as the system (Linux) tells."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> int:
    """Prints the summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=2000, help="files")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = fuzzed(range(options.first, options.first + options.n), Path(folder))
    print(f"{len(result.outputs)} of {len(result.names)} files have an output")
    print(f"{time.monotonic() - began:.0f} s, {result.slowest:.1f} s for the slowest")
    print(f"{result.memory:.0f} MiB of memory at most")
    for code, count in result.codes.most_common():
        print(f"{count:7} {code}")
    broken = list(result.broken_promises())
    print("\n".join(broken) or "no promise broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
