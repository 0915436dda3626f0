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
from starlette.middleware.trustedhost import TrustedHostMiddleware

from document.errors import GoujiError
from review import PROGRAM, people
from review.answering import NoItemError
from review.archive import Archive
from review.people import Role, TooManyTriesError, Visitor
from review.pictures import Pages
from review.web import api, image_routes, pages, signing_in

COOKIE = "gouji_session"

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
    app.state.clock = time.time
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    for part in (api.router, image_routes.router, signing_in.router, pages.router):
        app.include_router(part)
    app.dependency_overrides[pages.first_items] = api.first_items
    app.middleware("http")(_guarded)
    if alone:  # no page of another name may reach what listens here
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    app.exception_handler(GoujiError)(_told)
    app.exception_handler(SQLAlchemyError)(_database_gone)
    app.exception_handler(RequestValidationError)(_not_understood)
    return app


async def _guarded(request: Request, follow: Next) -> Response:
    """Nobody comes in unknown; nothing is changed without the page's own token."""
    archive: Archive = request.app.state.archive
    known = _visitor(request, archive)
    request.state.person = known
    request.state.csrf = known.csrf if known else ""
    path = request.url.path
    if known is None and not path.startswith(OPEN_TO_ALL):
        return _turned_away(request)
    changes = request.method not in {"GET", "HEAD"} and path != "/login"
    if known and changes and not await _has_token(request, known):
        return JSONResponse({"message": "the page is out of date; load it again"}, 403)
    answer = await follow(request)
    for name, value in SAFE_HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


NO_LINK = """Open the link that `gouji review` printed; it opens once, in one browser. If it was
used in another one, end `gouji review` and start it again.
请打开 gouji review 打印的链接；链接只能用一次。如已在别的浏览器用过，请重新运行 gouji review。
"""

SAFE_HEADERS = {
    "Content-Security-Policy": pages.CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _visitor(request: Request, archive: Archive) -> Visitor | None:
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    with archive.database.read() as session:
        return people.visitor(session, token, request.app.state.clock())


async def _has_token(request: Request, known: Visitor) -> bool:
    """In a header, or in a field where a form sends it."""
    sent = request.headers.get("x-csrf-token")
    if sent is None and request.headers.get("content-type", "").startswith(
        "application/x-www-form-urlencoded"
    ):
        sent = parse_qs((await request.body()).decode("utf-8", "replace")).get("csrf", [""])[0]
    return secrets.compare_digest((sent or "").encode(), known.csrf.encode())


def _turned_away(request: Request) -> Response:
    """To the door; or, with the link's token, in."""
    alone: Alone | None = request.app.state.alone
    if alone and request.url.path == "/":
        token = request.query_params.get("token", "")
        if secrets.compare_digest(token.encode(), request.app.state.link.encode()):
            request.app.state.link = secrets.token_urlsafe(24)  # it opens once
            return signing_in.let_in(request, alone.name, Role.ADMIN)
    if request.url.path.startswith(("/api/", "/pictures/")):
        return JSONResponse({"message": "sign in first"}, 401)
    if alone:
        return Response(NO_LINK, 403, media_type="text/plain")
    return RedirectResponse("/login", 303)


async def _told(_request: Request, error: Exception) -> Response:
    code = 404 if isinstance(error, NoItemError) else 400
    if isinstance(error, TooManyTriesError):
        code = 429
    return JSONResponse({"message": str(error)}, code)


async def _database_gone(_request: Request, error: Exception) -> Response:
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return JSONResponse({"message": f"the queue's database does not answer: {reason}"}, 503)


async def _not_understood(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    return JSONResponse({"message": f"{place}: {first['msg']}"}, 422)
