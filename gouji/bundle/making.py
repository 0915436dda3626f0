"""Gathers the wheels, Gouji's own among them, the installer, and the hashes of it all."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from document.errors import GoujiError
from document.output_file import shown
from gouji.bundle.target import Target

CHECKOUT = Path(__file__).parents[2]
REQUIREMENTS = CHECKOUT / "requirements"
HASHES = "SHA256SUMS"


class BundleError(GoujiError):
    """No bundle was made; nothing is left of it."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was made: `fingerprint` is the SHA-256 of its list of hashes, and so of all of it."""

    wheels: int
    size: int
    fingerprint: str


def make(out: Path, target: Target) -> Bundle:
    """The bundle at `out`, whole or not at all. BundleError says what stands in the way."""
    if not REQUIREMENTS.is_dir():
        raise BundleError(
            "a bundle is made from Gouji's source folder; run this there after `make demo`, or "
            "copy the bundle that this Gouji came from"
        )
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BundleError(f"{shown(out)} is there already; choose another -o, or remove it")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".gouji-", suffix=".part", dir=out.parent))
        try:
            part.chmod(0o755)
            _fill(part, target)
            fingerprint = seal(part)
            part.replace(out)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise BundleError(f"{shown(out)} cannot be written: {error.strerror or error}") from error
    wheels = [path.stat().st_size for path in (out / "wheels").iterdir()]
    return Bundle(len(wheels), sum(wheels), fingerprint)


def _fill(folder: Path, target: Target) -> None:
    wheels = folder / "wheels"
    tools = (REQUIREMENTS / "develop.in").read_text("utf-8").lower().split("\n")
    for name in ("pinned.txt", "opencv.txt"):
        (folder / name).write_text(
            without(tools, (REQUIREMENTS / name).read_text("utf-8")), encoding="utf-8"
        )
        _pip(*_download(target), "--requirement", str(folder / name), "--dest", str(wheels))
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(CHECKOUT))
    (own,) = wheels.glob("gouji-*.whl")
    (folder / "gouji.txt").write_text(_locked(own), "utf-8")
    (folder / "target.txt").write_text(f"{target.python} {target.machine}\n", "utf-8")
    for name in ("install.sh", "README.md"):
        (folder / name).write_bytes((files("gouji.bundle") / name).read_bytes())
    (folder / "install.sh").chmod(0o755)


def without(names: Collection[str], pinned: str) -> str:
    """A list of pinned packages less those named: each is a line, its hashes indented below it."""
    packages = re.split(r"^(?=\S)", pinned, flags=re.MULTILINE)
    return "".join(package for package in packages if package.split("==")[0] not in names)


def _download(target: Target) -> tuple[str, ...]:
    platforms = [part for tag in target.tags for part in ("--platform", tag)]
    checked = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
    return ("download", *checked, "--python-version", target.python, *platforms)


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", arguments[0], "--quiet"]
    done = subprocess.run([*command, *arguments[1:]], check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise BundleError(
            f"`pip {arguments[0]}` failed, and said why above; it needs a package index with "
            "wheels for that Python and that platform"
        )


def _locked(wheel: Path) -> str:
    """The line that lets pip install this wheel and no other of the name."""
    name, version = wheel.name.split("-")[:2]
    return f"{name}=={version} --hash=sha256:{sha256(wheel)}\n"


def seal(folder: Path) -> str:
    """Writes the hashes of all files in it, as `sha256sum -c` reads them; the hash of that list."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != HASHES)
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / HASHES).write_text("".join(lines), "utf-8")
    return sha256(folder / HASHES)


def sha256(path: Path) -> str:
    """Of the file's content, as `sha256sum` prints it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
