"""From a cell's reading to a number: candidates, blanks, doubts between two readers."""

from dataclasses import replace
from decimal import Decimal

from document.entry import Entry, Flag
from document.grid import Bounds
from document.reading import Candidate, Reading, Source
from document.report import ReadTable
from reconstruct import FormMatcher, load_forms, reconstruct
from tests.drawn_tables import DISCLOSURE_2021, page, table

FORMS = load_forms()


def seen(text: str, *candidates: tuple[str, float], layer: str | None = None) -> Reading:
    rivals = tuple(Candidate(*candidate) for candidate in candidates)
    return Reading(text, 0.9, Source.OCR, rivals, 0.01, layer)


def with_readings(**readings: Reading) -> ReadTable:
    """The disclosure table with other readings for cells, by the number drawn there."""
    drawn = table(DISCLOSURE_2021)
    changed = {name.removeprefix("n"): reading for name, reading in readings.items()}
    return replace(drawn, readings=tuple(changed.get(r.text, r) for r in drawn.readings))


def entries(drawn: ReadTable) -> list[Entry]:
    return list(reconstruct([page(1, drawn)], FormMatcher(FORMS)).reports[0].tables[0].entries)


def test_rival_readings_are_numbers_best_first_and_the_best_is_the_value() -> None:
    entry = entries(with_readings(n1=seen("21", ("21", 0.9), ("27", 0.06), ("", 0.02))))[0]
    assert entry.value == Decimal(21)
    assert entry.values == ((Decimal(21), 0.9), (Decimal(27), 0.06), (None, 0.02))
    assert not entry.flags


def test_candidates_that_say_the_same_number_are_one() -> None:
    entry = entries(with_readings(n1=seen("0", ("0", 0.5), ("7", 0.2), ("0件", 0.1))))[0]
    assert [value for value, _ in entry.values] == [Decimal(0), Decimal(7)]
    assert abs(entry.values[0][1] - 0.6) < 1e-9


def test_a_best_candidate_that_is_no_number_leaves_the_value_open() -> None:
    entry = entries(with_readings(n1=seen("1.2.3", ("1.2.3", 0.6), ("123", 0.3))))[0]
    assert entry.value is None
    assert entry.values == ((Decimal(123), 0.3),)
    assert entry.flags == {Flag.UNEXPECTED_TEXT}


def test_a_reader_without_candidates_is_taken_at_its_word() -> None:
    entry = entries(with_readings(n2=seen("12")))[1]
    assert (entry.value, entry.values) == (Decimal(12), ((Decimal(12), 0.9),))


def test_a_blank_mark_is_a_blank_with_what_stands_there_kept() -> None:
    entry = entries(with_readings(n3=seen("—", ("—", 0.8), ("1", 0.1))))[2]
    assert entry.value is None
    assert entry.flags == {Flag.BLANK}
    assert entry.values == ((None, 0.8), (Decimal(1), 0.1))
    assert entry.found is not None
    assert entry.found.reading.text == "—"


def test_a_text_layer_that_is_mostly_right_casts_doubt_where_it_differs() -> None:
    numbers = {f"n{i}": seen(str(i), (str(i), 0.9), layer=str(i)) for i in range(1, 10)}
    numbers["n5"] = seen("5", ("5", 0.9), layer="6")
    numbers["n7"] = seen("7", ("7", 0.9), layer="t")
    flagged = [e.value for e in entries(with_readings(**numbers)) if e.flags]
    assert flagged == [Decimal(5)]


def test_a_text_layer_of_another_page_is_not_right_because_most_cells_are_zeros() -> None:
    numbers = {f"n{i}": seen("0", ("0", 0.9), layer="0") for i in range(1, 6)}
    numbers |= {f"n{i}": seen(str(i), (str(i), 0.9), layer="0") for i in range(6, 10)}
    assert not any(e.flags for e in entries(with_readings(**numbers)))


def test_one_number_among_zeros_is_doubted_by_a_layer_that_says_otherwise() -> None:
    numbers = {f"n{i}": seen("0", ("0", 0.9), layer="0") for i in range(1, 10)}
    numbers["n5"] = seen("5", ("5", 0.9), layer="6")
    flagged = [e.value for e in entries(with_readings(**numbers)) if e.flags]
    assert flagged == [Decimal(5)]


def test_a_text_layer_that_is_mostly_wrong_says_nothing() -> None:
    numbers = {f"n{i}": seen(str(i), (str(i), 0.9), layer="99") for i in range(1, 10)}
    assert not any(e.flags for e in entries(with_readings(**numbers)))


def test_a_number_under_no_heading_makes_its_row_doubtful() -> None:
    """The column of values stands beside that of its heading: what looks blank is not."""
    beside = table(
        """
        第二十条第(一)项 | < | < | < | <
        信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 | .
        规章 | 1 | 2 | 3 | .
        行政规范性文件 | 4 | 5 | . | 6
        """
    )
    sound, doubtful = entries(beside)[:3], entries(beside)[3:6]
    assert all(entry.found is not None and entry.found.match > 0.99 for entry in sound)
    assert all(entry.found is not None and entry.found.match <= 0.5 for entry in doubtful)


def halved(*, blank: bool) -> list[Entry]:
    """A table one row of which is half as high as the others, its values there or blank."""
    whole = table(DISCLOSURE_2021)
    low = [cell.row == 2 for cell in whole.grid.cells]
    cells = tuple(
        replace(cell, box=replace(cell.box, y1=cell.box.y0 + cell.box.height / 2)) if half else cell
        for cell, half in zip(whole.grid.cells, low, strict=True)
    )
    values = {entry.found.reading.text for entry in entries(whole)[:3] if entry.found}
    readings = tuple(
        Reading("", 1.0, reading.source) if blank and half and reading.text in values else reading
        for reading, half in zip(whole.readings, low, strict=True)
    )
    return list(entries(ReadTable(replace(whole.grid, cells=cells), readings)))


def test_half_a_row_that_looks_blank_is_doubted() -> None:
    """The other side's ruling shone through a row: the half above the values was its blank cell."""
    found = halved(blank=True)
    assert all(entry.found and entry.found.match <= 0.5 for entry in found[:3])
    assert all(entry.found and entry.found.match > 0.9 for entry in found[3:])


def test_a_low_row_with_values_is_not_doubted() -> None:
    """One line of print in a table of labels with two."""
    assert all(entry.found and entry.found.match > 0.9 for entry in halved(blank=False))


def test_a_blank_that_no_ruling_bounds_is_not_sure() -> None:
    """It may be half of a row, and the number stands in the other half."""
    drawn = with_readings(n3=seen("", ("", 0.99999)))
    cells = tuple(replace(cell, bounds=Bounds.COMPLETED) for cell in drawn.grid.cells)
    found = entries(replace(drawn, grid=replace(drawn.grid, cells=cells)))
    blank, number = (entry.found.match for entry in found[2:4] if entry.found)
    assert blank < 0.99 < number
