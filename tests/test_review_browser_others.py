"""The queue screen when others answer, the arithmetic settles cells, or the server is away."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browsing import LOOK, Visit, press, says, settles, shown, typed
from tests.review_fake import Fake, Reviewer
from tests.review_items import a_queue, an_item


def test_settled_cells_are_told_and_leave_the_queue(visit: Visit) -> None:
    fake = Fake(a_queue(5), settles={1: [3, 4, 5]})
    page = visit(fake)
    press(page, "Enter")
    settles(page, lambda: "3 more settled" in says(page, "#toast"))
    assert page.locator("#toast").get_attribute("aria-live") == "polite"
    settles(page, lambda: says(page, "#left") == "1 left")
    press(page, "Enter")
    page.wait_for_selector("#end:not([hidden])")
    assert [item for item, _ in fake.said] == [1, 2]


def test_the_cell_on_the_screen_is_skipped_when_it_settles_but_not_while_one_types(
    visit: Visit,
) -> None:
    fake = Fake(a_queue(4), settles={1: [2]}, delay=0.3)
    page = visit(fake)
    press(page, "Enter")
    settles(page, lambda: shown(page) == "(3)予以公开")
    assert "settled" in says(page, "#toast")

    fake = Fake(a_queue(4), settles={1: [2]}, delay=0.3)
    page = visit(fake)
    press(page, "Enter")
    press(page, "5")
    page.wait_for_timeout(800)
    assert (shown(page), typed(page)) == ("(2)予以公开", "5")


def test_who_comes_second_is_told_and_keeps_what_was_typed(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    fake.somebody_answers(1, "27")
    press(page, "9", "9", "Enter")
    notice = page.locator("#notices .notice")
    notice.wait_for()
    told = notice.text_content()
    assert "韩梅梅" in told
    assert "27" in told
    assert "99" in told
    assert shown(page) == "(2)予以公开"  # the work goes on
    notice.get_by_role("button", name="Look at it again").click()
    settles(page, lambda: shown(page) == "(1)予以公开")
    assert typed(page) == "99"
    page.wait_for_timeout(LOOK)
    press(page, "Enter")  # corrects it, with the version that is seen now
    settles(page, lambda: fake.said == [(1, "99")])


@pytest.mark.parametrize(
    ("status", "told"),
    [(500, "cannot be reached"), (503, "cannot be reached"), (401, "logged out")],
)
def test_answers_wait_while_the_server_is_away(visit: Visit, status: int, told: str) -> None:
    fake = Fake(a_queue(3), fails=status)
    page = visit(fake)
    press(page, "7", "Enter")
    press(page, "8", "Enter")
    notice = page.locator("#notices")
    settles(page, lambda: told in notice.text_content() and "sent: 2" in notice.text_content())
    assert not fake.said
    fake.fails = None
    notice.get_by_role("button", name="Try again").click()
    settles(page, lambda: fake.said == [(1, "7"), (2, "8")])
    settles(page, lambda: not notice.text_content())


def three_times(page: Any) -> None:
    """An answer is tried again."""
    for _ in range(3):
        button = page.locator("[data-notice=stuck]").get_by_role("button", name="Try again")
        button.click()
        page.wait_for_timeout(300)


def test_an_answer_that_the_server_fails_at_holds_up_no_other(visit: Visit) -> None:
    fake = Fake(a_queue(4), fails_at=[1])
    page = visit(fake)
    press(page, "7", "Enter")
    press(page, "8", "Enter")
    settles(page, lambda: "sent: 2" in says(page, "#notices"))
    three_times(page)
    settles(page, lambda: fake.said == [(2, "8")])
    notice = page.locator("[data-notice=aside]")
    assert "could not be kept: 1" in notice.text_content()
    assert "7" in notice.text_content()
    assert page.locator("[data-notice=stuck]").count() == 0
    fake.fails_at = ()
    notice.get_by_role("button", name="Try again").click()
    settles(page, lambda: fake.said == [(2, "8"), (1, "7")])
    assert notice.count() == 0


def test_an_answer_set_aside_and_discarded_waits_for_another(visit: Visit) -> None:
    fake = Fake(a_queue(2), fails_at=[1])
    page = visit(fake)
    press(page, "7", "Enter")
    settles(page, lambda: "sent: 1" in says(page, "#notices"))
    three_times(page)
    page.locator("[data-notice=aside]").get_by_role("button", name="Discard").click()
    press(page, "Enter")
    settles(page, lambda: fake.said == [(2, "21")])
    settles(page, lambda: shown(page) == "(1)予以公开")
    assert typed(page) == "7"


def test_a_new_login_on_another_page_is_no_trouble(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    fake.csrf = "another-token"
    press(page, "7", "Enter")
    settles(page, lambda: fake.said == [(1, "7")])
    assert not says(page, "#notices")


def test_nothing_is_sent_in_the_name_of_somebody_else_who_signed_in(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    mine, fake.person, fake.csrf = fake.person, Reviewer("韩梅梅"), "another-token"
    press(page, "7", "Enter")
    notice = page.locator("#notices")
    settles(page, lambda: "韩梅梅 is logged in" in notice.text_content())
    assert "sent: 1" in notice.text_content()
    assert not fake.said
    fake.person = mine
    notice.get_by_role("button", name="Try again").click()
    settles(page, lambda: fake.said == [(1, "7")])


def test_an_answer_whose_reply_was_cut_off_is_kept(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    page.route("**/answer", lambda route: route.fulfill(status=200, body='{"decision": 1, "it'))
    press(page, "7", "Enter")
    settles(page, lambda: "cannot be reached" in says(page, "#notices"))
    page.unroute("**/answer")
    page.locator("#notices").get_by_role("button", name="Try again").click()
    settles(page, lambda: fake.said == [(1, "7")])


def test_an_answer_that_the_server_refuses_is_told_and_the_work_goes_on(visit: Visit) -> None:
    fake = Fake(a_queue(3), fails=400)
    page = visit(fake)
    press(page, "7", "Enter")
    settles(page, lambda: "was not taken" in says(page, "#notices"))
    fake.fails = None
    press(page, "Enter")
    settles(page, lambda: fake.said == [(2, "21")])


def test_undo_brings_the_cell_back_and_it_can_be_answered_anew(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    press(page, "4", "Enter")
    settles(page, lambda: fake.said == [(1, "4")])
    press(page, "z")
    settles(page, lambda: shown(page) == "(1)予以公开")
    assert not fake.said
    assert typed(page) == "21"
    press(page, "5", "Enter")
    settles(page, lambda: fake.said == [(1, "5")])
    assert shown(page) == "(2)予以公开"


def test_undo_takes_back_an_answer_that_was_not_sent_yet(visit: Visit) -> None:
    fake = Fake(a_queue(3), fails=503)
    page = visit(fake)
    press(page, "4", "Enter")
    settles(page, lambda: "cannot be reached" in says(page, "#notices"))
    press(page, "z")
    assert shown(page) == "(1)予以公开"
    fake.fails = None
    press(page, "6", "Enter")
    settles(page, lambda: fake.said == [(1, "6")])


def test_an_undo_whose_reply_was_lost_takes_back_no_second_answer(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    press(page, "4", "Enter")
    press(page, "5", "Enter")
    settles(page, lambda: fake.said == [(1, "4"), (2, "5")])

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/undo", lose)
    press(page, "z")
    settles(page, lambda: "cannot be reached" in says(page, "#notices"))
    page.unroute("**/undo")
    press(page, "z")
    settles(page, lambda: shown(page) == "(2)予以公开")
    assert fake.said == [(1, "4")]
    press(page, "z")  # another one
    settles(page, lambda: shown(page) == "(1)予以公开")
    assert not fake.said


def test_an_answer_says_what_the_screen_said(visit: Visit) -> None:
    fake = Fake(a_queue(2))
    page = visit(fake)
    fake.put(fake.items[1], value="27")  # the arithmetic, meanwhile
    press(page, "Enter")
    settles(page, lambda: len(fake.decisions) == 1)
    said = fake.decisions[0].answer
    assert said.text == "21"
    assert said.shown is not None
    assert said.shown.value == "21"


def test_undo_with_nothing_done_says_so(visit: Visit) -> None:
    page = visit(Fake(a_queue(1)))
    press(page, "z")
    settles(page, lambda: "Nothing to undo" in says(page, "#toast"))


def test_arrows_go_to_the_neighbour_and_the_cell_left_behind_comes_next(visit: Visit) -> None:
    items = a_queue(8)
    items[1] = an_item(1, neighbours={"down": 7})
    fake = Fake(items)
    page = visit(fake)
    press(page, "ArrowUp")
    assert "No cell to look at" in says(page, "#toast")
    press(page, "3", "ArrowDown")
    settles(page, lambda: shown(page) == "(7)予以公开")
    press(page, "Enter")
    assert (shown(page), typed(page)) == ("(1)予以公开", "3")
    settles(page, lambda: fake.said == [(7, "21")])


def test_leases_are_given_back_when_the_page_is_left(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    page.goto(page.url + "help")
    settles(page, lambda: sorted(fake.released) == [1, 2, 3])
