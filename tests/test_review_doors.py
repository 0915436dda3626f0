"""The review server's doors: what is refused before anybody is asked, and who stays in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from review import people
from review.archive import Archive
from review.database import Database
from review.people import PersonError, Role, TooManyTriesError
from review.pictures import Pages
from review.tables import FailedLogin, Visit
from review.web.app import Alone, create_app
from review.web.middleware import LARGEST_BODY, SAFE_HEADERS
from tests import postgresql
from tests.queue_examples import archive, file_out

HERE = "http://127.0.0.1"
PASSWORD = "correct horse"
RIGHT = {"name": "wang", "password": PASSWORD}


@pytest.fixture
def queue(tmp_path: Path) -> Archive:
    return archive(tmp_path, file_out("a.pdf"))


def client_of(queue: Archive, alone: Alone | None = None) -> TestClient:
    return TestClient(create_app(queue, Pages(), alone), base_url=HERE, follow_redirects=False)


@pytest.fixture
def team(queue: Archive) -> Iterator[TestClient]:
    with queue.database.write() as session:
        people.add(session, "wang", PASSWORD, Role.REVIEWER)
    with client_of(queue) as client:
        yield client


def state(client: TestClient) -> Any:
    return client.app.state  # type: ignore[attr-defined]


def breaks(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """From now on the database gives this error."""

    def broken(_: Database) -> None:
        raise error

    monkeypatch.setattr(Database, "read", broken)
    monkeypatch.setattr(Database, "write", broken)


GONE = OperationalError("select", {}, sqlite3.OperationalError("disk I/O error"))


@pytest.mark.parametrize("error", [GONE, OSError(28, "No space left on device")])
def test_a_database_that_fails_is_told_and_may_be_asked_again(
    team: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    team.post("/login", data=RIGHT)
    breaks(monkeypatch, error)
    for answer in (team.get("/api/v1/progress"), team.post("/login", data=RIGHT)):
        assert answer.status_code == 503
        assert answer.json()["message"].endswith(("disk I/O error", "No space left on device"))


def test_the_link_is_good_until_it_let_somebody_in(
    queue: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = Alone("li")
    link = f"/?token={alone.token}"
    with client_of(queue, alone) as client:
        assert client.head(link).status_code == 403
        with monkeypatch.context() as away:
            breaks(away, GONE)
            assert client.get(link).status_code == 503
        assert client.get(link).status_code == 303
        client.cookies.clear()
        assert client.get(link).status_code == 403


def test_two_reviews_in_one_browser_leave_each_other_alone(queue: Archive, tmp_path: Path) -> None:
    """A browser sends its cookies for 127.0.0.1 to every port there."""
    other = archive(tmp_path / "other", file_out("b.pdf"))
    ours, theirs = Alone("li"), Alone("li")
    with client_of(queue, ours) as first, client_of(other, theirs) as second:
        first.get(f"/?token={ours.token}")
        second.cookies = first.cookies
        second.get(f"/?token={theirs.token}")
        first.cookies = second.cookies
        assert first.get("/api/v1/me").status_code == 200
        assert second.get("/api/v1/me").status_code == 200
    other.database.close()


def test_a_visit_by_the_link_is_none_of_the_team_s(team: TestClient, queue: Archive) -> None:
    with queue.database.write() as session:
        token, _ = people.welcome(session, "wang", people.LOCAL, state(team).clock())
    team.cookies.set(state(team).cookie, token)
    assert team.get("/api/v1/me").status_code == 401


def test_a_visit_of_somebody_dismissed_is_over_wherever_it_came_from(
    team: TestClient, queue: Archive
) -> None:
    """They may be signing in just while they are dismissed."""
    with queue.database.write() as session:
        people.dismiss(session, "wang")
        token, _ = people.welcome(session, "wang", Role.ADMIN, state(team).clock())
    team.cookies.set(state(team).cookie, token)
    assert team.get("/api/v1/me").status_code == 401


def test_a_visit_goes_on_while_it_is_used_written_down_once_a_minute(
    team: TestClient, queue: Archive
) -> None:
    clock = [1000.0]
    state(team).clock = lambda: clock[0]
    team.post("/login", data=RIGHT)

    def until() -> float:
        with queue.database.read() as session:
            return session.scalars(select(Visit.until)).one()

    clock[0] += 59
    assert "set-cookie" not in team.get("/api/v1/me").headers
    assert until() == 1000 + people.STAYS
    for _ in range(3):
        clock[0] += people.STAYS - 60
        answer = team.get("/api/v1/me")
        assert answer.status_code == 200
        assert f"Max-Age={int(people.STAYS)}" in answer.headers["set-cookie"]
        assert until() == clock[0] + people.STAYS
    clock[0] += people.STAYS - 60
    gone = team.post("/logout", data={"csrf": answer.json()["csrf"]})
    assert "Max-Age=0" in gone.headers["set-cookie"]


def test_a_body_that_is_too_large_is_refused_wherever_it_is_sent(team: TestClient) -> None:
    for path in ("/login", "/api/v1/leases", "/nowhere"):
        assert team.post(path, content=b"a" * (LARGEST_BODY + 1)).status_code == 413
        assert team.post(path, content=b"a" * LARGEST_BODY).status_code != 413


def test_a_body_must_tell_its_length_and_keep_to_it(team: TestClient) -> None:
    def pieces(count: int) -> Iterator[bytes]:
        yield from [b"a" * 1024] * count

    assert team.post("/login", content=pieces(1)).status_code == 411
    for length in ("7 ", "-1", "²"):
        headers = {"Content-Length": length.encode("latin-1")}
        assert team.post("/login", content=b"", headers=headers).status_code == 400  # type: ignore[arg-type]
    lies = {"Content-Length": "10"}
    assert team.post("/login", content=pieces(65), headers=lies).status_code == 413


@pytest.mark.parametrize("sort", ["application/json", "multipart/form-data; boundary=a", ""])
def test_a_login_is_a_plain_form(team: TestClient, sort: str) -> None:
    answer = team.post("/login", content=b"{}", headers={"Content-Type": sort})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {"Origin": "http://[127.0.0.1"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://evil.example.org"},
    ],
)
def test_nobody_is_signed_in_from_another_site(team: TestClient, headers: dict[str, str]) -> None:
    answer = team.post("/login", data=RIGHT, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": HERE},
        {"Sec-Fetch-Site": "same-origin", "Origin": HERE},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://review.example"},  # by a proxy
    ],
)
def test_our_own_form_signs_in(team: TestClient, headers: dict[str, str]) -> None:
    assert team.post("/login", data=RIGHT, headers=headers).headers["location"] == "/"


def test_refusals_carry_the_same_safe_headers(team: TestClient, queue: Archive) -> None:
    with client_of(queue, Alone("li")) as mine:
        refused = [
            mine.get("/"),
            mine.get("/", headers={"Host": "evil.example"}),
            team.get("/api/v1/me"),
            team.get("/"),
            team.post("/login", content=b"a" * (LARGEST_BODY + 1)),
        ]
    assert [answer.status_code for answer in refused] == [403, 400, 401, 303, 413]
    for answer in refused:
        assert {name: answer.headers.get(name) for name in SAFE_HEADERS} == SAFE_HEADERS


@pytest.mark.parametrize("name", ["wang\0", "wa\x1bng", "\x00", "w\u202eang", " ", "w" * 81])
def test_no_name_has_control_characters(queue: Archive, team: TestClient, name: str) -> None:
    with queue.database.write() as session, pytest.raises(PersonError):
        people.add(session, name, PASSWORD, Role.REVIEWER)
    role = people.check(queue.database, name, PASSWORD, "here", 0.0)
    assert role is None


def test_a_password_is_no_longer_than_the_door_takes(queue: Archive, team: TestClient) -> None:
    longest = "密" * people.LONGEST
    with queue.database.write() as session:
        people.add(session, "zhao", longest, Role.REVIEWER)
        with pytest.raises(PersonError):
            people.add(session, "qian", longest + "密", Role.REVIEWER)
    answer = team.post("/login", data={"name": "zhao", "password": longest})
    assert answer.headers["location"] == "/"


def test_a_right_password_is_no_try_and_leaves_the_wrong_ones(
    queue: Archive, team: TestClient
) -> None:
    check = people.check
    assert check(queue.database, "wang", "wrong", "here", 0.0) is None
    for _ in range(people.MOST_TRIES + 1):
        assert check(queue.database, "wang", PASSWORD, "here", 0.0) is Role.REVIEWER
    with queue.database.read() as session:
        whose = sorted(session.scalars(select(FailedLogin.who)))
    assert whose == ["address here", "name wang"]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        yield Database.beside(tmp_path)
    elif postgresql.programs() is None:
        pytest.skip(postgresql.WAY_OUT)
    else:
        with postgresql.server() as url:
            made = Database.at(url)
            yield made
            made.close()


def test_many_wrong_passwords_at_once_are_no_more_than_one_after_another(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as session:
        people.add(session, "wang", PASSWORD, Role.REVIEWER)
    verified = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, known: str, given: str) -> bool:
        verified.append(given)
        return verify(self, known, given)

    monkeypatch.setattr(PasswordHasher, "verify", counted)

    def guess(number: int) -> str:
        try:
            role = people.check(database, "wang", f"guess {number}", "here", 1000.0)
        except TooManyTriesError:
            return "too many"
        return "wrong" if role is None else "in"

    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(guess, range(16)))
    assert sorted(told) == ["too many"] * 11 + ["wrong"] * people.MOST_TRIES
    assert len(verified) == people.MOST_TRIES
