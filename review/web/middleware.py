"""What every request and every answer goes through, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.web.pages import CONTENT_SECURITY_POLICY

LARGEST_BODY = 64 * 1024
"""Bytes; the longest that a page sends is a group's answer, about 5,000."""

SAFE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: with it a browser hides the origin of our own login form, too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class SafeHeaders:
    """Puts `SAFE_HEADERS` on every answer, refusals included."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, safely)


@dataclass(frozen=True, slots=True)
class SmallBodies:
    """Lets no body through that is over `LARGEST_BODY` or does not tell its length."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        try:
            whole = [await _whole(Headers(scope=scope).get("content-length"), receive)]
        except _RefusedError as refused:
            # What is left of the body is not read: the connection is worth nothing any more.
            answer = JSONResponse(
                {"message": str(refused)}, refused.status, {"Connection": "close"}
            )
            return await answer(scope, receive, send)

        async def again() -> Message:
            return whole.pop() if whole else await receive()

        return await self.app(scope, again, send)


class _RefusedError(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def _whole(told: str | None, receive: Receive) -> Message:
    """The body in one message, `told` bytes long; or that nobody waits for an answer any more."""
    if told is not None and not (told.isascii() and told.isdigit()):
        raise _RefusedError(400, "Content-Length is no number")
    if told is not None and int(told[:9]) > LARGEST_BODY:
        raise _too_large()
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return message
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if told is None and (body or more):
            raise _RefusedError(411, "a body must tell its length")
        if len(body) > LARGEST_BODY:
            raise _too_large()
        if not more:
            return {"type": "http.request", "body": body, "more_body": False}


def _too_large() -> _RefusedError:
    return _RefusedError(413, f"more than {LARGEST_BODY // 1024} KB at once")
