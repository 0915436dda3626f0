"""The pipeline answers for every file, whatever happens on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ocr
from document.page import PageLayout
from gouji.pipeline import Pipeline

PIPELINE = Pipeline()
SAMPLE = Path(__file__).parents[1] / "samples" / "laocheng_2024.pdf"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), "out_of_memory"),
        (RecursionError("too deep"), "internal_error"),
        (ValueError("said\non two lines"), "internal_error"),
    ],
)
def test_a_failure_inside_becomes_a_problem_on_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("layout.open_source", fail)
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7")
    out = PIPELINE.digitize(path)
    (problem,) = out.problems
    assert problem.code == code
    assert "report.pdf" in problem.message
    assert "\n" not in problem.message
    assert out.source.sha256 is not None


def test_a_failure_on_one_page_costs_that_page(monkeypatch: pytest.MonkeyPatch) -> None:
    page_reader = ocr.page_reader

    def fail_on_the_second(page: PageLayout, *others: Any) -> ocr.PageReader:
        if page.number == 2:
            raise ValueError("a bug")
        return page_reader(page, *others)

    monkeypatch.setattr("ocr.page_reader", fail_on_the_second)
    out = PIPELINE.digitize(SAMPLE)
    assert [(problem.code, problem.page) for problem in out.problems] == [("internal_error", 2)]
    assert [table.id for table in out.reports[0].tables] == ["applications", "litigation"]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    out = PIPELINE.digitize(tmp_path / "gone.pdf")
    assert [problem.code for problem in out.problems] == ["file_unreadable"]
    assert out.source.sha256 is None
