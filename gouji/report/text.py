"""The summary as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.export.files import shown
from gouji.report.summary import Broken, Place, Proposed, Summary


def lines(found: Summary) -> Iterator[str]:
    """The figures, then each cell that was changed, each proposal and each rule that fails."""
    yield from figures(found)
    for title, places in (
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
            f"silent errors: not measured on this archive; by their own confidences "
            f"{found.expected_errors:.2g} of the {found.accepted} accepted values are wrong"
        )
    if found.closure is not None:
        yield (
            f"closure: {100 * found.closure:.2f} % of the rules hold ({found.rules[True]} hold, "
            f"{found.rules[False]} fail, {found.rules[None]} left open by blank cells)"
        )
    yield (
        f"the arithmetic corrected {len(found.corrected)} cells and inferred "
        f"{len(found.inferred)}; {len(found.inconsistent)} are clearly printed and do not add up"
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
