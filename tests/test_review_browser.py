"""The queue screen in a browser: a person at the keyboard, over a fake of the server."""

from __future__ import annotations

import threading

from document.entry import Flag
from tests.browsing import LOOK, Visit, press, says, settles, shown, typed
from tests.review_fake import Fake
from tests.review_fake_app import fake_app, serving
from tests.review_items import a_queue, an_item


def test_a_queue_is_cleared_with_the_keyboard_alone(visit: Visit) -> None:
    fake = Fake(a_queue(6))
    page = visit(fake)
    press(page, "Enter")  # the reading
    press(page, "1", "4", "Enter")  # typed at once
    press(page, "A")  # a rival
    press(page, "S")  # the rival that is blank
    press(page, "B")
    press(page, "U")
    page.wait_for_selector("#end:not([hidden])")
    assert "All done" in says(page, "#end")
    settles(page, lambda: len(fake.said) == 6)
    assert fake.said == [
        (1, "21"), (2, "14"), (3, "27"), (4, "blank"), (5, "blank"), (6, "unreadable"),
    ]  # fmt: skip


def test_the_next_cell_is_there_in_the_same_frame_as_the_key(visit: Visit) -> None:
    page = visit(Fake(a_queue(3), delay=0.4))
    at_once = page.evaluate("""() => {
        document.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
        const picture = document.querySelector("#cell img");
        return [document.querySelector("#row strong").textContent, picture.complete];
    }""")
    assert at_once == ["(2)予以公开", True]


def test_answers_arrive_in_order_however_slow_the_server_is(visit: Visit) -> None:
    fake = Fake(a_queue(4), delay=0.5)
    page = visit(fake)
    for value in "123":
        press(page, value, "Enter")
    settles(page, lambda: len(fake.said) == 3)
    assert fake.said == [(1, "1"), (2, "2"), (3, "3")]


def test_a_key_pressed_twice_is_one_answer(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_timeout(LOOK)
    assert shown(page) == "(2)予以公开"
    settles(page, lambda: len(fake.said) == 1)


def test_a_key_held_down_is_one_answer(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    for _ in range(5):
        page.keyboard.down("Enter")
        page.wait_for_timeout(LOOK)
    page.keyboard.up("Enter")
    assert shown(page) == "(2)予以公开"


def test_no_answer_before_the_picture_is_there(visit: Visit) -> None:
    arrived = threading.Event()

    def late(path: str) -> bytes:
        if path == "items/1/cell":
            arrived.wait(5)
        return b""

    fake = Fake(a_queue(2), pictures=late)
    page = visit(Fake(a_queue(1)), "/help")
    with serving(fake_app(fake)) as base:
        page.goto(base, wait_until="commit")
        page.wait_for_selector("#desk:not([hidden])")
        press(page, "Enter")
        assert shown(page) == "(1)予以公开"
        arrived.set()
        page.wait_for_load_state("networkidle")
        press(page, "Enter")
        settles(page, lambda: fake.said == [(1, "21")])


def test_typing_starts_anew_backspace_edits_and_escape_gives_up(visit: Visit) -> None:
    page = visit(Fake(a_queue(2)))
    assert typed(page) == "21"
    press(page, "Backspace")
    assert typed(page) == "2"
    press(page, "Escape")
    assert typed(page) == "21"
    press(page, "-", "3", ".", "5")
    assert typed(page) == "-3.5"
    press(page, "Backspace", "Backspace", "Backspace", "Backspace", "Enter")
    assert "Nothing to accept" in says(page, "#toast")
    assert shown(page) == "(1)予以公开"


def test_what_is_typed_into_the_field_itself_counts_as_well(visit: Visit) -> None:
    fake = Fake(a_queue(2))
    page = visit(fake, has_touch=True)
    page.locator("#answer").click()
    page.locator("#answer").fill("88")
    assert "off by 67" in says(page, "#sums")
    page.locator("button[data-key=Enter]").click()
    settles(page, lambda: fake.said == [(1, "88")])


def test_where_nothing_was_read_nothing_can_be_accepted(visit: Visit) -> None:
    fake = Fake({1: an_item(read="2?", value=None, choices=[])})
    page = visit(fake)
    press(page, "Enter")
    assert "Nothing to accept" in says(page, "#toast")
    assert "2?" in says(page, "#why")
    assert not fake.said


def test_enter_on_a_blank_cell_says_blank(visit: Visit) -> None:
    fake = Fake({1: an_item(read="/", value=None, blank=True)})
    page = visit(fake)
    assert says(page, "#accept") == "Accept as blank"
    press(page, "Enter")
    settles(page, lambda: fake.said == [(1, "blank")])


def test_a_cell_that_the_page_lacks_has_words_in_place_of_a_picture(visit: Visit) -> None:
    fake = Fake({1: an_item(page=None, bbox=None, read=None, value=None, flags=[Flag.NOT_FOUND])})
    page = visit(fake)
    assert "no such cell" in says(page, "#cell")
    assert "Not found on the page" in says(page, "#why")
    press(page, "B")
    settles(page, lambda: fake.said == [(1, "blank")])


def test_the_picture_of_a_content_that_is_gone_is_not_shown_again(visit: Visit) -> None:
    """Browsers keep pictures for a week: a file with another content has others."""
    fake = Fake({1: an_item(1, picture="old&1"), 2: an_item(2, neighbours={"up": 1})})
    page = visit(fake)
    addresses = "[...document.querySelectorAll('#cell img, #around img')].map((e) => e.src)"
    old = [address.partition("/pictures")[2] for address in page.evaluate(addresses)]
    assert old == [f"/items/1/{kind}?v=old%261" for kind in ("cell", "around")]
    preloaded = page.locator("link[rel=preload]").get_attribute("href")
    assert preloaded == f"/pictures{old[0]}"
    press(page, "Enter")
    settles(page, lambda: len(fake.said) == 1)
    fake.put(fake.items[1], picture="new")
    press(page, "ArrowUp")
    settles(page, lambda: shown(page) == "(1)予以公开")
    assert all(address.endswith("?v=new") for address in page.evaluate(addresses))
