"""`gouji forms`: which forms there are, what they hold, and what is wrong with one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from document.errors import ExitCode
from gouji.cli import run

FORMS = Path(__file__).parents[1] / "reconstruct" / "forms"


def test_the_forms_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "list"]) == ExitCode.DONE
    said = capsys.readouterr().out
    for form in ("zfxxgk-2014", "zfxxgk-2019", "zfxxgk-2021"):
        assert form in said


def test_a_form_is_shown_with_labels_keys_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "show", "zfxxgk-2021"]) == ExitCode.DONE
    said = capsys.readouterr().out
    for words in ("三、本年度办理结果", "1.属于国家秘密  results.denied.state_secret", "rules"):
        assert words in said


def test_an_unknown_form_is_answered_with_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "show", "zfxxgk"]) == ExitCode.USAGE
    assert "known are zfxxgk-2014, zfxxgk-2019, zfxxgk-2021" in capsys.readouterr().err


def test_a_form_file_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "check", str(FORMS / "zfxxgk-2021.toml")]) == ExitCode.DONE
    assert "table applications: 175 cells" in capsys.readouterr().out
    broken = tmp_path / "broken.toml"
    broken.write_text('id = "mine"\ntitle = \n')
    assert run(["forms", "check", str(broken)]) == ExitCode.USAGE
    assert f"{broken}:2" in capsys.readouterr().err
    arguments = ["digitize", str(broken), "-o", str(tmp_path / "out"), "--forms", str(tmp_path)]
    assert run(arguments) == ExitCode.USAGE, "before any file is read"
    assert f"{broken}:2" in capsys.readouterr().err
