"""What is said of a proposed move, of the whole and of one of its cells."""

from __future__ import annotations

from collections.abc import Sequence

from document.entry import Check
from document.form import Slot, TableForm
from document.proposal import Cause, Moved, MoveKind, Proposal
from document.reason import BLANK, RUN, Reason, ReasonCode, Reasons, because

_ACROSS = {MoveKind.COLUMNS_SHIFTED, MoveKind.CELLS_SHIFTED, MoveKind.COLUMNS_SWAPPED}


def reason(
    kind: MoveKind, cause: Cause, moved: Sequence[Moved], mended: Sequence[Check], form: TableForm
) -> Reasons:
    """`rows granted to total stand one row too low; 3 rules would hold, as requests.balance at
    person; the labels leave room for it`."""
    pairs = [(each.slot, each.origin) for each in moved if each.origin is not None]
    lines = list(dict.fromkeys(_line(kind, slot) for slot, _ in pairs))
    rule = mended[0]
    at = " ".join(key for _, key in rule.at)
    holds = because(ReasonCode.RULES_HOLD, count=len(mended), rule=rule.rule, at=at)
    why = because(ReasonCode.BY_LABELS if cause is Cause.LABELS else ReasonCode.BY_PRINT)
    return _what(kind, lines, pairs[0], form), holds, why


def cell_reason(moved: Moved, proposal: Proposal) -> Reasons:
    """`rows shifted? 53, which stands at carried_out/person, fits here`."""
    kind, cause = proposal.kind, proposal.cause
    if moved.origin is None:
        return (because(ReasonCode.MISSING_HERE, kind=kind, cause=cause),)
    row, column = moved.origin.row, moved.origin.column
    value = BLANK if moved.value is None else format(moved.value, "f")
    fits = ReasonCode.FITS_HERE
    return (because(fits, kind=kind, cause=cause, value=value, row=row, column=column),)


def _what(
    kind: MoveKind, lines: Sequence[str], pair: tuple[Slot, Slot | None], form: TableForm
) -> Reason:
    if kind is MoveKind.ROWS_SWAPPED:
        return because(ReasonCode.ROWS_SWAPPED, row=lines[0], other_row=lines[1])
    if kind is MoveKind.COLUMNS_SWAPPED:
        return because(ReasonCode.COLUMNS_SWAPPED, column=lines[0], other_column=lines[1])
    run = lines[0] if len(lines) == 1 else f"{lines[0]} {RUN} {lines[-1]}"
    before = _is_before(kind, pair, form)
    if kind is MoveKind.ROWS_SHIFTED:
        return because(ReasonCode.ROWS_TOO_HIGH if before else ReasonCode.ROWS_TOO_LOW, rows=run)
    if kind is MoveKind.COLUMNS_SHIFTED:
        far = ReasonCode.COLUMNS_TOO_LEFT if before else ReasonCode.COLUMNS_TOO_RIGHT
        return because(far, columns=run)
    far = ReasonCode.CELLS_TOO_LEFT if before else ReasonCode.CELLS_TOO_RIGHT
    return because(far, row=pair[0].row, columns=run)


def _is_before(kind: MoveKind, pair: tuple[Slot, Slot | None], form: TableForm) -> bool:
    """Whether the number stands before the place where it belongs, or after it."""
    slot, origin = pair
    assert origin is not None
    for block in form.blocks:
        keys = [line.key for line in (block.columns if kind in _ACROSS else block.rows)]
        here, there = _line(kind, slot), _line(kind, origin)
        if here in keys and there in keys:
            return keys.index(there) < keys.index(here)
    raise ValueError(f"{slot} and {origin} share no block")


def _line(kind: MoveKind, slot: Slot) -> str:
    return slot.column if kind in _ACROSS else slot.row
