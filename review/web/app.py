"""The web application: who may come in, and what is where."""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from document.errors import GoujiError
from review import PROGRAM, people
from review.answering import NoItemError
from review.archive import Archive
from review.people import TooManyTriesError, Visitor
from review.pictures import Pages
from review.web import api, image_routes, pages, people_pages, signing_in
from review.web.middleware import SafeHeaders, SmallBodies

OPEN_TO_ALL = ("/login", "/static/", "/lang", "/favicon.ico")

Next = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Alone:
    """One person at this machine, let in by the token of the link that was printed."""

    name: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))


def create_app(archive: Archive, pictures: Pages, alone: Alone | None = None) -> FastAPI:
    """The review of an archive, for one person who has the link or for a team that signs in."""
    app = FastAPI(
        title="Gouji review",
        version=PROGRAM,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.archive, app.state.pictures, app.state.alone = archive, pictures, alone
    app.state.link = alone.token if alone else ""
    app.state.cookie = signing_in.cookie_name(alone is not None)
    app.state.clock = time.time
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    for part in (
        api.router,
        image_routes.router,
        signing_in.router,
        people_pages.router,
        pages.router,
    ):
        app.include_router(part)
    app.dependency_overrides[pages.first_items] = api.first_items
    app.middleware("http")(_guarded)
    app.add_middleware(SmallBodies)
    if alone:  # no page of another name may reach what listens here
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    app.add_middleware(SafeHeaders)  # the last added is the outermost
    app.exception_handler(GoujiError)(_told)
    app.exception_handler(SQLAlchemyError)(_out_of_order)
    app.exception_handler(OSError)(_out_of_order)
    app.exception_handler(RequestValidationError)(_not_understood)
    return app


async def _guarded(request: Request, follow: Next) -> Response:
    """Nobody comes in unknown; nothing is changed without the page's own token."""
    path = request.url.path
    try:
        known = await run_in_threadpool(_visitor, request)
        if known is None and not path.startswith(OPEN_TO_ALL):
            return await _turned_away(request)
    except (SQLAlchemyError, OSError) as error:
        return await _out_of_order(request, error)
    request.state.person = known
    request.state.csrf = known.csrf if known else ""
    if path == "/login" and request.method == "POST":
        refusal = signing_in.refusal(request)
        if refusal:
            return refusal
    changes = request.method not in {"GET", "HEAD"} and path != "/login"
    if known and changes and not await _has_token(request, known):
        return JSONResponse({"message": "the page is out of date; load it again"}, 403)
    answer = await follow(request)
    if known and known.prolonged and "set-cookie" not in answer.headers:
        signing_in.give_cookie(request, answer, request.cookies[request.app.state.cookie])
    return answer


NO_LINK = """Open the link that `gouji review` printed; it opens once, in one browser. If it was
used in another one, end `gouji review` and start it again.
请打开 gouji review 打印的链接；链接只能用一次。如已在别的浏览器用过，请重新运行 gouji review。
"""


def _visitor(request: Request) -> Visitor | None:
    """Whose cookie it is; their visit goes on from here."""
    state = request.app.state
    token = request.cookies.get(state.cookie)
    if not token:
        return None
    return people.visitor(state.archive.database, token, state.clock(), local=bool(state.alone))


async def _has_token(request: Request, known: Visitor) -> bool:
    """In a header, or in a field where a form sends it."""
    sent = request.headers.get("x-csrf-token")
    if sent is None and request.headers.get("content-type", "").startswith(
        "application/x-www-form-urlencoded"
    ):
        sent = parse_qs((await request.body()).decode("utf-8", "replace")).get("csrf", [""])[0]
    return secrets.compare_digest((sent or "").encode(), known.csrf.encode())


async def _turned_away(request: Request) -> Response:
    """To the door; or, with the link's token, in."""
    alone: Alone | None = request.app.state.alone
    if alone and request.url.path == "/" and request.method == "GET":
        token = request.query_params.get("token", "")
        if secrets.compare_digest(token.encode(), request.app.state.link.encode()):
            return await _by_the_link(request, alone)
    if request.url.path.startswith(("/api/", "/pictures/")):
        return JSONResponse({"message": "sign in first"}, 401)
    if alone:
        return Response(NO_LINK, 403, media_type="text/plain")
    return RedirectResponse("/login", 303)


async def _by_the_link(request: Request, alone: Alone) -> Response:
    """It opens once: spent before anybody else can ask, and good again if this came to nothing."""
    state = request.app.state
    state.link, spent = secrets.token_urlsafe(24), state.link
    try:
        return await run_in_threadpool(signing_in.let_in, request, alone.name, people.LOCAL)
    except BaseException:
        state.link = spent
        raise


async def _told(_request: Request, error: Exception) -> Response:
    assert isinstance(error, GoujiError)
    code = 404 if isinstance(error, NoItemError) else 400
    if isinstance(error, TooManyTriesError):
        code = 429
    return JSONResponse({"message": str(error), "code": error.code}, code)


async def _out_of_order(_request: Request, error: Exception) -> Response:
    """The database or the disk; the same request may well do later."""
    what = "the server cannot do this now"
    reason = getattr(error, "strerror", None) or type(error).__name__
    if isinstance(error, SQLAlchemyError):
        what = "the queue's database does not answer"
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return JSONResponse({"message": f"{what}: {reason}"}, 503)


async def _not_understood(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    return JSONResponse({"message": f"{place}: {first['msg']}"}, 422)
