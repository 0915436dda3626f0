"""Which files a command line means, and where the outputs go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gouji.cli.inputs import InputError, Inputs, gather
from gouji.cli.pages import page_set


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name in (
        "a.pdf",
        "2022/b.PDF",
        "2022/c.tiff",
        "2023/b.jpg",
        "2023/notes.docx",
        ".hidden.pdf",
        ".cache/d.pdf",
    ):
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return tmp_path / "in"


def outputs(found: Inputs, out: Path) -> list[str]:
    return [job.target.relative_to(out).as_posix() for job in found.jobs]


def test_a_folder_gives_all_reports_below_it(archive: Path, tmp_path: Path) -> None:
    found = gather([str(archive)], tmp_path / "out")
    assert outputs(found, tmp_path / "out") == [
        "a.pdf.json",
        "2022/b.PDF.json",
        "2022/c.tiff.json",
        "2023/b.jpg.json",
    ]
    assert [job.name for job in found.jobs][1] == "2022/b.PDF"
    assert dict(found.skipped) == {".docx": 1}


def test_a_named_file_goes_to_the_top_whatever_it_is_called(archive: Path, tmp_path: Path) -> None:
    named = [str(archive / "2022/b.PDF"), str(archive / "2023/notes.docx")]
    found = gather(named, tmp_path / "out")
    assert outputs(found, tmp_path / "out") == ["b.PDF.json", "notes.docx.json"]


def test_a_pattern_keeps_the_path_from_its_first_wildcard(archive: Path, tmp_path: Path) -> None:
    found = gather([f"{archive}/*/b.*"], tmp_path / "out")
    assert outputs(found, tmp_path / "out") == ["2022/b.PDF.json", "2023/b.jpg.json"]
    assert outputs(gather([f"{archive}/202?"], tmp_path / "out"), tmp_path / "out") == [
        "2022/b.PDF.json",
        "2022/c.tiff.json",
        "2023/b.jpg.json",
    ]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "report[1].pdf").touch()
    found = gather([str(tmp_path / "report[1].pdf")], tmp_path / "out")
    assert [job.name for job in found.jobs] == ["report[1].pdf"]


def test_the_output_folder_is_not_read_again(archive: Path) -> None:
    out = archive / "out"
    out.mkdir()
    (out / "page.png").touch()
    assert all("out" not in job.name for job in gather([str(archive)], out).jobs)


def test_the_output_folder_may_be_the_input_folder(archive: Path) -> None:
    found = gather([str(archive)], archive)
    assert found.jobs[0].target == archive / "a.pdf.json"


def test_the_same_file_twice_is_read_once(archive: Path, tmp_path: Path) -> None:
    found = gather([str(archive), str(archive / "a.pdf")], tmp_path / "out")
    assert outputs(found, tmp_path / "out").count("a.pdf.json") == 1


def test_two_files_for_one_output_are_refused(archive: Path, tmp_path: Path) -> None:
    (archive / "2023/b.PDF").touch()
    with pytest.raises(InputError, match=r"b\.PDF and .*b\.PDF would both be written"):
        gather([str(archive / "2022/b.PDF"), str(archive / "2023/b.PDF")], tmp_path / "out")


def test_an_input_is_never_overwritten(archive: Path) -> None:
    (archive / "a.pdf.json").touch()
    with pytest.raises(InputError, match="is an input and would be overwritten"):
        gather([str(archive / "a.pdf"), str(archive / "a.pdf.json")], archive)


def test_what_is_not_there_is_named(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.pdf is not there"):
        gather([str(archive), str(archive / "missing.pdf")], tmp_path / "out")
    with pytest.raises(InputError, match="no file matches"):
        gather([f"{archive}/*.bmp"], tmp_path / "out")


def test_a_link_to_nothing_is_not_passed_over(archive: Path, tmp_path: Path) -> None:
    (archive / "lost.pdf").symlink_to(archive / "moved.pdf")
    os.mkfifo(archive / "pipe.pdf")
    names = [job.name for job in gather([str(archive)], tmp_path / "out").jobs]
    assert "lost.pdf" in names
    assert "pipe.pdf" not in names, "reading it would never end"
    with pytest.raises(InputError, match="neither a file nor a folder"):
        gather([str(archive / "pipe.pdf")], tmp_path / "out")


def test_an_output_folder_that_is_a_file_is_refused(archive: Path) -> None:
    with pytest.raises(InputError, match="is a file"):
        gather([str(archive)], archive / "a.pdf")


def test_a_name_that_is_no_text_can_still_be_written_to_json(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/in/\xb1\xa8\xb8\xe6\x1b.pdf"  # GBK, and an escape
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(raw)).touch()
    (job,) = gather([str(tmp_path / "in")], tmp_path / "out").jobs
    job.name.encode()
    assert "\x1b" not in job.name
    assert os.fsencode(job.source) == raw


@pytest.mark.parametrize(
    ("text", "pages"), [("1", {1}), ("1-3,5", {1, 2, 3, 5}), (" 2 - 3 , 3", {2, 3})]
)
def test_pages_as_people_write_them(text: str, pages: set[int]) -> None:
    assert page_set(text) == pages


@pytest.mark.parametrize("text", ["", "0", "3-1", "1,,2", "a", "1-", "-2", "1-999999", "²"])
def test_pages_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="write 1-3,5"):
        page_set(text)
