"""Why a cell deserves a look, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from document.contract import CellOut, CheckOut, TableOut
from document.entry import Flag, Status

FLAG_WORDS: Mapping[Flag, str] = {
    Flag.LOW_CONFIDENCE: "The reader is not sure enough of what stands here.",
    Flag.CORRECTED: "The arithmetic chose another reading that the picture supports.",
    Flag.INFERRED: "Illegible; the arithmetic leaves only this value.",
    Flag.SOURCE_INCONSISTENT: "Clearly printed, but the report's own arithmetic does not add up.",
    Flag.BLANK: "Nothing is printed here.",
    Flag.NOT_FOUND: "The page has no cell for this place of the form.",
    Flag.UNEXPECTED_TEXT: "Something other than a number stands here.",
    Flag.READER_DISAGREEMENT: "The file's text layer and its picture say different things.",
    Flag.NARRATIVE_MISMATCH: "The report's text gives another number.",
    Flag.YEAR_MISMATCH: "Does not follow from the report of the year before.",
}


def doubtful(cell: CellOut) -> bool:
    """To review, or accepted with a flag other than being blank."""
    return cell.status is Status.REVIEW or any(flag is not Flag.BLANK for flag in cell.flags)


def reasons(cell: CellOut, checks: Iterable[CheckOut]) -> str:
    """What a person should know before deciding, a line each."""
    lines = [FLAG_WORDS[flag] for flag in cell.flags]
    if cell.reason:
        lines.append(cell.reason)
    if cell.read is not None and cell.read != (cell.value or ""):
        lines.append(f"Printed: {cell.read!r}")
    rivals = [f"{text or 'blank'} ({chance:.1%})" for text, chance in cell.candidates[:4]]
    if len(rivals) > 1:
        lines.append("Could be: " + ", ".join(rivals))
    lines += [_failure(check) for check in checks]
    lines.append(f"Confidence {cell.confidence:.4%}")
    if cell.page is not None:
        lines.append(f"Page {cell.page}")
    return "\n".join(lines)


def failed_at(cell: CellOut, table: TableOut, checks: Iterable[CheckOut]) -> list[CheckOut]:
    """The failed checks of the row or column the cell stands in, and of text that repeats it."""
    place = {"table": table.id, "row": cell.row, "column": cell.column}
    return [
        check
        for check in checks
        if check.ok is False
        and is_about(check, table)
        and check.at
        and all(place.get(key) == line for key, line in check.at.items())
    ]


def is_about(check: CheckOut, table: TableOut) -> bool:
    """Whether the check is of this table's cells."""
    return check.rule.startswith(f"{table.id}.") or check.at.get("table") == table.id


def _failure(check: CheckOut) -> str:
    if check.quote:
        return f"{check.expected} by the text, page {check.quote.page}: {check.quote.text}"
    return (
        f"Check {check.rule} fails: expected {check.expected}, found {check.found}, "
        f"difference {check.difference}."
    )
