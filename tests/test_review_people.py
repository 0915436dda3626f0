"""Who may sign in, managed on a page: by an admin alone, and with the checks of the commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from review import people
from review.archive import Archive
from review.people import Role
from review.pictures import Pages
from review.web.app import Alone, create_app
from tests.queue_examples import archive, file_out

SECRET = "correct horse"


@pytest.fixture
def queue(tmp_path: Path) -> Archive:
    made = archive(tmp_path, file_out("a.pdf"))
    with made.database.write() as session:
        people.add(session, "zhao", SECRET, Role.ADMIN)
        people.add(session, "wang", SECRET, Role.REVIEWER)
    return made


@pytest.fixture
def team(queue: Archive) -> Iterator[TestClient]:
    with client(queue) as made:
        yield made


def client(queue: Archive) -> TestClient:
    app = create_app(queue, Pages())
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def sign_in(team: TestClient, name: str, password: str = SECRET) -> bool:
    team.cookies.clear()
    answer = team.post("/login", data={"name": name, "password": password})
    return bool(answer.headers.get("location") == "/")


def send(team: TestClient, path: str, **fields: str) -> str:
    """A form of the page, with its token; what is told, "" where it is done."""
    text = team.get("/people").text
    csrf = text.split('name="csrf" value="')[1].split('"')[0]
    answer = team.post(path, data={"csrf": csrf, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removeprefix("/people").removeprefix("?failed=")


def test_an_admin_lets_somebody_in(team: TestClient) -> None:
    sign_in(team, "zhao")
    assert send(team, "/people", name="li", password=SECRET, role="reviewer") == ""
    assert "li" in team.get("/people").text
    assert sign_in(team, "li")


def test_a_new_password_is_the_only_one(team: TestClient) -> None:
    sign_in(team, "zhao")
    assert send(team, "/people/password", name="wang", password="battery staple") == ""
    assert not sign_in(team, "wang")
    assert sign_in(team, "wang", "battery staple")


def test_who_was_removed_is_out_and_stays_known(team: TestClient, queue: Archive) -> None:
    with client(queue) as other:
        sign_in(other, "wang")
        sign_in(team, "zhao")
        assert send(team, "/people/remove", name="wang") == ""
        assert other.get("/api/v1/progress").status_code == 401
    assert "wang" in team.get("/people").text
    assert send(team, "/people", name="wang", password=SECRET, role="admin") == "exists"


def test_a_role_counts_from_the_next_request_on(team: TestClient, queue: Archive) -> None:
    with client(queue) as other:
        sign_in(other, "wang")
        assert other.get("/people").status_code == 403
        sign_in(team, "zhao")
        assert send(team, "/people/role", name="wang", role="admin") == ""
        assert other.get("/people").status_code == 200


@pytest.mark.parametrize("path", ["/people/remove", "/people/role"])
def test_no_admin_locks_themselves_out(team: TestClient, path: str) -> None:
    sign_in(team, "zhao")
    assert send(team, path, name="zhao", role="reviewer") == "self"
    assert team.get("/people").status_code == 200


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "li", "password": "short"}, "password"),
        ({"name": "li", "password": "x" * 201}, "password"),
        ({"name": "\x07", "password": SECRET}, "name"),
    ],
)
def test_what_the_commands_refuse_is_refused(
    team: TestClient, fields: dict[str, str], told: str
) -> None:
    sign_in(team, "zhao")
    assert send(team, "/people", role="reviewer", **fields) == told
    assert send(team, "/people/password", name="nobody", password=SECRET) == "unknown"


def test_no_reviewer_sees_or_changes_anybody(team: TestClient) -> None:
    sign_in(team, "wang")
    assert team.get("/people").status_code == 403
    page = team.get("/help").text
    assert "/people" not in page
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    for path in ("/people", "/people/password", "/people/role", "/people/remove"):
        sent = {"csrf": csrf, "name": "wang", "password": SECRET, "role": "admin"}
        assert team.post(path, data=sent).status_code == 403


def test_nothing_is_changed_without_the_page_s_token(team: TestClient) -> None:
    sign_in(team, "zhao")
    for path in ("/people", "/people/password", "/people/role", "/people/remove"):
        sent = {"name": "wang", "password": SECRET, "role": "admin"}
        assert team.post(path, data=sent).status_code == 403
    assert sign_in(team, "wang")


def test_who_works_alone_has_nobody_to_manage(queue: Archive) -> None:
    alone = Alone("li")
    app = create_app(queue, Pages(), alone)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as mine:
        mine.get(f"/?token={alone.token}")
        assert mine.get("/people").status_code == 403
        assert "/people" not in mine.get("/help").text
