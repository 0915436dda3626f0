"""`gouji report`: what a folder of outputs amounts to."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from document.contract import (
    CellOut,
    CheckOut,
    FileOut,
    MendedOut,
    MovedOut,
    ProposalOut,
    QuoteOut,
    ReportOut,
    SlotOut,
    SourceOut,
    TableOut,
)
from document.entry import Flag, Status
from document.errors import GoujiError
from document.output_file import write_json
from document.proposal import Cause, MoveKind
from document.reading import Source
from gouji.cli.app import app
from gouji.report.page import page
from gouji.report.pictures import Cutter
from gouji.report.summary import summary
from gouji.report.text import lines


def cell(row: str, *, confidence: float = 0.99999, flags: tuple[Flag, ...] = ()) -> CellOut:
    return CellOut(
        row=row, column="total", row_label=[f"<{row}>"], column_label=["总计"], value="35",
        unit="件", read="85", source=Source.OCR, confidence=confidence,
        status=Status.ACCEPTED if confidence > 0.9999 else Status.REVIEW, flags=list(flags), page=1,
        bbox=(20, 20, 60, 40), candidates=[],
        reason="35 = 30 + 5; it reads 85" if Flag.CORRECTED in flags else None,
    )  # fmt: skip


def check(ok: bool | None) -> CheckOut:
    found = {True: "3", False: "2", None: None}[ok]
    return CheckOut(
        rule="applications.row_total", at={"row": "new"}, expected="3", found=found,
        difference=None, ok=ok,
    )  # fmt: skip


def proposal() -> ProposalOut:
    to, origin = SlotOut(row="new", column="total"), SlotOut(row="carried_in", column="total")
    return ProposalOut(
        kind=MoveKind.ROWS_SWAPPED, cause=Cause.LABELS, table="applications",
        moves=[MovedOut(to=to, origin=origin, value="9")],
        mends=[MendedOut(rule="applications.balance", at={"column": "total"})],
        probability=0.998, reason="rows new and <carried_in> have changed places",
    )  # fmt: skip


def output(name: str = "a/b.png", sha256: str | None = None) -> FileOut:
    """A file with one corrected cell, one that does not add up, one plain one and three rules."""
    cells = [
        cell("new", confidence=0.99, flags=(Flag.CORRECTED,)),
        cell("carried_in", confidence=0.9, flags=(Flag.SOURCE_INCONSISTENT,)),
        cell("results.granted"),
    ]
    table = TableOut(id="applications", form="zfxxgk-2021", pages=(1, 1), cells=cells)
    report = ReportOut(
        agency="<某局>", year=2023, pages=(1, 1), tables=[table],
        checks=[check(True), check(True), check(True), check(False), check(None)],
        proposals=[proposal()],
    )  # fmt: skip
    source = SourceOut(name=name, sha256=sha256, pages=1)
    return FileOut(source=source, reports=[report], unmatched=[], problems=[])


def test_everything_is_added_up() -> None:
    empty = FileOut(
        source=SourceOut(name="c.pdf", sha256=None, pages=0), reports=[], unmatched=[], problems=[]
    )
    found = summary([output(), output("d.pdf"), empty])
    assert (found.files, found.unread, found.reports) == (3, ("c.pdf",), 2)
    assert (found.cells, found.accepted, found.review) == (6, 2, 4)
    assert found.expected_errors == pytest.approx(2e-5)
    assert found.closure == 0.75
    assert [len(p) for p in (found.corrected, found.inferred, found.inconsistent)] == [2, 0, 2]
    assert [each.file for each in found.broken] == ["a/b.png", "d.pdf"]


def test_a_folder_without_rules_has_no_closure() -> None:
    assert summary([]).closure is None


def test_the_text_names_each_change_with_its_reason() -> None:
    text = "\n".join(lines(summary([output()])))
    assert (
        "a/b.png p. 1 applications new/total: '85' → 35 (review): 35 = 30 + 5; it reads 85" in text
    )
    assert "a/b.png applications.row_total at new: expected 3, found 2" in text
    assert "closure: 75.00 % of the rules hold (3 hold, 1 fail, 1 left open" in text


SENTENCE = CheckOut(
    rule="narrative.new", at={"table": "applications", "row": "new", "column": "total"},
    expected="17", found="95", difference="78", ok=False,
    quote=QuoteOut(text="全年收到<申请>17件。", page=2, bbox=(1, 2, 3, 4)),
)  # fmt: skip


def test_sentences_are_counted_and_told_apart_from_rules() -> None:
    plain = output()
    (report,) = plain.reports
    both = report.model_copy(update={"checks": [*report.checks, SENTENCE]})
    found = summary([plain.model_copy(update={"reports": [both]})])
    assert (found.closure, len(found.broken)) == (0.75, 1)
    assert found.sentences == {False: 1}
    text = "\n".join(lines(found))
    assert "text against table: 1 numbers in sentences repeat cells: 0 agree, 1 do not" in text
    assert "a/b.png p. 2 applications new/total is 95, 17 by the text: 全年收到<申请>17件。" in text
    html = page(found, lambda _: None)
    assert "全年收到&lt;申请&gt;17件。" in html
    assert html.count("applications.row_total") == 1


def test_what_would_add_up_in_other_places_is_listed() -> None:
    found = summary([output()])
    told = "a/b.png applications: rows new and <carried_in> have changed places"
    assert f"Would add up in other places:\n  {told}" in "\n".join(lines(found))
    text = page(found, lambda _: None)
    assert "rows new and &lt;carried_in&gt; have changed places</td><td>0.998" in text


def test_the_page_stands_alone_and_escapes_what_comes_from_files() -> None:
    text = page(summary([output("<x>.pdf")]), lambda _: b"png")
    assert "&lt;某局&gt;" in text
    assert "<某局>" not in text
    assert "<x>" not in text
    assert "&lt;new&gt;" in text
    assert "http" not in text, "nothing is fetched"
    assert text.count("data:image/png;base64,") == 2


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A folder with a picture in it, whose left half is black."""
    folder = tmp_path / "scans"
    (folder / "a").mkdir(parents=True)
    paper = np.full((300, 400), 255, np.uint8)
    paper[:, :200] = 0
    cv2.imwrite(str(folder / "a" / "b.png"), paper)
    return folder


def test_a_cell_is_cut_from_the_file_that_was_digitized(scans: Path) -> None:
    digest = hashlib.sha256((scans / "a" / "b.png").read_bytes()).hexdigest()
    found = output(sha256=digest)
    png = Cutter.of(scans.parent, scans, [found]).picture(summary([found]).corrected[0])
    assert png is not None
    assert cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE).max() < 50


@pytest.mark.parametrize("name", ["a/b.png", "../secret.png", "/etc/passwd", "gone.png"])
def test_another_file_gives_no_picture(scans: Path, name: str) -> None:
    found = output(name, sha256="0" * 64)
    assert Cutter.of(scans.parent, scans, [found]).picture(summary([found]).corrected[0]) is None


def test_the_command_prints_and_writes_the_page(tmp_path: Path, scans: Path) -> None:
    digest = hashlib.sha256((scans / "a" / "b.png").read_bytes()).hexdigest()
    write_json(output(sha256=digest), tmp_path / "out" / "a" / "b.png.json")
    html = tmp_path / "report.html"
    wanted = ["report", str(tmp_path / "out"), "-o", str(html), "--sources", str(scans)]
    done = CliRunner().invoke(app, wanted)
    assert done.exit_code == 0, done.output
    assert "3 cells: 1 accepted (33.33 %), 2 to review" in done.output
    assert "data:image/png" in html.read_text("utf-8")


def test_no_output_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["report", str(tmp_path / "none")])
    assert isinstance(done.exception, GoujiError)
    assert "run `gouji digitize` first" in str(done.exception)
