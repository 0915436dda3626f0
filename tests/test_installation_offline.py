"""The offline bundle for real: made from the package index, installed and used without network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from document.output_file import read_json
from gouji.bundle.making import REQUIREMENTS
from gouji.cli import run
from tests.test_samples import SAMPLES, assert_as_expected

CUT_OFF = ("unshare", "--map-root-user", "--net")


def why_not_cut_off() -> str | None:
    """What keeps a command from running without a network here."""
    if not shutil.which("unshare"):
        return "unshare is not installed (Debian: apt-get install util-linux)"
    done = subprocess.run([*CUT_OFF, "true"], check=False, capture_output=True, text=True)
    return f"networks cannot be cut off here: {done.stderr}" if done.returncode else None


def why_no_index(folder: Path) -> str | None:
    """Whether pip can have a package at all: the smallest of the list."""
    pinned = (REQUIREMENTS / "pinned.txt").read_text("utf-8").splitlines()
    (name,) = (line.split()[0] for line in pinned if line.startswith("sortedcontainers=="))
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, name],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    return f"pip has no package index here: {done.stderr}" if done.returncode else None


def cut_off(*command: object) -> str:
    """Runs it without a network, without a home and without pip's settings; what it said."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON", "XDG_")) and name != "HOME"
    }
    done = subprocess.run(
        [*CUT_OFF, *map(str, command)],
        env=clean, cwd="/", check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_bundle_installs_and_reads_without_a_network(tmp_path: Path) -> None:
    if reason := why_not_cut_off() or why_no_index(tmp_path / "probe"):
        pytest.skip(reason)
    bundle, home, out = tmp_path / "bundle", tmp_path / "gouji", tmp_path / "out"
    assert run(["bundle", "-o", str(bundle)]) == 0
    assert cut_off("cat", "/proc/net/route").splitlines()[1:] == [], "a way out, below the heading"

    cut_off("env", f"PYTHON={sys.executable}", "sh", bundle / "install.sh", home)
    assert not (home / "bin" / "pytest").exists()
    gouji = home / "bin" / "gouji"
    # Of this checkout nothing but the samples is used.
    assert str(home) in cut_off(home / "bin" / "python", "-c", "import gouji; print(gouji)")
    found = cut_off("env", "-C", tmp_path, gouji, "doctor").splitlines()
    assert all(line.startswith("ok") for line in found), found

    # One that is only text, and one that takes all models.
    samples = {"laocheng_2024": "laocheng_2024.pdf", "xiaoying_2023": "xiaoying_2023-scan.pdf"}
    cut_off(gouji, "digitize", *(SAMPLES / file for file in samples.values()), "-o", out)
    for name, file in samples.items():
        assert_as_expected(read_json(out / f"{file}.json"), name)
