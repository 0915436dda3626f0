"""The review pages: a frame and its words each; the scripts fill them from `/api/v1`."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import ValidationError

from document.entry import Flag
from review.views import LeaseReply, LeaseRequest
from review.web.wording import preferred, words

STATIC = Path(__file__).parent / "static"
"""What the app serves at `/static`."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Person(Protocol):
    """Who is at the screen."""

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...


def person(request: Request) -> Person:
    """Whoever the app's middleware knows; others are sent to the login page."""
    known: Person | None = getattr(request.state, "person", None)
    if known is None:
        raise HTTPException(303, headers={"Location": "/login"})
    return known


def asked_for(
    document: int | None = None,
    table: str | None = None,
    flag: Flag | None = None,
    item: int | None = None,
) -> LeaseRequest:
    """What the page's address asks for; nothing means the whole queue."""
    try:
        return LeaseRequest(document=document, table=table, flag=flag, item=item)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


def first_items() -> LeaseReply | None:
    """What the queue screen starts with; the app puts its own in place of this.

    None leaves it to the script to ask.
    """
    return None


Known = Annotated[Person, Depends(person)]
Asked = Annotated[LeaseRequest, Depends(asked_for)]


@router.get("/")
def queue(
    request: Request,
    who: Known,
    asked: Asked,
    first: Annotated[LeaseReply | None, Depends(first_items)],
) -> HTMLResponse:
    """One doubtful cell at a time."""
    return page(request, "queue", who, asked=asked, first=first)


@router.get("/groups")
def groups(request: Request, who: Known, asked: Asked) -> HTMLResponse:
    """Cells read as the same value, side by side."""
    return page(request, "groups", who, asked=asked)


@router.get("/tables/{document}/{report}/{table}")
def table(request: Request, who: Known, document: int, report: int, table: str) -> HTMLResponse:
    """A whole table over its pages."""
    return page(
        request, "table", who, place={"document": document, "report": report, "table": table}
    )


@router.get("/documents")
def documents(request: Request, who: Known) -> HTMLResponse:
    """The files, to choose one, a table of it, or a reason."""
    # Of the merely doubtful ones nobody is told apart from the sample's.
    flags = [flag for flag in Flag if flag is not Flag.LOW_CONFIDENCE]
    return page(request, "documents", who, flags=flags)


@router.get("/progress")
def progress(request: Request, who: Known) -> HTMLResponse:
    """How far the work is, and how fast it goes."""
    return page(request, "progress", who)


@router.get("/help")
def helppage(request: Request, who: Known) -> HTMLResponse:
    """What is asked, and which keys answer it."""
    return page(request, "help", who, flags=list(Flag))


@router.get("/login")
def login(request: Request, failed: bool = False) -> HTMLResponse:
    """Name and password; whoever is known already is sent on."""
    if getattr(request.state, "person", None) is not None:
        raise HTTPException(303, headers={"Location": "/"})
    return page(request, "login", None, failed=failed)


def _narrowed(asked: LeaseRequest, said: dict[str, str]) -> str:
    """What the queue is narrowed to, in words; "" for the whole of it."""
    parts = [
        said[f"flag_{asked.flag}"] if asked.flag else "",
        "" if asked.document is None else f"{said['file']} {asked.document}",
        asked.table or "",
    ]
    return " · ".join(part for part in parts if part)


def _is_alone(request: Request) -> bool:
    """Whether it is one person's own machine, where nobody signs in."""
    return getattr(request.app.state, "alone", None) is not None


def page(
    request: Request,
    name: str,
    who: Person | None,
    asked: LeaseRequest | None = None,
    **values: Any,
) -> HTMLResponse:
    """The frame `name`.html with its words, in the visitor's language and colours."""
    language = preferred(request.cookies.get("lang"), request.headers.get("accept-language", ""))
    theme = request.cookies.get("theme")
    said = words(language)
    text = _TEMPLATES.get_template(f"{name}.html").render(
        w=SimpleNamespace(**said),
        words=json.dumps(said, ensure_ascii=False),
        language=language,
        theme=theme if theme in ("light", "dark") else None,
        csrf=getattr(request.state, "csrf", ""),
        person=who,
        managing=who is not None and who.role == "admin" and not _is_alone(request),
        here=name,
        asked=asked.model_dump_json(exclude={"count", "exclude"}, exclude_none=True)
        if asked
        else "",
        narrowed=_narrowed(asked, said) if asked else "",
        **values,
    )
    headers = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Cache-Control": "no-store",
        "Vary": "Cookie, Accept-Language",
    }
    return HTMLResponse(text, headers=headers)
