"""The offline bundle: what is in it, what its installer asks for, and what it refuses."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.errors import ExitCode
from gouji.bundle import Target
from gouji.bundle.making import CHECKOUT, sha256, without
from gouji.cli import run
from tests.offline_bundle import WHEELS, bundle_at, install


def test_the_installer_lays_the_headless_opencv_over_the_other_and_then_gouji(
    tmp_path: Path,
) -> None:
    outcome = install(bundle_at(tmp_path / "bundle"), tmp_path / "gouji")
    assert outcome.code == 0, outcome.complaint
    pip = [line.split() for line in outcome.asked if line.startswith("-m pip")]
    assert [words[-1] for words in pip] == ["pinned.txt", "opencv.txt", "gouji.txt"]
    assert ["--force-reinstall" in words for words in pip] == [False, True, False]
    for words in pip:
        assert {"--isolated", "--no-index", "--no-deps", "--require-hashes"} <= {*words}


@settings(max_examples=25)
@given(data=st.data())
def test_no_file_can_be_altered_cut_or_lengthened_unseen(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    tmp_path = tmp_path_factory.mktemp("altered")
    bundle = bundle_at(tmp_path / "bundle")
    files = sorted(path for path in bundle.rglob("*") if path.is_file())
    listed = [path for path in files if path.name not in {"SHA256SUMS", "install.sh"}]
    victim = data.draw(st.sampled_from(listed))
    was = victim.read_bytes()
    victim.write_bytes(data.draw(st.binary(max_size=40).filter(lambda content: content != was)))
    outcome = install(bundle, tmp_path / "gouji")
    assert outcome.code == 1
    assert victim.name in outcome.complaint
    assert "copy it again" in outcome.complaint
    assert outcome.asked == ()
    assert not (tmp_path / "gouji").exists()


def test_a_wheel_that_is_gone_is_told(tmp_path: Path) -> None:
    bundle = bundle_at(tmp_path / "bundle")
    (bundle / "wheels" / WHEELS[0]).unlink()
    outcome = install(bundle, tmp_path / "gouji")
    assert (outcome.code, outcome.asked) == (1, ())
    assert WHEELS[0] in outcome.complaint


def test_a_python_it_was_not_made_for_is_refused_by_name(tmp_path: Path) -> None:
    bundle = bundle_at(tmp_path / "bundle")
    outcome = install(bundle, tmp_path / "gouji", version="3.12 aarch64")
    assert outcome.code == 1
    assert "3.11 x86_64" in outcome.complaint
    assert "3.12 aarch64" in outcome.complaint
    assert not (tmp_path / "gouji").exists()


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "gouji").mkdir()
    (tmp_path / "gouji" / "mine").write_text("kept")
    outcome = install(bundle_at(tmp_path / "bundle"), tmp_path / "gouji")
    assert outcome.code == 1
    assert "is there already" in outcome.complaint
    assert (tmp_path / "gouji" / "mine").read_text() == "kept"


@pytest.mark.parametrize("failing", ["pinned.txt", "opencv.txt", "gouji.txt"])
def test_half_an_installation_is_none(tmp_path: Path, failing: str) -> None:
    outcome = install(bundle_at(tmp_path / "bundle"), tmp_path / "gouji", failing=failing)
    assert outcome.code == 1
    assert outcome.asked[-1].endswith(failing)
    assert not (tmp_path / "gouji").exists()


class Index:
    """A pip that has every package, or none."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, empty: bool = False) -> None:
        self.asked: list[list[str]] = []
        self._empty = empty
        monkeypatch.setattr("gouji.bundle.making.subprocess.run", self)

    def __call__(self, command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        assert command[: len(pip)] == pip
        asked = command[len(pip) :]
        self.asked.append(asked)
        if asked[0] == "wheel":
            self._give(asked[asked.index("--wheel-dir") + 1], "gouji-0.1.0-py3-none-any.whl")
        else:
            self._give(asked[asked.index("--dest") + 1], f"package{len(self.asked)}-1-py3.whl")
        return subprocess.CompletedProcess(command, int(self._empty))

    def _give(self, folder: str, name: str) -> None:
        Path(folder).mkdir(exist_ok=True)
        (Path(folder) / name).write_text(name)


def test_a_bundle_holds_what_was_gathered_and_the_hash_of_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index, out = Index(monkeypatch), tmp_path / "new" / "bundle"
    arguments = ["--python-version", "3.12", "--platform", "manylinux_2_28_aarch64"]
    assert run(["bundle", "-o", str(out), *arguments]) == ExitCode.DONE
    assert [asked[0] for asked in index.asked] == ["download", "download", "wheel"]
    for asked in index.asked[:2]:
        assert {"--require-hashes", "--no-deps", "manylinux2014_aarch64", "3.12"} <= {*asked}
    assert (out / "target.txt").read_text() == "3.12 aarch64\n"
    own = sha256(out / "wheels" / "gouji-0.1.0-py3-none-any.whl")
    assert (out / "gouji.txt").read_text() == f"gouji==0.1.0 --hash=sha256:{own}\n"

    lines = (out / "SHA256SUMS").read_text().splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file()
    }
    fingerprint = found.pop("SHA256SUMS")
    assert told == found
    assert len([name for name in told if name.startswith("wheels/")]) == 3
    assert fingerprint in capsys.readouterr().out
    assert [path.name for path in out.parent.iterdir()] == ["bundle"]


def test_without_an_index_there_is_no_bundle_and_nothing_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Index(monkeypatch, empty=True)
    assert run(["bundle", "-o", str(tmp_path / "bundle")]) == ExitCode.NOTHING_READ
    assert "package index" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


def test_what_stands_at_the_bundles_place_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index = Index(monkeypatch)
    (tmp_path / "mine").write_text("kept")
    for place in (tmp_path, tmp_path / "mine"):
        assert run(["bundle", "-o", str(place)]) == ExitCode.NOTHING_READ
        assert "choose another -o" in capsys.readouterr().err
    assert index.asked == []
    assert [path.read_text() for path in tmp_path.iterdir()] == ["kept"]


def test_an_installed_gouji_says_where_bundles_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gouji.bundle.making.REQUIREMENTS", tmp_path / "requirements")
    assert run(["bundle", "-o", str(tmp_path / "bundle")]) == ExitCode.NOTHING_READ
    assert "source folder" in capsys.readouterr().err


def test_tools_of_development_stay_at_home() -> None:
    pinned = (CHECKOUT / "requirements" / "pinned.txt").read_text("utf-8")
    left = without(["pytest", "ruff"], pinned)
    for name, kept in (("pytest", False), ("ruff", False), ("pytest-xdist", True), ("numpy", True)):
        assert (f"\n{name}==" in left) is kept, name
    assert without([], pinned) == pinned
    gone = [line for line in pinned.splitlines() if line not in left]
    assert all(line.startswith((" ", "pytest==", "ruff==")) for line in gone)


@given(st.integers(5, 60), st.sampled_from(["x86_64", "aarch64"]))
def test_a_system_takes_wheels_for_its_own_glibc_and_older_ones(minor: int, machine: str) -> None:
    target = Target("3.11", f"manylinux_2_{minor}_{machine}")
    assert target.machine == machine
    assert target.tags[0] == target.platform
    assert (f"manylinux2014_{machine}" in target.tags) is (minor >= 17)
    assert (f"manylinux_2_28_{machine}" in target.tags) is (minor >= 28)
    assert f"manylinux_2_{minor + 1}_{machine}" not in target.tags


@pytest.mark.parametrize(
    ("platform", "machine"),
    [("linux_x86_64", "x86_64"), ("manylinux2014_x86_64", "x86_64"),
     ("musllinux_1_2_aarch64", "aarch64")],
)  # fmt: skip
def test_other_platforms_are_taken_by_their_word(platform: str, machine: str) -> None:
    target = Target.of("3.12", platform)
    assert (target.tags, target.machine) == ((platform,), machine)
