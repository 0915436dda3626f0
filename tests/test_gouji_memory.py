"""Memory given back where the C library can be asked for it, and nothing tried where not."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

import pytest

from gouji.memory import give_back


class Library:
    """A C library that counts how often it is asked to trim."""

    asked = 0

    def malloc_trim(self, left: int) -> int:
        Library.asked += left == 0
        return 1


@pytest.mark.parametrize(
    ("platform", "library", "asked"),
    [("linux", Library, 1), ("linux", object, 0), ("darwin", Library, 0)],
)
def test_only_glibc_is_asked(
    monkeypatch: pytest.MonkeyPatch, platform: str, library: Any, asked: int
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library())
    monkeypatch.setattr(Library, "asked", 0)
    give_back()
    assert Library.asked == asked
