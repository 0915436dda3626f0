"""Groups, tables, files and progress in a browser."""

from __future__ import annotations

from typing import Any

import pytest

from document.entry import Flag
from review import views
from tests.browsing import Visit, says, settles
from tests.review_fake import Fake
from tests.review_items import PROGRESS, a_queue, an_item


def test_the_odd_ones_of_a_group_are_left_out(visit: Visit) -> None:
    items = {**a_queue(4), 5: an_item(5, value="27", read="27")}
    fake = Fake(items)
    page = visit(fake, "/groups")
    page.wait_for_timeout(700)
    assert "Read as 21: 4" in says(page, "#group-title")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert "1 marked" in says(page, "#marked")
    page.keyboard.press("Enter")
    settles(page, lambda: fake.said == [(1, "21"), (3, "21"), (4, "21")])
    settles(page, lambda: "3 accepted" in says(page, "#toast"))
    settles(page, lambda: 2 in fake.released)


def test_marked_cells_hide_no_others(visit: Visit) -> None:
    """As many as a group has are put aside; the next group is of other cells all the same."""
    fake = Fake({**a_queue(3), 4: an_item(4, value="27", read="27")})
    page = visit(fake, "/groups")
    page.wait_for_timeout(700)
    for tile in page.locator("#tiles button").all()[:2]:
        tile.click()
    page.keyboard.press("Enter")
    settles(page, lambda: fake.said == [(3, "21")])
    settles(page, lambda: "Read as 27: 1" in says(page, "#group-title"))


def test_a_cell_that_says_something_else_by_now_is_not_accepted_with_its_group(
    visit: Visit,
) -> None:
    fake = Fake(a_queue(3))
    page = visit(fake, "/groups")
    page.wait_for_timeout(700)
    fake.put(fake.items[2], value="27")
    page.keyboard.press("Enter")
    settles(page, lambda: "1 were answered" in says(page, "#toast"))
    assert fake.said == [(1, "21"), (3, "21")]


def test_cells_without_a_value_are_not_accepted_as_blank_unless_they_are(visit: Visit) -> None:
    items = a_queue(3, value=None, blank=True, read="/")
    items[2] = an_item(2, value=None, read="2?")
    items[3] = an_item(3, value=None, read=None, page=None, bbox=None)
    fake = Fake(items)
    page = visit(fake, "/groups")
    assert says(page, "#group-title") == "Read as blank: 1"
    address = page.locator("#tiles img").get_attribute("src")
    assert address == "/pictures/items/1/cell?v=p1"
    page.wait_for_timeout(700)
    page.keyboard.press("Enter")
    settles(page, lambda: fake.said == [(1, "blank")])


def test_a_group_is_not_accepted_before_all_of_it_was_on_the_screen(visit: Visit) -> None:
    fake = Fake(a_queue(120))
    page = visit(fake, "/groups")
    page.wait_for_timeout(700)
    for _ in range(20):
        assert not fake.said
        if "Accept all" in says(page, "#accept"):
            break
        page.keyboard.press("Enter")
        page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    settles(page, lambda: len(fake.said) == 120)


def test_a_table_is_laid_over_its_page(visit: Visit) -> None:
    def cell(row: str, **more: Any) -> views.TableCellView:
        known = {"column": "total", "row_label": [row],
                 "column_label": [], "value": "3", "status": "accepted", "source": "ocr", "page": 2,
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
    assert "gone" in says(page, "#missing")


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
    assert "b/<b>蛇口.pdf" in says(page, "tbody tr:visible")
    page.locator("#find").fill("nowhere")
    assert page.locator("#nothing").is_visible()


def test_progress_is_told_and_never_as_complete_before_it_is(visit: Visit) -> None:
    page = visit(Fake({}, progress=PROGRESS), "/progress", timezone_id="Asia/Shanghai")
    assert says(page, "#percent") == "99.9%"
    assert says(page, "#median") == "2 s"
    assert "17:40" in says(page, "#finish")
    assert says(page, "#reviewers th") == "<i>李雷</i>"
    assert "98%" in says(page, "#reviewers")
