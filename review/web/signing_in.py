"""The door: a name and a password, and out again."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from review import people
from review.archive import Archive
from review.people import STAYS, VisitRole

router = APIRouter(include_in_schema=False)

FORM = "application/x-www-form-urlencoded"


def cookie_name(local: bool) -> str:
    """A team's, or one of a single run: browsers send a cookie to every port of this machine, and
    two reviews in one browser must not take each other's."""
    return f"gouji_session_{secrets.token_hex(4)}" if local else "gouji_session"


def refusal(request: Request) -> Response | None:
    """Of a login that is no form (415), or that a page of another site sent (403); else None."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return JSONResponse({"message": f"only {FORM} is taken here"}, 415)
    site, origin = (request.headers.get(name) for name in ("sec-fetch-site", "origin"))
    host = request.headers.get("host", "")
    # What a browser calls same-origin is, even where a proxy names another Host.
    foreign = origin is not None and origin.partition("://")[2].lower() != host.lower()
    if site == "cross-site" or (foreign and site != "same-origin"):
        return JSONResponse({"message": "this login came from a page of another site"}, 403)
    return None


@router.post("/login")
def login(
    request: Request,
    name: Annotated[str, Form(max_length=80)],
    password: Annotated[str, Form(max_length=people.LONGEST)],
) -> Response:
    """In, or back to the door."""
    archive: Archive = request.app.state.archive
    address = request.client.host if request.client else "?"
    now = request.app.state.clock()
    role = people.check(archive.database, name.strip(), password, address, now)
    if role is None:
        return RedirectResponse("/login?failed=true", 303)
    return let_in(request, name.strip(), role)


@router.post("/logout")
def logout(request: Request) -> Response:
    """Out."""
    archive: Archive = request.app.state.archive
    cookie = request.app.state.cookie
    with archive.database.write() as session:
        people.farewell(session, request.cookies.get(cookie, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie)
    return answer


def let_in(request: Request, name: str, role: VisitRole) -> Response:
    """To the queue, with a new cookie."""
    archive: Archive = request.app.state.archive
    with archive.database.write() as session:
        token, _ = people.welcome(session, name, role, request.app.state.clock())
    answer = RedirectResponse("/", 303)
    give_cookie(request, answer, token)
    return answer


def give_cookie(request: Request, answer: Response, token: str) -> None:
    """One that no script can read, for as long as a visit stays."""
    answer.set_cookie(
        request.app.state.cookie,
        token,
        max_age=int(STAYS),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
