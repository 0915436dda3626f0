"""The review pages for everybody: contrast, names, order of focus, sizes of screen."""

from __future__ import annotations

import pytest

from document.entry import Flag
from review import views
from tests.browsing import Visit, press, says, shown
from tests.review_fake import Fake
from tests.review_fake_app import drawn
from tests.review_items import PROGRESS, a_queue, an_item

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
        if (!own || !element.checkVisibility()) continue;
        if (element.matches(":disabled, .unseen, noscript")) continue;
        const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) poor.push(`${ratio.toFixed(2)}: ${element.outerHTML}`);
    }
    return poor;
}"""

SCREENS = ("/", "/groups", "/documents", "/progress", "/help", "/tables/1/0/t")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", SCREENS)
def test_all_text_can_be_read_in_light_and_dark(visit: Visit, address: str, theme: str) -> None:
    view = views.TableView(document=1, name="a", report=0, table="t", title="t", pages=[], cells=[])
    files = [views.DocumentProgress(id=1, name="a", agency=None, year=1, open=1, done=0, settled=0)]
    items = a_queue(2, flags=[Flag.CORRECTED], reason="35 = 30 + 5")
    fake = Fake(items, tables={(1, 0, "t"): view}, documents=files, progress=PROGRESS)
    page = visit(fake, address, color_scheme=theme)
    if address == "/":
        fake.somebody_answers(1, "27")
        press(page, "9", "Enter")
        page.locator(".notice").wait_for()
        press(page, "5")
    assert page.evaluate(CONTRAST) == []


NAMELESS = """() => [...document.querySelectorAll("button, input, a, img")]
    .filter((e) => e.checkVisibility() && !(
        e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length
        || (e.tagName === "IMG" && e.hasAttribute("alt"))
    ))
    .map((e) => e.outerHTML)"""


@pytest.mark.parametrize("address", ["/", "/groups", "/documents", "/progress", "/help"])
def test_every_control_has_a_name_and_every_page_a_heading(visit: Visit, address: str) -> None:
    page = visit(Fake(a_queue(2), progress=PROGRESS), address)
    assert page.evaluate(NAMELESS) == []
    assert page.locator("h1:visible").count() == 1
    assert page.locator("main").count() == 1


FOCUSED = """(({dataset, id}) => dataset.key ?? dataset.rival ?? id)(document.activeElement)"""


def test_tab_goes_from_the_header_to_the_answer_and_its_buttons_in_reading_order(
    visit: Visit,
) -> None:
    page = visit(Fake(a_queue(2)))
    assert page.evaluate("document.activeElement.id") == "answering"
    order = []
    for _ in range(6):
        page.keyboard.press("Tab")
        order.append(page.evaluate(FOCUSED))
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
    assert not fake.said
    assert shown(page) == "(1)予以公开"
    press(page, "?")
    assert not page.locator("dialog#keys").is_visible()


@pytest.mark.parametrize("size", [(1280, 720), (820, 1180), (1180, 820)])
def test_the_picture_and_the_answer_fit_on_the_screen_without_scrolling(
    visit: Visit, size: tuple[int, int]
) -> None:
    page = visit(Fake(a_queue(2)), viewport={"width": size[0], "height": size[1]})
    for part in ("#cell", "#answer", "button[data-key=Enter]", "#choices", "button[data-key=U]"):
        box = page.locator(part).bounding_box()
        assert 0 <= box["x"] <= size[0] - box["width"], part
        assert 0 <= box["y"] <= size[1] - box["height"], part
    cell = page.locator("#cell").bounding_box()
    assert cell["width"] * cell["height"] > 0.15 * size[0] * size[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_language_and_theme_are_chosen_on_the_page_and_stay(visit: Visit) -> None:
    page = visit(Fake(a_queue(2)), color_scheme="light")
    page.locator("#theme").click()
    page.get_by_role("button", name="中文").click()
    page.wait_for_selector("html[lang=zh-CN]")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert says(page, "#left") == "还有 2 格"


def test_a_notice_takes_no_part_of_the_answer_off_the_screen(visit: Visit) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake)
    fake.somebody_answers(1, "27")
    press(page, "9", "Enter")
    page.locator(".notice").wait_for()
    assert page.evaluate("document.documentElement.scrollHeight") <= 720


def test_arrows_scroll_the_picture_of_the_table_when_it_has_the_focus(visit: Visit) -> None:
    items = a_queue(2)
    items[1] = an_item(1, neighbours={"up": 2})
    page = visit(Fake(items, pictures=lambda path: drawn("21", tall=900)))
    page.locator("#around").focus()
    foot = page.evaluate("document.getElementById('around').scrollTop")
    assert foot > 0  # it opens at the cell
    press(page, "ArrowUp", "ArrowUp")
    assert shown(page) == "(1)予以公开"
    assert page.evaluate("document.getElementById('around').scrollTop") < foot
