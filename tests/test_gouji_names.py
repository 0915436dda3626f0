"""Whatever a file is called, its output stays below OUT and the terminal gets plain text."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.errors import SourceError, printable, reason_of
from document.output_file import shown
from gouji.attempts import unexpected
from gouji.batch import Job
from gouji.cli.inputs import InputError, Inputs, _files_below, gather
from gouji.cli.screen import Verbosity, set_up_logging
from gouji.pipeline import Pipeline
from layout import open_source
from tests.bad_files import PROSE
from tests.small_pdf import pdf

ROOT = Path(__file__).parents[1]
NAME = st.binary(min_size=1, max_size=60).map(lambda raw: raw.replace(b"/", b"_")).map(
    lambda raw: raw.replace(b"\0", b"\n") + b".pdf"
)  # fmt: skip
STEPS = st.lists(
    st.sampled_from(["..", ".", "a", "*", "**", "b.pdf", "-o", "~", "[", "?", "\x1b[2J"]),
    min_size=1,
    max_size=6,
).map("/".join)


def is_plain(text: str) -> bool:
    return all(line.isprintable() for line in text.split("\n"))


@given(NAME, NAME)
def test_an_output_is_below_the_folder_of_outputs_and_its_name_is_plain(
    folder: bytes, file: bytes
) -> None:
    with tempfile.TemporaryDirectory() as root:
        archive, out = Path(root, "in"), Path(root, "out")
        below = archive / os.fsdecode(folder)
        below.mkdir(parents=True)
        (below / os.fsdecode(file)).write_bytes(b"")
        hidden = file.startswith(b".") or folder.startswith(b".")
        jobs = gather([str(archive)], out).jobs
        assert len(jobs) == (0 if hidden else 1)
        for job in jobs:
            assert job.target.resolve().is_relative_to(out.resolve())
            assert job.name.isprintable()
            with pytest.raises(SourceError) as caught:
                open_source(job.source)
            assert str(caught.value).isprintable()
            assert unexpected(job.source, ValueError("\x1b]0;x\a")).isprintable()


@given(STEPS)
def test_no_pattern_leads_out_of_the_folder_of_outputs(pattern: str) -> None:
    with tempfile.TemporaryDirectory() as root:
        for place in ("1/2/3/4/5/6/a/a/b.pdf", "1/2/3/4/5/6/a/b.pdf", "1/2/b.pdf"):
            path = Path(root, "in", place)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
        out = Path(root, "out").resolve()
        jobs: tuple[Job, ...] = ()
        with suppress(InputError):
            jobs = gather([f"{root}/in/1/2/3/4/5/6/{pattern}"], out).jobs
        assert all(Path(os.path.normpath(job.target)).is_relative_to(out) for job in jobs)


def test_a_file_that_may_not_even_be_looked_at_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a link is that leads through a folder of somebody else's."""
    (tmp_path / "a.pdf").write_bytes(b"")
    looked_at = Path.stat

    def barred(path: Path, **options: bool) -> os.stat_result:
        if path.name == "a.pdf":
            raise PermissionError(13, "Permission denied", str(path))
        return looked_at(path, **options)

    monkeypatch.setattr(Path, "stat", barred)
    files = list(_files_below(tmp_path, tmp_path / "out", Inputs(())))
    assert [file.name for file in files] == ["a.pdf"]


def test_links_in_a_circle_and_to_nowhere_are_inputs_like_others(tmp_path: Path) -> None:
    archive = tmp_path / "in"
    archive.mkdir()
    (archive / "circle.pdf").symlink_to(archive / "circle.pdf")
    (archive / "gone.pdf").symlink_to(tmp_path / "nowhere")
    (archive / "zero.pdf").symlink_to("/dev/zero")
    os.mkfifo(archive / "pipe.pdf")
    (archive / "up").symlink_to(archive)
    names = [job.name for job in gather([str(archive)], tmp_path / "out").jobs]
    assert names == ["circle.pdf", "gone.pdf"]
    for name in (*names, "zero.pdf", "pipe.pdf", "up"):
        with pytest.raises(SourceError) as caught:
            open_source(archive / name)
        assert caught.value.code == "file_unreadable"


def test_a_pattern_that_leads_back_up_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "b.pdf").write_bytes(b"")
    with pytest.raises(InputError, match="behind a wildcard"):
        gather([f"{tmp_path}/in/*/../../b.pdf"], tmp_path / "out")


@given(st.text())
def test_printable_text_is_one_plain_line_and_plain_text_stays(text: str) -> None:
    assert printable(text).isprintable()
    assert printable(text) == text or not text.isprintable()
    assert shown(reason_of(ValueError(text))).isprintable()


@pytest.mark.parametrize("options", [[], ["-v"]])
def test_the_terminal_gets_no_control_characters(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "in" / "a\x1b[2Jb").mkdir(parents=True)
    for name in ("c\n\r\x07d.pdf", "\u202egpj.pdf", "\x9b31m.pdf", os.fsdecode(b"\xff\xfe.pdf")):
        (tmp_path / "in" / "a\x1b[2Jb" / name).write_bytes(pdf(PROSE))
    (tmp_path / "in" / ("长" * 83 + ".pdf")).write_bytes(pdf(PROSE))  # no room for .json
    done = subprocess.run(
        [sys.executable, "-m", "gouji", "digitize", str(tmp_path / "in"), *options,
         "-o", str(tmp_path / "out")],
        cwd=ROOT, capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    said = (done.stdout + done.stderr).decode()
    assert is_plain(said), [line for line in said.split("\n") if not line.isprintable()]
    assert len(list((tmp_path / "out").rglob("*.json"))) == 4
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}


def test_what_the_pipeline_says_of_a_file_is_one_plain_line(tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[31m.pdf"
    path.write_bytes(pdf(PROSE))
    problems = Pipeline().digitize(path).problems
    assert [problem.code for problem in problems] == ["no_table"]
    assert problems[0].message.isprintable()


def test_the_log_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, root.handlers = root.handlers, []
    try:
        set_up_logging(Verbosity.VERBOSE)
        logging.getLogger("gouji.x").warning("a\x1b[2J%s", Path("b\x07"))
    finally:
        root.handlers = before
        logging.getLogger("gouji").setLevel(logging.NOTSET)
    assert capsys.readouterr().err == "WARNING gouji.x: a\\x1b[2Jb\\x07\n"
