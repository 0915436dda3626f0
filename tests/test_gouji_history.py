"""`gouji history`: what is printed, and where the queue is looked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from gouji.cli.app import app
from review import answering
from review.answering import Said
from review.answers import Action
from review.archive import Archive
from review.tables import Item
from tests.queue_examples import archive, file_out


@pytest.fixture
def queue(tmp_path: Path) -> Archive:
    made = archive(tmp_path / "out", file_out("a/b.pdf"))
    with made.database.read() as session:
        item = session.scalars(select(Item).limit(1)).one()
    said = Said("li\x1b[2J\nwang", item.version, Action.BLANK, "", 1.0, 0.0)
    answering.give(made, item.id, said)
    return made


def told(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["history", *map(str, arguments)])
    said = str(done.exception) if done.exception and done.exit_code == 1 else ""
    return done.exit_code, done.output + said


def test_a_line_is_a_decision_and_moves_no_cursor(queue: Archive) -> None:
    code, text = told(queue.path_of("a/b.pdf"))
    assert code == 0
    (line,) = text.splitlines()
    assert "li\\x1b[2J\\x0awang" in line
    assert line.endswith("answered blank")


@pytest.mark.parametrize("copy", ["elsewhere/b.pdf.json", "a/c.pdf.json", "b.pdf.json"])
def test_a_copy_elsewhere_is_told_as_one(queue: Archive, tmp_path: Path, copy: str) -> None:
    path = tmp_path / "copies" / copy
    path.parent.mkdir(parents=True)
    shutil.copy(queue.path_of("a/b.pdf"), path)
    code, text = told(path)
    assert code != 0
    assert "copied from elsewhere" in text
    assert "a/b.pdf.json" in text
