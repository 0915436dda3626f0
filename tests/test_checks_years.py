"""One body's reports, year against year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.years import CARRIED, IN_FORCE, Filed, Pair, pairs, with_years
from document.contract import CellOut, CheckOut, ReportOut, TableOut
from document.entry import Flag, Status
from document.reading import Source

BODY = "衡水市桃城区教育局"
Values = Mapping[tuple[str, str, str], str | None]


def report(agency: str | None, year: int | None, values: Values) -> ReportOut:
    """A report with these cells."""
    tables = sorted({table for table, _, _ in values})
    return ReportOut(
        agency=agency,
        year=year,
        pages=(1, 2),
        tables=[
            TableOut(
                id=table,
                form="zfxxgk-2021",
                pages=(1, 2),
                cells=[
                    cell(row, column, value)
                    for (of, row, column), value in values.items()
                    if of == table
                ],
            )
            for table in tables
        ],
        checks=[],
    )


def cell(row: str, column: str, value: str | None) -> CellOut:
    return CellOut(
        row=row, column=column, row_label=[], column_label=[], value=value, unit="件", read=value,
        source=Source.OCR, confidence=0.99999, status=Status.ACCEPTED, flags=[], page=1,
        bbox=(0, 0, 1, 1), candidates=[],
    )  # fmt: skip


def carried(out: str | None, into: str | None) -> Values:
    return {
        ("applications", "carried_in", "total"): into,
        ("applications", "carried_out", "total"): out,
    }


def in_force(number: str | None, issued: str | None = "0", repealed: str | None = "0") -> Values:
    row = "normative_documents"
    return {
        ("disclosure", row, "issued"): issued,
        ("disclosure", row, "repealed"): repealed,
        ("disclosure", row, "in_force"): number,
    }


def paired(before: Values, after: Values) -> Pair:
    reports = [
        Filed(f"{year}.pdf", 0, report(BODY, year, values))
        for year, values in ((2022, before), (2023, after))
    ]
    (pair,) = pairs(reports)
    return pair


def test_what_is_carried_over_comes_in_again() -> None:
    (told,) = paired(carried(out="3", into="0"), carried(out="0", into="3")).checks()
    assert (told.check.rule, told.check.ok) == (CARRIED, True)


def test_what_does_not_come_in_again_is_told_with_both_numbers() -> None:
    (told,) = paired(carried(out="3", into="0"), carried(out="0", into="2")).checks()
    check = told.check
    assert (check.ok, check.expected, check.found, check.difference) == (False, "3", "2", "-1")
    assert check.note == "by the report of 2022 in 2022.pdf"
    assert told.before == ("applications", "carried_out", "total")
    assert told.after == ("applications", "carried_in", "total")


def test_a_cell_without_a_number_leaves_it_open() -> None:
    (told,) = paired(carried(out=None, into="0"), carried(out="0", into="2")).checks()
    assert (told.check.ok, told.check.difference) == (None, None)


@given(*[st.integers(0, 99)] * 3)
def test_what_is_in_force_follows_from_the_year_before(
    was: int, issued: int, repealed: int
) -> None:
    now = in_force(str(was + issued - repealed), str(issued), str(repealed))
    (told,) = paired(in_force(str(was)), now).checks()
    assert (told.check.rule, told.check.ok) == (IN_FORCE, True)


def test_without_what_was_repealed_nothing_follows() -> None:
    (told,) = paired(in_force("4"), in_force("5", "1", None)).checks()
    assert told.check.ok is None


def years_of(reports: Sequence[tuple[str | None, int | None]]) -> list[tuple[int, int]]:
    """The pairs of consecutive years, of reports by body and year."""
    filed = [Filed(f"{i}", 0, report(*each, carried("0", "0"))) for i, each in enumerate(reports)]
    return sorted((int(pair.before.file), int(pair.after.file)) for pair in pairs(filed))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        (BODY, BODY),
        (BODY, "衡水市 桃城区教育局"),
        (BODY, "桃城区教育局"),
        ("桃城区教育局", BODY),
        ("某镇（街道）办事处", "某镇(街道)办事处"),
    ],
)
def test_one_body_by_its_names(name: str, other: str) -> None:
    assert years_of([(name, 2022), (other, 2023)]) == [(0, 1)]


@pytest.mark.parametrize(
    ("name", "other"), [(BODY, "衡水市桃城区财政局"), (BODY, "教育局"), (BODY, None)]
)
def test_other_bodies(name: str, other: str | None) -> None:
    assert not years_of([(name, 2022), (other, 2023)])


def test_a_name_that_ends_two_others_is_neither() -> None:
    """小营镇人民政府 may be of either county."""
    names = ["甲县小营镇人民政府", "乙县小营镇人民政府", "小营镇人民政府"]
    assert not years_of([(names[0], 2022), (names[1], 2022), (names[2], 2023)])


def test_years_that_do_not_follow_each_other_are_not_compared() -> None:
    assert not years_of([(BODY, 2021), (BODY, 2023), (BODY, None)])


def test_a_year_with_two_reports_is_not_compared() -> None:
    assert not years_of([(BODY, 2022), (BODY, 2022), (BODY, 2023)])


def test_comparing_again_starts_afresh_and_changes_nothing_else() -> None:
    own = CheckOut(
        rule="applications.row_total", at={"row": "new"}, expected="1", found="1", difference="0",
        ok=True,
    )  # fmt: skip
    plain = report(BODY, 2023, carried("0", "2")).model_copy(update={"checks": [own]})
    (told,) = paired(carried(out="3", into="0"), carried(out="0", into="2")).checks()
    marked = with_years(plain, [told.check], {told.after})
    flags = {(c.row, c.column): c.flags for c in marked.tables[0].cells}
    assert flags["carried_in", "total"] == [Flag.YEAR_MISMATCH]
    assert flags["carried_out", "total"] == []
    assert marked.checks == [own, told.check]
    assert with_years(marked, [told.check], {told.after}) == marked
    assert with_years(marked, [], set()) == plain
