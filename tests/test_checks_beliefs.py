"""What pictures are worth: the calibrated probabilities of readings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.beliefs import BLUNDER, Kind, Scale, beliefs, misplaced, rarity, scales
from document.entry import Found
from document.form import Slot
from document.geometry import Box
from document.reading import Candidate, Reading, Source
from tests.hand_filled import COLUMNS, FORM, ROWS, filled

SLOT = Slot(FORM.id, "granted", "person")
probabilities = st.floats(0, 1)
doubts = st.floats(1e-5, 0.5)


def right(stated: float, others: float = 0.9999, source: Source = Source.OCR) -> float:
    """What is believed of 33 with a rival, where the other cells are read so surely."""
    report = filled(sure=others, source=source)
    (table,) = report.tables
    values = ((Decimal(33), stated), (Decimal(38), 1 - stated))
    entries = tuple(
        replace(entry, values=values) if entry.slot == SLOT else entry for entry in table.entries
    )
    return beliefs(replace(report, tables=(replace(table, entries=entries),)))[SLOT].right


def test_a_recogniser_is_never_quite_sure() -> None:
    assert right(1.0) == pytest.approx(1 - BLUNDER)


def test_a_text_layer_is_taken_at_its_word() -> None:
    assert right(0.98, source=Source.TEXT) == pytest.approx(0.98)


def test_a_recogniser_that_doubts_many_cells_is_believed_less_in_all() -> None:
    # With another candidate for each, since text that is no number hardly counts in such a cell.
    assert right(0.999, others=0.01) < right(0.999, others=0.9999)


@given(probabilities, probabilities)
def test_more_probable_is_never_believed_less(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert right(low) <= right(high) + 1e-9


@given(st.sampled_from([Kind.NUMBER, Kind.MARK]), probabilities, doubts)
def test_a_scaled_error_is_a_probability(kind: Kind, stated: float, doubt: float) -> None:
    assert 0 < scales()[kind].error(stated, doubt) < 1


def test_a_scale_of_one_changes_nothing() -> None:
    assert Scale(0, 1, 0).error(0.2, 1e-3) == pytest.approx(0.2)


@given(probabilities)
def test_a_place_is_doubted_no_more_than_its_labels_do(match: float) -> None:
    reading = Reading("3", 1.0, Source.OCR, (Candidate("3", 1.0),))
    assert misplaced(Found(1, Box(0, 0, 9, 9), reading, match)) <= 1 - match


def test_a_slot_without_a_cell_has_no_picture() -> None:
    report = filled()
    (table,) = report.tables
    entries = tuple(replace(entry, found=None, value=None) for entry in table.entries)
    belief = beliefs(replace(report, tables=(replace(table, entries=entries),)))[SLOT]
    assert (belief.value, belief.right) == (None, 1.0)


def test_candidates_share_what_the_first_does_not_have() -> None:
    report = filled()
    (table,) = report.tables
    values = ((Decimal(33), 0.9), (Decimal(38), 0.06), (Decimal(83), 0.03))
    entries = tuple(
        replace(entry, values=values) if entry.slot == SLOT else entry for entry in table.entries
    )
    belief = beliefs(replace(report, tables=(replace(table, entries=entries),)))[SLOT]
    assert belief.right + sum(p for _, p in belief.rivals) <= 1
    assert belief.of(Decimal(38)) == pytest.approx(2 * belief.of(Decimal(83)))
    assert belief.of(Decimal(99)) == 0


def test_a_blank_among_blanks_is_believed_more_than_one_among_numbers() -> None:
    def blank(others: str) -> float:
        printed = dict.fromkeys(((r, c) for r in ROWS for c in COLUMNS), others)
        report = filled(printed | {(SLOT.row, SLOT.column): ""})
        (table,) = report.tables
        values = ((None, 0.97), (Decimal(1), 0.03))
        entries = tuple(
            replace(entry, values=values) if entry.slot == SLOT else entry
            for entry in table.entries
        )
        return beliefs(replace(report, tables=(replace(table, entries=entries),)))[SLOT].right

    assert 1 - blank("") < (1 - blank("0")) / 3


@given(st.lists(st.sampled_from(["", "0"]), min_size=18, max_size=18))
def test_a_table_of_numbers_makes_no_blank_more_doubtful(printed: list[str]) -> None:
    places = ((row, column) for row in ROWS for column in COLUMNS)
    (table,) = filled(dict(zip(places, printed, strict=True))).tables
    assert 0 < rarity(table.entries) <= 1
