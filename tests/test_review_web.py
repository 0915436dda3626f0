"""The review server: who may come in, what they get, and what is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from document.output_file import read_json
from document.reading import Source
from review import answering, people
from review.answering import Said
from review.answers import Action
from review.archive import Archive
from review.people import Role
from review.pictures import Pages
from review.tables import Decision, Document, Item
from review.views import LARGEST
from review.web.app import Alone, create_app
from tests.queue_examples import TRUTH, archive, file_out, scan, scanned_archive
from tests.test_review_proposals import SWAPPED

HERE = "http://127.0.0.1"


@pytest.fixture
def queue(tmp_path: Path) -> Archive:
    return scanned_archive(tmp_path)


def app_of(queue: Archive, alone: Alone | None = None) -> TestClient:
    pictures = Pages(queue.outputs.parent / "in")
    return TestClient(create_app(queue, pictures, alone), base_url=HERE, follow_redirects=False)


@pytest.fixture
def mine(queue: Archive) -> Iterator[TestClient]:
    """Somebody who opened the link."""
    alone = Alone("li")
    with app_of(queue, alone) as client:
        answer = client.get(f"/?token={alone.token}")
        assert answer.status_code == 303
        page = client.get("/").text
        client.headers["X-CSRF-Token"] = page.split('name="csrf-token" content="')[1].split('"')[0]
        yield client


@pytest.fixture
def team(queue: Archive) -> Iterator[TestClient]:
    with queue.database.write() as session:
        people.add(session, "wang", "correct horse", Role.REVIEWER)
    with app_of(queue) as client:
        yield client


def test_the_link_opens_once(queue: Archive) -> None:
    alone = Alone("li")
    with app_of(queue, alone) as client:
        link = f"/?token={alone.token}"
        assert client.get("/").status_code == 403
        assert client.get("/?token=guessed").status_code == 403
        assert client.get(link).status_code == 303
        assert client.get("/").status_code == 200
        client.cookies.clear()
        again = client.get(link)
        assert again.status_code == 403
        assert "start it again" in again.text


def test_a_page_of_another_name_reaches_nothing(queue: Archive) -> None:
    """Else any site could point its name at 127.0.0.1."""
    alone = Alone("li")
    with app_of(queue, alone) as client:
        headers = {"Host": "evil.example"}
        assert client.get(f"/?token={alone.token}", headers=headers).status_code == 400


@pytest.mark.parametrize(
    "path", ["/api/v1/progress", "/api/v1/items/1", "/pictures/items/1/cell", "/api/v1/export"]
)
def test_who_is_unknown_gets_nothing(queue: Archive, path: str) -> None:
    with app_of(queue) as client:
        assert client.get(path).status_code == 401
        assert client.get("/progress").headers["location"] == "/login"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(team: TestClient) -> None:
    answer = team.post("/login", data={"name": "wang", "password": "correct horse"})
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert team.get("/").status_code == 200


def test_a_wrong_password_and_a_wrong_name_are_told_alike(team: TestClient) -> None:
    for name in ("wang", "nobody"):
        answer = team.post("/login", data={"name": name, "password": "wrong"})
        assert answer.headers["location"] == "/login?failed=true"


def test_guessing_is_slowed_down_and_waiting_helps(team: TestClient) -> None:
    clock = [1000.0]
    team.app.state.clock = lambda: clock[0]  # type: ignore[attr-defined]
    right = {"name": "wang", "password": "correct horse"}
    for _ in range(people.MOST_TRIES):
        team.post("/login", data={"name": "wang", "password": "wrong"})
    assert team.post("/login", data=right).status_code == 429
    clock[0] += people.WITHIN + 1
    assert team.post("/login", data=right).headers["location"] == "/"


def test_who_was_removed_is_out_at_once(team: TestClient, queue: Archive) -> None:
    team.post("/login", data={"name": "wang", "password": "correct horse"})
    with queue.database.write() as session:
        people.dismiss(session, "wang")
    assert team.get("/api/v1/progress").status_code == 401
    answer = team.post("/login", data={"name": "wang", "password": "correct horse"})
    assert answer.headers["location"] == "/login?failed=true"


def test_passwords_are_kept_hashed(queue: Archive) -> None:
    with queue.database.write() as session:
        people.add(session, "wang", "correct horse", Role.REVIEWER)
    stored = b"".join(path.read_bytes() for path in queue.outputs.glob("gouji.db*"))
    assert b"correct horse" not in stored
    assert b"$argon2id$" in stored


def test_a_session_ends(team: TestClient) -> None:
    clock = [1000.0]
    team.app.state.clock = lambda: clock[0]  # type: ignore[attr-defined]
    team.post("/login", data={"name": "wang", "password": "correct horse"})
    assert team.get("/api/v1/progress").status_code == 200
    clock[0] += people.STAYS + 1
    assert team.get("/api/v1/progress").status_code == 401


def test_nothing_is_changed_without_the_page_s_token(mine: TestClient) -> None:
    del mine.headers["X-CSRF-Token"]
    for path in ("/api/v1/leases", "/api/v1/undo", "/logout"):
        assert mine.post(path, json={}).status_code == 403
    mine.headers["X-CSRF-Token"] = "of another page"
    assert mine.post("/api/v1/leases", json={}).status_code == 403


def test_every_answer_forbids_scripts_of_others(mine: TestClient) -> None:
    for path in ("/", "/api/v1/progress", "/static/queue.js"):
        policy = mine.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_an_answer_s_way(mine: TestClient, queue: Archive) -> None:
    lease = mine.post("/api/v1/leases", json={"count": 2}).json()
    assert lease["left"] == 4
    first, second = lease["items"]
    for item in (first, second):
        text = TRUTH[item["row"], item["column"]]
        body = {"version": item["version"], "action": "value", "text": text, "seconds": 1.2}
        reply = mine.post(f"/api/v1/items/{item['id']}/answer", json=body).json()
    assert reply["settled"] == 2
    assert reply["left"] == 0
    sources = [c.source for c in read_json(queue.path_of("a.png")).reports[0].tables[0].cells]
    assert sources.count(Source.HUMAN) == 2
    late = mine.post(f"/api/v1/items/{first['id']}/answer", json=body)
    assert late.status_code == 409
    assert late.json()["by"] == "li"
    undone = mine.post("/api/v1/undo").json()
    assert undone["item"]["id"] == second["id"]
    assert undone["left"] == 3


def test_an_undo_sent_twice_is_one(mine: TestClient) -> None:
    for item in mine.post("/api/v1/leases", json={"count": 2}).json()["items"]:
        body = {"version": item["version"], "action": "blank"}
        mine.post(f"/api/v1/items/{item['id']}/answer", json=body)
    replies = [mine.post("/api/v1/undo", json={"request": "0123abcd"}).json() for _ in range(2)]
    assert replies[0]["item"]["id"] == replies[1]["item"]["id"]
    assert replies[0]["left"] == replies[1]["left"]


def test_the_history_has_what_was_on_the_screen(mine: TestClient, queue: Archive) -> None:
    """The arithmetic may have come to something else meanwhile."""
    (item,) = mine.post("/api/v1/leases", json={"count": 1}).json()["items"]
    shown = {"value": "4711", "flags": ["corrected"], "reason": "4711 = 4710 + 1"}
    body = {"version": item["version"], "action": "value", "text": "4711", "shown": shown}
    assert mine.post(f"/api/v1/items/{item['id']}/answer", json=body).status_code == 200
    with queue.database.read() as session:
        (decision,) = session.scalars(select(Decision))
    assert {name: decision.shown[name] for name in shown} == shown
    assert decision.shown["read"] == item["read"]


def test_an_item_shows_its_rules_with_the_numbers_as_they_are(mine: TestClient) -> None:
    (item,) = mine.post("/api/v1/leases", json={"count": 1}).json()["items"]
    assert {rule["name"] for rule in item["rules"]} >= {"row_total"}
    for rule in item["rules"]:
        assert sum(term["this"] for term in rule["terms"]) == 1


def test_a_choice_is_what_readers_saw_beside_the_value(mine: TestClient) -> None:
    for item in mine.post("/api/v1/leases", json={"count": 4}).json()["items"]:
        assert [choice["key"] for choice in item["choices"]] == ["A"]
        assert item["value"] not in {choice["value"] for choice in item["choices"]}


def test_a_group_is_answered_at_once(mine: TestClient) -> None:
    group = mine.post("/api/v1/groups", json={}).json()
    assert len({item["value"] for item in group["items"]}) == 1
    pairs = [[item["id"], item["version"]] for item in group["items"]]
    answer = {"items": pairs, "value": group["value"], "seconds": 2}
    reply = mine.post("/api/v1/groups/answer", json=answer).json()
    assert reply["accepted"] == [number for number, _ in pairs]
    assert reply["refused"] == []


def test_a_group_leaves_out_what_was_put_aside(mine: TestClient) -> None:
    (first, *_) = mine.post("/api/v1/groups", json={}).json()["items"]
    group = mine.post("/api/v1/groups", json={"exclude": [first["id"]]}).json()
    assert first["id"] not in {item["id"] for item in group["items"]}


def test_a_file_s_tables_tell_what_of_them_waits(mine: TestClient) -> None:
    (table,) = mine.get("/api/v1/documents/1/tables").json()
    assert (table["report"], table["table"], table["open"]) == (0, "requests", 4)
    assert table["flags"]["corrected"] == 4
    assert mine.get("/api/v1/documents/99/tables").status_code == 404


def test_a_chinese_page_is_told_why_in_chinese(mine: TestClient) -> None:
    def reasons(**headers: str) -> str:
        items = mine.post("/api/v1/leases", json={"count": 4}, headers=headers).json()["items"]
        return " ".join(item["reason"] or "" for item in items)

    assert "the picture allows" in reasons()
    told = reasons(**{"Accept-Language": "zh-CN"})
    assert "图像也可以是" in told
    assert "picture" not in told


def test_pictures_are_of_the_cell(mine: TestClient) -> None:
    (item,) = mine.post("/api/v1/leases", json={"count": 1}).json()["items"]
    for kind, sort in (("cell", "image/png"), ("around", "image/jpeg")):
        answer = mine.get(f"/pictures/items/{item['id']}/{kind}")
        assert answer.headers["content-type"] == sort
    assert mine.get(f"/pictures/documents/{item['document']}/pages/1").status_code == 200
    assert mine.get(f"/pictures/documents/{item['document']}/pages/99").status_code == 404


def test_a_proposal_s_picture_has_its_cells_and_another_cell_has_none(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.png"
    scan(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    queue = archive(tmp_path / "out", file_out("a.png", SWAPPED, sha256=digest, match=0.99))
    with queue.database.read() as session:
        items = {item.row: item.id for item in session.scalars(select(Item))}
    alone = Alone("li")
    with app_of(queue, alone) as client:
        client.get(f"/?token={alone.token}")
        told = {row: client.get(f"/pictures/items/{n}/proposal") for row, n in items.items()}
        assert client.get("/pictures/items/1/proposal").status_code == 404
    assert told["total"].headers["content-type"] == "image/jpeg"
    for row, answer in told.items():
        assert answer.status_code == (200 if row in {"total", "carried_out"} else 404)


def test_no_picture_of_a_file_that_changed_since(mine: TestClient, queue: Archive) -> None:
    (item,) = mine.post("/api/v1/leases", json={"count": 1}).json()["items"]
    path = queue.outputs.parent / "in" / "a.png"
    path.write_bytes(path.read_bytes() + b" ")
    assert mine.get(f"/pictures/items/{item['id']}/cell").status_code == 404


def test_a_page_is_sent_again_only_when_the_file_is_another(
    mine: TestClient, queue: Archive
) -> None:
    address = "/pictures/documents/1/pages/1"
    first = mine.get(address)
    assert "no-cache" in first.headers["cache-control"]
    seen = {"If-None-Match": first.headers["etag"]}
    again = mine.get(address, headers=seen)
    assert (again.status_code, again.content) == (304, b"")
    path = queue.outputs.parent / "in" / "a.png"
    path.write_bytes(path.read_bytes() + b" ")
    with queue.database.write() as session:
        session.get_one(Document, 1).sha256 = Pages()._digest(path)
    assert mine.get(address, headers=seen).status_code == 200


LARGE = [0, -1, LARGEST, LARGEST + 1, 2**63, 10**30]


@pytest.mark.parametrize("number", LARGE)
@pytest.mark.parametrize(
    "path", ["items/{}/cell", "items/{}/around", "documents/{}/pages/1", "documents/1/pages/{}"]
)
def test_no_number_is_too_large_to_be_told_that_there_is_no_picture(
    mine: TestClient, path: str, number: int
) -> None:
    assert mine.get(f"/pictures/{path.format(number)}").status_code in {404, 422}


def test_a_cell_beyond_its_page_has_no_picture(mine: TestClient, queue: Archive) -> None:
    path = queue.path_of("a.png")
    out = json.loads(path.read_text())
    for cell in out["reports"][0]["tables"][0]["cells"]:
        cell["bbox"] = [5000, 5000, 5010, 5010]
    path.write_text(json.dumps(out))
    for kind in ("cell", "around"):
        assert mine.get(f"/pictures/items/1/{kind}").status_code == 404


def test_no_path_gets_out_of_the_archive(mine: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fpeople.py"):
        assert mine.get(path).status_code == 404


def test_the_export_is_every_output(mine: TestClient, queue: Archive) -> None:
    lines = mine.get("/api/v1/export").text.splitlines()
    assert len(lines) == 1
    assert type(read_json(queue.path_of("a.png"))).model_validate_json(lines[0])


def test_a_reviewer_sees_their_own_pace_and_an_admin_everybody_s(
    team: TestClient, queue: Archive
) -> None:
    with queue.database.write() as session:
        people.add(session, "zhao", "correct horse", Role.ADMIN)
        item = session.scalars(select(Item)).first()
    assert item
    for name in ("wang", "zhao"):
        said = Said(name, item.version, Action.BLANK, "", 1.0, 0.0)
        item.version += not answering.give(queue, item.id, said).refused
    for name, seen in (("wang", ["wang"]), ("zhao", ["wang", "zhao"])):
        team.cookies.clear()
        team.post("/login", data={"name": name, "password": "correct horse"})
        reviewers = team.get("/api/v1/progress").json()["reviewers"]
        assert [each["name"] for each in reviewers] == seen


def test_progress_tells_who_did_what(mine: TestClient) -> None:
    (item,) = mine.post("/api/v1/leases", json={"count": 1}).json()["items"]
    body = {"version": item["version"], "action": "blank", "seconds": 2.5}
    mine.post(f"/api/v1/items/{item['id']}/answer", json=body)
    told = mine.get("/api/v1/progress").json()
    assert told["done"] == 1
    (reviewer,) = told["reviewers"]
    assert (reviewer["name"], reviewer["answers"], reviewer["median_seconds"]) == ("li", 1, 2.5)
    assert told["finish"]


def test_a_file_whose_output_vanished_is_passed_over(mine: TestClient, queue: Archive) -> None:
    mine.post("/api/v1/leases", json={"count": 1})
    queue.path_of("a.png").unlink()
    assert mine.post("/api/v1/leases", json={"count": 3}).json() == {"items": [], "left": 0}
    assert mine.get("/").status_code == 200
    assert mine.get("/api/v1/export").text == ""
    assert mine.get("/api/v1/items").json() == []


def test_the_export_is_not_for_reviewers(team: TestClient) -> None:
    """It tells which of the cells in the queue were accepted."""
    team.post("/login", data={"name": "wang", "password": "correct horse"})
    assert team.get("/api/v1/export").status_code == 403
