"""Documentation that cannot rot: every command, flag and exit code is in it, as it is now."""

from __future__ import annotations

import re
from pathlib import Path

from document.entry import Flag
from document.errors import ExitCode
from gouji.cli.app import app
from gouji.cli.docs import COMMANDS, EXIT_CODES, page
from gouji.export.reasons import FLAG_WORDS

DOCS = Path(__file__).parents[1] / "docs"


def sections(name: str) -> list[str]:
    return re.findall(r"^## (.+)$", (DOCS / name).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_flag_has_a_section_and_no_other_thing_has() -> None:
    assert sections("flags.md") == [flag.value for flag in Flag]


def test_every_flag_section_says_what_it_means_when_it_is_set_and_what_to_do() -> None:
    text = (DOCS / "flags.md").read_text(encoding="utf-8")
    for section in text.split("\n## ")[1:]:
        for part in ("**Means:**", "**Set when**", "**Do:**"):
            assert part in section, section.splitlines()[0]


def test_every_flag_has_words_for_the_workbook() -> None:
    assert set(FLAG_WORDS) == set(Flag)


def test_the_command_line_page_is_current() -> None:
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == page(), (
        "run: python -m gouji.cli.docs docs/cli.md"
    )


def test_every_command_is_documented() -> None:
    names = [command.name or command.callback.__name__ for command in app.registered_commands]  # type: ignore[union-attr]
    groups = [
        group.typer_instance.info.name for group in app.registered_groups if group.typer_instance
    ]
    assert {command[0] for command in COMMANDS} == {*names, *groups}


def test_every_exit_code_is_documented() -> None:
    assert set(EXIT_CODES) == set(ExitCode)


def test_every_problem_code_is_documented() -> None:
    """The codes are plain strings where problems are made; a new one must not be forgotten."""
    made = re.compile(
        r"refusal\([\w.]*path, \"(\w+)\"|Problem\(\s*\"(\w+)\""
        r"|failed\(\s*\"(\w+)\"|return \"(\w+)\", |^    code = \"(\w+)\"",
        re.MULTILINE,
    )
    root = DOCS.parent
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("layout", "ocr", "gouji", "document")
        for path in (root / folder).rglob("*.py")
    ]
    codes = {code for text in sources for found in made.findall(text) for code in found if code}
    listed = set(
        re.findall(r"^\| `(\w+)`", (DOCS / "problems.md").read_text("utf-8"), re.MULTILINE)
    )
    never_in_an_output = {
        "failed", "form_invalid", "ledger", "no_workers", "not_gouji_json", "stopped", "taken",
        "usage",
    }  # fmt: skip
    assert codes - never_in_an_output <= listed
    assert len(codes) > 15
