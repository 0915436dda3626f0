"""Which files a command line means, and where the output of each goes."""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from document.errors import ExitCode, GoujiError
from document.output_file import shown
from gouji.batch import Job

EXTENSIONS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})
"""What is taken from a folder; a file that is named is taken whatever it is called."""


class InputError(GoujiError):
    """The command line names something that cannot be."""

    exit_code = ExitCode.USAGE
    code = "usage"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The jobs, in order; how many files of a folder were of other kinds, by extension; and which
    folders below it cannot be read, and why."""

    jobs: tuple[Job, ...]
    skipped: Counter[str] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)


def gather(inputs: Sequence[str], out: Path) -> Inputs:
    """Files as they are; folders with all below them; patterns with what they match.

    Of a folder hidden files and folders, other extensions and the output folder are left out.
    InputError when something is not there, or two files would share an output.
    """
    if out.exists() and not out.is_dir():
        raise InputError(f"{shown(out)} is a file; -o needs a folder to write to")
    found = Inputs(())
    jobs: dict[Path, Job] = {}
    for text in inputs:
        for source, relative in _expand(text, out, found):
            if ".." in relative.parts:
                raise InputError(f"{shown(text)} has .. behind a wildcard; write it without")
            job = Job(source, _name(relative), out / relative.with_name(relative.name + ".json"))
            other = jobs.setdefault(job.target, job)
            if _real(other.source) != _real(source):
                raise InputError(
                    f"{shown(other.source)} and {shown(source)} would both be written to "
                    f"{shown(job.target)}; give the folder that holds both, or run them apart "
                    "with different -o"
                )
    sources = {_real(job.source) for job in jobs.values()}
    for job in jobs.values():
        if _real(job.target) in sources:
            raise InputError(
                f"{shown(job.target)} is an input and would be overwritten; choose another -o"
            )
    return replace(found, jobs=tuple(jobs.values()))


def _expand(text: str, out: Path, found: Inputs) -> Iterator[tuple[Path, Path]]:
    """Each file that `text` means, with its path relative to the folder it was found from."""
    path = Path(text)
    if path.is_dir():
        for file in _files_below(path, out, found):
            yield file, file.relative_to(path)
    elif path.is_file():
        yield path, Path(path.name)
    elif path.exists():
        raise InputError(f"{shown(text)} is neither a file nor a folder")
    elif glob.has_magic(text):
        matches = sorted(glob.glob(text, recursive=True))  # noqa: PTH207 - text may be absolute
        if not matches:
            raise InputError(f"no file matches {text!r}; is the pattern right?")
        root = _fixed_part(path)
        for match in map(Path, matches):
            if match.is_dir():
                files: Sequence[Path] = list(_files_below(match, out, found))
            else:
                files = [match]
            for file in files:
                yield file, file.relative_to(root)
    else:
        raise InputError(f"{shown(text)} is not there; check the path")


def _files_below(folder: Path, out: Path, found: Inputs) -> Iterator[Path]:
    def tell(error: OSError) -> None:
        found.unreadable.append(f"{shown(error.filename)} cannot be read: {error.strerror}")

    avoid = None if _real(out) == _real(folder) else _real(out)
    for root, folders, files in os.walk(folder, onerror=tell):
        here = Path(root)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and _real(here / name) != avoid
        )
        for name in sorted(files):
            file = here / name
            if name.startswith(".") or _is_no_file(file):
                continue
            if file.suffix.lower() in EXTENSIONS:
                yield file
            elif not name.endswith((".json", ".gouji.db")):
                found.skipped[file.suffix.lower() or "no extension"] += 1


def _is_no_file(path: Path) -> bool:
    """Whether it is a folder, a pipe, a device. What cannot be told, or is a link to nothing, is
    kept: that it cannot be read must be said."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _real(path: Path) -> str:
    """Where links lead. `Path.resolve` does not bear a link to itself."""
    return os.path.realpath(path)


def _fixed_part(pattern: Path) -> Path:
    """The folder before the first part with a wildcard."""
    fixed = Path()
    for part in pattern.parts[:-1]:
        if glob.has_magic(part):
            break
        fixed /= part
    return fixed


def _name(relative: Path) -> str:
    """The name in the output: forward slashes on every system."""
    return shown(str(PurePosixPath(*relative.parts)))
