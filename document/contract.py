"""The output contract, `gouji/1`: what other tools read. Boxes are page points, amounts strings."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from document.entry import Check, Flag, Status
from document.form import Slot
from document.grid import Bounds
from document.proposal import Cause, MoveKind, Proposal
from document.reading import Source
from document.reason import Reason, ReasonCode, Reasons
from document.reason_words import in_words


def plain(amount: Decimal | None) -> str | None:
    """As an `Amount`: no exponent, no trailing zeros the page did not print, no minus zero."""
    if amount is None:
        return None
    return format(amount if amount else abs(amount), "f")


PageNumber = Annotated[int, Field(ge=1, description="counted from 1")]
Probability = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[
    str,
    Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", description="a plain decimal, no exponent, no commas"),
]
PageBox = Annotated[
    tuple[float, float, float, float],
    Field(
        description="x0, y0, x1, y1 in points (1/72 inch) from the top left of the page as shown"
    ),
]


def encodable(text: str) -> str:
    """File names need not be UTF-8; what is not comes as an escape, `latin-\\udce9.pdf`."""
    return text.encode(errors="backslashreplace").decode()


Text = Annotated[str, AfterValidator(encodable)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class SourceOut(_Model):
    """The file that was read."""

    name: Text = Field(description="path relative to the input, with forward slashes")
    sha256: str | None = Field(description="of the file's bytes; null if they could not be read")
    pages: int = Field(ge=0)


class ReasonOut(_Model):
    """A part of a reason as data: what it says, and of what."""

    code: ReasonCode
    params: dict[str, Text] = {}

    @classmethod
    def all_of(cls, reasons: Reasons) -> list[ReasonOut]:
        return [cls(code=each.code, params=dict(each.params)) for each in reasons]

    def reason(self) -> Reason:
        return Reason(self.code, self.params)


class EvidenceOut(_Model):
    """What a cell was judged by, beside its candidates: with it a cell can be judged again."""

    reader: Source = Field(description="text or ocr, whatever was made of it later")
    probability: Probability = Field(description="of the whole of `read`, by its reader")
    match: Probability = Field(description="that this cell of the page is the slot's")
    layer: str | None = Field(
        default=None, description="what an untrusted text layer says of the cell"
    )


class CellOut(_Model):
    """One slot of a matched table, whether its cell was found or not."""

    row: str
    column: str
    row_label: list[str]
    column_label: list[str]
    value: Amount | None = Field(description="in `unit`; null when blank, illegible or not found")
    unit: str | None
    read: str | None = Field(description="what stands on the page, untouched; null if not found")
    source: Source
    confidence: Probability = Field(description="the probability that `value` is what is printed")
    status: Status
    flags: list[Flag]
    page: PageNumber | None
    bbox: PageBox | None
    bounds: Bounds | None = Field(
        default=None, description="how the cell's bounds are known; null if not found"
    )
    candidates: list[tuple[str, Probability]] = Field(description="readings and rivals, best first")
    reason: str | None = Field(
        default=None,
        description="why the arithmetic gave the cell this value, or doubts its place, in words",
    )
    why: list[ReasonOut] = Field(default=[], description="`reason` as data, part by part")
    evidence: EvidenceOut | None = Field(
        default=None, description="what the cell was judged by; null if not found"
    )


class TableOut(_Model):
    """A table of a form, every slot of it."""

    id: str
    form: str
    pages: tuple[PageNumber, PageNumber] = Field(description="first and last")
    cells: list[CellOut]


class QuoteOut(_Model):
    """A sentence of the report's text, and the place of its lines."""

    text: Text
    page: PageNumber
    bbox: PageBox


class CheckOut(_Model):
    """A rule of the form at one row or column, or a sentence of the text that repeats a cell."""

    rule: str = Field(description="table and rule, joined by a dot; `narrative.…` for a sentence")
    at: dict[str, str] = Field(description="row or column; for a sentence table, row and column")
    expected: Amount | None
    found: Amount | None
    difference: Amount | None
    ok: bool | None = Field(description="null when blank or missing cells leave it open")
    note: str | None = None
    why: list[ReasonOut] = Field(default=[], description="`note` as data, part by part")
    quote: QuoteOut | None = Field(
        default=None, description="the sentence that says what is expected"
    )

    @classmethod
    def of(cls, check: Check, quote: QuoteOut | None = None) -> CheckOut:
        """With its quote's place in page points, which the check has not."""
        return cls(
            rule=check.rule,
            at=dict(check.at),
            expected=plain(check.expected),
            found=plain(check.found),
            difference=plain(check.difference),
            ok=check.ok,
            note=in_words(check.note),
            why=ReasonOut.all_of(check.note),
            quote=quote,
        )


class SlotOut(_Model):
    """A place in a table."""

    row: str
    column: str

    @classmethod
    def of(cls, slot: Slot) -> SlotOut:
        return cls(row=slot.row, column=slot.column)


class MovedOut(_Model):
    """A slot that would say something else than it does."""

    to: SlotOut
    origin: SlotOut | None = Field(
        description="where the number that belongs there stands; null if it was not found"
    )
    value: Amount | None


class MendedOut(_Model):
    """A rule that does not hold, or is left open, and would hold."""

    rule: str = Field(description="table and rule, joined by a dot")
    at: dict[str, str]


class ProposalOut(_Model):
    """Cells that would add up in other places. No value was changed."""

    kind: MoveKind
    cause: Cause = Field(
        description="labels: put in the wrong line for a doubtful label; print: printed so"
    )
    table: str
    moves: list[MovedOut]
    mends: list[MendedOut]
    probability: Probability
    reason: str = Field(description="in words")
    why: list[ReasonOut] = Field(default=[], description="`reason` as data, part by part")

    @classmethod
    def of(cls, proposal: Proposal) -> ProposalOut:
        return cls(
            kind=proposal.kind,
            cause=proposal.cause,
            table=proposal.table,
            moves=[
                MovedOut(
                    to=SlotOut.of(moved.slot),
                    origin=None if moved.origin is None else SlotOut.of(moved.origin),
                    value=plain(moved.value),
                )
                for moved in proposal.moved
            ],
            mends=[MendedOut(rule=check.rule, at=dict(check.at)) for check in proposal.mended],
            probability=proposal.probability,
            reason=in_words(proposal.reason) or "",
            why=ReasonOut.all_of(proposal.reason),
        )


class ReportOut(_Model):
    """One body's report of one year."""

    agency: str | None
    year: int | None
    pages: tuple[PageNumber, PageNumber] = Field(description="first and last")
    tables: list[TableOut]
    checks: list[CheckOut]
    proposals: list[ProposalOut] = Field(
        default=[], description="where moving a row or a column would make failing rules hold"
    )


class UnmatchedCellOut(_Model):
    """A cell of a table that fits no form."""

    row: int = Field(ge=0)
    column: int = Field(ge=0)
    rowspan: int = Field(ge=1)
    colspan: int = Field(ge=1)
    text: str
    confidence: Probability
    bbox: PageBox
    bounds: Bounds = Bounds.RULED


class UnmatchedOut(_Model):
    """A table that fits no form, whole."""

    page: PageNumber
    bbox: PageBox
    cells: list[UnmatchedCellOut]


class ProblemOut(_Model):
    """A trouble with the file or one page of it that did not stop the rest."""

    code: str
    page: PageNumber | None
    message: Text


class FileOut(_Model):
    """Everything Gouji found in one file."""

    schema_: Literal["gouji/1"] = Field(default="gouji/1", alias="schema")
    source: SourceOut
    target_error: Probability | None = Field(
        default=None, description="a cell is accepted if its chance of being wrong is at most this"
    )
    reports: list[ReportOut]
    unmatched: list[UnmatchedOut]
    problems: list[ProblemOut]

    def to_json(self) -> str:
        """The file's content: a cell, a check or a problem a line, Chinese as it is."""
        return _laid_out(self.model_dump(mode="json", by_alias=True)) + "\n"


_LINE = 1000
"""What fits into so many characters is written on one line."""


def _laid_out(value: Any, indent: str = "") -> str:
    text = json.dumps(value, ensure_ascii=False)
    if len(text) <= _LINE or not isinstance(value, (dict, list)):
        return text
    deeper = indent + " "
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {_laid_out(v, deeper)}" for k, v in value.items()]
        opening, closing = "{}"
    else:
        parts = [_laid_out(item, deeper) for item in value]
        opening, closing = "[]"
    inner = f",\n{deeper}".join(parts)
    return f"{opening}\n{deeper}{inner}\n{indent}{closing}"
