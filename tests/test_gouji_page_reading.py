"""Pages read several at a time, in their order, each turned as the one before where none tells."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

import layout
from document.errors import Problem, SourceError
from document.geometry import Size, UprightFrame
from document.page import PageKind, PageLayout
from document.picture import Picture
from gouji.page_reading import Readers, read_pages
from layout.straighten import turned

A4 = Size(595, 842)


def laid_out(number: int, quarters: int) -> PageLayout:
    picture = Picture(np.full((84, 59), 255, np.uint8), 0.1)
    frame = turned(picture, UprightFrame.unturned(A4), quarters)[1]
    return PageLayout(number, PageKind.SCAN, frame, grids=())


class Pages:
    """A file whose pages tell how they lie, or None to lie as the one before; -1: unreadable."""

    path = Path("pages.pdf")

    def __init__(self, *told: int | None) -> None:
        self.told = told

    def take(self, number: int) -> Any:
        told = self.told[number - 1]
        if told == -1:
            raise SourceError("page_unreadable", "page is damaged")

        def read(_: object, usual: Callable[[], int]) -> PageLayout:
            time.sleep(0.02 if told is not None else 0)  # the one before is still being read
            return laid_out(number, usual() if told is None else told)

        return SimpleNamespace(read=read)


def read(monkeypatch: pytest.MonkeyPatch, file: Pages, threads: int) -> tuple[list[int], int]:
    """By how many quarters each page read is turned, and how many failed."""
    monkeypatch.setattr(layout, "take_page", lambda source, number: source.take(number))
    readers = SimpleNamespace(legibility=None, page=lambda page: (page, None), threads=threads)
    problems: list[Problem] = []
    pages = read_pages(
        cast(Readers, readers),
        cast(layout.SourceFile, file),
        range(1, len(file.told) + 1),
        problems,
        lambda page, _: page,
    )
    return [cast(PageLayout, page.page).frame.quarters for page in pages if page], len(problems)


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_a_page_that_does_not_tell_lies_as_the_one_before(
    monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    assert read(monkeypatch, Pages(2, None, None, 1, None), threads) == ([2, 2, 2, 1, 1], 0)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_page_that_cannot_be_taken_holds_nobody_up(
    monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    assert read(monkeypatch, Pages(3, -1, None, 0), threads) == ([3, 3, 0], 1)


def test_a_page_is_mended_while_the_one_before_is_not_taken_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layout, "take_page", lambda source, number: source.take(number))
    readers = SimpleNamespace(legibility=None, page=lambda page: (page, None), threads=2)
    second = threading.Event()

    def mend(page: Any, _: object) -> Any:
        if page.number == 2:
            second.set()
        return page if second.wait(10) else None

    file = cast(layout.SourceFile, Pages(0, 0))
    first, _ = read_pages(cast(Readers, readers), file, [1, 2], [], mend)
    assert first is not None
    assert first.alone is first.page
