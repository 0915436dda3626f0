"""Who may sign in: an admin's page, plain forms without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from review import people
from review.archive import Archive
from review.people import PersonError, Role, Visitor
from review.web.pages import page

router = APIRouter(include_in_schema=False)

Name = Annotated[str, Form(max_length=80)]
Password = Annotated[str, Form(max_length=people.LONGEST * 2)]
RoleField = Annotated[Role, Form()]
Told = Literal["name", "password", "self", "unknown", "exists"]


def admin(request: Request) -> Visitor:
    """Of a team; who came by the link of their own machine has none."""
    who: Visitor = request.state.person
    if who.role is not Role.ADMIN or request.app.state.alone:
        raise HTTPException(403, "for an admin of a team")
    return who


Admin = Annotated[Visitor, Depends(admin)]


@router.get("/people")
def everybody(request: Request, who: Admin, failed: Told | None = None) -> HTMLResponse:
    """Everybody who may sign in, and who may no more."""
    archive: Archive = request.app.state.archive
    with archive.database.read() as session:
        known = people.everybody(session)
    return page(request, "people", who, everybody=known, failed=failed, shortest=people.SHORTEST)


@router.post("/people")
def add(request: Request, _: Admin, name: Name, password: Password, role: RoleField) -> Response:
    """Somebody new."""
    archive: Archive = request.app.state.archive
    with archive.database.read() as session:
        there = name.strip() in {each.name for each in people.everybody(session)}
    if there:
        return _back("exists")
    return _done(request, lambda session: people.add(session, name, password, role))


@router.post("/people/password")
def password(request: Request, _: Admin, name: Name, password: Password) -> Response:
    """A new one; they are signed out."""
    return _done(request, lambda session: people.set_password(session, name, password))


@router.post("/people/role")
def role(request: Request, who: Admin, name: Name, role: RoleField) -> Response:
    """Reviewer or admin."""
    if name == who.name:
        return _back("self")
    return _done(request, lambda session: people.set_role(session, name, role))


@router.post("/people/remove")
def remove(request: Request, who: Admin, name: Name) -> Response:
    """They sign in no more; their answers stay."""
    if name == who.name:
        return _back("self")
    return _done(request, lambda session: people.dismiss(session, name))


def _done(request: Request, change: Callable[[Session], None]) -> Response:
    archive: Archive = request.app.state.archive
    try:
        with archive.database.write() as session:
            change(session)
    except PersonError as error:
        return _back(error.what)
    return RedirectResponse("/people", 303)


def _back(failed: Told) -> Response:
    return RedirectResponse(f"/people?failed={failed}", 303)
