"""A browser for tests of the review pages; they are skipped where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

LOOK = 180
"""ms; no answer is taken before a person can have seen the cell."""

Visit = Callable[..., Any]
"""visit(fake, "/"): a page over a fake of the server, with all of it there."""

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright for Python is not installed"
    )
    found = next((path for path in CHROMIUM if Path(path).exists()), None)
    if found is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as player:
        running = player.chromium.launch(executable_path=found, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """Opens pages, and closes them after the test."""
    from tests.review_fake_app import fake_app, serving  # noqa: PLC0415 - other tests need no server

    with ExitStack() as stack:

        def opened(fake: Any, address: str = "/", **choices: Any) -> Any:
            base = stack.enter_context(serving(fake_app(fake)))
            page = stack.enter_context(a_page(browser, **choices))
            page.goto(base + address)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(LOOK)
            return page

        yield opened


@contextmanager
def a_page(browser: Any, **choices: Any) -> Iterator[Any]:
    """A page of a fresh visitor, 1280 × 720; what its scripts complain of fails the test."""
    context = browser.new_context(
        **{"viewport": {"width": 1280, "height": 720}, "locale": "en-GB", **choices}
    )
    page = context.new_page()
    page.set_default_timeout(8000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Content Security" in said.text else None,
    )
    yield page
    context.close()
    assert not complaints


def press(page: Any, *keys: str) -> None:
    """As a person does: the last key answers, after a look."""
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(LOOK)


def settles(page: Any, condition: Callable[[], bool]) -> None:
    """Waits until what goes on in the background has come true."""
    for _ in range(80):
        if condition():
            return
        page.wait_for_timeout(50)
    assert condition()


def shown(page: Any) -> str:
    """The row of the cell on the screen."""
    return str(page.locator("#row strong").text_content())


def typed(page: Any) -> str:
    """What the answer field says."""
    return str(page.locator("#answer").input_value())


def says(page: Any, part: str) -> str:
    """The text of a part of the page, such as "#toast"."""
    return str(page.locator(part).text_content())
