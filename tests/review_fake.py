"""An in-memory twin of the review server, for what the pages do: one person, no database.

It answers `/api/v1` as the real one does, and lets a test play the others: somebody who is faster,
arithmetic that settles cells, a server that is away.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import uvicorn
from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from PIL import Image, ImageDraw, ImageFont

from review import views
from review.answers import Action
from review.items import State
from review.views import ItemView
from review.web import pages

CSRF = "a-token"


@dataclass(frozen=True)
class Reviewer:
    name: str = "李雷"
    role: str = "reviewer"


@dataclass(frozen=True)
class Decision:
    """An answer that the server took, with the item as it was before."""

    before: ItemView
    answer: views.AnswerRequest


@dataclass
class Fake:
    """The queue; `settles`: which items leave it once another is answered; `fails`: a status that
    is all the answers get."""

    items: dict[int, ItemView]
    settles: Mapping[int, Sequence[int]] = field(default_factory=dict)
    person: Reviewer | None = field(default_factory=Reviewer)
    fails: int | None = None
    delay: float = 0.0
    decisions: list[Decision] = field(default_factory=list)
    released: list[int] = field(default_factory=list)
    tables: dict[tuple[int, int, str], views.TableView] = field(default_factory=dict)
    documents: list[views.DocumentProgress] = field(default_factory=list)
    progress: views.ProgressView | None = None
    pictures: Callable[[str], bytes] | None = None

    def open(self, asked: views.LeaseRequest) -> list[ItemView]:
        return [
            item
            for item in self.items.values()
            if item.state is State.OPEN
            and asked.document in (None, item.document)
            and asked.table in (None, item.table)
            and (asked.flag is None or asked.flag in item.flags)
            and asked.item in (None, item.id)
        ]

    def leased(self, asked: views.LeaseRequest) -> views.LeaseReply:
        items = self.open(asked)
        return views.LeaseReply(items=items[: asked.count], left=len(items))

    def left(self) -> int:
        return len(self.open(views.LeaseRequest()))

    def put(self, item: ItemView, **changes: Any) -> ItemView:
        self.items[item.id] = item.model_copy(update=changes)
        return self.items[item.id]

    def somebody_answers(self, item: int, value: str) -> None:
        """韩梅梅 does, without a lease."""
        seen = self.items[item]
        self.put(seen, version=seen.version + 1, state=State.DONE, value=value)

    def answered(self, item: int, answer: views.AnswerRequest) -> views.AnswerReply:
        before = self.items[item]
        if before.version != answer.version:
            raise HTTPException(409)
        self.decisions.append(Decision(before, answer))
        value = answer.text if answer.action is Action.VALUE else None
        after = self.put(
            before,
            version=before.version + 1,
            state=State.DONE,
            value=value,
            blank=answer.action is Action.BLANK,
        )
        settled = [i for i in self.settles.get(item, ()) if self.items[i].state is State.OPEN]
        for other in settled:
            self.put(self.items[other], state=State.SETTLED)
        return views.AnswerReply(
            decision=len(self.decisions),
            item=after,
            settled=len(settled),
            reopened=0,
            left=self.left(),
        )

    def undone(self) -> views.UndoReply:
        if not self.decisions:
            raise HTTPException(404, "nothing to undo")
        before = self.decisions.pop().before
        item = self.put(before, version=self.items[before.id].version + 1)
        return views.UndoReply(item=item, left=self.left())

    @property
    def said(self) -> list[tuple[int, str]]:
        """What stands decided: item, and the value or the action."""
        return [
            (
                d.before.id,
                d.answer.text if d.answer.action is Action.VALUE else d.answer.action.value,
            )
            for d in self.decisions
        ]


def fake_app(fake: Fake) -> FastAPI:
    """The pages as they are, over the fake."""
    app = FastAPI()

    @app.middleware("http")
    async def knows(
        request: Request, following: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        request.state.person = fake.person
        request.state.csrf = CSRF
        if request.url.path.startswith("/api/"):
            if request.method == "POST" and request.headers.get("X-CSRF-Token") != CSRF:
                return JSONResponse({"detail": "no token"}, 403)
            if request.url.path.endswith("/answer") and fake.fails:
                return JSONResponse({"detail": "away"}, fake.fails)
        return await following(request)

    app.include_router(_api(fake), prefix="/api/v1")
    app.include_router(_pictures(fake), prefix="/pictures")
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    app.dependency_overrides[pages.first_items] = lambda: fake.leased(views.LeaseRequest(count=4))
    return app


def _api(fake: Fake) -> APIRouter:
    api = APIRouter()

    @api.post("/leases")
    def leases(asked: views.LeaseRequest) -> views.LeaseReply:
        return fake.leased(asked)

    @api.post("/items/{item}/renew", status_code=204)
    def renew(item: int) -> None: ...

    @api.post("/items/{item}/release", status_code=204)
    def release(item: int) -> None:
        fake.released.append(item)

    @api.post("/items/{item}/answer", response_model=views.AnswerReply)
    def answer(item: int, given: views.AnswerRequest) -> Any:
        time.sleep(fake.delay)
        try:
            return fake.answered(item, given)
        except HTTPException:
            now = fake.items[item]
            reply = views.ConflictReply(message="somebody was first", by="韩梅梅", item=now)
            return JSONResponse(reply.model_dump(mode="json"), 409)

    @api.post("/undo")
    def undo() -> views.UndoReply:
        return fake.undone()

    @api.get("/items/{item}")
    def one(item: int) -> ItemView:
        return fake.items[item]

    @api.get("/items")
    def items(state: State = State.OPEN, document: int | None = None) -> list[ItemView]:
        every = fake.items.values()
        return [i for i in every if i.state is state and document in (None, i.document)]

    @api.post("/groups")
    def groups(asked: views.LeaseRequest) -> views.GroupView:
        waiting = fake.open(asked)
        values = [item.value for item in waiting]
        value = max(values, key=values.count, default=None)
        return views.GroupView(value=value, items=[i for i in waiting if i.value == value][:200])

    @api.post("/groups/answer")
    def group_answer(given: views.GroupAnswerRequest) -> views.GroupAnswerReply:
        fresh = [i for i, version in given.items if fake.items[i].version == version]
        for item in fresh:
            now = fake.items[item]
            said = views.AnswerRequest(
                version=now.version, action=Action.VALUE, text=now.value or ""
            )
            fake.answered(item, said)
        refused = [i for i, _ in given.items if i not in fresh]
        return views.GroupAnswerReply(accepted=fresh, refused=refused, settled=0, left=fake.left())

    @api.get("/documents")
    def documents() -> list[views.DocumentProgress]:
        return fake.documents

    @api.get("/documents/{document}/reports/{report}/tables/{table}")
    def table(document: int, report: int, table: str) -> views.TableView:
        return fake.tables[document, report, table]

    @api.get("/progress")
    def progress() -> views.ProgressView:
        assert fake.progress is not None
        return fake.progress

    return api


def _pictures(fake: Fake) -> APIRouter:
    router = APIRouter()

    @router.get("/{path:path}")
    def picture(path: str) -> Response:
        if fake.pictures is not None:
            return Response(fake.pictures(path), media_type="image/png")
        number = path.split("/")[1]
        text = (fake.items[int(number)].read or "") if path.startswith("items/") else ""
        return Response(drawn(text), media_type="image/png")

    return router


def drawn(text: str) -> bytes:
    """A picture of the text on paper, as PNG."""
    paper = Image.new("L", (240, 90), 246)
    ImageDraw.Draw(paper).text((20, 20), text, 20, ImageFont.load_default(44))
    out = BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The app at a port of its own, in a thread; the address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


def an_item(id: int = 1, **changes: Any) -> ItemView:
    """A cell of an applications table: 21 is read, 27 might be meant, and 53 = 21 + 30."""
    rule = views.RuleView(
        name="总计 = 自然人 + 商业企业",
        notation="every row: total = natural_person + legal.business",
        relation="=",
        terms=[
            views.Term(side="left", sign=1, label="总计", value="51", this=False),
            views.Term(side="right", sign=1, label="自然人", value="21", this=True),
            views.Term(side="right", sign=1, label="商业企业", value="30", this=False),
        ],
        ok=True,
        difference="0",
    )
    item = ItemView(
        id=id,
        version=3,
        state=State.OPEN,
        document=1,
        name="2023/瓯海区.pdf",
        agency="瓯海区人民政府办公室",
        year=2023,
        report=0,
        table="applications",
        table_title="收到和处理政府信息公开申请情况",
        row=f"row{id}",
        column="natural_person",
        row_label=["三、本年度办理结果", f"({id})予以公开"],
        column_label=["申请人情况", "自然人"],
        unit="件",
        kind="count",
        page=2,
        bbox=(100, 100, 150, 120),
        read="21",
        value="21",
        blank=False,
        choices=[
            views.Choice(key="A", text="27", value="27"),
            views.Choice(key="S", text="", value=None),
        ],
        flags=[],
        reason=None,
        rules=[rule],
        neighbours={},
        leased_until=datetime.now(UTC) + timedelta(minutes=2),
    )
    return item.model_copy(update=changes)


def a_queue(count: int, **changes: Any) -> dict[int, ItemView]:
    return {n: an_item(n, **changes) for n in range(1, count + 1)}


PROGRESS = views.ProgressView(
    open=1, done=1500, settled=499, leased=1,
    reviewers=[views.ReviewerProgress(name="<i>李雷</i>", answers=1500, median_seconds=2.04,
                                      per_hour=901.4, agreement=0.98)],
    median_seconds=2.04, finish=datetime(2026, 11, 24, 9, 40, tzinfo=UTC),
)  # fmt: skip
