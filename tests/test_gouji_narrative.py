"""Text against table through the whole pipeline, on the samples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import layout
from document.contract import CheckOut, FileOut
from document.page import PageLayout
from gouji.pipeline import Pipeline
from gouji.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
SAID = {
    "laocheng_2024": [("new", "2")],
    "neijiang_gaoxin_2019": [("requests", "2"), ("requests", "2")],
    "ouhai_2023": [("accepted", "51"), ("documents", "19")],
    "shekou_2024": [("new", "3")],
    "xiaoying_2023": [("new", "0"), ("penalties", "5"), ("permits", "274")],
}
"""What the samples' texts say of their tables; all of it is so."""


def sentences(out: FileOut) -> list[CheckOut]:
    return [check for report in out.reports for check in report.checks if check.quote]


def said(out: FileOut) -> list[tuple[str, str | None]]:
    return sorted((c.rule.removeprefix("narrative."), c.expected) for c in sentences(out))


@pytest.mark.parametrize("name", SAID)
def test_what_the_text_of_a_digital_sample_repeats_agrees(name: str) -> None:
    out = Pipeline().digitize(SAMPLES / f"{name}.pdf")
    assert said(out) == SAID[name]
    assert all(check.ok for check in sentences(out))


def test_the_sentence_is_quoted_with_its_place() -> None:
    (check,) = sentences(Pipeline().digitize(SAMPLES / "laocheng_2024.pdf"))
    assert check.quote is not None
    assert check.quote.text == "2024 年, 本单位收到政府信息公开申请 2 件, 已全部办结。"
    assert check.quote.page == 1
    x0, y0, x1, y1 = check.quote.bbox
    assert (x0, y0) == pytest.approx((107, 585), abs=2)
    assert (x1, y1) == pytest.approx((485, 601), abs=2)


def test_a_text_that_says_otherwise_flags_the_cell_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As in a published report: 17 in the text, another number in the table."""
    plain = Pipeline().digitize(SAMPLES / "laocheng_2024.pdf")
    take_page = layout.take_page

    def printed_otherwise(source: layout.SourceFile, number: int) -> PageLayout:
        page = take_page(source, number)
        assert isinstance(page, PageLayout)
        if number != 1:
            return page
        words = (replace(w, text="17") if w.text == "2" else w for w in page.words)
        return replace(page, words=tuple(words))

    monkeypatch.setattr("layout.take_page", printed_otherwise)
    out = Pipeline().digitize(SAMPLES / "laocheng_2024.pdf")
    (check,) = sentences(out)
    assert (check.rule, check.ok) == ("narrative.new", False)
    assert (check.expected, check.found, check.difference) == ("17", "2", "-15")
    differing = [
        (was, now)
        for before, after in zip(plain.reports[0].tables, out.reports[0].tables, strict=True)
        for was, now in zip(before.cells, after.cells, strict=True)
        if was != now
    ]
    ((was, now),) = differing
    assert (now.row, now.column, now.value, now.status) == ("new", "total", "2", "accepted")
    assert (was.flags, now.flags) == ([], ["narrative_mismatch"])


def test_the_text_of_a_scan_is_compared_when_asked_for() -> None:
    """The sentence is broken over two lines."""
    out = Pipeline(Settings(narrative=True)).digitize(SAMPLES / "shekou_2024-scan.tif")
    (check,) = sentences(out)
    assert (check.rule, check.expected, check.ok) == ("narrative.new", "3", True)
    assert check.quote is not None
    assert check.quote.text == "2024年,我街共收到政府信息公开申请数量3件,全部按要求及时回复。"
    (digital,) = sentences(Pipeline().digitize(SAMPLES / "shekou_2024.pdf"))
    assert digital.quote is not None
    assert check.quote.bbox == pytest.approx(digital.quote.bbox, abs=12)
