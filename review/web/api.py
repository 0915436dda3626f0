"""The queue as `/api/v1`: for the review pages, and for other tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from sqlalchemy import select

from document.entry import Flag
from document.errors import GoujiError
from document.reason import Language
from review import answering, leases, moving, progress
from review.answering import Answered, NoItemError, Said, Shown
from review.answers import Action
from review.archive import Archive
from review.items import State
from review.leases import Holder, Wanted
from review.loading import gone
from review.moving import Verdict
from review.people import Role, Visitor
from review.showing import showable, shown
from review.table_views import TableAt, table_view
from review.tables import Document, Item
from review.views import (
    LARGEST,
    AnswerReply,
    AnswerRequest,
    ConflictReply,
    DocumentProgress,
    GroupAnswerReply,
    GroupAnswerRequest,
    GroupView,
    ItemView,
    Key,
    LeaseReply,
    LeaseRequest,
    Message,
    MeView,
    ProgressView,
    ProposalRequest,
    TableProgress,
    TableView,
    UndoReply,
    UndoRequest,
)
from review.web import pages
from review.web.wording import preferred

MOST_ALIKE = 60
"""Items of one group."""

Number = Annotated[int, Query(ge=1, le=LARGEST)]
ItemNumber = Annotated[int, Path(ge=1, le=LARGEST)]
DocumentNumber = Annotated[int, Path(ge=1, le=LARGEST)]
Place = Annotated[int, Path(ge=0, le=LARGEST)]


def _known(request: Request) -> Visitor:
    found: Visitor = request.state.person
    return found


def _archive(request: Request) -> Archive:
    found: Archive = request.app.state.archive
    return found


def _language(request: Request) -> Language:
    """A page's by its cookie; a program gets English unless it asks for Chinese."""
    return preferred(request.cookies.get("lang"), request.headers.get("accept-language") or "en")


def _now(request: Request) -> float:
    now: float = request.app.state.clock()
    return now


Who = Annotated[Visitor, Depends(_known)]
Queue = Annotated[Archive, Depends(_archive)]
Now = Annotated[float, Depends(_now)]
Spoken = Annotated[Language, Depends(_language)]

NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Message}}
CONFLICT: dict[int | str, dict[str, Any]] = {409: {"model": ConflictReply}}
REFUSED: dict[int | str, dict[str, Any]] = {400: {"model": Message}}

router = APIRouter(
    prefix="/api/v1",
    responses={
        401: {"model": Message},
        403: {"model": Message},
        422: {"model": Message},
        503: {"model": Message},
    },
)


@router.get("/me")
def me(who: Who) -> MeView:
    """Who is signed in, and the token that everything that changes something must carry as
    `X-CSRF-Token`."""
    return MeView(name=who.name, role=who.role.value, csrf=who.csrf)


@router.post("/leases")
def lease(asked: LeaseRequest, who: Who, archive: Queue, now: Now, language: Spoken) -> LeaseReply:
    """The next items to look at, leased to whoever asks; those they hold already come first."""
    wanted = _wanted(asked)
    holder = Holder(who.name, now, archive.readings)
    while True:
        with archive.database.write() as session:
            items = leases.take(session, holder, wanted, asked.count)
        with archive.database.read() as session:
            views, lost = showable(session, archive, items, language)
            if not lost:
                return LeaseReply(items=views, left=leases.left(session, wanted))
        _lose(archive, lost)


def _wanted(asked: LeaseRequest) -> Wanted:
    return Wanted(asked.document, asked.table, asked.flag, asked.item, tuple(asked.exclude))


def _lose(archive: Archive, items: Iterable[Item]) -> None:
    """Files whose outputs are not there any more, or spoilt: nobody is asked about them."""
    with archive.database.write() as session:
        for number in {item.document_id for item in items}:
            gone(session, session.get_one(Document, number))


def first_items(
    asked: Annotated[LeaseRequest, Depends(pages.asked_for)],
    who: Who,
    archive: Queue,
    now: Now,
    language: Spoken,
) -> LeaseReply:
    """What the queue's page shows at once."""
    return lease(asked, who, archive, now, language)


@router.post("/items/{item}/renew", status_code=204, responses={**NOT_FOUND, **CONFLICT})
def renew(item: ItemNumber, who: Who, archive: Queue, now: Now, language: Spoken) -> Response:
    """A lease goes on."""
    with archive.database.write() as session:
        found = session.get(Item, item, with_for_update=True)
        if found is None:
            raise NoItemError(f"there is no item {item}")
        if leases.renew(session, found, Holder(who.name, now, archive.readings)):
            return Response(status_code=204)
        view = shown(session, archive, found, language)
        reply = ConflictReply(message="somebody else has it now", by=found.lease_by, item=view)
    return _conflict(reply)


@router.post("/items/{item}/release", status_code=204, responses=NOT_FOUND)
def release(item: ItemNumber, who: Who, archive: Queue) -> Response:
    """A lease ends."""
    with archive.database.write() as session:
        found = session.get(Item, item, with_for_update=True)
        if found is None:
            raise NoItemError(f"there is no item {item}")
        leases.release(found, who.name)
    return Response(status_code=204)


@router.post(
    "/items/{item}/answer",
    response_model=AnswerReply,
    responses={**NOT_FOUND, **CONFLICT, **REFUSED},
)
def answer(  # noqa: PLR0913, PLR0917 - who asks, and what they need to be answered
    item: ItemNumber, asked: AnswerRequest, who: Who, archive: Queue, now: Now, language: Spoken
) -> AnswerReply | Response:
    """What the person reads there. Refused, and kept, where another was first."""
    shown = asked.shown.model_dump(mode="json") if asked.shown else {}
    said = Said(who.name, asked.version, asked.action, asked.text, asked.seconds, now, shown)
    return _replied(archive, answering.give(archive, item, said), language)


@router.post(
    "/items/{item}/proposal",
    response_model=AnswerReply,
    responses={**NOT_FOUND, **CONFLICT, **REFUSED},
)
def move(  # noqa: PLR0913, PLR0917 - as above
    item: ItemNumber, asked: ProposalRequest, who: Who, archive: Queue, now: Now, language: Spoken
) -> AnswerReply | Response:
    """All numbers of the item's proposal are moved, or all stay. Refused where a cell of it has
    changed since."""
    verdict = Verdict(who.name, asked.proposal, asked.apply, asked.request, asked.seconds, now)
    return _replied(archive, moving.give(archive, item, verdict), language)


@router.post("/undo", responses={**NOT_FOUND, **CONFLICT})
def undo(
    who: Who, archive: Queue, now: Now, language: Spoken, asked: UndoRequest | None = None
) -> UndoReply:
    """The person's last answer is taken back, with all that were given by the same request."""
    done = answering.take_back(archive, who.name, now, asked.request if asked else None)
    if done is None:
        raise NoItemError("there is nothing to undo")
    with archive.database.write() as session:
        item = session.get_one(Item, done.item)
        leases.renew(session, item, Holder(who.name, now, archive.readings))
        session.flush()
        return UndoReply(
            item=shown(session, archive, item, language), left=leases.left(session, Wanted())
        )


@router.get("/items/{item}", responses=NOT_FOUND)
def one(item: ItemNumber, archive: Queue, language: Spoken) -> ItemView:
    """An item as it is now."""
    with archive.database.read() as session:
        found = session.get(Item, item)
        if found is None:
            raise NoItemError(f"there is no item {item}")
        return shown(session, archive, found, language)


@router.get("/items")
def items(  # noqa: PLR0913, PLR0917 - each a query parameter
    archive: Queue,
    language: Spoken,
    state: State = State.OPEN,
    document: Number | None = None,
    table: Annotated[Key | None, Query()] = None,
    flag: Flag | None = None,
    after: Annotated[int, Query(ge=0, le=LARGEST)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[ItemView]:
    """Items by their numbers, page by page: `after` is the last number of the page before."""
    wanted = Wanted(document, table, flag).conditions()
    query = select(Item).where(Item.state == state, Item.id > after, *wanted)
    with archive.database.read() as session:
        found = session.scalars(query.order_by(Item.id).limit(limit)).all()
        return showable(session, archive, found, language)[0]


@router.post("/groups")
def group(asked: LeaseRequest, who: Who, archive: Queue, now: Now, language: Spoken) -> GroupView:
    """Items that were read as the same, leased to whoever asks."""
    wanted = _wanted(asked)
    holder = Holder(who.name, now, archive.readings)
    with archive.database.write() as session:
        found = leases.take_alike(session, holder, wanted, MOST_ALIKE)
    with archive.database.read() as session:
        views, lost = showable(session, archive, found, language)
    if lost:
        _lose(archive, lost)
    return GroupView(value=found[0].value if found else None, items=views)


@router.post("/groups/answer", responses={**NOT_FOUND, **REFUSED})
def answer_group(asked: GroupAnswerRequest, who: Who, archive: Queue, now: Now) -> GroupAnswerReply:
    """All of these say what was shown."""
    share = None if asked.seconds is None else asked.seconds / len(asked.items)
    action = Action.BLANK if asked.value is None else Action.VALUE
    accepted: list[int] = []
    refused: list[int] = []
    documents: set[int] = set()
    for item, version in asked.items:
        said = Said(who.name, version, action, asked.value or "", share, now)
        try:
            done = answering.record(archive, item, said, of=Shown(asked.value))
        except GoujiError:
            refused.append(item)
            continue
        (refused if done.refused else accepted).append(item)
        documents.add(done.document)
    settled = sum(answering.settled(archive, number).settled for number in documents)
    with archive.database.read() as session:
        left = leases.left(session, Wanted())
    return GroupAnswerReply(accepted=accepted, refused=refused, settled=settled, left=left)


@router.get("/documents")
def documents(archive: Queue) -> list[DocumentProgress]:
    """The files that have items."""
    with archive.database.read() as session:
        return progress.documents(session)


@router.get("/documents/{document}/tables", responses=NOT_FOUND)
def tables(document: DocumentNumber, archive: Queue) -> list[TableProgress]:
    """A file's tables, and what of each waits."""
    with archive.database.read() as session:
        owner = session.get(Document, document)
        if owner is None:
            raise NoItemError("there is no such file")
        return progress.tables(session, owner.id, archive.output(owner.name), archive.forms)


@router.get("/documents/{document}/reports/{report}/tables/{table}", responses=NOT_FOUND)
def table(
    request: Request,
    document: DocumentNumber,
    report: Place,
    table: str,
    archive: Queue,
) -> TableView:
    """A whole table."""
    with archive.database.read() as session:
        owner = session.get(Document, document)
        out = archive.output(owner.name) if owner else None
        reports = out.reports if out else []
        tables = reports[report].tables if report < len(reports) else []
        found = next((each for each in tables if each.id == table), None)
        if owner is None or found is None:
            raise NoItemError("there is no such table")
        title = archive.forms.table(found).title
        numbers = sorted({cell.page for cell in found.cells if cell.page})
        pictures = request.app.state.pictures
        rendered = {n: pictures.page(owner.name, owner.sha256, n) for n in numbers}
        sizes = [(n, page.across, page.down) for n, page in rendered.items() if page]
        return table_view(session, TableAt(owner.id, owner.name, report, found, title), sizes)


@router.get("/progress")
def how_far(who: Who, archive: Queue, now: Now) -> ProgressView:
    """Done, left, and at what pace; each reviewer's own, and all for an admin."""
    with archive.database.read() as session:
        told = progress.progress(session, now)
    if who.role is Role.ADMIN:
        return told
    own = [
        each.model_copy(update={"agreement": None})  # it would tell what others answered
        for each in told.reviewers
        if each.name == who.name
    ]
    return told.model_copy(update={"reviewers": own})


@router.get("/export", response_class=StreamingResponse)
def export(who: Who, archive: Queue) -> Response:
    """Every file's output as it is now, a JSON (`gouji/1`) a line. For an admin: it tells which of
    the cells in the queue were accepted."""
    if who.role is not Role.ADMIN:
        return JSONResponse({"message": "for an admin"}, 403)
    with archive.database.read() as session:
        names = list(session.scalars(select(Document.name).order_by(Document.name)))

    def lines() -> Iterator[str]:
        for name in names:
            try:
                yield archive.output(name).model_dump_json(by_alias=True) + "\n"
            except GoujiError:
                continue  # gone since

    return StreamingResponse(lines(), media_type="application/x-ndjson")


def _replied(archive: Archive, done: Answered, language: Language) -> AnswerReply | Response:
    with archive.database.read() as session:
        item = shown(session, archive, session.get_one(Item, done.item), language)
        if not done.refused:
            return AnswerReply(
                decision=done.decision,
                item=item,
                settled=done.refreshed.settled,
                reopened=done.refreshed.reopened,
                left=leases.left(session, Wanted()),
            )
    who = done.other or "the arithmetic"
    message = f"{who} was first; your answer is in the history and does not count"
    return _conflict(ConflictReply(message=message, by=done.other, item=item))


def _conflict(reply: ConflictReply) -> Response:
    return JSONResponse(reply.model_dump(mode="json"), 409)
