"""The review pages as they are, over the twin of the queue; `/api/v1` as the real one answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
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
from tests.review_fake import Fake


def fake_app(fake: Fake) -> FastAPI:
    """The pages as they are, over the fake."""
    app = FastAPI()

    @app.middleware("http")
    async def knows(
        request: Request, following: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        request.state.person = fake.person
        request.state.csrf = fake.csrf
        if request.url.path.startswith("/api/"):
            if request.method == "POST" and request.headers.get("X-CSRF-Token") != fake.csrf:
                return JSONResponse({"detail": "no token"}, 403)
            if request.url.path.endswith("/answer") and fake.fails:
                return JSONResponse({"detail": "away"}, fake.fails)
            if any(request.url.path.endswith(f"/{item}/answer") for item in fake.fails_at):
                return JSONResponse({"detail": "out of order"}, 500)
        return await following(request)

    app.include_router(_api(fake), prefix="/api/v1")
    app.include_router(_pictures(fake), prefix="/pictures")
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    app.dependency_overrides[pages.first_items] = lambda: fake.leased(views.LeaseRequest(count=4))
    return app


def _api(fake: Fake) -> APIRouter:
    api = APIRouter()

    @api.get("/me")
    def me() -> views.MeView:
        who = fake.person
        if who is None:
            raise HTTPException(401)
        return views.MeView(name=who.name, role=who.role, csrf=fake.csrf)

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

    @api.post("/items/{item}/proposal")
    def proposal(item: int, asked: views.ProposalRequest) -> views.AnswerReply:
        return fake.moved(item, asked)

    @api.post("/undo")
    def undo(asked: views.UndoRequest) -> views.UndoReply:
        return fake.undone(asked.request)

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
        seen = [(fake.items[i], version) for i, version in given.items]
        fresh = [it.id for it, v in seen if (it.version, it.value) == (v, given.value)]
        for item in fresh:
            action = Action.BLANK if given.value is None else Action.VALUE
            said = views.AnswerRequest(
                version=fake.items[item].version, action=action, text=given.value or ""
            )
            fake.answered(item, said)
        refused = [i for i, _ in given.items if i not in fresh]
        return views.GroupAnswerReply(accepted=fresh, refused=refused, settled=0, left=fake.left())

    @api.get("/documents")
    def documents() -> list[views.DocumentProgress]:
        return fake.documents

    @api.get("/documents/{document}/tables")
    def tables(document: int) -> list[views.TableProgress]:
        waiting = [item for item in fake.items.values() if item.document == document]
        titles = {item.table: item.table_title for item in waiting}
        return [
            views.TableProgress(report=0, table=table, title=title, open=len(waiting), flags={})
            for table, title in titles.items()
        ]

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


def drawn(text: str, tall: int = 90) -> bytes:
    """A picture of the text on paper, as PNG."""
    paper = Image.new("L", (240, tall), 246)
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
