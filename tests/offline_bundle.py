"""A bundle of empty wheels, and a Python that only notes down what it is asked for."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from gouji.bundle.making import seal

WHEELS = ("numpy-2.3.5-cp311-cp311-manylinux_2_28_x86_64.whl", "gouji-0.1.0-py3-none-any.whl")

PYTHON = """#!/bin/sh
echo "$*" >> "{log}"
case "$*" in
  -c*) echo "{version}" ;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  *"{failing}"*) exit 1 ;;
esac
"""


def bundle_at(folder: Path) -> Path:
    """As `gouji bundle` makes it for Python 3.11 on x86_64."""
    (folder / "wheels").mkdir(parents=True)
    for name in WHEELS:
        (folder / "wheels" / name).write_bytes(name.encode())
    for name in ("pinned.txt", "opencv.txt", "gouji.txt"):
        (folder / name).write_text(name)
    (folder / "target.txt").write_text("3.11 x86_64\n")
    (folder / "install.sh").write_bytes((files("gouji.bundle") / "install.sh").read_bytes())
    seal(folder)
    return folder


@dataclass(frozen=True, slots=True)
class Outcome:
    """How `install.sh` ended, what it said of it, and what it asked Python for."""

    code: int
    complaint: str
    asked: tuple[str, ...]


def install(
    bundle: Path,
    into: Path,
    *,
    version: str = "3.11 x86_64",
    failing: str = "nothing at all",
) -> Outcome:
    """Runs it with a Python of that version, which fails where it is asked for `failing`."""
    log, python = into.parent / "asked", into.parent / "python"
    log.unlink(missing_ok=True)
    python.write_text(PYTHON.format(log=log, version=version, failing=failing))
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", bundle / "install.sh", into],
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(python)},
        check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    asked = log.read_text().splitlines() if log.exists() else []
    return Outcome(done.returncode, done.stderr, tuple(asked))
