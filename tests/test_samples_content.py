"""The samples are whole, and what is expected of them is what they print."""

import json
import re
import unicodedata
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from samples.expected import expected
from samples.report import Report, load
from samples.style import STYLES

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = [style.name for style in STYLES]
SLOTS = {
    "zfxxgk-2019": {"disclosure": 22, "applications": 161, "litigation": 15},
    "zfxxgk-2021": {"disclosure": 10, "applications": 175, "litigation": 15},
}
APPLICANTS = (
    "natural_person",
    "legal.business",
    "legal.research",
    "legal.charity",
    "legal.law_firm",
    "legal.other",
)
OUTCOMES = ("upheld", "corrected", "other", "pending")

Cells = dict[tuple[str, str], Decimal | None]
Failure = tuple[str, str]
samples = pytest.mark.parametrize("name", NAMES)


@cache
def reports(name: str) -> list[dict[str, Any]]:
    text = (SAMPLES / "expected" / f"{name}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["reports"]
    return found


@cache
def pages(name: str) -> tuple[str, ...]:
    """Each page's characters as the PDF lists them, blanks left out."""
    with pdfplumber.open(SAMPLES / f"{name}.pdf") as pdf:
        return tuple(plain("".join(char["text"] for char in page.chars)) for page in pdf.pages)


# Chromium writes some hanzi of Noto as the radical that looks the same; NFKC leaves these.
RADICALS = str.maketrans("⺠⻅⻓⻔⻛", "民见长门风")


def plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(RADICALS))


def printed_rows(report: Report) -> list[tuple[str, str]]:
    """Table and text of every row with values: its own label, then its values."""
    rows = []
    for table in report.tables:
        for block in table.blocks:
            for row in block.rows:
                label = row.labels[-1] if row.labels else ""
                values = "".join(report.values[table.id][row.key])
                rows.append((table.id, plain(report.labels.get(label, label) + values)))
    return rows


def cells_of(report: dict[str, Any], table: str) -> Cells:
    (found,) = [t for t in report["tables"] if t["id"] == table]
    return {
        (c["row"], c["column"]): None if c["value"] is None else Decimal(c["value"])
        for c in found["cells"]
    }


def total_fails(parts: list[Decimal | None], total: Decimal | None) -> bool:
    """Whether no numbers of 0 or more in the blanks can make the parts the total."""
    known = sum((part for part in parts if part is not None), Decimal(0))
    if total is None:
        return False
    return known > total or (None not in parts and known != total)


def applications_failures(cells: Cells) -> set[Failure]:
    rows = list(dict.fromkeys(row for row, _ in cells))
    details = [r for r in rows if r.startswith("results.") and r != "results.total"]
    failed = set()
    for row in rows:
        if total_fails([cells[row, a] for a in APPLICANTS], cells[row, "total"]):
            failed.add(("applications.row_total", row))
    for column in (*APPLICANTS, "total"):
        done = cells["results.total", column]
        if total_fails([cells[row, column] for row in details], done):
            failed.add(("applications.column_total", column))
        new, old, left = (cells[r, column] for r in ("new", "carried_in", "carried_out"))
        if None not in (new, old, done, left) and new + old != done + left:  # type: ignore[operator]
            failed.add(("applications.balance", column))
    return failed


def litigation_failures(cells: Cells) -> set[Failure]:
    return {
        (f"litigation.{group}_total", "count")
        for group in ("reconsideration", "direct_suit", "suit_after_reconsideration")
        if total_fails(
            [cells["count", f"{group}.{outcome}"] for outcome in OUTCOMES],
            cells["count", f"{group}.total"],
        )
    }


def listed_failures(report: dict[str, Any]) -> set[Failure]:
    return {(f["rule"], next(iter(f["at"].values()))) for f in report["failed_checks"]}


@samples
def test_what_is_expected_comes_from_the_content(name: str) -> None:
    assert expected(load(name))["reports"] == reports(name)


@samples
def test_every_slot_of_the_form_is_expected_once(name: str) -> None:
    for report in reports(name):
        for table in report["tables"]:
            slots = [(cell["row"], cell["column"]) for cell in table["cells"]]
            assert len(slots) == len(set(slots)) == SLOTS[table["form"]][table["id"]]


@samples
def test_a_value_is_a_plain_decimal_of_what_is_printed_and_a_blank_is_null(name: str) -> None:
    cells = [c for r in reports(name) for t in r["tables"] for c in t["cells"]]
    for cell in cells:
        assert (cell["value"] is None) == (cell["read"] == "")
        if cell["value"] is not None:
            assert re.fullmatch(r"-?\d+(\.\d+)?", cell["value"])
            assert cell["read"].startswith(cell["value"])


def test_an_amount_sheds_its_unit() -> None:
    report = reports("neijiang_gaoxin_2019")[0]
    assert cells_of(report, "disclosure")["procurement", "amount"] == Decimal("462.657")


def test_a_report_that_stands_twice_in_its_file_is_expected_twice() -> None:
    first, second = reports("neijiang_gaoxin_2019")
    assert first == second


@samples
def test_the_arithmetic_fails_where_the_report_fails_and_nowhere_else(name: str) -> None:
    for report in reports(name):
        failed = applications_failures(cells_of(report, "applications"))
        failed |= litigation_failures(cells_of(report, "litigation"))
        assert failed == listed_failures(report)


@given(
    at=st.sampled_from(sorted(cells_of(reports("ouhai_2023")[0], "applications"))),
    more=st.integers(1, 99),
)
def test_any_other_number_in_a_full_table_would_fail(at: tuple[str, str], more: int) -> None:
    cells = cells_of(reports("ouhai_2023")[0], "applications")
    assert ("applications.row_total", at[0]) in applications_failures(
        cells | {at: (cells[at] or 0) + Decimal(more)}
    )


@samples
def test_the_text_layer_holds_every_printed_row_in_the_order_of_the_tables(name: str) -> None:
    report = load(name)
    text, at = "".join(pages(name)), 0
    for _, row in printed_rows(report) * report.copies:
        found = text.find(row, at)
        assert found >= 0, f"{row} is not in the text after character {at}"
        at = found + len(row)


@samples
def test_a_page_break_goes_through_the_applications_table(name: str) -> None:
    report = load(name)
    rows = [row for table, row in printed_rows(report) if table == "applications"]
    starts, ends = (
        [number for number, text in enumerate(pages(name)) if row in text]
        for row in (rows[0], rows[-1])
    )
    assert len(starts) == len(ends) == report.copies
    assert all(start < end for start, end in zip(starts, ends, strict=True))


@pytest.mark.parametrize("style", STYLES, ids=NAMES)
def test_the_scan_is_pictures_of_the_same_pages_and_no_text(style: Any) -> None:
    file = SAMPLES / f"{style.name}-scan{style.scan.suffix}"
    if file.suffix == ".tif":
        with Image.open(file) as picture:
            count = picture.n_frames  # type: ignore[attr-defined]
            assert picture.info["dpi"] == pytest.approx((style.scan.dpi,) * 2)
    else:
        with pdfium.PdfDocument(file) as pdf:
            count = len(pdf)
            assert [page.get_textpage().count_chars() for page in pdf] == [0] * count
    assert count == len(pages(style.name))


def test_the_samples_stay_small() -> None:
    files = [path for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".tif"}]
    assert len(files) == 2 * len(NAMES)
    assert sum(path.stat().st_size for path in files) < 15_000_000


def test_the_readme_tells_where_each_sample_comes_from() -> None:
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"## {name}" not in text] == []
