"""People who may sign in, and those who are: passwords by Argon2, sessions by random tokens."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from document.errors import GoujiError
from review.tables import FailedLogin, Person, Visit

STAYS = 12 * 3600.0
"""Seconds until somebody has to sign in again."""

SHORTEST = 10
"""Characters of a password."""

MOST_TRIES, WITHIN = 5, 300.0
"""So many wrong passwords of one name or from one address, in so many seconds."""


class Role(StrEnum):
    REVIEWER = "reviewer"
    ADMIN = "admin"


class PersonError(GoujiError):
    """A person who cannot be made or found."""

    code = "person"


class TooManyTriesError(GoujiError):
    """Somebody is guessing passwords."""

    code = "too_many_tries"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody signed in; `csrf` is the token that their pages send back."""

    name: str
    role: Role
    csrf: str


def add(session: Session, name: str, password: str, role: Role) -> None:
    """A new person, or a new password and role for one there is. PersonError."""
    name = name.strip()
    if not name or len(name) > 80 or not name.isprintable():
        raise PersonError("a name has 1 to 80 printable characters")
    if len(password) < SHORTEST:
        raise PersonError(f"a password has at least {SHORTEST} characters")
    session.merge(Person(name=name, password=_HASHER.hash(password), role=role, active=True))
    session.execute(delete(Visit).where(Visit.name == name))


def dismiss(session: Session, name: str) -> None:
    """They can sign in no more, and are signed out; their answers stay."""
    person = session.get(Person, name)
    if person is None:
        raise PersonError(f"there is nobody called {name!r}")
    person.active = False
    session.execute(delete(Visit).where(Visit.name == name))


def check(session: Session, name: str, password: str, address: str, now: float) -> Role | None:
    """The role of who gave the right password; None for a wrong one, which counts.
    TooManyTriesError."""
    for who in (f"name {name}"[:160], f"address {address}"[:160]):
        if _tries(session, who, now) >= MOST_TRIES:
            raise TooManyTriesError("too many wrong passwords; wait five minutes")
    person = session.get(Person, name)
    known = person.password if person and person.active else _nobody()
    try:
        _HASHER.verify(known, password)
    except (Argon2Error, InvalidHashError):
        failed(session, name, address, now)
        return None
    return Role(person.role) if person else None


def failed(session: Session, name: str, address: str, now: float) -> None:
    """Counts a wrong password, of the name and of the address."""
    session.execute(delete(FailedLogin).where(FailedLogin.at < now - WITHIN))
    for who in (f"name {name}"[:160], f"address {address}"[:160]):
        session.add(FailedLogin(who=who, at=now))


def welcome(session: Session, name: str, role: Role, now: float) -> tuple[str, Visitor]:
    """A new session; the cookie's token, of which only the hash is kept."""
    session.execute(delete(Visit).where(Visit.until < now))
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    session.add(Visit(token=_digest(token), name=name, role=role, csrf=csrf, until=now + STAYS))
    return token, Visitor(name, role, csrf)


def visitor(session: Session, token: str, now: float) -> Visitor | None:
    """Whose cookie it is."""
    visit = session.get(Visit, _digest(token))
    if visit is None or visit.until < now:
        return None
    return Visitor(visit.name, Role(visit.role), visit.csrf)


def farewell(session: Session, token: str) -> None:
    """The cookie is worth nothing any more."""
    session.execute(delete(Visit).where(Visit.token == _digest(token)))


def anybody(session: Session) -> bool:
    """Whether there is anyone who can sign in."""
    return bool(session.scalar(select(func.count()).select_from(Person).where(Person.active)))


def _tries(session: Session, who: str, now: float) -> int:
    query = select(func.count()).select_from(FailedLogin)
    return session.scalar(query.where(FailedLogin.who == who, FailedLogin.at > now - WITHIN)) or 0


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_HASHER = PasswordHasher()


@cache
def _nobody() -> str:
    """Compared with where there is no such name, so that the time taken does not tell."""
    return _HASHER.hash(secrets.token_urlsafe(16))
