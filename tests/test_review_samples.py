"""Damaged samples from the scan to the last answer: a person who sees what is printed."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest

from document.entry import Status
from document.output_file import read_json, write_json
from gouji.pipeline import Pipeline
from reconstruct import load_forms
from review import answering, leases
from review.answering import Said
from review.answers import Action
from review.archive import Archive
from review.database import Database
from review.evidence import Forms
from review.items import cells_of
from review.leases import Holder, Wanted
from review.loading import load_all
from review.progress import progress

DAMAGED = Path(__file__).parent.parent / "samples" / "damaged"

Printed = dict[tuple[str, str, str], tuple[str, Decimal | None]]


def printed(level: str) -> Printed:
    """What stands in each cell of the sample, and the number that it is."""
    cells = json.loads((DAMAGED / f"{level}.json").read_text("utf-8"))
    return {
        tuple(cell["slot"]): (cell["text"], cell["value"] and Decimal(cell["value"]))
        for cell in cells
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("level", "most"), [("ruleless", 0.1), ("broken_rules", 0.9), ("bad", 1), ("poor", 1)]
)
def test_answers_settle_a_damaged_sample_and_nothing_wrong_is_accepted(
    level: str, most: float, tmp_path: Path
) -> None:
    """`most`: the share of the doubtful cells that a person is asked about."""
    name = f"{level}.pdf"
    write_json(Pipeline().digitize(DAMAGED / name), tmp_path / f"{name}.json")
    queue = Archive(tmp_path, Database.beside(tmp_path), Forms.of(load_forms()))
    assert [each.problem for each in load_all(queue)] == [None]
    truth = printed(level)
    while True:
        with queue.database.write() as session:
            items = leases.take(session, Holder("li", time.time()), Wanted(), 1)
        if not items:
            break
        (item,) = items
        text, value = truth[item.table, item.row, item.column]
        action = Action.BLANK if value is None else Action.VALUE
        said = Said("li", item.version, action, text, None, time.time())
        assert not answering.give(queue, item.id, said).refused
    with queue.database.read() as session:
        counts = progress(session, time.time())
    assert counts.open == 0
    assert counts.done <= most * (counts.done + counts.settled)
    for slot, cell in cells_of(read_json(tmp_path / f"{name}.json").reports[0]):
        assert cell.status is Status.ACCEPTED
        value = truth[slot.table, slot.row, slot.column][1]
        assert (None if cell.value is None else Decimal(cell.value)) == value, slot
    print(f"{level}: {counts.done} answers, {counts.settled} settled")
