"""The summary as lines of text."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from document.output_file import shown
from gouji.report.summary import Broken, Place, Proposed, Summary

if TYPE_CHECKING:
    from review.proof import Proof


def lines(found: Summary) -> Iterator[str]:
    """The figures, then each cell that was changed, each proposal and each check that fails."""
    yield from figures(found)
    for title, places in (
        ("Accepted and wrong, by people", found.silent),
        ("Corrected", found.corrected),
        ("Inferred", found.inferred),
        ("Clearly printed, and does not add up", found.inconsistent),
    ):
        if places:
            yield ""
            yield f"{title}:"
            yield from (f"  {place_line(place)}" for place in places)
    if found.proposed:
        yield ""
        yield "Would add up in other places:"
        yield from (f"  {proposed_line(each)}" for each in found.proposed)
    if found.broken:
        yield ""
        yield "Rules that fail:"
        yield from (f"  {broken_line(each)}" for each in found.broken)
    if found.otherwise:
        yield ""
        yield "The text says another number:"
        yield from (f"  {otherwise_line(each)}" for each in found.otherwise)


def figures(found: Summary) -> Iterator[str]:
    """What the whole amounts to."""
    yield f"{found.files} files, {len(found.unread)} without a report, {found.reports} reports"
    if found.cells:
        share = 100 * found.accepted / found.cells
        yield (
            f"{found.cells} cells: {found.accepted} accepted ({share:.2f} %), {found.review} to "
            "review"
        )
    if found.accepted:
        yield (
            f"silent errors: {_measured(found.proof)}; by their own confidences "
            f"{found.expected_errors:.2g} of the {found.accepted} accepted values are wrong"
        )
    if found.closure is not None:
        yield (
            f"closure: {100 * found.closure:.2f} % of the rules hold ({found.rules[True]} hold, "
            f"{found.rules[False]} fail, {found.rules[None]} left open by blank cells)"
        )
    if told := found.sentences.total():
        yield (
            f"text against table: {told} numbers in sentences repeat cells: "
            f"{found.sentences[True]} agree, {found.sentences[False]} do not, "
            f"{found.sentences[None]} are left open"
        )
    yield (
        f"the arithmetic corrected {len(found.corrected)} cells and inferred "
        f"{len(found.inferred)}; {len(found.inconsistent)} are clearly printed and do not add up"
    )


def _measured(proof: Proof | None) -> str:
    if proof is None or not proof.read:
        return "not measured on this archive (`gouji review` does)"
    unread = f", {proof.drawn - proof.read} more not yet read" if proof.read < proof.drawn else ""
    return (
        f"{len(proof.wrong)} of {proof.read} accepted cells that people read are wrong{unread}, so "
        f"of all at most 1 in {math.floor(1 / proof.bound)} (95 % confidence)"
    )


def place_line(place: Place) -> str:
    """`a/b.pdf p. 3 applications new/total: 85 → 35 (review): 30 + 5 = 35; …`."""
    cell = place.cell
    page = f" p. {cell.page}" if cell.page else ""
    read = "nothing" if not cell.read else repr(cell.read)
    why = f": {cell.reason}" if cell.reason else ""
    return (
        f"{shown(place.file)}{page} {place.table} {cell.row}/{cell.column}: {read} → "
        f"{cell.value or 'blank'} ({cell.status}){why}"
    )


def proposed_line(each: Proposed) -> str:
    """`a/b.pdf applications: rows … have changed places; 4 rules would hold, …`."""
    return f"{shown(each.file)} {each.proposal.table}: {each.proposal.reason}"


def broken_line(each: Broken) -> str:
    """`a/b.pdf applications.row_total at new: expected 53, found 51`."""
    check = each.check
    at = " ".join(check.at.values())
    return (
        f"{shown(each.file)} {check.rule} at {at}: expected {check.expected}, found {check.found}"
    )


def otherwise_line(each: Broken) -> str:
    """`a/b.pdf p. 1 applications new/total is 95, 17 by the text: 全年共收到申请17件。`."""
    check = each.check
    place = f"{check.at['table']} {check.at['row']}/{check.at['column']}"
    page, text = (check.quote.page, check.quote.text) if check.quote else ("?", "")
    return (
        f"{shown(each.file)} p. {page} {place} is {check.found}, {check.expected} by the text: "
        f"{shown(text)}"
    )
