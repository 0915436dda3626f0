"""The review pages in a browser: a person at the keyboard, over a fake of the server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.entry import Flag
from review import views
from review.items import State
from tests.browsing import a_browser, a_page
from tests.review_fake import Fake, a_queue, an_item, fake_app, serving

LOOK = 180
"""ms; no answer is taken before a person can have seen the cell."""

Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with a_browser() as one:
        yield one


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """Opens a page over a fake: visit(fake, "/"), with a cell on the screen if it is the queue."""
    with ExitStack() as stack:

        def opened(fake: Fake, address: str = "/", **choices: Any) -> Any:
            base = stack.enter_context(serving(fake_app(fake)))
            page = stack.enter_context(a_page(browser, **choices))
            page.goto(base + address)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(LOOK)
            return page

        yield opened


def press(page: Any, *keys: str) -> None:
    """As a person does: the last key answers, after a look."""
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(LOOK)


def shown(page: Any) -> str:
    return str(page.locator("#row strong").text_content())


def answer_field(page: Any) -> str:
    return str(page.locator("#answer").input_value())


def settles(page: Any, condition: Callable[[], bool]) -> None:
    """Waits until what goes on in the background has come true."""
    for _ in range(80):
        if condition():
            return
        page.wait_for_timeout(50)
    assert condition()


# ── one cell after the other ─────────────────────────────────────────────────────────────────────
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
    assert "All done" in page.locator("#end").text_content()
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
    assert answer_field(page) == "21"
    press(page, "Backspace")
    assert answer_field(page) == "2"
    press(page, "Escape")
    assert answer_field(page) == "21"
    press(page, "-", "3", ".", "5")
    assert answer_field(page) == "-3.5"
    press(page, "Backspace", "Backspace", "Backspace", "Backspace", "Enter")
    assert "Nothing to accept" in page.locator("#toast").text_content()
    assert shown(page) == "(1)予以公开"


def test_what_is_typed_into_the_field_itself_counts_as_well(visit: Visit) -> None:
    fake = Fake(a_queue(2))
    page = visit(fake, has_touch=True)
    page.locator("#answer").click()
    page.locator("#answer").fill("88")
    assert "off by 67" in page.locator("#sums").text_content()
    page.locator("button[data-key=Enter]").click()
    settles(page, lambda: fake.said == [(1, "88")])


def test_where_nothing_was_read_nothing_can_be_accepted(visit: Visit) -> None:
    fake = Fake({1: an_item(read="2?", value=None, choices=[])})
    page = visit(fake)
    press(page, "Enter")
    assert "Nothing to accept" in page.locator("#toast").text_content()
    assert "2?" in page.locator("#why").text_content()
    assert not fake.said


def test_enter_on_a_blank_cell_says_blank(visit: Visit) -> None:
    fake = Fake({1: an_item(read="/", value=None, blank=True)})
    page = visit(fake)
    assert page.locator("#accept").text_content() == "Accept as blank"
    press(page, "Enter")
    settles(page, lambda: fake.said == [(1, "blank")])


def test_a_cell_that_the_page_lacks_has_words_in_place_of_a_picture(visit: Visit) -> None:
    fake = Fake({1: an_item(page=None, bbox=None, read=None, value=None, flags=[Flag.NOT_FOUND])})
    page = visit(fake)
    assert "no such cell" in page.locator("#cell").text_content()
    assert "Not found on the page" in page.locator("#why").text_content()
    press(page, "B")
    settles(page, lambda: fake.said == [(1, "blank")])


# ── sums ─────────────────────────────────────────────────────────────────────────────────────────
def test_sums_follow_each_key(visit: Visit) -> None:
    page = visit(Fake(a_queue(1)))
    sums = page.locator("#sums")
    assert "✓" in sums.text_content()
    press(page, "2")
    assert "off by 19" in sums.text_content()
    press(page, "4")
    assert "off by 3" in sums.text_content()
    press(page, "Backspace", "1")
    assert "✓" in sums.text_content()


amounts = st.decimals(-(10**9), 10**9, places=3).map(lambda d: d.normalize() + 0)


@settings(max_examples=25)
@given(st.lists(st.tuples(amounts, st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_a_rule_is_worked_out_as_exactly_as_in_python(
    sums_page: Any, terms: list[tuple[Decimal, bool, bool]]
) -> None:
    rule = {
        "relation": "=",
        "ok": None,
        "difference": None,
        "terms": [
            {"side": "left" if left else "right", "sign": 1 if plus else -1, "this": not i,
             "value": format(value, "f")}
            for i, (value, left, plus) in enumerate(terms)
        ],
    }  # fmt: skip
    expected = sum((v if left is plus else -v for v, left, plus in terms), Decimal(0))
    ok, shown = sums_page.evaluate(
        """async ([rule, typed]) => {
            const {workedOut} = await import("/static/rules.js");
            const {shown} = await import("/static/amounts.js");
            const {ok, difference} = workedOut(rule, typed);
            return [ok, shown(difference)];
        }""",
        [rule, format(terms[0][0], "f")],
    )
    assert Decimal(shown.replace("−", "-")) == expected
    assert ok is (expected == 0)


@pytest.fixture(scope="module")
def sums_page(browser: Any) -> Iterator[Any]:
    with serving(fake_app(Fake({}))) as base, a_page(browser) as page:
        page.goto(base + "/help")
        yield page


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234", "1234"), ("１２．５", "12.5"), ("−3", "−3"), ("+7", "7"), ("007", "7"), ("1.50", "1.5"),
     ("", None), ("-", None), ("3件", None), ("1e5", None), ("1.", None)],
)  # fmt: skip
def test_what_counts_as_a_number(sums_page: Any, text: str, value: str | None) -> None:
    found = sums_page.evaluate(
        """async (text) => {
            const {parsed, shown} = await import("/static/amounts.js");
            return parsed(text) && shown(parsed(text));
        }""",
        text,
    )
    assert found == value


# ── other people, and the arithmetic ─────────────────────────────────────────────────────────────
def test_settled_cells_are_told_and_leave_the_queue(visit: Visit) -> None:
    fake = Fake(a_queue(5), settles={1: [3, 4, 5]})
    page = visit(fake)
    press(page, "Enter")
    settles(page, lambda: "3 more settled" in page.locator("#toast").text_content())
    assert page.locator("#toast").get_attribute("aria-live") == "polite"
    settles(page, lambda: page.locator("#left").text_content() == "1 left")
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
    assert "settled" in page.locator("#toast").text_content()

    fake = Fake(a_queue(4), settles={1: [2]}, delay=0.3)
    page = visit(fake)
    press(page, "Enter")
    press(page, "5")
    page.wait_for_timeout(800)
    assert (shown(page), answer_field(page)) == ("(2)予以公开", "5")


def test_who_comes_second_is_told_and_keeps_what_was_typed(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    fake.somebody_answers(1, "27")
    press(page, "9", "9", "Enter")
    notice = page.locator("#notices .notice")
    notice.wait_for()
    told = notice.text_content()
    assert "韩梅梅" in told and "27" in told and "99" in told
    assert shown(page) == "(2)予以公开"  # the work goes on
    notice.get_by_role("button", name="Look at it again").click()
    settles(page, lambda: shown(page) == "(1)予以公开")
    assert answer_field(page) == "99"
    page.wait_for_timeout(LOOK)
    press(page, "Enter")  # corrects it, with the version that is seen now
    settles(page, lambda: fake.said == [(1, "99")])


@pytest.mark.parametrize(("status", "told"), [(503, "cannot be reached"), (401, "logged out")])
def test_answers_wait_while_the_server_is_away(visit: Visit, status: int, told: str) -> None:
    fake = Fake(a_queue(3), fails=status)
    page = visit(fake)
    press(page, "7", "Enter")
    press(page, "8", "Enter")
    notice = page.locator("#notices")
    settles(page, lambda: told in notice.text_content() and "2 answers" in notice.text_content())
    assert not fake.said
    fake.fails = None
    notice.get_by_role("button", name="Try again").click()
    settles(page, lambda: fake.said == [(1, "7"), (2, "8")])
    settles(page, lambda: not notice.text_content())


def test_an_answer_that_the_server_refuses_is_told_and_the_work_goes_on(visit: Visit) -> None:
    fake = Fake(a_queue(3), fails=400)
    page = visit(fake)
    press(page, "7", "Enter")
    settles(page, lambda: "was not taken" in page.locator("#notices").text_content())
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
    assert not fake.said and answer_field(page) == "21"
    press(page, "5", "Enter")
    settles(page, lambda: fake.said == [(1, "5")])
    assert shown(page) == "(2)予以公开"


def test_undo_takes_back_an_answer_that_was_not_sent_yet(visit: Visit) -> None:
    fake = Fake(a_queue(3), fails=503)
    page = visit(fake)
    press(page, "4", "Enter")
    settles(page, lambda: "cannot be reached" in page.locator("#notices").text_content())
    press(page, "z")
    assert shown(page) == "(1)予以公开"
    fake.fails = None
    press(page, "6", "Enter")
    settles(page, lambda: fake.said == [(1, "6")])


def test_undo_with_nothing_done_says_so(visit: Visit) -> None:
    page = visit(Fake(a_queue(1)))
    press(page, "z")
    settles(page, lambda: "Nothing to undo" in page.locator("#toast").text_content())


def test_arrows_go_to_the_neighbour_and_the_cell_left_behind_comes_next(visit: Visit) -> None:
    items = a_queue(8)
    items[1] = an_item(1, neighbours={"down": 7})
    fake = Fake(items)
    page = visit(fake)
    press(page, "ArrowUp")
    assert "No cell to look at" in page.locator("#toast").text_content()
    press(page, "3", "ArrowDown")
    settles(page, lambda: shown(page) == "(7)予以公开")
    press(page, "Enter")
    assert (shown(page), answer_field(page)) == ("(1)予以公开", "3")
    settles(page, lambda: fake.said == [(7, "21")])


def test_leases_are_given_back_when_the_page_is_left(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    page.goto(page.url + "help")
    settles(page, lambda: sorted(fake.released) == [1, 2, 3])


# ── the other screens ────────────────────────────────────────────────────────────────────────────
def test_the_odd_ones_of_a_group_are_left_out(visit: Visit) -> None:
    items = {**a_queue(4), 5: an_item(5, value="27", read="27")}
    fake = Fake(items)
    page = visit(fake, "/groups")
    page.wait_for_timeout(700)
    assert "4 cells read as 21" in page.locator("#group-title").text_content()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert "1 marked" in page.locator("#marked").text_content()
    page.keyboard.press("Enter")
    settles(page, lambda: fake.said == [(1, "21"), (3, "21"), (4, "21")])
    settles(page, lambda: "3 accepted" in page.locator("#toast").text_content())
    settles(page, lambda: 2 in fake.released)


def test_a_group_is_not_accepted_before_all_of_it_was_on_the_screen(visit: Visit) -> None:
    fake = Fake(a_queue(120))
    page = visit(fake, "/groups")
    page.wait_for_timeout(700)
    for _ in range(20):
        assert not fake.said
        if "Accept all" in page.locator("#accept").text_content():
            break
        page.keyboard.press("Enter")
        page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    settles(page, lambda: len(fake.said) == 120)


def test_a_table_is_laid_over_its_page(visit: Visit) -> None:
    def cell(row: str, **more: Any) -> views.TableCellView:
        known = {"column": "total", "value": "3", "status": "accepted", "source": "ocr", "page": 2,
                 "bbox": (100, 400, 200, 440), "item": None, "flags": []}  # fmt: skip
        return views.TableCellView(row=row, **{**known, **more})

    cells = [cell("new"), cell("old", status="review", item=9, bbox=(300, 400, 400, 440)),
             cell("gone", value=None, page=None, bbox=None)]  # fmt: skip
    view = views.TableView(
        document=1, name="a.pdf", report=0, table="t", title="收到的申请", pages=[(2, 600, 800)],
        cells=cells,
    )  # fmt: skip
    page = visit(Fake({}, tables={(1, 0, "t"): view}), "/tables/1/0/t#item-9")
    sheet, marks = page.locator(".sheet"), page.locator(".mark")
    assert marks.count() == 2
    whole, mark = sheet.bounding_box(), marks.nth(1).bounding_box()
    assert mark["x"] - whole["x"] == pytest.approx(whole["width"] / 2, abs=2)
    assert mark["width"] == pytest.approx(whole["width"] / 6, abs=2)
    assert page.evaluate("document.activeElement.id") == "item-9"
    assert marks.nth(1).get_attribute("href") == "/?item=9"
    assert "gone" in page.locator("#missing").text_content()


def test_files_are_found_by_name_and_opened_by_table(visit: Visit) -> None:
    files = [
        views.DocumentProgress(id=n, name=name, agency=None, year=2023, open=3, done=0, settled=0)
        for n, name in enumerate(("a/瓯海.pdf", "b/<b>蛇口.pdf"), 1)
    ]
    fake = Fake(a_queue(3, flags=[Flag.CORRECTED]), documents=files)
    page = visit(fake, "/documents")
    page.locator("#find").fill("瓯海")
    assert page.locator("tbody tr:visible").count() == 1
    page.get_by_role("button", name="Tables").first.click()
    link = page.get_by_role("link", name="3 left")
    link.wait_for()
    assert link.get_attribute("href") == "/?document=1&table=applications"
    page.locator("#find").fill("<b>")
    assert "b/<b>蛇口.pdf" in page.locator("tbody tr:visible").text_content()
    page.locator("#find").fill("nowhere")
    assert page.locator("#nothing").is_visible()


PROGRESS = views.ProgressView(
    open=1, done=1500, settled=499, leased=1,
    reviewers=[views.ReviewerProgress(name="<i>李雷</i>", answers=1500, median_seconds=2.04,
                                      per_hour=901.4, agreement=0.98)],
    median_seconds=2.04, finish=datetime(2026, 11, 24, 9, 40, tzinfo=UTC),
)  # fmt: skip


def test_progress_is_told_and_never_as_complete_before_it_is(visit: Visit) -> None:
    page = visit(Fake({}, progress=PROGRESS), "/progress", timezone_id="Asia/Shanghai")
    assert page.locator("#percent").text_content() == "99.9%"
    assert page.locator("#median").text_content() == "2 s"
    assert "17:40" in page.locator("#finish").text_content()
    assert page.locator("#reviewers th").text_content() == "<i>李雷</i>"
    assert "98%" in page.locator("#reviewers").text_content()


# ── for everybody ────────────────────────────────────────────────────────────────────────────────
CONTRAST = """() => {
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => {
        const f = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
    };
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const ground = rgba(getComputedStyle(at).backgroundColor);
            if (ground[3] === 255) return ground;
        }
        return [255, 255, 255, 255];
    };
    const poor = [];
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
        if (!own || !element.checkVisibility() || element.matches(":disabled, .unseen, noscript")) continue;
        const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) poor.push(`${element.tagName} ${element.className} ${ratio.toFixed(2)}: ${element.textContent.trim().slice(0, 40)}`);
    }
    return poor;
}"""

SCREENS = ("/", "/groups", "/documents", "/progress", "/help", "/tables/1/0/t")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", SCREENS)
def test_all_text_can_be_read_in_light_and_dark(visit: Visit, address: str, theme: str) -> None:
    view = views.TableView(document=1, name="a", report=0, table="t", title="t", pages=[], cells=[])
    files = [views.DocumentProgress(id=1, name="a", agency=None, year=1, open=1, done=0, settled=0)]
    items = a_queue(2, flags=[Flag.CORRECTED], state=State.OPEN, reason="35 = 30 + 5")
    fake = Fake(items, tables={(1, 0, "t"): view}, documents=files, progress=PROGRESS)
    page = visit(fake, address, color_scheme=theme)
    if address == "/":
        fake.somebody_answers(1, "27")
        press(page, "9", "Enter")
        page.locator(".notice").wait_for()
        press(page, "5")
    assert page.evaluate(CONTRAST) == []


def test_every_control_has_a_name(visit: Visit) -> None:
    fake = Fake(a_queue(2), progress=PROGRESS)
    for address in ("/", "/groups", "/documents", "/progress", "/help"):
        page = visit(fake, address)
        for control in page.locator("button:visible, input:visible, a:visible, img:visible").all():
            named = control.evaluate(
                """e => e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length
                     || (e.tagName === "IMG" && e.hasAttribute("alt"))"""
            )
            assert named, control.evaluate("e => e.outerHTML")
        assert page.locator("h1").count() >= 1 and page.locator("main").count() == 1


def test_tab_goes_from_the_header_to_the_answer_and_its_buttons_in_reading_order(
    visit: Visit,
) -> None:
    page = visit(Fake(a_queue(2)))
    assert page.evaluate("document.activeElement.id") == "answering"
    order = []
    for _ in range(6):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate(
                "document.activeElement.dataset.key ?? document.activeElement.dataset.rival ?? document.activeElement.id"
            )
        )
    assert order == ["answer", "Enter", "A", "S", "B", "U"]
    press(page, "Enter")  # on the button: it is the button that is pressed
    assert shown(page) == "(2)予以公开"
    assert page.evaluate("document.activeElement.id") == "answering"


def test_the_list_of_keys_opens_over_the_page_and_answers_nothing(visit: Visit) -> None:
    fake = Fake(a_queue(2))
    page = visit(fake)
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    press(page, "b")
    assert not fake.said and shown(page) == "(1)予以公开"
    press(page, "?")
    assert not page.locator("dialog#keys").is_visible()


@pytest.mark.parametrize("size", [(1280, 720), (820, 1180), (1180, 820)])
def test_the_picture_and_the_answer_fit_on_the_screen_without_scrolling(
    visit: Visit, size: tuple[int, int]
) -> None:
    page = visit(Fake(a_queue(2)), viewport={"width": size[0], "height": size[1]})
    for part in ("#cell", "#answer", "button[data-key=Enter]", "#choices", "button[data-key=U]"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= size[0], part
        assert box["y"] >= 0 and box["y"] + box["height"] <= size[1], part
    cell = page.locator("#cell").bounding_box()
    assert cell["width"] * cell["height"] > 0.15 * size[0] * size[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_language_and_theme_are_chosen_on_the_page_and_stay(visit: Visit) -> None:
    page = visit(Fake(a_queue(2)), color_scheme="light")
    page.locator("#theme").click()
    page.get_by_role("button", name="中文").click()
    page.wait_for_selector("html[lang=zh-CN]")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("#left").text_content() == "还有 2 格"
