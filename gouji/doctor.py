"""Whether everything Gouji needs is there, and what to do about what is not."""

from __future__ import annotations

import importlib
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import ModuleType

from document.errors import GoujiError, reason_of
from document.picture import Pixels

REINSTALL = "run `make demo`, or install again with the pinned requirements"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `advice` is the next step where it is not ok."""

    ok: bool
    what: str
    advice: str = ""

    def line(self) -> str:
        return f"ok      {self.what}" if self.ok else f"not ok  {self.what}: {self.advice}"


def examine(forms: Path | None = None, models: Path | None = None) -> Iterator[Finding]:
    """Every check in turn, cheap ones first. Whatever goes wrong is a finding, not an error."""
    checks: dict[str, Callable[[], Iterator[Finding]]] = {
        "Python": _python,
        "packages": _packages,
        "OpenCV": _opencv,
        "forms": lambda: _forms(forms),
        "folders": _writable,
        "recognition": lambda: _recognition(models),
        "cell reader": _cell_reader,
        "label reader": _label_reader,
    }
    for name, check in checks.items():
        try:
            yield from check()
        except GoujiError as error:
            yield Finding(False, name, str(error))
        except Exception as error:  # a broken package may raise anything when imported
            yield Finding(False, f"{name} ({reason_of(error)})", REINSTALL)


def _python() -> Iterator[Finding]:
    version = f"Python {platform.python_version()} ({sys.executable})"
    yield Finding(sys.version_info >= (3, 11), version, "Gouji needs 3.11 or newer")


def _packages() -> Iterator[Finding]:
    """Every direct dependency, by the installed distribution's own list."""
    try:
        needed = metadata.requires("gouji") or []
    except metadata.PackageNotFoundError:
        yield Finding(False, "gouji is not installed here, it only runs", REINSTALL)
        return
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed if "extra ==" not in line]
    present, missing = [], []
    for name in names:
        try:
            present.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Finding(False, f"packages missing: {', '.join(missing)}", REINSTALL)
    yield Finding(True, f"packages: {', '.join(present)}")


def _opencv() -> Iterator[Finding]:
    try:
        cv2 = importlib.import_module("cv2")
    except ImportError as error:
        yield Finding(
            False,
            f"import cv2 fails ({error})",
            "the headless OpenCV must be installed last: " + REINSTALL,
        )
        return
    gui = _gui_of(cv2)
    build = "headless, needs no libGL" if gui == "NONE" else f"with windows ({gui}), needs libGL"
    yield Finding(True, f"OpenCV {cv2.__version__}, {build}")


def _gui_of(cv2: ModuleType) -> str:
    """The window system cv2 was built with, NONE for a headless build."""
    match = re.search(r"^\s*GUI:\s*(\S*)", cv2.getBuildInformation(), re.MULTILINE)
    return match[1] if match and match[1] else "NONE"


def _forms(folder: Path | None) -> Iterator[Finding]:
    from reconstruct import load_forms  # noqa: PLC0415 - broken packages must be a finding

    forms = load_forms(folder)
    yield Finding(bool(forms), f"forms: {', '.join(form.id for form in forms)}", REINSTALL)


def _writable() -> Iterator[Finding]:
    for name, folder in (("temporary", Path(tempfile.gettempdir())), ("current", Path.cwd())):
        try:
            with tempfile.TemporaryFile(dir=folder):
                yield Finding(True, f"{name} folder {folder} can be written to")
        except OSError as error:
            advice = f"{error.strerror}; free space, change its rights, or use another folder"
            yield Finding(False, f"{name} folder {folder} cannot be written to", advice)


SPECIMEN = "2024"


def _recognition(models: Path | None) -> Iterator[Finding]:
    """Loads the models and reads a number that is drawn here."""
    import ocr  # noqa: PLC0415 - broken packages must be a finding

    (reading,) = ocr.PaddleEngine(models).read_numbers([ocr.Crop.of(_specimen())])
    which = f"of {models}" if models else "that came along"
    yield Finding(
        reading.text == SPECIMEN,
        f"recognition: the models {which} read {SPECIMEN} as {reading.text}",
        "they do not suit; see docs/cli.md on --engine-models",
    )


def _cell_reader() -> Iterator[Finding]:
    """Loads the reader of number cells and shows it the same number."""
    import cv2  # noqa: PLC0415 - broken packages must be a finding
    import numpy as np  # noqa: PLC0415 - as above

    import ocr  # noqa: PLC0415 - as above

    small = np.asarray(cv2.resize(_specimen(), (80, 32)), np.uint8)
    (guess,) = ocr.CellReader().read([np.uint8(255) - small])
    read = f"cell reader: reads {SPECIMEN} as {guess.best.text}"
    yield Finding(guess.best.text == SPECIMEN, read, REINSTALL)


def _label_reader() -> Iterator[Finding]:
    """The same for the reader of lines of words, which knows digits too."""
    import cv2  # noqa: PLC0415 - broken packages must be a finding
    import numpy as np  # noqa: PLC0415 - as above

    import ocr  # noqa: PLC0415 - as above

    line = np.asarray(cv2.resize(_specimen(), (72, 29)), np.uint8)
    (reading,) = ocr.LabelReader().read([np.uint8(255) - line])
    read = f"label reader: reads {SPECIMEN} as {reading.text}"
    yield Finding(reading.text == SPECIMEN, read, REINSTALL)


def _specimen() -> Pixels:
    """The number in OpenCV's own strokes, (64, 160) gray."""
    import cv2  # noqa: PLC0415 - as above
    import numpy as np  # noqa: PLC0415 - as above

    paper = np.full((64, 160), 255, np.uint8)
    cv2.putText(paper, SPECIMEN, (14, 48), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (0,), 4, cv2.LINE_AA)
    return paper
