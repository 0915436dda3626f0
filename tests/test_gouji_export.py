"""Exports: the same numbers in other shapes, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import tempfile
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from document.contract import CellOut, FileOut, QuoteOut, ReportOut, SourceOut, TableOut
from document.entry import Flag, Status
from document.errors import GoujiError
from document.form import Block, Form, Label, Line, TableForm
from document.output_file import NotOursError, read_json, write_json
from document.reading import Source
from gouji.export.headings import Heading, headings
from gouji.export.links import PageLink
from gouji.export.long import LongRow, guarded, long_rows, unguarded, write_csv, write_parquet
from gouji.export.wording import Wording
from gouji.export.workbook import write_workbook
from tests.gouji_examples import (
    COLUMNS,
    ROWS,
    applications,
    cell,
    failed_check,
    file_out,
    litigation,
    problem,
    report,
    unmatched,
)

TEXT = st.text("甲乙12.,;=+-@'\"\n\t\r /—😀", max_size=8) | st.sampled_from(
    [
        "=1+1",
        "+19",
        "-",
        "—",
        "@SUM(A1)",
        "'quoted",
        "\t=x",
        "22（其中修订16件）",
        "１２",
        "－5",
        "\r",
    ]
)
AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False).map(
    lambda d: format(d, "f")
) | st.integers(-(10**9), 10**9).map(str)
CHANCES = st.floats(0, 1)
BOXES = st.tuples(*[st.floats(-1e6, 1e6, allow_nan=False)] * 4)
CELLS = st.builds(
    CellOut,
    row=TEXT,
    column=TEXT,
    row_label=st.lists(TEXT, max_size=3),
    column_label=st.lists(TEXT, max_size=3),
    value=st.none() | AMOUNTS,
    unit=st.none() | st.sampled_from(["件", "万元"]),
    read=st.none() | TEXT,
    source=st.sampled_from(Source),
    confidence=CHANCES,
    status=st.sampled_from(Status),
    flags=st.lists(st.sampled_from(Flag), unique=True, max_size=3),
    reason=st.none() | TEXT,
    page=st.none() | st.integers(1, 999),
    bbox=st.none() | BOXES,
    candidates=st.lists(st.tuples(TEXT, CHANCES), max_size=3),
)
TABLES = st.builds(
    TableOut,
    id=st.sampled_from(["applications", "litigation"]),
    form=TEXT,
    pages=st.just((1, 2)),
    cells=st.lists(CELLS, max_size=4),
)
REPORTS = st.builds(
    ReportOut,
    agency=st.none() | TEXT,
    year=st.none() | st.integers(2008, 2030),
    pages=st.just((1, 2)),
    tables=st.lists(TABLES, max_size=2),
    checks=st.just([]),
)
FILES = st.builds(
    FileOut,
    source=st.builds(SourceOut, name=TEXT, sha256=st.none(), pages=st.integers(0, 9)),
    reports=st.lists(REPORTS, max_size=2),
    unmatched=st.just([unmatched()]),
    problems=st.just([problem("no_table", "none")]),
)
FEW = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def read_csv(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to see UTF-8"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return [{key: unguarded(value) for key, value in row.items()} for row in rows]


@FEW
@given(FILES)
def test_an_output_survives_json(result: FileOut) -> None:
    assert FileOut.model_validate_json(result.to_json()) == result


@FEW
@given(st.lists(FILES, max_size=2))
def test_an_output_survives_csv(results: list[FileOut]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_csv(results, Path(folder) / "cells.csv")
        rows = read_csv(Path(folder) / "cells.csv")
    expected = list(long_rows(results))
    assert len(rows) == len(expected)
    for row, cell_row in zip(rows, expected, strict=True):
        for name in ("file", "agency", "table", "form", "row", "column", "value", "unit", "read"):
            assert row[name] == (getattr(cell_row, name) or ""), name
        assert float(row["confidence"]) == cell_row.confidence
        assert row["flags"] == " > ".join(cell_row.flags)
        box = [float(v) for v in row["bbox"].split()]
        assert box == list(cell_row.bbox or ())


@FEW
@given(TEXT)
def test_no_csv_field_is_a_formula_and_every_field_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    start = guarded(text).lstrip()[:1]
    if start in {"=", "@", "＝", "＋", "－", "＠"}:
        pytest.fail(f"{guarded(text)!r} starts a formula")
    if start in {"+", "-"}:
        Decimal(guarded(text))  # a number, nothing else


@FEW
@given(FILES)
def test_an_output_survives_parquet(result: FileOut) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_parquet([result], Path(folder) / "cells.parquet")
        rows = pq.read_table(Path(folder) / "cells.parquet").to_pylist()
    expected = [
        row._asdict() | {"value": Decimal(row.value) if row.value is not None else None}
        for row in long_rows([result])
    ]
    for row in expected:
        row["bbox"] = list(row["bbox"]) if row["bbox"] is not None else None
    assert rows == expected


def test_parquet_refuses_what_it_would_round(tmp_path: Path) -> None:
    table = TableOut(id="t", form="f", pages=(1, 1), cells=[cell("new", "total", "0." + "1" * 11)])
    with pytest.raises(GoujiError, match="export --to csv instead"):
        write_parquet([file_out(reports=[report([table])])], tmp_path / "cells.parquet")
    assert not list(tmp_path.iterdir()), "no half a file is left"


def test_the_long_format_has_a_row_per_cell() -> None:
    rows = list(long_rows([file_out(), file_out()]))
    assert len(rows) == 2 * (len(ROWS) * len(COLUMNS) + 4)
    assert rows[0][:8] == (
        "2023/报告 一.pdf", 1, "深圳市招商街道办事处", 2023, "applications", "zfxxgk-2021", "new",
        "natural_person",
    )  # fmt: skip
    assert LongRow._fields[-2:] == ("page", "bbox")


def test_foreign_json_is_refused_with_its_name_and_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for content, fault in (
        ("{}", "source: field required"),
        ("[1", "the file: invalid json"),
        ('{"schema": "gouji/2"}', "schema"),
        ("", "the file: invalid json"),
    ):
        path.write_text(content)
        with pytest.raises(NotOursError, match=f"a.json is not an output.*{fault}"):
            read_json(path)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(file_out(), path)
    with pytest.raises(AttributeError):
        write_json(None, path)  # type: ignore[arg-type]
    assert read_json(path) == file_out()
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_headings_of_rows_and_columns_are_those_of_the_form() -> None:
    paths = [["申请人情况", "自然人"], ["申请人情况", "法人", "其他"], ["申请人情况", "总计"]]
    assert headings(paths, 3) == [
        Heading("申请人情况", 0, 2, 0, 0),
        Heading("自然人", 0, 0, 1, 2),
        Heading("法人", 1, 1, 1, 1),
        Heading("其他", 1, 1, 2, 2),
        Heading("总计", 2, 2, 1, 2),
    ]
    reviews = [["行政复议", "其他"], ["行政复议", "总计"], ["行政诉讼", "复议后起诉", "总计"]]
    assert headings(reviews, 3)[0] == Heading("行政复议", 0, 1, 0, 1)


@FEW
@given(st.lists(st.lists(st.sampled_from("甲乙"), min_size=1, max_size=4), max_size=6))
def test_headings_tile_every_line_and_level_once(paths: list[list[str]]) -> None:
    levels = 4
    tiles = [
        (line, level)
        for h in headings(paths, levels)
        for line in range(h.first, h.last + 1)
        for level in range(h.outer, h.inner + 1)
    ]
    assert sorted(tiles) == [(n, level) for n in range(len(paths)) for level in range(levels)]


def sheets(tmp_path: Path, result: FileOut, wording: Wording | None = None) -> dict[str, Worksheet]:
    write_workbook([result], tmp_path / "a.xlsx", wording, tmp_path / "scans")
    book = load_workbook(tmp_path / "a.xlsx")
    return {sheet.title: sheet for sheet in book.worksheets}


def test_a_sheet_is_laid_out_like_the_form(tmp_path: Path) -> None:
    sheet = sheets(tmp_path, file_out())["1 applications"]
    spans = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"D4:D5", "E4:F4", "G4:G5", "A6:C6", "A7:A10", "B7:C7", "B8:B9", "B10:C10"} <= spans
    assert [sheet.cell(6, column).value for column in range(4, 8)] == [21, 0, 0, 21]
    assert sheet["F8"].value is None, "blank stays blank"
    assert sheet["A4"].value == "单位：件"


def test_a_doubtful_cell_says_why_and_leads_to_its_page(tmp_path: Path) -> None:
    sheet = sheets(tmp_path, file_out())["1 applications"]
    doubtful = sheet["G9"]
    assert doubtful.value == 4
    assert doubtful.fill.fgColor.rgb.endswith("FFD27F")
    for words in ("not sure enough", "1 (8.0%)", "expected 1, found 4", "Page 3"):
        assert words in doubtful.comment.text
    assert doubtful.hyperlink.target == "scans/2023/%E6%8A%A5%E5%91%8A%20%E4%B8%80.pdf#page=3"
    assert sheet["G8"].comment is None


def test_numbers_keep_their_decimals_and_long_ones_their_digits(tmp_path: Path) -> None:
    values = ["25.10", "7730.28", "-19", "12345678901234567"]
    cells = [cell("new", c, v) for c, v in zip(COLUMNS, values, strict=True)]
    table = TableOut(id="t", form="f", pages=(1, 1), cells=cells)
    row = sheets(tmp_path, file_out(reports=[report([table])]))["1 t"][6]
    assert [(c.value, c.number_format) for c in row[1:4]] == [
        (25.1, "0.00"), (7730.28, "0.00"), (-19, "0"),
    ]  # fmt: skip
    assert row[4].value == values[3]


HOSTILE = '=HYPERLINK("http://example.org","x")'


def test_nothing_in_a_workbook_is_a_formula(tmp_path: Path) -> None:
    cells = [cell(HOSTILE, "total", None, read=HOSTILE, row_label=[HOSTILE], unit=HOSTILE)]
    table = TableOut(id="=1", form="f", pages=(1, 1), cells=cells)
    result = file_out(
        HOSTILE,
        reports=[report([table]).model_copy(update={"agency": "@x\x07"})],
        unmatched=[unmatched()],
        problems=[problem("=1", "+1")],
    )
    for sheet in sheets(tmp_path, result).values():
        for row in sheet.iter_rows():
            for place in row:
                assert place.data_type in {"s", "n"}, (sheet.title, place.coordinate)


@pytest.mark.parametrize("name", ["../up.pdf", "/etc/passwd", "//host/share/a.pdf", "..\\a.pdf"])
def test_a_link_never_leaves_the_folder(name: str) -> None:
    assert PageLink(name, "scans").to(1) is None


def test_a_scheme_in_a_name_is_no_link_target() -> None:
    assert PageLink("javascript:alert(1).pdf").to(2) == "javascript%3Aalert%281%29.pdf#page=2"


def test_captions_and_titles_come_from_the_form(tmp_path: Path) -> None:
    rows = {key: Line(key, ()) for key in ("permits", "penalties")}
    blocks = tuple(
        Block((row,), (Line("decisions", ()),), Label(caption))
        for row, caption in zip(rows.values(), ["第(五)项", "第(六)项"], strict=True)
    )
    form = Form("f", "", "", (TableForm("disclosure", "主动公开", blocks),))
    cells = [cell(key, "decisions", "1", row_label=[key], column_label=["数量"]) for key in rows]
    table = TableOut(id="disclosure", form="f", pages=(1, 1), cells=cells)
    result = file_out(reports=[report([table])])
    sheet = sheets(tmp_path, result, Wording.of([form]))["1 disclosure"]
    assert "主动公开" in sheet["A1"].value
    first = [row[0].value for row in sheet.iter_rows(min_row=4)]
    assert first == ["第(五)项", "单位：件", "permits", "第(六)项", "单位：件", "penalties"]


def test_the_index_leads_to_every_table_and_lists_what_failed(tmp_path: Path) -> None:
    result = file_out(unmatched=[unmatched()], problems=[problem("page_unreadable", "damaged", 3)])
    book = sheets(tmp_path, result)
    index = book["Index"]
    titles = [index.cell(row, 1).value for row in range(2, 5)]
    assert [book[str(title)].title for title in titles] == titles
    assert index["A2"].hyperlink.location == f"'{titles[0]}'!A1"
    assert [index.cell(2, column).value for column in (8, 9, 10)] == [20, 1, 1]
    assert book["Failed checks"]["D2"].value == "applications.row_total"
    assert book["Problems"]["D2"].value == "damaged"


def test_a_sentence_that_says_otherwise_stands_in_the_cell_s_comment(tmp_path: Path) -> None:
    said = failed_check(
        rule="narrative.new",
        at={"table": "applications", "row": "new", "column": "total"},
        expected="17",
        quote=QuoteOut(text="全年收到申请17件。", page=1, bbox=(0, 0, 9, 9)),
    )
    table = applications()
    cells = [
        one.model_copy(update={"flags": [Flag.NARRATIVE_MISMATCH]})
        if (one.row, one.column) == ("new", "total")
        else one
        for one in table.cells
    ]
    told = report([table.model_copy(update={"cells": cells}), litigation()])
    told = told.model_copy(update={"checks": [said]})
    book = sheets(tmp_path, file_out(reports=[told]))
    comments = [c.comment.text for row in book["1 applications"].rows for c in row if c.comment]
    assert sum("17 by the text, page 1: 全年收到申请17件。" in text for text in comments) == 1
    assert book["Failed checks"]["J2"].value == "全年收到申请17件。"
    assert [book["Index"].cell(row, 10).value for row in (2, 3)] == [1, 0]


def test_a_table_of_no_known_form_comes_out_whole(tmp_path: Path) -> None:
    sheet = sheets(tmp_path, file_out(reports=[], unmatched=[unmatched()]))["1 page 4"]
    assert sheet["A4"].value == "收费情况"
    assert "A4:B4" in {str(cells) for cells in sheet.merged_cells.ranges}
    assert (sheet["A5"].value, sheet["A5"].data_type) == ("=1+1", "s")


def test_examples_hold_what_they_are_for() -> None:
    assert {c.column for c in applications().cells} == set(COLUMNS)
    assert not litigation().cells[0].row_label
