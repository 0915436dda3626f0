"""A proposed move in words, whole and for one of its cells."""

from __future__ import annotations

from collections.abc import Sequence

from document.entry import Check
from document.form import Slot, TableForm
from document.proposal import Cause, Moved, MoveKind, Proposal

_CAUSES = {
    Cause.LABELS: "the labels leave room for it",
    Cause.PRINT: "the labels are clear, the page itself seems to be printed so",
}

_SHORT = {
    MoveKind.ROWS_SHIFTED: "rows shifted",
    MoveKind.COLUMNS_SHIFTED: "columns shifted",
    MoveKind.CELLS_SHIFTED: "cells of the row shifted",
    MoveKind.ROWS_SWAPPED: "rows swapped",
    MoveKind.COLUMNS_SWAPPED: "columns swapped",
}

_ACROSS = {MoveKind.COLUMNS_SHIFTED, MoveKind.CELLS_SHIFTED, MoveKind.COLUMNS_SWAPPED}


def reason(
    kind: MoveKind, cause: Cause, moved: Sequence[Moved], mended: Sequence[Check], form: TableForm
) -> str:
    """`rows granted to total stand one row too low; 3 rules would hold, as requests.balance at
    person; the labels leave room for it`."""
    pairs = [(each.slot, each.origin) for each in moved if each.origin is not None]
    lines = list(dict.fromkeys(_line(kind, slot) for slot, _ in pairs))
    rule = mended[0]
    at = " ".join(key for _, key in rule.at)
    holds = f"{len(mended)} rules would hold, as {rule.rule} at {at}"
    return "; ".join([_what(kind, lines, pairs[0], form), holds, _CAUSES[cause]])


def cell_reason(moved: Moved, proposal: Proposal) -> str:
    """`rows shifted? 53, which stands at carried_out/person, fits here`."""
    short = _SHORT[proposal.kind] + (" in print" if proposal.cause is Cause.PRINT else "")
    if moved.origin is None:
        return f"{short}? what belongs here was not found"
    told = "blank" if moved.value is None else format(moved.value, "f")
    return f"{short}? {told}, which stands at {moved.origin.row}/{moved.origin.column}, fits here"


def _what(
    kind: MoveKind, lines: Sequence[str], pair: tuple[Slot, Slot | None], form: TableForm
) -> str:
    name = "columns" if kind in _ACROSS else "rows"
    if kind in {MoveKind.ROWS_SWAPPED, MoveKind.COLUMNS_SWAPPED}:
        return f"{name} {' and '.join(lines)} have changed places"
    run = lines[0] if len(lines) == 1 else f"{lines[0]} to {lines[-1]}"
    if kind is MoveKind.ROWS_SHIFTED:
        return f"the numbers of {run} stand one row too {_way(kind, pair, form, 'high', 'low')}"
    way = _way(kind, pair, form, "left", "right")
    of = f"of {pair[0].row}, {run}," if kind is MoveKind.CELLS_SHIFTED else f"of {run}"
    return f"the numbers {of} stand one column too far {way}"


def _way(
    kind: MoveKind, pair: tuple[Slot, Slot | None], form: TableForm, before: str, after: str
) -> str:
    """Whether the number stands before the place where it belongs, or after it."""
    slot, origin = pair
    assert origin is not None
    for block in form.blocks:
        keys = [line.key for line in (block.columns if kind in _ACROSS else block.rows)]
        here, there = _line(kind, slot), _line(kind, origin)
        if here in keys and there in keys:
            return before if keys.index(there) < keys.index(here) else after
    raise ValueError(f"{slot} and {origin} share no block")


def _line(kind: MoveKind, slot: Slot) -> str:
    return slot.column if kind in _ACROSS else slot.row
