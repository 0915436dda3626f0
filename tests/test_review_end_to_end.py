"""People at their screens, the real server, the real queue: from the link to the outputs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from document.output_file import read_json
from document.reading import Source
from review import people
from review.archive import Archive
from review.history import decisions
from review.items import cells_of
from review.people import Role
from review.pictures import Pages
from review.tables import Item
from review.web.app import Alone, create_app
from tests.browsing import LOOK, a_page, press, says, settles, shown
from tests.queue_examples import TRUTH, scanned_archive
from tests.review_fake_app import serving

PASSWORD = "correct horse"


@pytest.fixture
def queue(tmp_path: Path) -> Archive:
    return scanned_archive(tmp_path)


def pictures(queue: Archive) -> Pages:
    return Pages(queue.outputs.parent / "in")


@pytest.fixture
def alone(queue: Archive, browser: Any) -> Iterator[Any]:
    """One person who opened the link."""
    who = Alone("li")
    with serving(create_app(queue, pictures(queue), who)) as base, a_page(browser) as page:
        page.goto(f"{base}/?token={who.token}")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(LOOK)
        yield page


@contextmanager
def at_their_screens(queue: Archive, browser: Any, *names: str) -> Iterator[list[Any]]:
    """A team, signed in."""
    with queue.database.write() as session:
        for name in names:
            people.add(session, name, PASSWORD, Role.REVIEWER)
    with ExitStack() as stack:
        base = stack.enter_context(serving(create_app(queue, pictures(queue))))
        pages = [stack.enter_context(a_page(browser)) for _ in names]
        for page, name in zip(pages, names, strict=True):
            page.goto(base)
            page.fill("input[name=name]", name)
            page.fill("input[name=password]", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_selector("#answer")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(LOOK)
        yield pages


def column(page: Any) -> str:
    return str(page.locator("#column strong").text_content())


def answer_truly(page: Any) -> None:
    """What is printed there, digit by digit, and Enter."""
    press(page, *TRUTH[shown(page), column(page)], "Enter")


def values(queue: Archive) -> dict[tuple[str, str], str | None]:
    report = read_json(queue.path_of("a.png")).reports[0]
    return {(slot.row, slot.column): cell.value for slot, cell in cells_of(report)}


def humans(queue: Archive) -> int:
    report = read_json(queue.path_of("a.png")).reports[0]
    return sum(cell.source is Source.HUMAN for _, cell in cells_of(report))


def test_a_person_clears_the_queue_and_others_settle(alone: Any, queue: Archive) -> None:
    answer_truly(alone)
    answer_truly(alone)
    alone.wait_for_selector("#end:not([hidden])")
    settles(alone, lambda: humans(queue) == 2)
    settles(alone, lambda: "2 more settled" in says(alone, "#toast"))
    assert values(queue) == TRUTH


def test_what_a_person_took_back_is_open_again(alone: Any, queue: Archive) -> None:
    first = (shown(alone), column(alone))
    press(alone, "7", "7", "Enter")
    settles(alone, lambda: values(queue)[first] == "77")
    press(alone, "z")
    settles(alone, lambda: (shown(alone), column(alone)) == first)
    settles(alone, lambda: humans(queue) == 0)
    assert [told.remark for told in decisions(queue.database, "a.png")] == [" (taken back)", ""]


def test_two_people_look_at_different_cells_and_finish_together(
    queue: Archive, browser: Any
) -> None:
    with at_their_screens(queue, browser, "li", "wang") as (mine, yours):
        assert (shown(mine), column(mine)) != (shown(yours), column(yours))
        answer_truly(mine)
        answer_truly(yours)
        settles(mine, lambda: humans(queue) == 2)
        assert values(queue) == TRUTH
        assert {told.by for told in decisions(queue.database, "a.png")} == {"li", "wang"}


def test_the_second_at_one_cell_is_told_who_was_first(queue: Archive, browser: Any) -> None:
    with at_their_screens(queue, browser, "li", "wang") as (mine, yours):
        place = (shown(mine), column(mine))
        other = yours.evaluate(
            """async (number) => {
                const token = document.querySelector("meta[name=csrf-token]").content;
                const seen = await (await fetch(`/api/v1/items/${number}`)).json();
                const body = {version: seen.version, action: "value", text: "99"};
                const headers = {"Content-Type": "application/json", "X-CSRF-Token": token};
                const sent = {method: "POST", headers, body: JSON.stringify(body)};
                return (await fetch(`/api/v1/items/${number}/answer`, sent)).status;
            }""",
            _number_at(queue, place),
        )
        assert other == 200
        press(mine, "3", "3", "Enter")
        settles(mine, lambda: "wang" in says(mine, "body"))
        told = list(decisions(queue.database, "a.png"))
        assert [(each.by, each.remark) for each in told] == [
            ("wang", ""),
            ("li", " (too late: another was first)"),
        ]
        assert values(queue)[place] == "99"


def _number_at(queue: Archive, place: tuple[str, str]) -> int:
    at = select(Item.id).where(Item.row == place[0], Item.column == place[1])
    with queue.database.read() as session:
        return session.scalars(at).one()


def test_nobody_gets_in_with_a_wrong_password(queue: Archive, browser: Any) -> None:
    with at_their_screens(queue, browser, "li") as (mine,):
        mine.context.clear_cookies()
        mine.goto(mine.url)
        mine.fill("input[name=name]", "li")
        mine.fill("input[name=password]", "guessed")
        mine.keyboard.press("Enter")
        mine.wait_for_load_state("networkidle")
        assert mine.locator("#answer").count() == 0
        assert "password" in says(mine, "body").lower()
