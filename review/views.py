"""What the review server tells and is told: the data of `/api/v1`, and all that its pages show.

Boxes are page points, 1/72 inch from the top left of the page as shown, as in `gouji/1`. Nothing
here tells a cell of the random sample from one in doubt.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from document.contract import Amount, PageBox
from document.entry import Flag
from document.proposal import Cause, MoveKind
from review.answers import Action
from review.items import State

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps; no item and no file has it."""

Number = Annotated[int, Field(ge=1, le=LARGEST)]
Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
Key = Annotated[str, Field(max_length=80, pattern=r"^[A-Za-z0-9_.\-]*$")]


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Term(_View):
    """A cell, or a constant, in a rule: `sign` times its value. `item` where it can be answered."""

    side: Literal["left", "right"]
    sign: Literal[1, -1]
    label: str
    value: Amount | None
    this: bool = Field(description="whether it is the item's own cell: what is typed counts here")
    item: int | None = None


class RuleView(_View):
    """A rule the cell stands in, with the numbers as they are now."""

    name: str
    notation: str
    relation: Literal["=", "<=", ">="]
    terms: list[Term]
    ok: bool | None = Field(description="null when blank cells leave it open")
    difference: Amount | None = Field(description="left less right; null when left open")


class Choice(_View):
    """A rival reading, picked by its letter."""

    key: Literal["A", "S", "D", "F"]
    text: str
    value: Amount | None


class MoveView(_View):
    """A cell that would say `after` in place of `before`; not `found`: nobody knows what."""

    row: str
    column: str
    row_label: list[str]
    column_label: list[str]
    before: Amount | None
    after: Amount | None
    found: bool


class ProposalView(_View):
    """Numbers that would add up in other places of the table."""

    id: str = Field(description="another one as soon as a cell of it changes")
    kind: MoveKind
    cause: Cause
    probability: float
    reason: str = Field(description="in words")
    moves: list[MoveView]


class ItemView(_View):
    """A cell for a person to look at."""

    id: int
    version: int = Field(description="goes back with the answer; another's answer changes it")
    state: State
    document: int
    name: str = Field(description="of the file, below the digitized folder")
    agency: str | None
    year: int | None
    report: int = Field(description="its number in the file, from 0")
    table: str
    table_title: str
    row: str
    column: str
    row_label: list[str]
    column_label: list[str]
    unit: str | None
    kind: Literal["count", "signed", "amount"]
    page: int | None
    bbox: PageBox | None
    read: str | None
    value: Amount | None = Field(description="what Enter accepts; null for blank or not found")
    blank: bool
    choices: list[Choice]
    flags: list[Flag]
    reason: str | None = Field(description="why a person is asked, in words")
    rules: list[RuleView]
    picture: str = Field(description="changes when the pictures of the cell do: `?v=` of their URL")
    neighbours: dict[Literal["left", "right", "up", "down"], int] = Field(
        description="items beside it in the table, where there are any"
    )
    leased_until: datetime | None
    proposal: ProposalView | None = Field(
        default=None, description="what the arithmetic proposes of the cell and others at once"
    )


class LeaseRequest(_View):
    """The next items to work on, leased to whoever asks; filters leave the others out."""

    count: Annotated[int, Field(ge=1, le=20)] = 3
    document: Number | None = None
    table: Key | None = None
    flag: Flag | None = None
    item: Number | None = Field(default=None, description="this one and no other")
    exclude: Annotated[list[Number], Field(max_length=1000)] = Field(
        default=[], description="none of these, such as those put aside"
    )


class LeaseReply(_View):
    items: list[ItemView]
    left: int = Field(description="open items that the filters let through, leased or not")


Request = Annotated[str, Field(min_length=8, max_length=40, pattern=r"^[A-Za-z0-9_\-]*$")]
"""Any unlikely word, the same where the same is sent once more."""


class ShownRequest(_View):
    """What the screen said of the cell when it was answered."""

    value: Amount | None
    flags: Annotated[list[Flag], Field(max_length=len(Flag))] = []
    reason: Annotated[str, Field(max_length=1000)] | None = None


class AnswerRequest(_View):
    version: Version
    action: Action
    text: Annotated[str, Field(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    seconds: Annotated[float, Field(ge=0, le=86400)] | None = None
    shown: ShownRequest | None = Field(
        default=None, description="for the history; else what the cell says when this comes in"
    )


class AnswerReply(_View):
    """`settled`: items that the arithmetic settled after it; `reopened`: that it doubts anew."""

    decision: int
    item: ItemView
    settled: int
    reopened: int
    left: int


class ProposalRequest(_View):
    """What a person says of an item's proposal: all of it, or none."""

    proposal: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    apply: bool = Field(description="false: the numbers stand where they belong")
    request: Request = Field(description="the same where this is sent once more")
    seconds: Annotated[float, Field(ge=0, le=86400)] | None = None


class ConflictReply(_View):
    """Somebody else was first; the refused answer is kept in the history all the same."""

    message: str
    by: str | None
    item: ItemView


class UndoRequest(_View):
    request: Request | None = Field(
        default=None, description="the same where an undo is sent once more: it undoes no second"
    )


class UndoReply(_View):
    item: ItemView
    left: int


class GroupView(_View):
    """Items of one reading, to be looked at side by side."""

    value: Amount | None
    items: list[ItemView]


class GroupAnswerRequest(_View):
    """All of `items` say `value`, as was shown; any that says something else by now is refused."""

    value: Amount | None = Field(description="null for blank")

    items: Annotated[list[tuple[Number, Version]], Field(min_length=1, max_length=200)] = Field(
        description="item and version"
    )
    seconds: Annotated[float, Field(ge=0, le=86400)] | None = None


class GroupAnswerReply(_View):
    accepted: list[int]
    refused: list[int] = Field(description="answered by somebody else meanwhile")
    settled: int
    left: int


class ReviewerProgress(_View):
    name: str
    answers: int
    median_seconds: float | None
    per_hour: float | None
    agreement: float | None = Field(description="with second readings by others; null without any")


class DocumentProgress(_View):
    id: int
    name: str
    agency: str | None
    year: int | None
    open: int
    done: int
    settled: int


class TableProgress(_View):
    """A table of a file: how many of its cells wait, and why."""

    report: int
    table: str
    title: str
    open: int
    flags: dict[Flag, int]


class ProgressView(_View):
    open: int
    done: int
    settled: int
    leased: int
    reviewers: list[ReviewerProgress]
    median_seconds: float | None
    finish: datetime | None = Field(description="at the pace of the last hour; null without one")


class TableCellView(_View):
    row: str
    column: str
    row_label: list[str]
    column_label: list[str]
    value: Amount | None
    status: Literal["accepted", "review"]
    source: str
    page: int | None
    bbox: PageBox | None
    item: int | None
    flags: list[Flag]


class TableView(_View):
    """A whole table, to lay over its pages: rows and columns in the form's order."""

    document: int
    name: str
    report: int
    table: str
    title: str
    pages: list[tuple[int, float, float]] = Field(description="number, width and height in points")
    cells: list[TableCellView]


class Message(_View):
    """Why something was not done; `code` where a program may want to know."""

    message: str
    code: str | None = None


class MeView(_View):
    """Who is signed in."""

    name: str
    role: Literal["reviewer", "admin"]
    csrf: str
