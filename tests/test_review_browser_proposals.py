"""A proposal to move numbers, on the queue's page."""

from __future__ import annotations

import pytest

from document.proposal import Cause
from tests.browsing import Visit, press, says, settles, shown
from tests.review_fake import Fake
from tests.review_items import a_proposal, a_queue, an_item
from tests.test_review_browser_access import CONTRAST

LOOK = 700


def with_a_proposal(cause: Cause = Cause.LABELS) -> Fake:
    items = a_queue(3)
    items[1] = an_item(1, proposal=a_proposal(cause), reason="rows shifted? 30 fits here")
    return Fake(items)


def test_a_proposal_is_looked_at_and_applied_by_keys(visit: Visit) -> None:
    fake = with_a_proposal()
    page = visit(fake)
    page.keyboard.press("m")
    page.keyboard.press("m")  # twice: nobody has seen it yet
    dialog = page.locator("dialog#proposal")
    assert dialog.is_visible()
    assert not fake.verdicts
    told = dialog.text_content()
    assert "one row too low" in told
    assert [cell.text_content() for cell in dialog.locator("tbody td").all()] == [
        "21 → 30", "30 → □", "4 → ?",
    ]  # fmt: skip
    page.wait_for_timeout(LOOK)
    press(page, "m")
    settles(page, lambda: [verdict.apply for verdict in fake.verdicts] == [True])
    settles(page, lambda: shown(page) == "(2)予以公开")
    assert not dialog.is_visible()
    assert "Moved" in says(page, "#toast")


def test_a_declined_one_leaves_the_cell_to_be_answered(visit: Visit) -> None:
    fake = with_a_proposal()
    page = visit(fake)
    press(page, "m")
    page.wait_for_timeout(LOOK)
    press(page, "n")
    settles(page, lambda: [verdict.apply for verdict in fake.verdicts] == [False])
    settles(page, lambda: not page.locator("#move").is_visible())
    assert shown(page) == "(1)予以公开"
    press(page, "Enter")
    settles(page, lambda: fake.said == [(1, "21")])


def test_closed_again_nothing_is_decided_and_digits_answer_nothing_meanwhile(visit: Visit) -> None:
    fake = with_a_proposal()
    page = visit(fake)
    press(page, "m", "5", "Escape")
    assert not page.locator("dialog#proposal").is_visible()
    assert not fake.verdicts
    press(page, "Enter")
    settles(page, lambda: fake.said == [(1, "21")])
    press(page, "m")
    assert not page.locator("dialog#proposal").is_visible(), "this cell has no proposal"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_and_warns_of_what_is_printed_so(visit: Visit, theme: str) -> None:
    page = visit(with_a_proposal(Cause.PRINT), color_scheme=theme)
    assert page.evaluate(CONTRAST) == []
    press(page, "m")
    assert page.locator("#proposal-print").is_visible()
    assert page.evaluate(CONTRAST) == []
