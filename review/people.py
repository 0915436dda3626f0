"""People who may sign in, and those who are: passwords by Argon2, sessions by random tokens."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from document.errors import GoujiError
from review.database import Database
from review.tables import FailedLogin, Person, Visit

STAYS = 12 * 3600.0
"""Seconds without a request until somebody has to sign in again."""

MINUTE = 60.0
"""Between two prolongations of a visit."""

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""

MOST_TRIES, WITHIN = 5, 300.0
"""So many wrong passwords of one name or from one address, in so many seconds."""

LOCAL: Literal["local"] = "local"
"""In place of a role, in visits by the link of one's own machine: no team knows them."""


class Role(StrEnum):
    REVIEWER = "reviewer"
    ADMIN = "admin"


VisitRole = Role | Literal["local"]


class PersonError(GoujiError):
    """A person who cannot be made or found; `what` stands in the way."""

    code = "person"

    def __init__(self, message: str, what: Literal["name", "password", "unknown"]) -> None:
        super().__init__(message)
        self.what = what


class TooManyTriesError(GoujiError):
    """Somebody is guessing passwords."""

    code = "too_many_tries"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody signed in; `csrf` is the token that their pages send back; `prolonged`: whether
    their visit was just now, so that their cookie should be, too."""

    name: str
    role: Role
    csrf: str
    prolonged: bool = False


def add(session: Session, name: str, password: str, role: Role, *, active: bool = True) -> None:
    """A new person, or a new password and role for one there is. PersonError."""
    name = name.strip()
    if not _is_name(name):
        raise PersonError("a name has 1 to 80 printable characters", "name")
    if len(password) < SHORTEST:
        raise PersonError(f"a password has at least {SHORTEST} characters", "password")
    if len(password) > LONGEST:
        raise PersonError(f"a password has at most {LONGEST} characters", "password")
    session.merge(Person(name=name, password=_HASHER.hash(password), role=role, active=active))
    session.execute(delete(Visit).where(Visit.name == name))


def set_password(session: Session, name: str, password: str) -> None:
    """A new one; they are signed out. PersonError."""
    person = _person(session, name)
    add(session, name, password, Role(person.role), active=person.active)


def set_role(session: Session, name: str, role: Role) -> None:
    """From their next request on. PersonError."""
    _person(session, name).role = role


def everybody(session: Session) -> list[Person]:
    """Those who may sign in first, each part by name."""
    return list(session.scalars(select(Person).order_by(Person.active.desc(), Person.name)))


def _person(session: Session, name: str) -> Person:
    person = session.get(Person, name)
    if person is None:
        raise PersonError(f"there is nobody called {name!r}", "unknown")
    return person


def dismiss(session: Session, name: str) -> None:
    """They can sign in no more, and are signed out; their answers stay."""
    _person(session, name).active = False
    session.execute(delete(Visit).where(Visit.name == name))


def check(database: Database, name: str, password: str, address: str, now: float) -> Role | None:
    """The role of who gave the right password; None for a wrong one, which counts.
    TooManyTriesError.

    A try counts before it is looked at, so that many at once are no more than one after another;
    the slow part holds no lock.
    """
    if not _is_name(name):
        return None
    with database.write() as session:
        tries = _count(session, (f"name {name}"[:160], f"address {address}"[:160]), now)
    with database.read() as session:
        person = session.get(Person, name)
        known = person.password if person and person.active else _nobody()
        role = Role(person.role) if person else None
    try:
        _HASHER.verify(known, password)
    except (Argon2Error, InvalidHashError):
        return None
    with database.write() as session:
        session.execute(delete(FailedLogin).where(FailedLogin.id.in_(tries)))
    return role


def _count(session: Session, whose: tuple[str, str], now: float) -> list[int]:
    """One more try of each; their numbers. TooManyTriesError."""
    if session.get_bind().dialect.name == "postgresql":  # else two would count at once
        for who in whose:
            session.execute(select(func.pg_advisory_xact_lock(func.hashtext(who))))
    session.execute(delete(FailedLogin).where(FailedLogin.at < now - WITHIN))
    if any(_tries(session, who, now) >= MOST_TRIES for who in whose):
        raise TooManyTriesError("too many wrong passwords; wait five minutes")
    tries = [FailedLogin(who=who, at=now) for who in whose]
    session.add_all(tries)
    session.flush()
    return [each.id for each in tries]


def welcome(session: Session, name: str, role: VisitRole, now: float) -> tuple[str, Visitor]:
    """A new session; the cookie's token, of which only the hash is kept. Who came by the link of
    their own machine is its admin."""
    session.execute(delete(Visit).where(Visit.until < now))
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    session.add(Visit(token=_digest(token), name=name, role=role, csrf=csrf, until=now + STAYS))
    return token, Visitor(name, Role.ADMIN if role == LOCAL else role, csrf)


def visitor(database: Database, token: str, now: float, *, local: bool = False) -> Visitor | None:
    """Whose cookie it is. `local`: only visits by the link count; else only those of people who
    may still sign in. A visit goes on while it is used, noted once a minute."""
    digest = _digest(token)
    with database.read() as session:
        visit = session.get(Visit, digest)
        if visit is None or visit.until < now or (visit.role == LOCAL) is not local:
            return None
        person = None if local else session.get(Person, visit.name)
    if not local and (person is None or not person.active):
        return None
    role = Role(person.role) if person else Role.ADMIN
    old = visit.until < now + STAYS - MINUTE
    if old:
        with database.write() as session:
            later = update(Visit).where(Visit.token == digest, Visit.until == visit.until)
            session.execute(later.values(until=now + STAYS))
    return Visitor(visit.name, role, visit.csrf, prolonged=old)


def farewell(session: Session, token: str) -> None:
    """The cookie is worth nothing any more."""
    session.execute(delete(Visit).where(Visit.token == _digest(token)))


def anybody(session: Session) -> bool:
    """Whether there is anyone who can sign in."""
    return bool(session.scalar(select(func.count()).select_from(Person).where(Person.active)))


def _is_name(name: str) -> bool:
    return 0 < len(name) <= 80 and name.isprintable()


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
