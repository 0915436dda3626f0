"""The door: a name and a password, and out again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from review import people
from review.archive import Archive
from review.people import STAYS, Role

router = APIRouter(include_in_schema=False)


@router.post("/login")
def login(
    request: Request,
    name: Annotated[str, Form(max_length=80)],
    password: Annotated[str, Form(max_length=200)],
) -> Response:
    """In, or back to the door."""
    archive: Archive = request.app.state.archive
    address = request.client.host if request.client else "?"
    with archive.database.write() as session:
        now = request.app.state.clock()
        role = people.check(session, name.strip(), password, address, now)
    if role is None:
        return RedirectResponse("/login?failed=true", 303)
    return let_in(request, name.strip(), role)


@router.post("/logout")
def logout(request: Request) -> Response:
    """Out."""
    archive: Archive = request.app.state.archive
    token = request.cookies.get("gouji_session", "")
    with archive.database.write() as session:
        people.farewell(session, token)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie("gouji_session")
    return answer


def let_in(request: Request, name: str, role: Role) -> Response:
    """To the queue, with a cookie that no script can read."""
    archive: Archive = request.app.state.archive
    with archive.database.write() as session:
        token, _ = people.welcome(session, name, role, request.app.state.clock())
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        "gouji_session",
        token,
        max_age=int(STAYS),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer
