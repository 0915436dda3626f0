"""The doctor: finds what is missing and says what to do, and never falls ill itself."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

from document.errors import ExitCode
from gouji.cli import run
from gouji.doctor import Finding, examine


def sick(findings: list[Finding]) -> list[str]:
    return [finding.line() for finding in findings if not finding.ok]


def test_this_installation_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert "headless, needs no libGL" in said
    assert "read 2024 as 2024" in said
    assert "zfxxgk-2021" in said
    assert all(line.startswith("ok") for line in said.splitlines())


def test_opencv_that_cannot_be_imported_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    found = sick(list(examine()))
    assert any("import cv2 fails" in line and "make demo" in line for line in found)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name == "pyarrow":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(metadata, "requires", lambda name: ["pyarrow>=20", "rich>=14"])
    assert any(line.startswith("not ok  packages missing: pyarrow") for line in sick([*examine()]))


def test_models_and_forms_that_are_none_are_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.toml").write_text("id = 1\n")
    arguments = ["doctor", "--engine-models", str(tmp_path), "--forms", str(tmp_path)]
    assert run(arguments) == ExitCode.NOTHING_READ
    said = capsys.readouterr().out
    assert "not ok  forms: " in said
    assert "mine.toml" in said
    assert "not ok  recognition: " in said
    assert "inference" in said
