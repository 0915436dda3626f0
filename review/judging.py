"""A report judged again after people answered, as its output."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import checks
from document.contract import CellOut, CheckOut, ProposalOut, QuoteOut, ReportOut, plain
from document.entry import Judged, Quote
from document.geometry import Box
from document.reading import Source
from document.report import TextLine
from document.verdict import judged_cell
from review.evidence import Answers, Forms, rebuilt
from review.proposals import key_of


def judged_again(
    out: ReportOut,
    forms: Forms,
    answers: Answers,
    target: float,
    declined: Collection[str] = (),
) -> ReportOut:
    """The report with what the arithmetic says now; what a person said stands. `declined`: keys of
    proposals that are not made again."""
    reading = checks.jointly_read(rebuilt(out, forms, answers))
    if declined:
        reading = checks.without(reading, lambda each: key_of(ProposalOut.of(each)) in declined)
    judged = checks.compared(checks.judge(reading, target), _said(out), target)
    tables = [
        table.model_copy(update={"cells": _cells(table.cells, cells, answers)})
        for table, cells in zip(out.tables, judged.judged, strict=True)
    ]
    own = {check.rule for check in judged.checks}
    others = [check for check in out.checks if check.rule not in own and check.quote is None]
    made = [
        CheckOut.of(check, _quote(check.quote) if check.quote else None) for check in judged.checks
    ]
    proposals = [ProposalOut.of(proposal) for proposal in judged.proposals]
    updates = {"tables": tables, "checks": [*made, *others], "proposals": proposals}
    return out.model_copy(update=updates)


def _said(out: ReportOut) -> Iterator[checks.Statement]:
    """What the sentences that were quoted state, each read for itself."""
    for check in out.checks:
        if check.quote:
            place = Box(*check.quote.bbox)
            line = TextLine(check.quote.text, 1.0, check.quote.page, place)
            for each in checks.statements((line,), out.year):
                if (each.wording.rule, plain(each.number)) == (check.rule, check.expected):
                    yield each


def _quote(quote: Quote) -> QuoteOut:
    """Its place was never in other than page points here."""
    box = quote.box
    return QuoteOut(text=quote.text, page=quote.page, bbox=(box.x0, box.y0, box.x1, box.y1))


def _cells(before: Sequence[CellOut], now: Sequence[Judged], answers: Answers) -> list[CellOut]:
    return [
        _cell(cell, judged, said=judged.entry.slot in answers)
        for cell, judged in zip(before, now, strict=True)
    ]


def _cell(before: CellOut, judged: Judged, *, said: bool) -> CellOut:
    reader = before.evidence.reader if before.evidence else Source.TEXT
    return judged_cell(before, judged, Source.HUMAN if said else reader)
