"""Work that is ended when it takes too much, and leaves nothing behind."""

from __future__ import annotations

import math
import sys
import threading
import time
from contextlib import suppress

import pytest

from layout import patience
from layout.patience import OverrunError, within

LONG = 20.0
"""Seconds after which a test gives up on being ended."""


def count_for(seconds: float) -> float:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return seconds


def count_long() -> float:
    return count_for(LONG)


def test_work_that_never_ends_is_ended() -> None:
    with pytest.raises(OverrunError):
        within(0.1, math.inf, count_long)


def test_work_that_swallows_errors_is_ended_all_the_same() -> None:
    swallowed = 0

    def stubborn() -> None:
        nonlocal swallowed
        try:
            count_long()
        except OverrunError:
            swallowed += 1
        count_long()

    with pytest.raises(OverrunError):
        within(0.1, math.inf, stubborn)
    assert swallowed == 1


@pytest.mark.skipif(sys.platform != "linux", reason="memory is known on Linux alone")
def test_work_that_fills_the_memory_is_ended() -> None:
    kept = []

    def fill() -> None:
        for _ in range(400):
            kept.append(b"\1" * 2**20)
            time.sleep(0.01)

    with pytest.raises(OverrunError):
        within(LONG, 100, fill)
    assert len(kept) < 400


def test_work_within_bounds_gives_what_it_gives() -> None:
    assert within(LONG, math.inf, lambda: sum(range(1000))) == 499_500


def test_what_the_work_raises_comes_out() -> None:
    with pytest.raises(ZeroDivisionError):
        within(LONG, math.inf, lambda: 1 // 0)


def test_nothing_is_ended_after_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "TICK", 0.02)
    for n in range(30):
        with suppress(OverrunError):
            within(0, math.inf, lambda n=n: count_for(0.001 * (n + 5)))  # type: ignore[misc]
        assert count_for(0.03)
    assert not [t for t in threading.enumerate() if t.name == "gouji-patience"]


def test_other_threads_are_left_alone() -> None:
    ended = threading.Event()

    def other() -> None:
        count_for(0.6)
        ended.set()

    thread = threading.Thread(target=other)
    thread.start()
    with suppress(OverrunError):
        within(0.1, math.inf, count_long)
    thread.join()
    assert ended.is_set()
